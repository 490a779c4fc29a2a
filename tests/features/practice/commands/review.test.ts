import { expect, test } from 'vitest';
import type { Reply } from '../../../../src/spine/reply.ts';
import { singleItem } from '../../../support/items.ts';
import { createWorld, words } from '../../../support/world.ts';

const singles = (count: number) =>
  Array.from({ length: count }, (_, index) => singleItem(`c5-item-${index}`));

const DAY_MS = 86_400_000;

const right = (card: Reply) => /([A-F])\s+The right one/.exec(words(card))?.[1] ?? '';

/** A world in which one person has answered so many questions of a quiz, all with the solution shown. */
async function afterQuiz(count: number) {
  const world = createWorld({ questions: singles(count) });
  let card = await world.ask(`quiz count:${count}`);
  for (let step = 1; step <= count; step += 1) {
    const shown = await world.press(card, 'Show solution');
    card = await world.press(shown, step === count ? 'See results' : 'Next question');
  }
  const tomorrow = (days = 1) =>
    world.clock.moveTo(new Date(world.clock.now().getTime() + days * DAY_MS));
  return { ...world, tomorrow };
}

test('nothing is due before anything was answered, and a quiz is one press away', async () => {
  const { ask } = createWorld({ questions: singles(3) });

  expect(words(await ask('review'))).toContain('Nothing to review yet');
});

test('what went wrong is asked the next day, and comes back later once it is right', async () => {
  const { ask, press, tomorrow } = await afterQuiz(1);
  expect(words(await ask('review'))).toContain('The next card comes back on');

  tomorrow(2);
  const card = await ask('review');
  const solved = await press(card, right(card));
  const done = await press(solved, 'See results');

  expect(card.title).toBe('Review 1 of 1');
  expect(solved.title).toBe('Correct · Review 1 of 1');
  expect(done.title).toBe('Review done');
  tomorrow(1);
  expect(words(await ask('review'))).toContain('Nothing is due');
});

test('a card that was too easy says so, and offers what it did not yet do', async () => {
  const { ask, press, tomorrow } = await afterQuiz(1);
  tomorrow(2);
  const card = await ask('review');
  const solved = await press(card, right(card));
  const menu = (reply: Reply) => reply.blocks.find((block) => block.kind === 'select');

  const easy = await ask(`${menu(solved)?.run} do:easy`);

  expect(words(easy)).toContain('Too easy: it comes back much later.');
  expect(menu(easy)?.choices.map(({ label }) => label)).toEqual([
    'I knew this',
    'I guessed: soon',
    'Not until I resume it',
    "Never: I'm done with it",
  ]);
});

test('a day never asks more cards than its owner wants, and tells what waits', async () => {
  const { ask, press, tomorrow } = await afterQuiz(6);
  await ask('review cards:2');
  tomorrow(30);

  let card = await ask('review');
  expect(card.title).toBe('Review 1 of 2');
  for (let step = 1; step <= 2; step += 1) {
    const solved = await press(card, right(card));
    card = await press(solved, step === 2 ? 'See results' : 'Next question');
  }

  // The results don't offer what the day does not ask.
  expect(words(card)).toContain('2 of 2 correct');
  expect(words(card)).not.toContain('due)');
  expect(words(await ask('review'))).toContain('you did your 2 cards. 4 more wait');
  expect((await ask('review more:3')).title).toBe('Review 1 of 3');
});

test('a card that its owner is done with never comes back, and undo brings it back as it was', async () => {
  const { ask, press, tomorrow } = await afterQuiz(1);
  tomorrow(2);
  const card = await ask('review');
  const solved = await press(card, right(card));
  const away = await ask('practice card in:2 step:1 do:done');
  expect(words(away)).toContain("You won't be asked this again");

  tomorrow(100);
  expect(words(await ask('review'))).not.toContain('Review 1 of 1');
  await ask('practice card in:2 step:1 do:undo');
  expect((await ask('review')).title).toBe('Review 1 of 1');
  expect(solved.title).toContain('Correct');
});

test('not today is tomorrow, and can be taken back at once', async () => {
  const { ask, press, tomorrow } = await afterQuiz(2);
  tomorrow(2);
  const card = await ask('review');

  const next = await press(card, 'Not today');
  expect(next.title).toBe('Review 1 of 1');
  expect(words(next)).not.toContain(words(card).split('\n')[1] ?? '');
  const back = await press(next, 'Ask it today');
  expect(back.title).toBe('Review 1 of 2');
});

test('an answer can be undone, and is asked again', async () => {
  const { ask, press, tomorrow } = await afterQuiz(1);
  tomorrow(2);
  const card = await ask('review');
  const solved = await press(card, right(card));

  const again = await press(solved, 'Undo');

  expect(again.title).toBe('Review 1 of 1');
  expect(words(again)).toBe(words(card));
});

test('a suspended card stays away until it is resumed', async () => {
  const { ask, press, tomorrow } = await afterQuiz(1);
  tomorrow(2);
  const card = await ask('review');
  await press(card, right(card));
  await ask('practice card in:2 step:1 do:suspend');
  tomorrow(100);

  const none = await ask('review');
  expect(words(none)).not.toContain('Review 1 of');
  expect((await press(none, 'Resume 1 suspended')).title).toBe('Review 1 of 1');
});

test('a question that is kept is due the same day', async () => {
  const { ask } = createWorld({ questions: singles(3) });

  await ask('question later id:c5-item-1');

  expect(words(await ask('review'))).toContain('What does c5-item-1 ask?');
  expect(words(await ask('question later id:nothing'))).toContain("I can't find the question");
});
