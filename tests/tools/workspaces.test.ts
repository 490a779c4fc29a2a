import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createWorld, words } from '../support/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'warmup-workspaces-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = join(folder, 'warmup.db');

/** Runs the tool as an operator types it, while the bot goes on. */
const run = (...args: string[]) =>
  new Promise<{ code: number; said: string }>((resolve) => {
    const env = { PATH: process.env['PATH'], DATABASE_URL: `file:${file}` };
    execFile(process.execPath, ['dist/tools/workspaces.js', ...args], { env }, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), said: out + err }),
    );
  });

test('an operator lists workspaces, and stops and starts the bot in one while it runs', async () => {
  const world = createWorld({ url: `file:${file}`, platform: 'slack' });
  await world.ask('me', { as: 'T1/ana' });
  await world.ask('me', { as: 'T2/bo', team: 'T2' });
  await world.bot.left('slack:T2');

  const stopped = await run('stop', 'slack:T1', '--note', 'too loud');
  expect(stopped).toEqual({ code: 0, said: 'Warmup is off in slack:T1 (slack:T1) now.\n' });
  expect(words(await world.ask('me', { as: 'T1/ana' }))).toContain('turned off');
  const { said } = await run();
  expect(said).toMatch(
    /^slack:T1 {2}slack:T1 {2}1 person {2}stopped on \S+ \(stopped: too loud\)$/m,
  );
  expect(said).toMatch(/^slack:T2 .* removed on 2026-03-02, deleted after 2026-04-01$/m);

  await run('start', 'slack:T1');
  expect(words(await world.ask('me', { as: 'T1/ana' }))).not.toContain('turned off');
  expect(await run('stop', 'slack:T9')).toMatchObject({ code: 2 });
  expect(await run('stop')).toMatchObject({ code: 2, said: expect.stringContaining('Run it as') });
  world.close();
});
