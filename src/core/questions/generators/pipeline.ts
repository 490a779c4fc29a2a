import { pipelineBubble } from '../../calculators/training-compute.ts';
import type { Kind } from './generator.ts';
import { oneOf } from './numbers.ts';

/** Share of the time that pipeline stages wait. */
export const pipelineWait: Kind = {
  id: 'pipeline-wait',
  chapter: 6,
  topics: ['c6.19', 'c8.27'],
  difficulty: 'medium',
  format: 'single',
  formula: 'pipelineBubble',
  unit: '%',
  minutes: 3,
  seniority: 'senior',
  idea: 'A stage waits while the pipeline fills and drains: stages − 1 slots, beside one slot of work for each micro-batch. As a share of the total time that is (stages − 1) / (micro-batches + stages − 1). Several smaller chunks on each stage shorten each slot, so the wait shrinks by their number, at the price of more messages.',
  hints: [
    'Draw the first micro-batch on its way to the last stage.',
    'The total time is work plus waiting.',
    'Divide stages − 1 by chunks × micro-batches + stages − 1.',
  ],
  followUps: [
    {
      ask: 'What else shrinks this share, and what limits it?',
      expect:
        'More micro-batches; they need a larger global batch or become too small to use a GPU well.',
    },
    {
      ask: 'Does 1F1B wait less than GPipe?',
      expect: 'No, the wait is the same. It holds fewer micro-batches in memory at once.',
    },
  ],
  references: [
    {
      title: 'Efficient Large-Scale Language Model Training on GPU Clusters Using Megatron-LM',
      year: 2021,
      url: 'arXiv:2104.04473',
      where: 'section 2.2 (bubble of GPipe, 1F1B and the interleaved schedule, over ideal time)',
    },
  ],
  related: ['c8.27', 'c6.20', 'chapter 8'],
  draft(random) {
    const stages = oneOf([2, 4, 6, 8, 12, 16, 24, 32], random);
    const microBatches = oneOf([4, 8, 12, 16, 24, 32, 40, 48, 64, 80, 96, 128], random);
    const chunks = oneOf([1, 1, 2, 3, 4], random);
    // Interleaving needs whole rounds of micro-batches.
    const isWhole = chunks === 1 || microBatches % stages === 0;
    if (microBatches < stages || !isWhole) return undefined;
    const answer = 100 * pipelineBubble(stages, microBatches, chunks);
    const slots = chunks * microBatches;
    return {
      prompt: `A pipeline of ${stages} stages runs ${microBatches} micro-batches in each step (1F1B${chunks > 1 ? `, interleaved, ${chunks} chunks of layers on each stage` : ''}). For what share of the total time does a stage wait, in %?`,
      answer,
      slips: [
        {
          id: 'over-ideal-time',
          value: (100 * (stages - 1)) / slots,
          why: 'divided by the time of the work alone; the total holds the wait too',
        },
        { id: 'work', value: 100 - answer, why: 'gave the share of work' },
        {
          id: 'no-interleaving',
          value: 100 * pipelineBubble(stages, microBatches),
          why: 'left out that several chunks shorten the wait',
        },
        {
          id: 'stages-over-batches',
          value: (100 * stages) / slots,
          why: 'divided stages by micro-batches',
        },
        {
          id: 'fill-and-drain-twice',
          value: (200 * (stages - 1)) / (slots + 2 * (stages - 1)),
          why: 'counted filling and draining for each stage; together they make one wait',
        },
        {
          id: 'half-of-it',
          value: answer / 2,
          why: 'counted filling or draining, half of the wait each',
        },
        {
          id: 'spread-over-stages',
          value: answer / stages,
          why: 'spread the wait over the stages; each of them waits that long',
        },
        {
          id: 'one-slot',
          value: 100 / (slots + stages - 1),
          why: 'counted one slot of waiting',
        },
      ].filter(({ value }) => value < 100),
      working: `(${stages} − 1) / (${chunks > 1 ? `${chunks} × ` : ''}${microBatches} + ${stages} − 1) × 100`,
    };
  },
};
