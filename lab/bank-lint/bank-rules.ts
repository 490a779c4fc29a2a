import type { ChoiceQuestion } from '../../src/core/questions/schema.ts';
import { ABSOLUTES, HEDGES, numberIn } from '../../src/core/questions/text-tokens.ts';
import { isNegativeStem } from './choice-rules.ts';
import { ALLOWED_ABOVE_CHANCE, guessAll } from './guess.ts';
import { bankRule, type Flaw, isChoice, type LintInput, type Rule } from './rule.ts';

/** Rules about a whole bank need this many items before a share means anything. */
const FEWEST_ITEMS = 12;
const MAX_LONGEST = 0.35;
const MAX_NEGATIVE = 0.05;
/** Points by which clue words may lean to one side. */
const MAX_LEANING = 5;
/** χ² that a fair coin exceeds in 1 of 100 cases, by degrees of freedom. */
const CRITICAL = new Map([
  [2, 9.21],
  [3, 11.34],
  [4, 13.28],
]);

/** Rules about habits that no single item shows. */
export const BANK_RULES: readonly Rule[] = [
  bankRule('longest-right', (input) =>
    byChapter(input, (items, chapter) => {
      const singles = items.filter(({ format }) => format === 'single');
      const share = (pick: (...lengths: number[]) => number) =>
        singles.filter((item) => isExtreme(item, pick)).length / singles.length;
      return singles.length < FEWEST_ITEMS
        ? []
        : [
            ...leaning('longest', share(Math.max), MAX_LONGEST, chapter, 'error'),
            ...leaning('shortest', share(Math.min), MAX_LONGEST, chapter, 'warning'),
          ];
    }),
  ),
  bankRule('position', (input) =>
    byChapter(input, (items, chapter) =>
      [3, 4, 5].flatMap((size) => {
        const places = items
          .filter(({ format, options }) => format === 'single' && options.length === size)
          .filter(({ options }) => options.some(({ text }) => numberIn(text) === undefined))
          .map(({ options }) => options.findIndex(({ correct }) => correct));
        return unevenPlaces(places, size, chapter);
      }),
    ),
  ),
  bankRule('negative-stems', ({ questions }) => {
    const negative = questions.filter(({ prompt }) => isNegativeStem(prompt)).length;
    return questions.length >= FEWEST_ITEMS && negative / questions.length > MAX_NEGATIVE
      ? [
          {
            message: `${negative} of ${questions.length} stems ask for what is not so`,
            fix: 'turn them round until at most 5 % are left',
          },
        ]
      : [];
  }),
  bankRule('clue-balance', ({ questions }) =>
    questions.filter(isChoice).length < FEWEST_ITEMS
      ? []
      : [
          ...leaningWords(questions.filter(isChoice), ABSOLUTES, 'always, never, only …'),
          ...leaningWords(questions.filter(isChoice), HEDGES, 'usually, can, may …'),
        ],
  ),
  bankRule('tricks', (input) =>
    byChapter(input, (items, chapter) =>
      items.length < FEWEST_ITEMS
        ? []
        : guessAll(items)
            // One chapter is few items: twice the margin before chance is no explanation.
            .filter(({ aboveChance }) => aboveChance > ALLOWED_ABOVE_CHANCE * (chapter ? 2 : 1))
            .map(({ name, score, chance }) => ({
              level: chapter ? ('warning' as const) : ('error' as const),
              ...(chapter && { chapter }),
              message: `the trick "${name}" scores ${score.toFixed(0)} % where chance is ${chance.toFixed(0)} %`,
              fix: 'rewrite options until the habit is gone; see lint:guess',
            })),
    ),
  ),
];

function byChapter(
  { questions }: LintInput,
  check: (items: ChoiceQuestion[], chapter?: number) => Flaw[],
): Flaw[] {
  const items = questions.filter(isChoice);
  const chapters = [...new Set(items.map(({ chapter }) => chapter))];
  return [
    ...check(items),
    ...chapters.flatMap((chapter) =>
      check(
        items.filter((item) => item.chapter === chapter),
        chapter,
      ),
    ),
  ];
}

function isExtreme({ options }: ChoiceQuestion, pick: (...lengths: number[]) => number): boolean {
  const lengths = options.map(({ text }) => text.length);
  const extreme = pick(...lengths);
  const right = options.findIndex(({ correct }) => correct);
  return lengths[right] === extreme && lengths.filter((length) => length === extreme).length === 1;
}

function leaning(
  what: string,
  share: number,
  most: number,
  chapter: number | undefined,
  level: 'error' | 'warning',
): Flaw[] {
  if (share <= most) return [];
  return [
    {
      level,
      ...(chapter && { chapter }),
      message: `the right option is the ${what} in ${(100 * share).toFixed(0)} % of the singles`,
      fix: `change lengths until it is at most ${100 * most} %`,
    },
  ];
}

function unevenPlaces(places: readonly number[], size: number, chapter?: number): Flaw[] {
  if (places.length < FEWEST_ITEMS) return [];
  const expected = places.length / size;
  const counts = Array.from(
    { length: size },
    (_, at) => places.filter((place) => place === at).length,
  );
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  if (chiSquare <= (CRITICAL.get(size - 1) ?? 0)) return [];
  return [
    {
      ...(chapter && { chapter }),
      message: `the right option of ${size} stands unevenly: ${counts.join(', ')}`,
      fix: 'reorder options until each place is used alike',
    },
  ];
}

function leaningWords(items: readonly ChoiceQuestion[], pattern: RegExp, words: string): Flaw[] {
  const share = (correct: boolean) => {
    const texts = items.flatMap(({ options }) =>
      options.filter((option) => option.correct === correct),
    );
    return (100 * texts.filter(({ text }) => text.match(pattern)).length) / texts.length;
  };
  const [right, wrong] = [share(true), share(false)];
  if (Math.abs(right - wrong) <= MAX_LEANING) return [];
  return [
    {
      message: `"${words}" stand in ${right.toFixed(0)} % of the right and ${wrong.toFixed(0)} % of the wrong options`,
      fix: 'use such words on both sides alike',
    },
  ];
}
