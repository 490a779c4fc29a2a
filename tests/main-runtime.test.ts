import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';

const OLD_NODE =
  'data:text/javascript,Object.defineProperty(process.versions, "node", { value: "20.20.2" })';

test.each(['dist/main.js', 'dist/tools/backup.js', 'dist/tools/doctor.js'])(
  '%s on an older Node says in one sentence what is needed, and loads nothing',
  (program) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', OLD_NODE, program],
      {
        encoding: 'utf8',
      },
    );

    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(
      /^Warmup needs Node 22 or newer, and this is Node 20\.20\.2\. .*npm start.*\n$/,
    );
  },
);

test("a bot listens without Node's own fetch", async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  const tellLoaded = "process.on('exit', () => console.log(process.moduleLoadList.join('\\n')))";

  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${tellLoaded}`, 'dist/main.js'],
    {
      encoding: 'utf8',
      env: { DISCORD_TOKEN: 'none', DATABASE_URL: ':memory:', PORT: String(port) },
    },
  );
  taken.close();

  // It ends there, before it loads Discord's client.
  expect(stderr).toContain('PORT');
  expect(stdout).toContain('NativeModule _http_server');
  expect(stdout.split('\n').filter((name) => name.includes('undici'))).toEqual([]);
});

test('the process ends with 0 for an answer and with 1 for an error', () => {
  const run = (...words: string[]) =>
    spawnSync(process.execPath, ['dist/main.js', ...words], { encoding: 'utf8' });

  const good = run('vram', 'llama-3.1-8b', '4090', '--json');
  const bad = run('vram', 'lama', '--json');

  expect(good.status).toBe(0);
  expect(JSON.parse(good.stdout).breakdown['KV cache']).toBe(2 ** 30);
  expect(bad.status).toBe(1);
  expect(JSON.parse(bad.stdout).error).toContain('lama');
});
