import { describe, expect, test } from 'vitest';
import { lintBank, RULES, sentenceRule } from '../../../lab/bank-lint/lint.ts';
import type { LintInput } from '../../../lab/bank-lint/rule.ts';
import type { Question } from '../../../src/core/questions/schema.ts';
import {
  bankOf,
  bug,
  choice,
  multi,
  numeric,
  open,
  order,
  scenario,
  single,
  sound,
} from './lint-fixtures.ts';

const LONG_RUN =
  'the copied sentence goes on for far more than eight words so that nobody takes it for chance';
const copies = (count: number, make: (index: number) => Question) =>
  Array.from({ length: count }, (_, index) => ({ ...make(index), id: `c1-item-${index}` }));
const PLACES = [0, 1, 2, 3];

/** The right option moves through the places; all have one length unless told otherwise. */
const moving = (index: number, right = 'right', wrong = 'wrong') =>
  choice(...PLACES.map((place) => (place === index % 4 ? `*${right}` : `${wrong}${place}`)));

type Case = [
  rule: string,
  what: string,
  planted: LintInput,
  level: 'error' | 'warning',
  say: string,
];

const first = <T>(list: readonly T[], change: object): T[] =>
  list.map((entry, index) => (index === 0 ? { ...entry, ...change } : entry));

const PLANTED: Case[] = [
  [
    'misconception',
    'a wrong option without one',
    bankOf({ ...single, options: single.options.map(({ misconception: _, ...rest }) => rest) }),
    'error',
    'names no misconception',
  ],
  [
    'select-all',
    'a multi that looks like a single',
    bankOf({ ...multi, prompt: 'What holds?' }),
    'error',
    'hides that several',
  ],
  [
    'combined-option',
    'all of the above',
    bankOf(choice('*One', 'Two', 'All of the above')),
    'error',
    'combines options',
  ],
  [
    'clue-words',
    'absolutes in two wrong options',
    bankOf(choice('*It helps', 'It never helps', 'It always helps')),
    'error',
    '"never", "always" only on the wrong side',
  ],
  [
    'clue-words',
    'an absolute in one wrong option',
    bankOf(choice('*It helps', 'It never helps', 'It hurts')),
    'warning',
    'only on the wrong side',
  ],
  [
    'clang',
    'a word of the stem in the right option alone',
    bankOf(choice('*Its logits spread', 'Noise joins', 'Weights shrink')),
    'error',
    'alone repeats "logits"',
  ],
  [
    'negative-stem',
    'a quiet negative',
    bankOf({ ...single, prompt: 'Which of these does not hold?' }),
    'error',
    'quiet "not"',
  ],
  [
    'option-length',
    'a short option beside a long one',
    bankOf(choice('*No', 'Yes, and for a very good reason that is told here', 'Maybe so')),
    'warning',
    'run from 2 to 49',
  ],
  [
    'option-overlap',
    'an option inside another',
    bankOf(choice('*Read the weights', 'Read the weights and the cache', 'Skip')),
    'error',
    'contains the whole of option 1',
  ],
  [
    'numbers',
    'numbers out of order',
    bankOf(choice('8 GiB', '*4 GiB', '16 GiB')),
    'error',
    'out of order',
  ],
  [
    'numbers',
    'near numbers',
    bankOf(choice('4 GiB', '*4.2 GiB', '16 GiB')),
    'warning',
    'within 10 %',
  ],

  [
    'explanation',
    'a short one',
    bankOf({ ...single, explanation: 'It does. So it is. It is so. Really.' }),
    'error',
    'at least 40',
  ],
  [
    'explanation',
    'one sentence for three wrong options',
    bankOf({ ...single, explanation: `${'word '.repeat(45)}.` }),
    'warning',
    '1 sentences for 3',
  ],
  [
    'stem-length',
    'a long stem',
    bankOf({ ...single, prompt: `${'word '.repeat(61)}?` }),
    'warning',
    'has 306 characters',
  ],
  [
    'stem-question',
    'a stem without a question',
    bankOf({ ...single, prompt: 'Temperature.' }),
    'error',
    'asks nothing',
  ],
  [
    'stem-question',
    'trivia',
    bankOf({ ...single, prompt: 'In which year was it published?' }),
    'warning',
    'a date or a name',
  ],
  [
    'banned-phrase',
    'an idiom',
    bankOf({ ...single, hints: ['A rule of thumb.', 'b', 'c'] }),
    'error',
    'rule of thumb',
  ],
  [
    'banned-title',
    'a British word in the name of a concept',
    { ...sound, concepts: first(sound.concepts, { title: 'Layers of defence' }) },
    'error',
    'defence',
  ],
  [
    'follow-up-tells',
    'a key point in the question after it',
    bankOf({
      ...open,
      followUps: [{ ask: 'How large is the zebra?', expect: 'x', phrasings: ['x'] }],
      keyPoints: first(open.keyPoints, { text: 'Add a zebra.' }),
    }),
    'warning',
    'names "zebra"',
  ],
  ['code', 'a tab', bankOf({ ...bug, code: 'if x:\n\treturn x' }), 'error', 'contains a tab'],
  [
    'reference',
    'a link as title',
    bankOf({ ...single, references: first(single.references, { title: 'https://x.org' }) }),
    'error',
    'is a link',
  ],
  [
    'reference',
    'a long arXiv link',
    bankOf({
      ...single,
      references: first(single.references, { url: 'https://arxiv.org/abs/1904.09751' }),
    }),
    'warning',
    'long arXiv link',
  ],
  [
    'minutes',
    'an easy item of five minutes',
    bankOf({ ...single, difficulty: 'easy', minutes: 5 }),
    'warning',
    'is 5 for an item that is easy',
  ],

  [
    'hint-leak',
    'the right option',
    bankOf({ ...single, hints: ['a', 'b', 'The top token gains here.'] }),
    'error',
    'says the right option',
  ],
  [
    'hints-differ',
    'the same hint twice',
    bankOf({ ...single, hints: ['a', 'b', 'B!'] }),
    'error',
    'repeat each other',
  ],

  ['numeric-slips', 'no slips', bankOf({ ...numeric, slips: [] }), 'warning', 'names 0 slips'],
  [
    'numeric-unit',
    'GiB that the stem hides',
    bankOf({ ...numeric, unit: 'GiB' }),
    'error',
    'does not say that the answer is in GiB',
  ],
  [
    'working',
    'another result',
    bankOf({ ...numeric, working: 'e² = 8.1' }),
    'error',
    'does not arrive at 7.389',
  ],
  [
    'order-clues',
    'a step that says its place',
    bankOf({ ...order, steps: first(order.steps, { text: 'First divide' }) }),
    'error',
    'says "First"',
  ],
  [
    'bug-comment',
    'a comment at the fault',
    bankOf({ ...bug, code: 'z = f(x)\np = g(z)  # BUG here' }),
    'error',
    'gives the fault away',
  ],
  [
    'option-reference',
    'a letter',
    bankOf({ ...single, explanation: 'So option B is right.' }),
    'error',
    'says "option B"',
  ],

  [
    'model-answer',
    'a short one',
    bankOf({ ...open, modelAnswer: 'It sharpens.' }),
    'error',
    'has 2 words',
  ],
  [
    'key-point-count',
    'three points of a scenario',
    bankOf({ ...scenario, keyPoints: scenario.keyPoints.slice(1) }),
    'error',
    'are 3',
  ],
  [
    'key-point-weight',
    'a point that decides',
    bankOf({ ...open, keyPoints: first(open.keyPoints, { weight: 0.6 }) }),
    'error',
    'one point decides',
  ],
  [
    'label',
    'a point without a label',
    bankOf({ ...open, keyPoints: first(open.keyPoints, { label: undefined }) }),
    'error',
    'has no label',
  ],
  [
    'phrasings',
    'the same phrasing twice',
    bankOf({
      ...open,
      keyPoints: first(open.keyPoints, { phrasings: ['It keeps rank', 'it keeps rank.', 'c'] }),
    }),
    'error',
    'say the same twice',
  ],
  [
    'red-flags',
    'a single one',
    bankOf({ ...open, redFlags: open.redFlags.slice(1) }),
    'warning',
    'fewer than two',
  ],
  [
    'levels',
    'two alike',
    bankOf({ ...open, levels: { weak: 'Names it', solid: 'names it.', excellent: 'x' } }),
    'error',
    'repeat each other',
  ],

  ['reviewed', 'no review', bankOf({ ...single, reviewed: [] }), 'error', 'has no review'],
  [
    'reviewer',
    'the writer',
    bankOf({ ...single, reviewed: first(single.reviewed, { by: 'the writer' }) }),
    'error',
    'somebody other than',
  ],
  [
    'reviewer',
    'no note',
    bankOf({ ...single, reviewed: [{ by: 'editor', date: '2026-11-20' }] }),
    'warning',
    'has no note',
  ],
  [
    'review-by',
    'a concept that ages',
    bankOf({ ...single, topics: ['c1.22'] }),
    'error',
    'facts about "Diffusion" age',
  ],
  [
    'review-by',
    'a day that has passed',
    bankOf({ ...single, reviewBy: '2026-11-24' }),
    'warning',
    'has passed',
  ],

  [
    'near-duplicate',
    'the same question again',
    bankOf(single, { ...single, id: 'c1-again' }),
    'error',
    '100 % like c1-temperature',
  ],
  [
    'shared-run',
    'a copied sentence',
    bankOf(
      { ...single, explanation: `So ${LONG_RUN}.` },
      { ...open, modelAnswer: `And ${LONG_RUN}!` },
    ),
    'error',
    'shares 18 words in a row with c1-temperature',
  ],
  [
    'shared-run',
    'eight words',
    bankOf(
      { ...single, explanation: 'a b c d e f g h' },
      { ...open, explanation: 'x a b c d e f g h y' },
    ),
    'warning',
    'shares 8 words',
  ],

  [
    'id',
    'an id of no chapter',
    bankOf({ ...single, id: 'temperature' }),
    'error',
    'start it with "c1-"',
  ],
  [
    'topics',
    'an unknown concept',
    bankOf({ ...single, topics: ['c1.10', 'c1.99'] }),
    'error',
    'c1.99 is not in',
  ],
  ['concept-coverage', 'a concept without an item', bankOf(), 'error', 'no item about c1.10'],
  ['claim-coverage', 'a claim without an item', bankOf(open), 'error', 'claim 3 is not used'],
  [
    'recent-topics',
    'one item on a recent topic',
    bankOf(single),
    'error',
    '1 items about "Temperature"',
  ],
  [
    'cross-references',
    'no way to chapter 2',
    bankOf({ ...single, related: ['chapter 3'] }),
    'error',
    'leads to chapter 2',
  ],
  [
    'counts',
    'an empty cell',
    {
      ...sound,
      targets: [
        {
          chapter: 1,
          easy: 1,
          medium: 7,
          hard: 0,
          single: 1,
          multi: 1,
          numeric: 1,
          open: 1,
          bug: 1,
          order: 1,
          scenario: 1,
        },
      ],
    },
    'warning',
    'has 0 of 1 easy items',
  ],
  ['counts', 'too few items', sound, 'error', '7 items; at least 400'],
  [
    'syllabus',
    'a concept in no topic',
    { ...sound, concepts: [...sound.concepts, { id: 'c2.02', title: 'x' }] },
    'error',
    'c2.02 stands in 0 topics',
  ],

  [
    'longest-right',
    'the longest option is right',
    bankOf(...copies(12, (index) => moving(index, 'the right one'))),
    'error',
    'the longest in 100 %',
  ],
  [
    'longest-right',
    'the shortest option is right',
    bankOf(...copies(12, (index) => moving(index, 'r'))),
    'warning',
    'the shortest in 100 %',
  ],
  [
    'position',
    'one place',
    bankOf(...copies(12, () => moving(2))),
    'error',
    'stands unevenly: 0, 0, 12, 0',
  ],
  [
    'negative-stems',
    'one in twelve',
    bankOf(
      ...copies(12, (index) => ({
        ...moving(index),
        prompt: index ? 'What is so?' : 'Which does NOT hold?',
      })),
    ),
    'error',
    '1 of 12 stems',
  ],
  [
    'clue-balance',
    'absolutes on one side',
    bankOf(...copies(12, (index) => moving(index, 'right', 'never'.concat(' ')))),
    'error',
    'stand in 0 % of the right and 100 % of the wrong',
  ],
  [
    'tricks',
    'the longest option is right',
    bankOf(...copies(12, (index) => moving(index, 'the right one'))),
    'error',
    '"longest option" scores 100 % where chance is 25 %',
  ],
];

const check = (rule: string, input: LintInput) =>
  lintBank(input).filter((finding) => finding.rule === rule);

describe('a planted flaw is found', () => {
  test.each(PLANTED)('%s: %s', (rule, _, planted, level, say) => {
    const said = check(rule, planted).map(
      (finding) => `${finding.level} ${finding.message}; ${finding.fix}`,
    );

    expect(said.join('\n')).toMatch(new RegExp(`^${level} .*${escaped(say)}`, 'm'));
  });

  test('every rule has one', () => {
    const planted = new Set(PLANTED.map(([rule]) => rule));

    expect(RULES.map(({ name }) => name).filter((name) => !planted.has(name))).toEqual([]);
  });
});

test('a sound bank is found sound, but for its size', () => {
  expect(
    lintBank(sound).filter(({ rule }) => rule !== 'counts' && rule !== 'concept-coverage'),
  ).toEqual([]);
});

describe('what looks like a flaw and is none', () => {
  test.each<[string, string, LintInput]>([
    [
      'clue-words',
      'terms with a hyphen',
      bankOf(choice('*A mask', 'A decoder-only model', 'An all-reduce')),
    ],
    [
      'clue-words',
      'a word on both sides',
      bankOf(choice('*It never ends', 'It always ends', 'It never starts')),
    ],
    [
      'clang',
      'a wrong option that repeats as much',
      bankOf(choice('*Its logits spread', 'Its logits shrink', 'Noise joins')),
    ],
    [
      'combined-option',
      'two things that belong together',
      bankOf(choice('*Keys and values', 'Queries', 'Both norms of a block')),
    ],
    [
      'negative-stem',
      'a loud negative',
      bankOf({ ...single, prompt: 'Which of these does NOT hold?' }),
    ],
    [
      'negative-stem',
      'a condition that is negative',
      bankOf({ ...single, prompt: 'What happens if the mask is not applied?' }),
    ],
    ['option-overlap', 'formulas', bankOf(choice('*n·P + n²/2', 'P + n', '(P + n)²/2'))],
    [
      'hint-leak',
      'a number that the stem gives',
      bankOf({ ...numeric, answer: 2, hints: ['a', 'b', 'Use the 2 nats.'] }),
    ],
    [
      'review-by',
      'a day within six months',
      bankOf({ ...single, topics: ['c1.22'], reviewBy: '2027-05-20' }),
    ],
    [
      'near-duplicate',
      'a contrast on purpose',
      bankOf(single, { ...single, id: 'c1-again', notDuplicateOf: ['c1-temperature'] }),
    ],
    [
      'claim-coverage',
      'a red flag named by hand',
      { ...sound, questions: [open], claims: [{ claim: 3, title: 'x', items: [open.id] }] },
    ],
    ['position', 'all places alike', bankOf(...copies(12, (index) => moving(index)))],
    [
      'recent-topics',
      'words that stand in two items',
      { ...sound, recentTopics: [{ title: 'x', concepts: ['c1.10'], words: ['LOGITS'] }] },
    ],
    [
      'cross-references',
      'a concept of the other chapter',
      bankOf({ ...single, related: ['c2.01'] }),
    ],
  ])('%s: %s', (rule, _, input) => {
    expect(check(rule, input)).toEqual([]);
  });
});

test('a check that answers in sentences becomes a rule', () => {
  const rule = sentenceRule('key-points', ([item]) => [
    `${item?.id}: point "rank" overlaps`,
    'all: x',
  ]);

  expect(rule.check(bankOf(open))).toEqual([
    {
      level: 'error',
      rule: 'key-points',
      id: open.id,
      message: 'point "rank" overlaps',
      fix: 'see the message',
    },
    { level: 'error', rule: 'key-points', message: 'all: x', fix: 'see the message' },
  ]);
});

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
