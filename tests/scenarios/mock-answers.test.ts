import { expect, test } from 'vitest';
import type { Seen } from '../support/stage.ts';
import { machineOn, STAGES } from '../support/stages.ts';
import { message } from './daily.ts';
import { answer, openInterview, STRONG } from './mock.ts';

const LONG = `${'The keys and values of past tokens are stored. '.repeat(100)}THE END`;

test.each(STAGES)('an answer that is too long is refused and nothing is cut: %s', async (name) => {
  const { machine, stop } = await machineOn(name);
  const ana = machine.stage.actor('ana');
  const asked = message(await ana.press(await openInterview(machine, ana), 'Start'));

  const told = message(await ana.act('Use as my answer', LONG));

  expect(told.isPrivate).toBe(true);
  expect(told.text).toContain('4,707 characters, and the limit is 4,000');
  expect(told.text).not.toContain('Try:');
  const given = await answer(ana, asked, STRONG);
  expect(given.text).toContain('Your answer (44 words)');
  expect(machine.stage.complaints()).toEqual([]);
  await stop();
});

test.each(STAGES)('who does not know hears a kind word, also after a restart: %s', async (name) => {
  const { machine, stop } = await machineOn(name);
  const ana = machine.stage.actor('ana');
  const asked = message(await ana.press(await openInterview(machine, ana), 'Start'));
  const told = await answer(ana, asked, "I don't know");
  await machine.restart();

  expect(told.text).toContain('Not knowing is fine, and saying so is better than guessing.');
  expect(told.text).not.toContain('Not found');
  expect(told.buttons).toContain('Show model answer');
  expect(machine.stage.complaints()).toEqual([]);
  await stop();
});

test.each(STAGES)('an answer in another language is asked for again: %s', async (name) => {
  const { machine, stop } = await machineOn(name);
  const ana = machine.stage.actor('ana');
  const intro = await openInterview(machine, ana, { style: 'strict' });
  const asked = message(await ana.press(intro, 'Start'));

  const again = await answer(ana, asked, 'Потому что ключи и значения хранятся в памяти.');

  expect(again.text).toContain('Question 1 of 3');
  expect(again.text).toContain('I can grade only English answers');
  await machine.restart();
  const thanks = await answer(ana, again, STRONG);
  expect(thanks.text).toContain('Ready for the next one?');
  expect(machine.stage.complaints()).toEqual([]);
  await stop();
});

test.each(STAGES)('an old Answer button asks nothing about another question: %s', async (name) => {
  const { machine, stop } = await machineOn(name);
  const ana = machine.stage.actor('ana');
  const first = message(await ana.press(await openInterview(machine, ana), 'Start'));
  await ana.press(message(await ana.press(first, 'Skip')), 'Next question');

  const told = message(await ana.press(first, 'Answer'));

  expect(told.isPrivate).toBe(true);
  expect(told.text).toContain('belongs to an earlier question');
  expect(machine.stage.complaints()).toEqual([]);
  await stop();
});

test.each(STAGES)('an answer that was taken back can be changed in the form: %s', async (name) => {
  const { machine, stop } = await machineOn(name);
  const ana = machine.stage.actor('ana');
  const asked = message(await ana.press(await openInterview(machine, ana), 'Start'));
  const given = await answer(ana, asked, STRONG);

  const form = await ana.press(message(await ana.press(given, 'Change answer')), 'Answer');

  expect(form.kind === 'form' && form.fields[0]?.value).toBe(STRONG);
  expect(machine.stage.complaints()).toEqual([]);
  await stop();
});

/** Where messages can be used as answers. */
const WITH_ACTIONS = ['discord', 'slack socket', 'slack http', 'web'] as const;

test.each(WITH_ACTIONS)('nobody answers with the message of somebody else: %s', async (name) => {
  const { machine, stop } = await machineOn(name);
  const ana = machine.stage.actor('ana');
  machine.stage.actor('bo');
  await ana.press(await openInterview(machine, ana), 'Start');

  const told = message(await ana.act('Use as my answer', STRONG, { by: 'bo' }));

  expect(told.isPrivate).toBe(true);
  expect(told.text).toContain('Use as my answer works only on messages you wrote');
  expect((await machine.store.turnsOf(1)).at(-1)?.turn).toEqual({ kind: 'asked' });
  const own = message(await ana.act('Use as my answer', STRONG));
  expect(own.isPrivate).toBe(true);
  expect(own.text).toContain('Answer received.');
  expect((await machine.store.turnsOf(1)).at(-1)?.turn.kind).toBe('graded');
  expect(machine.stage.complaints()).toEqual([]);
  await stop();
});

test.each(WITH_ACTIONS)('a form that comes too late gives its text back: %s', async (name) => {
  const { machine, stop } = await machineOn(name);
  const ana = machine.stage.actor('ana');
  const first = message(await ana.press(await openInterview(machine, ana), 'Start'));
  const form = await ana.press(first, 'Answer');
  if (form.kind !== 'form') throw new Error('Answer must ask');
  await ana.press(message(await ana.press(first, 'Skip')), 'Next question');

  const told = await ana.fill(form, { text: STRONG });

  // The form stays open with its text, or its text comes back in a message.
  const shown = JSON.stringify(told);
  expect(shown).toContain('belongs to an earlier question');
  // Slack leaves what was typed in a view that it keeps open.
  const isKept = (seen: Seen) => seen.kind === 'form' && name.startsWith('slack');
  if (!isKept(told)) expect(shown).toContain(STRONG);
  expect((await machine.store.turnsOf(1)).at(-1)?.turn).toEqual({ kind: 'asked' });
  // Slack's forms take 3000 characters.
  const text = LONG.slice(name.startsWith('slack') ? -3000 : -4000);
  const longest = await ana.fill(form, { text });
  const file = longest.kind === 'message' && longest.files.length === 1;
  expect(file || isKept(longest) || JSON.stringify(longest).includes('THE END')).toBe(true);
  expect(machine.stage.complaints()).toEqual([]);
  await stop();
});
