import type { ScoredQuestion } from '../../src/core/questions/check-answer.ts';
import {
  type FreeTextQuestion,
  type NumericQuestion,
  type Question,
  questionSchema,
} from '../../src/core/questions/schema.ts';
import type { Judged, NewAttempt } from '../../src/features/daily/queries/answers.ts';

const shared = {
  topics: ['c5.02'],
  explanation: 'The explanation of the item.',
  references: [{ title: 'A paper', year: 2023, url: 'arXiv:2305.13245', where: 'Section 2' }],
  hints: ['The first hint.', 'The second hint.', 'The third hint.'],
  followUps: [
    { ask: 'What comes next?', expect: 'The next thing.' },
    { ask: 'And why?', expect: 'Because of it.' },
  ],
  related: ['chapter 3'],
  minutes: 1,
  seniority: 'junior',
};

/** A single-choice item whose right option is the second (`b`). */
export function singleItem(id: string, change: Partial<Question> = {}): ScoredQuestion {
  return questionSchema.parse({
    ...shared,
    id,
    chapter: 5,
    difficulty: 'medium',
    format: 'single',
    prompt: `What does ${id} ask?`,
    options: [
      { text: 'First wrong', why: 'First is wrong because.', misconception: 'm' },
      { text: 'The right one', correct: true, why: 'It is right because.' },
      { text: 'Second wrong', why: 'Second is wrong because.', misconception: 'm' },
      { text: 'Third wrong', why: 'Third is wrong because.', misconception: 'm' },
    ],
    ...change,
  }) as ScoredQuestion;
}

/** A numeric item: 16 GiB, with a named slip at 8. */
export function numericItem(id: string, change: Partial<NumericQuestion> = {}): NumericQuestion {
  return questionSchema.parse({
    ...shared,
    id,
    chapter: 8,
    difficulty: 'hard',
    format: 'numeric',
    prompt: `How much does ${id} need?`,
    answer: 16,
    unit: 'GiB',
    tolerance: { relative: 0.02 },
    accepts: [{ unit: 'GB', factor: 1e9 / 2 ** 30 }],
    slips: [{ answer: 8, why: 'You forgot the factor 2.' }],
    working: '2 × 8 = 16 GiB',
    ...change,
  }) as NumericQuestion;
}

export function multiItem(id: string): ScoredQuestion {
  return questionSchema.parse({
    ...shared,
    id,
    chapter: 5,
    difficulty: 'easy',
    format: 'multi',
    prompt: `Select all that apply to ${id}.`,
    options: [
      { text: 'Right one', correct: true, why: 'Yes.' },
      { text: 'Wrong one', why: 'No, since.', misconception: 'm' },
      { text: 'Right two', correct: true, why: 'Yes.' },
      { text: 'Wrong two', why: 'No, because.', misconception: 'm' },
    ],
  }) as ScoredQuestion;
}

export function orderItem(id: string): ScoredQuestion {
  return questionSchema.parse({
    ...shared,
    id,
    chapter: 5,
    difficulty: 'easy',
    format: 'order',
    prompt: `Order the steps of ${id}.`,
    steps: ['one', 'two', 'three', 'four'].map((text) => ({ text: `Step ${text}`, why: 'So.' })),
  }) as ScoredQuestion;
}

/** An item that is answered in words, with three key points about the cache. */
export function freeTextItem(id: string, change: Record<string, unknown> = {}): FreeTextQuestion {
  return questionSchema.parse({
    ...shared,
    id,
    chapter: 5,
    difficulty: 'easy',
    format: 'open',
    prompt: `Why does serving keep a cache, and what decides its size? (${id})`,
    reviewBank: true,
    keyPoints: [
      {
        id: 'stored',
        text: 'Keys and values of past tokens are stored, not computed again.',
        weight: 0.4,
        phrasings: [
          'keys and values of past tokens are stored',
          'past keys and values are not computed again',
          'avoids recomputing old K and V each step',
        ],
      },
      {
        id: 'fewer-heads',
        text: 'Fewer key heads than query heads make it smaller.',
        weight: 0.3,
        phrasings: [
          'fewer key heads than query heads make the cache smaller',
          'grouped-query attention shrinks the cache',
          'gqa kv heads < q heads so smaller cache',
        ],
      },
      {
        id: 'linear',
        text: 'It grows linearly with the context length.',
        weight: 0.3,
        phrasings: [
          'grows linearly with the context length',
          'twice the context needs twice the memory',
          'memory proportional to sequence length',
        ],
      },
    ],
    redFlags: [
      {
        text: 'The cache stores attention scores.',
        phrasings: ['the cache stores attention scores', 'cached attention weights are reused'],
      },
    ],
    modelAnswer:
      'Decoding reads one token at a time, so keys and values of past tokens are stored and past keys and values are not computed again. Fewer key heads than query heads make the cache smaller. The memory grows linearly with the context length, so that twice the context needs twice the memory. That is why long prompts and many users at once fill a card long before the weights do, and why engines page it.',
    levels: {
      weak: 'Names the cache.',
      solid: 'Says what is stored.',
      excellent: 'Says what decides its size.',
    },
    ...change,
  }) as FreeTextQuestion;
}

/** A try as the store records it: the first one, and right, unless it says otherwise. */
export const attemptOf = ({
  postId,
  personId,
  at,
  ...judged
}: Omit<NewAttempt, 'judge'> & Partial<Judged>): NewAttempt => ({
  postId,
  personId,
  at,
  judge: () => ({ try: 1, answer: 'b', isRight: true, share: 1, ...judged }),
});
