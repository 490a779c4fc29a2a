import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { attemptOf } from '../support/items.ts';
import type { Machine } from '../support/machine.ts';
import type { Message } from '../support/stage.ts';
import { machineOn } from '../support/stages.ts';
import { letterOf, message } from './daily.ts';

const AN_ANSWER = 12;
const A_BOARD = 6;
/** A direct message asks first which team it is for, and whether an interview is open there. */
const OF_DIRECT = 2;

const PLATFORMS = ['discord', 'slack http'] as const;

/** Every statement that the driver is given until the test ends, but what begins and ends a step. */
function watchStatements(): string[] {
  const { prepare } = Sqlite.prototype;
  const given: string[] = [];
  Sqlite.prototype.prepare = function (this: Sqlite.Database, source: string) {
    const statement = prepare.call(this, source);
    for (const name of ['run', 'all', 'get'] as const) {
      const call = statement[name];
      const watched = (...values: unknown[]) => {
        given.push(source);
        return Reflect.apply(call, statement, values);
      };
      Object.assign(statement, { [name]: watched });
    }
    return statement;
  } as typeof prepare;
  onTestFinished(() => {
    Sqlite.prototype.prepare = prepare;
  });
  return given;
}

const isOfStep = (source: string) => /^(begin|commit|savepoint|release)/.test(source);

/** The bot on a platform with an open question, and people enough that some are not among the first. */
async function playing(name: (typeof PLATFORMS)[number]) {
  const given = watchStatements();
  const { machine, stop } = await machineOn(name);
  onTestFinished(stop);
  const lead = machine.stage.actor('lea', { admin: true });
  const words = { channel: machine.stage.channel, time: '09:00', zone: 'UTC', days: 'weekdays' };
  await lead.press(message(await lead.command('setup', words)), 'Turn on');
  await machine.comeTo('2026-03-02T09:00:00Z');
  await answerForMany(machine);
  return {
    machine,
    /** The statements from the arrival of what somebody does until its end is remembered. */
    async during(act: () => Promise<unknown>) {
      await machine.answered();
      given.length = 0;
      await act();
      await machine.answered();
      return given.filter((source) => !isOfStep(source));
    },
  };
}

/** The card of the newest question. */
async function newestCard({ stage }: Machine): Promise<Message> {
  const cards = (await stage.messages(stage.channel)).filter(({ buttons }) =>
    buttons.includes('Answer'),
  );
  const newest = cards.at(-1);
  if (!newest) throw new Error('The card was not posted');
  return newest;
}

async function answerForMany({ store, stage, clock }: Machine): Promise<void> {
  const post = await store.post(1);
  if (!post) throw new Error('Nothing was posted');
  const at = clock.now();
  const [workspace = ''] = await store.workspacesOf(post.teamId, post.platform);
  for (let each = 0; each < 14; each++) {
    const [account, newPersonId] = [`${post.platform}:many${each}`, `many ${each}`];
    const name = `Person ${each}`;
    const there = { workspace, workspaceName: stage.channel, newTeamId: 'none' };
    await store.meet({ account, name, newPersonId, at, ...there });
    await store.recordAttempt(attemptOf({ postId: 1, personId: newPersonId, at }));
  }
}

test.each(PLATFORMS)('an answer asks the database at most 12 times: %s', async (name) => {
  const { machine, during } = await playing(name);
  const { stage } = machine;
  const [ana, bo] = [stage.actor('ana'), stage.actor('bo')];
  // A first answer of anybody also meets and greets them.
  const first = await newestCard(machine);
  for (const each of [ana, bo]) await each.press(message(await each.press(first, 'Answer')), 'A');
  await machine.comeTo('2026-03-03T09:00:00Z');
  const card = message(await ana.press(await newestCard(machine), 'Answer'));

  const wrong = await during(() => ana.press(card, letterOf(card, 'First wrong')));
  const tried = message(await ana.press(await newestCard(machine), 'Answer'));
  const second = await during(() => ana.press(tried, letterOf(tried, 'The right one')));
  await bo.press(await newestCard(machine), 'Answer');
  const typed = await during(() => bo.say('answer 2 b'));

  const most = [AN_ANSWER, AN_ANSWER, AN_ANSWER + (name === 'discord' ? OF_DIRECT : 0)];
  for (const [at, statements] of [wrong, second, typed].entries())
    expect(statements.length, statements.join('\n')).toBeLessThanOrEqual(most[at] ?? 0);
  expect(stage.complaints()).toEqual([]);
});

test.each(PLATFORMS)('a leaderboard asks the database at most 6 times: %s', async (name) => {
  const { machine, during } = await playing(name);
  const bo = machine.stage.actor('bo');
  await bo.press(message(await bo.press(await newestCard(machine), 'Answer')), 'A');

  for (const view of ['rank', 'week', 'season', 'all-time']) {
    const statements = await during(() => bo.command('leaderboard', { view }));
    expect(statements.length, `${view}\n${statements.join('\n')}`).toBeLessThanOrEqual(A_BOARD);
  }
});
