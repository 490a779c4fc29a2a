import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCatalog } from '../../../src/catalog.ts';
import { chanceOf, knownChapters, nextPlacement } from '../../../src/core/practice/placement.ts';
import { firstState, type PracticeState } from '../../../src/core/practice/session.ts';
import { type Question, REVIEW_BANK } from '../../../src/core/questions/schema.ts';

const { catalog } = readCatalog();
const { questions, question: find, areTwins } = catalog;

const chaptersOn = (id: string) =>
  (catalog.paths.find((path) => path.id === id)?.steps ?? [])
    .flatMap(({ chapters }) => chapters)
    .filter((chapter) => chapter !== REVIEW_BANK);

const PATHS = ['a', 'b', 'c'].map((id) => ({ id, chapters: chaptersOn(id) }));

/** Places somebody to the end. */
function place(
  chapters: readonly number[],
  isRight: (question: Question, at: number) => boolean,
  seed = 'seed',
): { asked: Question[]; state: PracticeState } {
  let state = firstState([]);
  const asked: Question[] = [];
  for (;;) {
    const next = nextPlacement(state, { questions, chapters, find, areTwins, seed });
    if (!next) return { asked, state };
    const result = isRight(next, asked.length)
      ? ({ share: 1, recall: 'good' } as const)
      : ({ share: 0, recall: 'again' } as const);
    asked.push(next);
    state = { ...state, cards: [...state.cards, next.id], results: [...state.results, result] };
  }
}

const levels = (asked: readonly Question[]) => asked.map(({ difficulty }) => difficulty);

test.each(PATHS)(
  'who knows everything on path $id is asked two questions a chapter',
  ({ chapters }) => {
    const { asked, state } = place(chapters, () => true);

    expect(asked.map(({ chapter }) => chapter)).toEqual(chapters.flatMap((each) => [each, each]));
    expect(levels(asked).slice(0, 4)).toEqual(['easy', 'medium', 'medium', 'hard']);
    expect(knownChapters(state, find)).toEqual(chapters);
  },
);

test.each(PATHS)('who knows nothing on path $id is asked three easy questions', ({ chapters }) => {
  const { asked, state } = place(chapters, () => false);

  expect(levels(asked)).toEqual(['easy', 'easy', 'easy']);
  expect(knownChapters(state, find)).toEqual([]);
});

test('who knows one chapter is found to know that one', () => {
  const chapters = chaptersOn('b');

  const { state } = place(chapters, ({ chapter }) => chapter === 3);

  expect(knownChapters(state, find)).toEqual([3]);
});

test('whatever is answered: 3 to 12 questions, none twice, and no chapter is passed by chance', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...PATHS),
      fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
      fc.string(),
      ({ chapters }, right, seed) => {
        const { asked, state } = place(chapters, (_, at) => right[at] ?? false, seed);

        expect(asked.length).toBeGreaterThanOrEqual(3);
        expect(asked.length).toBeLessThanOrEqual(12);
        expect(new Set(asked.map(({ id }) => id)).size).toBe(asked.length);
        for (const known of knownChapters(state, find)) {
          const own = asked.filter(({ chapter }) => chapter === known);
          expect(own.reduce((chance, each) => chance * chanceOf(each), 1)).toBeLessThanOrEqual(
            1 / 8,
          );
          expect(levels(own)).not.toEqual(['easy', 'easy']);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('a question that was not answered is none that is known', () => {
  const { state } = place([3], () => true);

  expect(knownChapters(state, find)).toEqual([3]);
  expect(knownChapters({ ...state, results: state.results.slice(1) }, find)).toEqual([]);
});
