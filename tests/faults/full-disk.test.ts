import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqlite } from '../../src/store/sqlite.ts';
import { createDiscordStage } from '../support/discord/stage.ts';
import { startProgram } from '../support/process.ts';

const folder = mkdtempSync(join(tmpdir(), 'warmup-full-'));

// A disk of its own, which takes the rights of root.
beforeAll(() => {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'warmup', folder]);
});
afterAll(() => {
  execFileSync('umount', [folder]);
  rmSync(folder, { recursive: true });
});

/** Takes all the room that is left. */
function fill(): string {
  const filler = join(folder, 'filler');
  const { bavail, bsize } = statfsSync(folder);
  try {
    writeFileSync(filler, Buffer.alloc(bavail * bsize));
  } catch (error) {
    // What the bot wrote in between filled the last blocks.
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
  return filler;
}

test('a disk that is full loses nothing that was acknowledged, and heals when there is room', async () => {
  const discord = await createDiscordStage();
  const url = `file:${join(folder, 'warmup.db')}`;
  const program = startProgram({
    PORT: '18473',
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.url,
    DATABASE_URL: url,
  });
  const readyz = async () => (await fetch('http://127.0.0.1:18473/readyz')).text();
  await program.says('"what":"discord"');
  await expect.poll(readyz).toContain('database: ok');
  const say = async (name: string) => {
    const seen = await discord.stage.actor(name).command('leaderboard');
    return seen.kind === 'message' ? seen.text : '';
  };
  const stored: string[] = [];
  const lost: string[] = [];
  const talk = async (name: string) => {
    (/nothing was saved/.test(await say(name)) ? lost : stored).push(name);
  };
  await talk('before');

  const filler = fill();
  await expect.poll(readyz, { interval: 500 }).toMatch(/database: not working since .*full/);
  for (let index = 0; index < 100; index += 1) await talk(`full ${index}`);
  expect(lost.length).toBeGreaterThan(0);

  rmSync(filler);
  await expect.poll(readyz, { interval: 500 }).toContain('database: ok');
  await talk('after');
  expect(stored).toContain('after');

  program.child.kill('SIGKILL');
  await program.ended;
  const { store, close } = openSqlite(url);
  const people = [...discord.server.world.users.values()];
  for (const name of stored) {
    const id = people.find((person) => person.name === name)?.id;
    expect([name, await store.personOfAccount(`discord:${id}`)]).toMatchObject([name, { name }]);
  }
  close();
  await discord.stop();
});
