import { beforeAll, expect, test } from 'vitest';
import { gradeInTests } from '../support/grading.ts';
import { freeTextItem } from '../support/items.ts';
import type { Machine } from '../support/machine.ts';
import type { Actor, Message } from '../support/stage.ts';
import { machineOn } from '../support/stages.ts';
import { message } from './daily.ts';
import { answer, openInterview, PARTIAL, STRONG } from './mock.ts';

// The first grade of a process reads the lexicon, which can take longer than a stage waits for an answer.
beforeAll(() => void gradeInTests(freeTextItem('s1'), STRONG), 60_000);

const CHATS = ['discord', 'slack socket', 'slack http'] as const;

/** What only the person of an interview may read: its questions, its answers and what came of them. */
const SECRETS = [
  'Why does serving keep a cache',
  PARTIAL,
  'Your answer (',
  'Question 1',
  'Correctness',
];

/** All that everybody in the channel of the scenario has been shown by the bot. */
async function everybodySaw({ stage }: Machine): Promise<Message[]> {
  return stage.messages(stage.channel);
}

async function expectNothingShown(machine: Machine): Promise<void> {
  for (const { text, files } of await everybodySaw(machine)) {
    for (const secret of SECRETS) expect(text).not.toContain(secret);
    expect(files).toEqual([]);
  }
}

/** Where the interview is held now. */
async function roomOf({ store, stage }: Machine): Promise<Message[]> {
  const interview = await store.interview(1);
  return stage.messages(interview?.channel ?? '', interview?.thread ?? undefined);
}

async function answeredOnce(machine: Machine, ana: Actor): Promise<Message> {
  const intro = await openInterview(machine, ana);
  const card = message(await ana.press(intro, 'Start'));
  return answer(ana, card, PARTIAL);
}

test.each(CHATS)('a press outside the room shows the way there and no more: %s', async (name) => {
  const { machine, stop } = await machineOn(name);
  const ana = machine.stage.actor('ana');
  await answeredOnce(machine, ana);

  const stillOpen = message(await ana.command('mock'));
  const shown = [message(await ana.press(stillOpen, 'Continue'))];
  const history = message(await ana.command('mock', { mode: 'history' }));
  shown.push(message(await ana.press(history, 'Continue interview 1')));

  for (const { isPrivate, text } of shown) {
    expect(isPrivate).toBe(true);
    expect(text).toContain('Your interview continues in');
    for (const secret of SECRETS) expect(text).not.toContain(secret);
  }
  await expectNothingShown(machine);
  expect(machine.stage.complaints()).toEqual([]);
  await stop();
});

test.each(CHATS)(
  'a message elsewhere is an answer, and the interview goes on in its room: %s',
  async (name) => {
    const { machine, stop } = await machineOn(name);
    const ana = machine.stage.actor('ana');
    await answeredOnce(machine, ana);

    const taken = message(await ana.act('Use as my answer', STRONG));
    await machine.tick();
    const here = (await roomOf(machine)).at(-1);

    expect(taken.isPrivate).toBe(true);
    expect(taken.text).toContain('Answer received.');
    expect(taken.text).not.toContain(STRONG.slice(0, 30));
    expect(here?.text).toContain(STRONG.slice(0, 30));
    expect(here?.buttons).toContain('Change answer');
    await expectNothingShown(machine);
    expect(machine.stage.complaints()).toEqual([]);
    await stop();
  },
);

test.each(CHATS)(
  'an interview that is ended elsewhere shows its report in private: %s',
  async (name) => {
    const { machine, stop } = await machineOn(name);
    const ana = machine.stage.actor('ana');
    await answeredOnce(machine, ana);

    const stillOpen = message(await ana.command('mock'));
    const asked = message(await ana.press(stillOpen, 'End interview'));
    expect(asked.isPrivate).toBe(true);
    const report = message(await ana.press(asked, 'End interview'));

    expect(report.text).toContain('Correctness');
    expect(report.isPrivate).toBe(true);
    await expectNothingShown(machine);
    expect(machine.stage.complaints()).toEqual([]);
    await stop();
  },
);

test.each(CHATS)('a report is private in a room that others can read: %s', async (name) => {
  const { machine, stop } = await machineOn(name);
  const { stage } = machine;
  const ana = stage.actor('ana');
  const intro = await openInterview(machine, ana, { public: 'true' });
  const card = message(await ana.press(intro, 'Start'));
  const skipped = message(await ana.press(card, 'Skip'));
  const paused = message(await ana.press(skipped, 'Pause'));

  const report = message(await ana.press(message(await ana.press(paused, 'End')), 'End interview'));

  expect(report.text).toContain('Correctness');
  expect(report.isPrivate).toBe(true);
  for (const { text, files } of await roomOf(machine)) {
    expect(text).not.toContain('Correctness');
    expect(files).toEqual([]);
  }
  await expectNothingShown(machine);
  expect(stage.complaints()).toEqual([]);
  await stop();
});

test.each(CHATS)('in a private room the report stays to be read again: %s', async (name) => {
  const { machine, stop } = await machineOn(name);
  const ana = machine.stage.actor('ana');
  const followUp = await answeredOnce(machine, ana);

  await ana.press(message(await ana.press(followUp, 'End')), 'End interview');

  expect((await roomOf(machine)).some(({ text }) => text.includes('Correctness'))).toBe(true);
  await expectNothingShown(machine);
  await stop();
});
