import { beforeAll, expect, test } from 'vitest';
import { gradeInTests } from '../support/grading.ts';
import { freeTextItem } from '../support/items.ts';
import type { Machine } from '../support/machine.ts';
import type { Actor, Message } from '../support/stage.ts';
import { machineOn } from '../support/stages.ts';
import { message } from './daily.ts';
import { openInterview, STRONG } from './mock.ts';

const CHATS = ['discord', 'slack socket', 'slack http'] as const;

// The first grade of a process reads the lexicon, which can take longer than a stage waits for an answer.
beforeAll(() => void gradeInTests(freeTextItem('s1'), STRONG), 60_000);

/** The same button twice at once, and once more when both are answered. */
async function twice(who: Actor, on: Message, label: string): Promise<Message[]> {
  const both = await Promise.all([who.press(on, label), who.press(on, label)]);
  return [...both, await who.press(on, label)].map(message);
}

async function roomOf({ store, stage }: Machine): Promise<Message[]> {
  const interview = await store.interview(1);
  return stage.messages(interview?.channel ?? '', interview?.thread ?? undefined);
}

/** How many messages of the room say this, and the newest of them. */
async function saying(machine: Machine, words: string) {
  const found = (await roomOf(machine)).filter(({ text }) => text.includes(words));
  const newest = found.at(-1);
  if (!newest) throw new Error(`nothing says ${words}`);
  return { count: found.length, newest };
}

test.each(CHATS)('each button of an interview, pressed three times, is one: %s', async (name) => {
  const { machine, stop } = await machineOn(name);
  const ana = machine.stage.actor('ana');
  const intro = await openInterview(machine, ana);

  await twice(ana, intro, 'Start');
  const first = await saying(machine, 'Question 1 of');
  const skips = await twice(ana, first.newest, 'Skip');
  const skipped = await saying(machine, 'Skipped');
  const again = message(await ana.press(first.newest, 'Skip'));
  const before = await roomOf(machine);
  const shown = message(await ana.press(again, 'Show newest card'));
  const after = await roomOf(machine);
  await twice(ana, skipped.newest, 'Next question');
  const second = await saying(machine, 'Question 2 of');
  const form = await ana.press(second.newest, 'Answer');
  if (form.kind !== 'form') throw new Error('Answer must ask');
  const answered = message(await ana.fill(form, { text: STRONG }));
  await twice(ana, answered, 'Skip follow-up');
  const graded = (await roomOf(machine)).at(-1);
  const asked = message(await ana.press(second.newest, 'End'));
  const ends = await twice(ana, asked, 'End interview');

  expect([first.count, skipped.count, second.count]).toEqual([1, 1, 1]);
  expect(skips.filter(({ text }) => text.includes('already moved on'))).toHaveLength(2);
  expect(shown.text).toContain('Skipped');
  expect([shown.replaced, after.length]).toEqual([true, before.length]);
  expect(graded).toBeDefined();
  expect(ends.filter(({ text }) => text.includes('This interview is over'))).toHaveLength(2);
  expect((await machine.store.turnsOf(1)).map(({ turn }) => turn.kind)).toEqual([
    'asked',
    'skipped',
    'asked',
    'answered',
    'graded',
    'skipped',
    'ended',
  ]);
  expect(machine.stage.complaints()).toEqual([]);
  await stop();
});

test.each(CHATS)('an interview that is asked for twice is one: %s', async (name) => {
  const { machine, stop } = await machineOn(name);
  const ana = machine.stage.actor('ana');
  const history = message(await ana.command('mock', { mode: 'history' }));

  const opened = await twice(ana, history, 'Start interview');
  await machine.tick();
  await machine.tick();

  for (const { text } of opened) expect(text).toContain('Your interview opens in');
  // Not by number: PostgreSQL gives another one to a step that runs again.
  expect(await machine.store.idleInterviews(new Date('2100-01-01'))).toMatchObject([
    { state: 'open' },
  ]);
  expect(machine.stage.complaints()).toEqual([]);
  await stop();
});

test.each(CHATS)('an invitation that is accepted twice is accepted: %s', async (name) => {
  const { machine, stop } = await machineOn(name);
  const { stage, store } = machine;
  const ana = stage.actor('ana');
  const bo = stage.actor('bo');
  await bo.command('help');
  const doors = message(await ana.command('mock', { mode: 'peer' }));
  const form = await ana.press(doors, 'Choose teammate');
  if (form.kind !== 'form') throw new Error('mock peer must ask');
  const account = (await store.accountsNamed(name === 'discord' ? 'discord' : 'slack', 'bo'))[0];
  await ana.fill(form, { with: account?.account.replace(/^.*[:/]/, '') ?? '' });
  await machine.tick();
  const invitation = (await bo.inbox()).at(-1);
  if (!invitation) throw new Error('no invitation');

  // The answer takes the place of the invitation, so only presses at the same time reach both.
  const presses = [bo.press(invitation, 'Accept'), bo.press(invitation, 'Accept')];
  const accepted = (await Promise.all(presses)).map(message);
  await machine.tick();
  const later = await store.peerSession(1);

  for (const { text } of accepted) expect(text).toContain('Accepted.');
  expect(later?.state).toBe('waiting');
  expect(stage.complaints()).toEqual([]);
  await stop();
});
