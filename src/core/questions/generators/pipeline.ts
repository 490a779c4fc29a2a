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
  enemyOf: ['c6-interleaved-bubble'],
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
      newSlips: [
        {
          id: 'backward-as-work-alone',
          value: (100 * (stages - 1)) / (2 * slots + stages - 1),
          why: 'counted forward and backward as work, but the wait of only one of them',
        },
        {
          id: 'backward-as-double-work',
          value: (100 * (stages - 1)) / (3 * slots + stages - 1),
          why: 'counted a backward pass as two forward ones, but the wait of the forward pass alone',
        },
        {
          id: 'multiplied-by-itself',
          value: answer ** 2 / 100,
          why: 'multiplied the shares of the forward and the backward pass; both are one share',
        },
        {
          id: 'half-the-slots',
          value: (100 * (stages - 1)) / (slots / 2 + stages - 1),
          why: 'halved the slots of work, but not the wait',
        },
        {
          id: 'three-waits',
          value: (300 * (stages - 1)) / (slots + 3 * (stages - 1)),
          why: 'counted a wait each for the forward pass, the backward pass, and the update',
        },
        {
          id: 'half-the-stages',
          value: 100 * pipelineBubble(stages / 2, microBatches, chunks),
          why: 'let two stages share one slot of the wait',
        },
        {
          id: 'half-over-ideal-time',
          value: (50 * (stages - 1)) / slots,
          why: 'divided by the work of forward and backward passes, without the wait',
        },
        {
          id: 'twice-over-ideal-time',
          value: (200 * (stages - 1)) / slots,
          why: 'counted filling and draining separately, and divided by only the work time',
        },
        {
          id: 'over-all-stages',
          value: (100 * (stages - 1)) / (slots * stages),
          why: 'divided by the slots of all stages together; each stage waits on its own',
        },
        {
          id: 'one-over-batches',
          value: 100 / slots,
          why: 'divided one slot by micro-batches, whatever the number of stages',
        },
      ].filter(({ value }) => value > 0 && value < 100),
      working: `(${stages} − 1) / (${chunks > 1 ? `${chunks} × ` : ''}${microBatches} + ${stages} − 1) × 100`,
    };
  },
};
