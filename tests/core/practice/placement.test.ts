import { expect, test } from 'vitest';
import { readCatalog } from '../../../src/catalog.ts';
import {
  chanceOf,
  choosePlacement,
  knownChapters,
  PLACEMENT_QUESTIONS,
} from '../../../src/core/practice/placement.ts';
import { firstState, type PracticeState } from '../../../src/core/practice/session.ts';
import { REVIEW_BANK } from '../../../src/core/questions/schema.ts';

const { catalog } = readCatalog();

const chaptersOn = (id: string) =>
  (catalog.paths.find((path) => path.id === id)?.steps ?? [])
    .flatMap(({ chapters }) => chapters)
    .filter((chapter) => chapter !== REVIEW_BANK);

const answered = (cards: readonly string[], isRight: (card: string) => boolean): PracticeState => ({
  ...firstState(cards),
  results: cards.map((card) =>
    isRight(card) ? { share: 1, recall: 'good' } : { share: 0, recall: 'again' },
  ),
});

test.each(['a', 'b', 'c'])('path %s has ten questions, over all its chapters', (id) => {
  const chapters = chaptersOn(id);

  const chosen = choosePlacement(catalog.questions, chapters, 'seed');

  expect(chosen).toHaveLength(PLACEMENT_QUESTIONS);
  expect(new Set(chosen.map(({ chapter }) => chapter))).toEqual(new Set(chapters));
  expect(new Set(chosen.map((question) => question.id)).size).toBe(PLACEMENT_QUESTIONS);
});

test.each(['a', 'b', 'c'])(
  'guessing passes a chapter of path %s at most one time in eight',
  (id) => {
    for (const seed of ['1', '2', '3', '4']) {
      const chosen = choosePlacement(catalog.questions, chaptersOn(id), seed);

      for (const chapter of chaptersOn(id)) {
        const own = chosen.filter((question) => question.chapter === chapter);
        expect(own.reduce((chance, each) => chance * chanceOf(each), 1)).toBeLessThanOrEqual(1 / 8);
      }
    }
  },
);

test('a chapter is known when all of its questions were right at once', () => {
  const chosen = choosePlacement(catalog.questions, [3, 5], 'seed');
  const cards = chosen.map(({ id }) => id);
  const missed = chosen.find(({ chapter }) => chapter === 5)?.id;

  const known = knownChapters(
    answered(cards, (card) => card !== missed),
    catalog.question,
  );

  expect(known).toEqual([3]);
});

test('a question that was not answered is none that is known', () => {
  const cards = choosePlacement(catalog.questions, [3], 'seed').map(({ id }) => id);
  const all = answered(cards, () => true);

  expect(knownChapters(all, catalog.question)).toEqual([3]);
  expect(knownChapters({ ...all, results: all.results.slice(1) }, catalog.question)).toEqual([]);
});
