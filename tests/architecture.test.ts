import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../src');

type Import = { file: string; from: string; isTypeOnly: boolean };

const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !file.startsWith('adapters/web/page/'));

const text = new Map(files.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]));

function importsOf(file: string): Import[] {
  const source = text.get(file) ?? '';
  const pattern =
    /^(?:import|export)\s+(type\s+)?(?:[\w*{][^;]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)/gms;
  return [...source.matchAll(pattern)].map((match) => ({
    file,
    from: match[2] ?? match[3] ?? '',
    isTypeOnly: match[1] !== undefined,
  }));
}

const imports = files.flatMap(importsOf);

/** The part of the tree that a path belongs to: its first folder, or its own name at the top. */
function areaOf(path: string): string {
  return path.includes('/') ? (path.split('/')[0] ?? '') : path;
}

function target({ file, from }: Import): string {
  return relative(ROOT, resolve(ROOT, dirname(file), from)).replaceAll('\\', '/');
}

/** What each part may import; `type:` allows types alone. */
const ALLOWED: Record<string, string[]> = {
  core: [],
  // The stored form of a message is the bot's plain data, so the schema names its types.
  store: ['core', 'type:bot'],
  judge: ['core'],
  bot: ['core', 'type:store'],
  commands: ['core', 'bot', 'type:store'],
  jobs: ['core', 'bot', 'type:store'],
  pictures: ['type:bot', 'core'],
  adapters: ['bot', 'pictures', 'core'],
};

test('folders import only what they may', () => {
  const wrong = imports
    .filter(({ from }) => from.startsWith('.'))
    .filter((each) => {
      const area = areaOf(each.file);
      const allowed = ALLOWED[area];
      const to = areaOf(target(each));
      if (!allowed || to === area) return false;
      return !allowed.includes(to) && !(each.isTypeOnly && allowed.includes(`type:${to}`));
    })
    .map(({ file, from }) => `${file} imports ${from}`);

  expect(wrong).toEqual([]);
});

test('adapters know no other adapter, but the web shows what Discord and Slack would', () => {
  const wrong = imports
    .filter(({ file, from }) => file.startsWith('adapters/') && from.startsWith('.'))
    .filter((each) => {
      const [, mine] = each.file.split('/');
      const path = target(each);
      const [area, theirs] = path.split('/');
      if (area !== 'adapters' || theirs === mine) return false;
      return mine !== 'web';
    })
    .map(({ file, from }) => `${file} imports ${from}`);

  expect(wrong).toEqual([]);
});

test.each([
  ['discord.js', /^adapters\/discord\//],
  ['@slack/', /^adapters\/slack\//],
  ['hono', /^adapters\/web\//],
  ['drizzle-orm', /^store\//],
  ['better-sqlite3', /^store\//],
  ['pino', /^log\.ts$/],
  ['node-cron', /^main\.ts$/],
])('%s stays in its place', (name, place) => {
  const wrong = imports
    .filter(({ from }) => from === name || from.startsWith(name.endsWith('/') ? name : `${name}/`))
    // Types of a library cost nothing at run time, and the tools may describe what it is given.
    .filter(({ file, isTypeOnly }) => !place.test(file) && !isTypeOnly)
    .map(({ file }) => file);

  expect(wrong).toEqual([]);
});

test('only main.ts, config.ts and tools read the clock, chance and the environment', () => {
  const wrong = files
    .filter((file) => !/^(main|config)\.ts$|^tools\//.test(file))
    .flatMap((file) => {
      const code = (text.get(file) ?? '').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      return [...code.matchAll(/new Date\(\)|Date\.now\(\)|Math\.random\(\)|process\.env/g)].map(
        ([found]) => `${file}: ${found}`,
      );
    });

  expect(wrong).toEqual([]);
});

test('config, catalog, log and metrics are read by main.ts and tools alone', () => {
  const wrong = imports
    .filter(
      (each) =>
        each.from.startsWith('.') && /^(config|catalog|log|metrics)\.ts$/.test(target(each)),
    )
    .filter(
      ({ file, isTypeOnly }) =>
        !/^(main|demo)\.ts$|^tools\//.test(file) && !(isTypeOnly && file === 'log.ts'),
    )
    .map(({ file, from }) => `${file} imports ${from}`);

  expect(wrong).toEqual([]);
});

test('core is pure: no files, no network, no process', () => {
  const wrong = imports
    .filter(({ file, from }) => file.startsWith('core/') && from.startsWith('node:'))
    .map(({ file, from }) => `${file} imports ${from}`);

  expect(wrong).toEqual([]);
});
