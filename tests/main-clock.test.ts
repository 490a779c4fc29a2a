import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { say } from '../src/spine/reply.ts';
import { openSqlite } from '../src/store/sqlite.ts';
import { createDiscordStage } from './support/discord/stage.ts';
import { startProgram } from './support/process.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const folder = mkdtempSync(join(tmpdir(), 'warmup-clock-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** So far from the true time that the clock comes near the end of a minute. */
function nearMinute(shiftMs: number): number {
  const intoMinute = (Date.now() + shiftMs) % 60_000;
  return shiftMs + 57_000 - intoMinute;
}

/** The program on Discord with a message that is due at an instant. */
async function serving(name: string) {
  const discord = await createDiscordStage();
  const channel = discord.server.world.main.id;
  const url = `file:${join(folder, `${name}.db`)}`;
  const { store, close } = openSqlite(url);
  const at = new Date();
  const { team, person } = await store.meet({
    account: 'discord:1',
    name: 'ana',
    workspace: `discord:${discord.server.world.guild.id}`,
    workspaceName: 'Server',
    newPersonId: 'p1',
    newTeamId: 't1',
    at,
  });
  const program = startProgram({
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.url,
    DATABASE_URL: url,
  });
  await program.says('"what":"discord"');
  return {
    program,
    store,
    team,
    person,
    channel,
    /** Messages in the channel with these words. */
    seen: async (words: string) =>
      (await discord.stage.messages(channel)).filter(({ text }) => text.includes(words)).length,
    post: (key: string, dueAt: Date) =>
      store.addOutgoing([
        {
          key,
          teamId: team.id,
          platform: 'discord',
          what: 'notice',
          outgoing: { kind: 'post', channel, reply: say(`This is ${key}.`), key },
          state: 'due',
          dueAt,
          at: dueAt,
        },
      ]),
    async stop() {
      program.child.kill('SIGTERM');
      await program.ended;
      close();
      await discord.stop();
    },
  };
}

test('a clock that is set back an hour holds nothing up', async () => {
  const world = await serving('back');
  const shiftMs = nearMinute(-HOUR_MS);
  await world.program.setClock(shiftMs);

  await world.post('after', new Date(Date.now() + shiftMs));
  await expect.poll(() => world.seen('This is after.')).toBe(1);
  // One that was due soon after the clock was set goes out as well, once.
  await world.post('later', new Date(Date.now() + shiftMs + 500));
  await world.program.setClock(nearMinute(-HOUR_MS + 120_000));
  await expect.poll(() => world.seen('This is later.')).toBe(1);

  expect(await world.seen('This is after.')).toBe(1);
  await world.stop();
});

test('a clock that is set forward a week posts one question and warns of nothing', async () => {
  const world = await serving('forward');
  const time = new Date(Date.now() - 2 * HOUR_MS).toISOString().slice(11, 16);
  await world.store.addSchedule({
    teamId: world.team.id,
    platform: 'discord',
    channel: world.channel,
    time,
    zone: 'UTC',
    days: '1234567',
    mix: { difficulties: [], chapters: [] },
    state: 'on',
    daysOff: [],
    startsOn: new Date(Date.now() + DAY_MS).toISOString().slice(0, 10),
    keeperId: world.person.id,
    createdAt: new Date(),
  });
  await world.program.setClock(nearMinute(7 * DAY_MS));

  const states = async () =>
    (await world.store.recentPosts(world.team.id, 20)).map(({ state }) => state);
  await expect.poll(states).toContain('posted');

  expect((await states()).filter((state) => state === 'posted')).toHaveLength(1);
  const said = `${world.program.output()}${world.program.errors()}`;
  expect(said).not.toMatch(/missed execution/i);
  expect(said.length).toBeLessThan(20_000);
  await world.stop();
});
