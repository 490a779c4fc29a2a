import { expect, test } from 'vitest';
import { createWorld, runOf, words } from '../../support/world.ts';

const said = (text: string) => ({ kind: 'words', text, isForBot: true }) as const;

async function answer(text: string, isForBot = true) {
  const world = createWorld({ platform: 'slack' });
  const step = await world.prepare({ ...said(text), isForBot }, { isDirect: true });
  return step.kind === 'run' ? step.run() : undefined;
}

test('words said to the bot outside an interview get a short help', async () => {
  const reply = await answer('good morning');

  expect(reply && words(reply)).toContain("I didn't understand that.");
  expect(reply && runOf(reply, 'Show commands')).toBe('help');
  expect(reply?.visibility).toBe('private');
});

test('a sentence said to the bot is read like a typed one', async () => {
  const board = await answer("show this week's leaderboard");
  const hide = await answer('hide me from the board');

  expect(board?.title).toBe('Leaderboard: this week');
  expect(hide && runOf(hide, 'Hide my name')).toBe('me action:hide');
});

test('words that others say to each other are left alone', async () => {
  expect(await answer('good morning', false)).toBeUndefined();
});

test('a button in a refusal does what it says', async () => {
  const world = createWorld();

  const offer = await world.ask('hide me from the board');
  const done = await world.press(offer, 'Hide my name');

  expect(words(offer)).toContain('Select the button to run me action:hide.');
  expect(words(done)).toContain('leaderboard');
  expect((await world.store.personOfAccount('terminal:ana'))?.isHidden).toBe(true);
});

test('what only an admin may do is offered to everybody, and refused as always', async () => {
  const world = createWorld();
  await world.setUp();

  const offer = await world.ask('skip the next question', { as: 'bo' });

  expect(words(await world.press(offer, 'Skip question', { as: 'bo' }))).toContain(
    'Only workspace admins',
  );
});

test('a text about a model that says little of an estimate is only offered one', async () => {
  const reply = await answer(
    'An encoder attends in both directions and is trained to fill masked tokens (BERT). Encoders fit classification, tagging and embeddings.',
  );

  expect(reply && words(reply)).toContain('Did you mean vram');
  expect(reply && words(reply)).not.toContain('GiB');
});
