import { pipelineBubble } from '../../calculators/training/compute.ts';
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
  idea: "A stage waits while the pipeline fills and drains: stages − 1 slots, plus one slot of work per micro-batch. As a share of the total time, that's (stages − 1) / (micro-batches + stages − 1). Several smaller chunks per stage shorten every slot, so the wait shrinks by that factor, at the cost of more messages.",
  hints: [
    'Draw the first micro-batch on its way to the last stage.',
    'The total time is work plus waiting.',
    'Divide stages − 1 by chunks × micro-batches + stages − 1.',
  ],
  followUps: [
    {
      ask: 'What else shrinks this share, and what limits it?',
      expect:
        'More micro-batches; they need a larger global batch, or they get too small to use a GPU well.',
    },
    {
      ask: 'Does 1F1B wait less than GPipe?',
      expect: 'No, the wait is the same. It only holds fewer micro-batches in memory at a time.',
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
      prompt: `A pipeline of ${stages} stages runs ${microBatches} micro-batches per step (1F1B${chunks > 1 ? `, interleaved, ${chunks} chunks of layers per stage` : ''}). What percentage of the total time does a stage wait?`,
      answer,
      slips: [
        {
          id: 'over-ideal-time',
          value: (100 * (stages - 1)) / slots,
          why: 'divided by only the work time; the total includes the wait',
        },
        { id: 'work', value: 100 - answer, why: 'gave the share of work' },
        {
          id: 'no-interleaving',
          value: 100 * pipelineBubble(stages, microBatches),
          why: 'ignored that several chunks shorten the wait',
        },
        {
          id: 'stages-over-batches',
          value: (100 * stages) / slots,
          why: 'divided stages by micro-batches',
        },
        {
          id: 'fill-and-drain-twice',
          value: (200 * (stages - 1)) / (slots + 2 * (stages - 1)),
          why: 'counted filling and draining separately; together they make one wait',
        },
        {
          id: 'half-of-it',
          value: answer / 2,
          why: 'counted only filling or only draining, half of the wait each',
        },
        {
          id: 'spread-over-stages',
          value: answer / stages,
          why: 'spread the wait over the stages; every stage waits that long',
        },
        {
          id: 'one-slot',
          value: 100 / (slots + stages - 1),
          why: 'counted only one slot of waiting',
        },
      ].filter(({ value }) => value < 100),
      working: `(${stages} − 1) / (${chunks > 1 ? `${chunks} × ` : ''}${microBatches} + ${stages} − 1) × 100`,
    };
  },
};
