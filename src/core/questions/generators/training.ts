import {
  chinchillaOptimal,
  trainingFlops,
  trainingSeconds,
} from '../../calculators/training/compute.ts';
import type { Kind } from './generator.ts';
import { between, exact, oneOf } from './numbers.ts';
import { cards } from './shapes.ts';

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const superscript = (value: number) =>
  [...String(value)].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');

const DAY = 86_400;

/** Days of a pretraining run. */
export const trainingDays: Kind = {
  id: 'training-days',
  chapter: 6,
  topics: ['c6.14'],
  difficulty: 'medium',
  format: 'numeric',
  formula: 'trainingFlops, trainingSeconds',
  enemyOf: ['c6-days-70b'],
  unit: 'days',
  accepts: [{ unit: 'hours', factor: 1 / 24 }],
  minutes: 3,
  seniority: 'mid',
  needs: ['gpus'],
  idea: 'Training costs about 6 operations per parameter per token: 2 forward and 4 backward, because you need gradients for activations and for weights. The cluster delivers GPUs × peak × utilization. Use the dense peak; datasheets often print twice that for sparse matrices. Restarts and evaluations add to this time.',
  hints: [
    'First find the operations of the run, then how many the cluster does per second.',
    'The backward pass costs twice the forward pass.',
    'Divide 6 × parameters × tokens by GPUs × peak × utilization, then by 86,400 seconds.',
  ],
  followUps: [
    {
      ask: 'How does full recomputation of activations change the time?',
      expect:
        'It adds a forward pass: 8 operations instead of 6, a third more at the same hardware speed.',
    },
    {
      ask: 'Which parameter count do you use for a mixture of experts?',
      expect: 'The active parameters: a token uses no others.',
    },
  ],
  references: [
    {
      title: 'Scaling Laws for Neural Language Models',
      year: 2020,
      url: 'arXiv:2001.08361',
      where: 'section 2.1 (C ≈ 6N per token)',
    },
  ],
  related: ['c8.07', 'c6.30', 'chapter 8'],
  draft(random, facts) {
    const gpu = oneOf(cards(facts), random);
    const billion = oneOf([1, 1.5, 3, 7, 8, 13, 14, 30, 32, 70], random);
    const trillion = oneOf([0.3, 0.5, 1, 1.4, 2, 3, 4, 6, 8, 10, 15], random);
    const gpus = oneOf([64, 128, 256, 512, 1024, 2048, 4096], random);
    const utilisation = between(0.3, 0.5, 0.02, random);
    const flops = trainingFlops({ parameters: billion * 1e9, tokens: trillion * 1e12 });
    const peak = gpu.tflops.fp16 * 1e12;
    const days = (operations: number, share: number) =>
      trainingSeconds({ flops: operations, gpus, peakFlops: peak, utilisation: share }) / DAY;
    const answer = days(flops, utilisation);
    if (answer < 2 || answer > 400) return undefined;
    return {
      prompt: `A dense model with ${billion} billion parameters trains in BF16 on ${trillion} trillion tokens with ${exact(gpus)} × ${gpu.name} (${exact(gpu.tflops.fp16)} TFLOP/s dense each) at ${exact(utilisation * 100)}% MFU. How many days does it take?`,
      answer,
      slips: [
        {
          id: 'forward-alone',
          value: days(flops / 3, utilisation),
          why: 'used 2 operations per parameter per token, only the forward pass',
        },
        {
          id: 'with-recomputation',
          value: days((flops * 8) / 6, utilisation),
          why: 'used 8 operations; MFU leaves out recomputation',
        },
        { id: 'full-peak', value: days(flops, 1), why: 'assumed that the GPUs reach their peak' },
        {
          id: 'sparse-peak',
          value: days(flops, utilisation) / 2,
          why: 'used the peak for sparse matrices, twice the dense one',
        },
        {
          id: 'hours',
          value: days(flops, utilisation) * 24,
          why: 'gave the hours',
        },
      ],
      working: `6 × ${billion} × 10⁹ × ${trillion} × 10¹² / (${exact(gpus)} × ${exact(gpu.tflops.fp16)} × 10¹² × ${exact(utilisation)} × 86,400)`,
    };
  },
};

/** Model size for a budget of arithmetic. */
export const computeOptimal: Kind = {
  id: 'compute-optimal',
  chapter: 6,
  topics: ['c6.12'],
  difficulty: 'easy',
  format: 'numeric',
  formula: 'chinchillaOptimal',
  unit: 'billion',
  accepts: [
    { unit: 'B', factor: 1 },
    { unit: 'bn', factor: 1 },
  ],
  minutes: 2,
  seniority: 'mid',
  idea: 'The budget is about 6 × parameters × tokens. With 20 tokens per parameter, it becomes 120 × parameters², so the size is the square root of the budget over 120, and model and data grow at the same rate. The rule minimizes only training compute; for models that serve a lot of traffic, smaller and trained longer is better.',
  hints: [
    'Write the budget in terms of parameters and tokens.',
    'Replace the tokens with 20 times the parameters.',
    'Divide the budget by 6 × 20 and take the square root.',
  ],
  followUps: [
    {
      ask: 'The budget grows by a factor of 100. How do size and tokens grow?',
      expect: 'Both grow by a factor of 10.',
    },
    {
      ask: 'Why are small public models trained far beyond this rule?',
      expect:
        'A smaller model is cheaper per answer, which outweighs the extra training when it gets a lot of use.',
    },
  ],
  references: [
    {
      title: 'Training Compute-Optimal Large Language Models',
      year: 2022,
      url: 'arXiv:2203.15556',
      where: 'section 3 and table 3 (optimal size and tokens by budget)',
    },
  ],
  related: ['c6.13', 'c8.07', 'chapter 8'],
  draft(random) {
    const factor = between(1, 9.8, 0.2, random);
    const power = between(20, 25, 1, random);
    const flops = factor * 10 ** power;
    const { parameters, tokens } = chinchillaOptimal(flops);
    const root = (divisor: number) => Math.sqrt(flops / divisor) / 1e9;
    return {
      prompt: `A budget of ${factor} × 10${superscript(power)} FLOPs goes to a dense model with 20 tokens per parameter. How many parameters does it get, in billions? Use C = 6 × N × D.`,
      answer: parameters / 1e9,
      slips: [
        { id: 'forgot-six', value: root(20), why: 'left out the 6 operations' },
        {
          id: 'forgot-twenty',
          value: root(6),
          why: 'left out the 20 tokens per parameter',
        },
        { id: 'forward-alone', value: root(40), why: 'used 2 operations instead of 6' },
        { id: 'tokens', value: tokens / 1e9, why: 'gave the tokens' },
        {
          id: 'twenty-squared',
          value: root(6 * 400),
          why: 'squared the 20 tokens',
        },
      ],
      working: `√(${factor} × 10${superscript(power)} / (6 × 20)) / 10⁹`,
    };
  },
};
