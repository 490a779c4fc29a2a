import { expect, test } from 'vitest';
import { chosenLine } from '../../../../src/features/interview/chosen.ts';
import { freeTextItem } from '../../../support/items.ts';
import { createWorld, words } from '../../../support/world.ts';

const DIRECT = { isDirect: true };
const questions = [1, 2, 3, 5].map((chapter) =>
  freeTextItem(`s${chapter}`, { chapter, topics: [`c${chapter}.01`] }),
);

test.each([
  ['mock 15 level:hard', 'You chose level hard.'],
  ['mock 15 chapters:3', 'You chose chapter 3.'],
  ['mock 15 chapters:"5 3 1" hard', 'You chose level hard and chapters 5, 3, and 1.'],
  ['mock 15 chapters:all', 'You chose all chapters.'],
  [
    'mock 15 path:a chapters:3,5',
    "You chose chapters 3 and 5. Path a doesn't count because you chose chapters.",
  ],
])('before "%s" begins its card says what was chosen', async (typed, line) => {
  const world = createWorld({ questions });

  const intro = await world.ask(typed, DIRECT);

  expect(words(intro).split('\n')).toContain(line);
  expect(words(await world.ask('mock show', DIRECT))).toBe(words(intro));
});

test('where nothing was chosen the card says nothing of it', async () => {
  const world = createWorld({ questions });

  expect(words(await world.ask('mock 15', DIRECT))).not.toContain('You chose');
});

test('a path is shown with its chapters', () => {
  expect(chosenLine({ level: 'easy', path: 'a', chapters: [1, 2, 11] })).toBe(
    'You chose level easy and path a (chapters 1, 2, and 11).',
  );
});
