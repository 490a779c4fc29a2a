import { expect, test } from 'vitest';
import { bringUpToDate, type Pool } from '../../src/store/postgres.ts';

/** A server that says its version and has nothing else. */
function serverOf(version: string) {
  const asked: string[] = [];
  const query = async (text: string) => {
    asked.push(text);
    return { rows: [{ server_version: version, name: null }] };
  };
  // Only these methods are used before the version is known.
  return { asked, pool: { connect: async () => ({ query, release() {} }) } as unknown as Pool };
}

test.each(['13.4', '9.6.24', '13.18 (Debian 13.18-1)'])(
  'PostgreSQL %s is refused in words',
  async (version) => {
    const { pool, asked } = serverOf(version);

    await expect(bringUpToDate(pool)).rejects.toThrow(
      `PostgreSQL is version ${version.split(' ')[0]}. Warmup needs 14 or newer.`,
    );

    expect(asked.filter((text) => /create|alter/i.test(text))).toEqual([]);
  },
);
