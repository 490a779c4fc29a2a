import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { singleItem } from '../support/items.ts';
import { createWorld, type World } from '../support/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'warmup-'));
let files = 0;
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const START = '2026-03-02T08:00:00Z';
const DAY_MS = 24 * 3_600_000;
const daysLater = (days: number) => new Date(Date.parse(START) + days * DAY_MS).toISOString();

function freshWorld() {
  files += 1;
  const file = join(folder, `${files}.db`);
  const world = createWorld({
    url: `file:${file}`,
    at: START,
    platform: 'slack',
    questions: [singleItem('q1')],
  });
  /** The number of rows of a table. */
  const count = (table: string, where = '1') => {
    const sqlite = new Sqlite(file, { readonly: true });
    const number = sqlite.prepare(`select count(*) from ${table} where ${where}`).pluck().get();
    sqlite.close();
    return number;
  };
  return { world, count };
}

function message(key: string, teamId: string, rest: object = {}) {
  return {
    key,
    teamId,
    platform: 'slack' as const,
    what: 'notice',
    outgoing: { kind: 'post' as const, channel: 'C1', reply: { blocks: [] }, key },
    state: 'due' as const,
    dueAt: new Date(START),
    at: new Date(START),
    ...rest,
  };
}

test('messages go thirty days after they were sent; answers that can be taken back stay', async () => {
  const { world, count } = freshWorld();
  const team = await world.teamId();
  const late = new Date(daysLater(40));
  await world.store.addOutgoing([
    message('old', team),
    message('answers', team, { what: 'answers' }),
    message('to come', team, { dueAt: late }),
  ]);
  await world.tick();

  await world.comeTo(daysLater(29));
  expect(count('outbox')).toBe(3);
  await world.comeTo(daysLater(31));

  expect(count('outbox')).toBe(2);
  expect(count('outbox', "key = 'old'")).toBe(0);
  world.close();
});

test('a stored command lives as long as its button is shown or pressed', async () => {
  const { world, count } = freshWorld();
  const { store } = world;
  await store.saveCommand('shown', 'help', new Date(START));
  await store.saveCommand('pressed', 'help', new Date(START));

  await world.comeTo(daysLater(80));
  expect(await store.savedCommand('pressed', world.clock.now())).toBe('help');
  await world.comeTo(daysLater(91));

  expect(await store.savedCommand('shown', world.clock.now())).toBeUndefined();
  expect(await store.savedCommand('pressed', world.clock.now())).toBe('help');
  await world.comeTo(daysLater(190));
  expect(count('saved_commands')).toBe(0);
  world.close();
});

test('a finished delivery goes after a day', async () => {
  const { world, count } = freshWorld();
  await world.ask('help', { delivery: 'd1' });

  await world.comeTo(daysLater(2));

  expect(count('deliveries')).toBe(0);
  world.close();
});

test('codes of what somebody knew before a deletion go after 180 days', async () => {
  const { world, count } = freshWorld();
  await world.ask('me');
  await world.store.markUnranked(['q1'], await world.personId());
  await world.ask('me delete confirm:yes');

  await world.comeTo(daysLater(179));
  expect(count('known_before')).toBe(1);
  await world.comeTo(daysLater(181));

  expect(count('known_before')).toBe(0);
  world.close();
});

const inTeam = (team: string, as: string) => ({ team, as: `${team}/${as}`, admin: true });

/** A team with a schedule, questions that were posted, and answers of some people. */
async function teamWithAnswers(world: World, team: string) {
  const boss = inTeam(team, 'boss');
  await world.ask('setup plan channel:C0000DAILY time:09:00 zone:UTC days:weekdays', boss);
  await world.ask('setup on', boss);
  await world.comeTo('2026-03-02T09:00:00Z');
  for (let index = 0; index < 120; index += 1)
    await world.ask('mock solo', inTeam(team, `person${index}`));
}

test('a team goes thirty days after the bot was removed, in steps, and others stay', async () => {
  const { world, count } = freshWorld();
  await teamWithAnswers(world, 'T1');
  await world.ask('me', inTeam('T10', 'ana'));
  const here = "id >= 'slack:T1/' and id < 'slack:T10'";
  await world.bot.left('slack:T1');

  await world.comeTo(daysLater(29));
  expect(count('accounts', here)).toBe(121);
  await world.comeTo(daysLater(32));

  expect(count('accounts', here)).toBe(0);
  expect([count('people'), count('teams'), count('workspaces')]).toEqual([1, 1, 1]);
  for (const table of ['schedules', 'posts', 'interviews', 'outbox']) expect(count(table)).toBe(0);
  world.close();
});

test('somebody with an account elsewhere stays when a team goes', async () => {
  const { world, count } = freshWorld();
  await world.ask('me', inTeam('T1', 'ana'));
  const sqlite = new Sqlite(join(folder, `${files}.db`));
  sqlite.exec("insert into accounts select 'discord:42', person_id from accounts");
  sqlite.close();
  await world.bot.left('slack:T1');

  await world.comeTo(daysLater(31));

  expect([count('people'), count('teams')]).toEqual([1, 0]);
  world.close();
});

test('a team that comes back in time keeps all it had', async () => {
  const { world, count } = freshWorld();
  await teamWithAnswers(world, 'T1');
  await world.bot.left('slack:T1');
  await world.comeTo(daysLater(20));
  await world.ask('me', inTeam('T1', 'boss'));

  await world.comeTo(daysLater(60));

  expect([count('teams'), count('schedules'), count('people')]).toEqual([1, 1, 121]);
  world.close();
});

test('one step of a sweep over many rows leaves the others their turn', async () => {
  const { world, count } = freshWorld();
  const team = await world.teamId();
  const rows = Array.from({ length: 1000 }, (_, index) =>
    message(`m${index}`, team, { state: 'sent' }),
  );
  for (let at = 0; at < rows.length; at += 100)
    await world.store.addOutgoing(rows.slice(at, at + 100));
  world.clock.moveTo(new Date(daysLater(60)));
  let turns = 0;
  let isSwept = false;
  const others = (async () => {
    while (!isSwept) {
      await world.store.personOfAccount('slack:ana');
      await new Promise(setImmediate);
      turns += 1;
    }
  })();

  await world.tick();
  isSwept = true;
  await others;

  expect(count('outbox')).toBe(0);
  expect(turns).toBeGreaterThan(15);
  world.close();
});

test('a quiz goes thirty days after its last step, and its cards stay', async () => {
  const { world, count } = freshWorld();
  const first = await world.ask('quiz count:1');
  await world.press(first, 'Show solution');

  await world.comeTo(daysLater(29));
  expect(count('practices')).toBe(1);
  await world.comeTo(daysLater(31));

  expect([count('practices'), count('cards')]).toEqual([0, 1]);
});
