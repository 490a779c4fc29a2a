import { readGradingWords } from '../../../lab/grading/words.ts';
import { createGrader } from '../../../src/core/grading/grade.ts';
import type { Grade, GradedQuestion } from '../../../src/core/grading/types.ts';

export const words = readGradingWords();

const grader = createGrader(words);

/** A question with one point of each kind: a direction, a mechanism, a number and a formula. */
export const cacheQuestion: GradedQuestion = {
  prompt:
    'Llama-2-7B serves chats of 4,096 tokens in fp16. What fills the memory besides the weights, and what helps?',
  modelAnswer:
    'The KV cache keeps a key and a value vector for every layer, KV head and token. Bytes are 2 × layers × KV heads × head size × tokens × 2, which is 2 GiB for one chat of 4,096 tokens. It grows linearly with the length. Grouped-query attention shrinks it because several query heads share one KV head.',
  keyPoints: [
    {
      id: 'cache',
      text: 'The KV cache holds keys and values of all past tokens.',
      weight: 2,
      phrasings: [
        'keys and values of earlier tokens are kept',
        'the past is stored instead of being computed again',
        'remembers what attention computed for earlier tokens',
      ],
    },
    {
      id: 'size',
      text: 'It takes 2 GiB for one chat.',
      weight: 2,
      phrasings: [
        '2 GiB for 4096 tokens',
        '2·L·h_kv·d_h·T·2 bytes = 2 GiB',
        'about 2.1 GB for each conversation',
      ],
    },
    {
      id: 'growth',
      text: 'It grows linearly with the length.',
      weight: 1,
      phrasings: [
        'twice the context doubles the cache',
        'cache is proportional to the number of tokens',
        'linear in sequence length',
      ],
    },
    {
      id: 'gqa',
      text: 'Grouped-query attention makes it smaller, because query heads share KV heads.',
      weight: 2,
      phrasings: ['n_kv < n_q', 'groups of query heads share one kv head', 'gqa reduces the cache'],
    },
  ],
  redFlags: [
    {
      text: 'The cache stores the attention matrix.',
      phrasings: ['kv cache holds the attention scores', 'the cache stores the attention matrix'],
    },
  ],
};

export function grade(
  answer: string,
  question: GradedQuestion = cacheQuestion,
  before: readonly string[] = [],
): Grade {
  return grader(question, answer, before);
}

export function verdicts(answer: string, question?: GradedQuestion): Record<string, string> {
  return Object.fromEntries(grade(answer, question).points.map(({ id, verdict }) => [id, verdict]));
}
