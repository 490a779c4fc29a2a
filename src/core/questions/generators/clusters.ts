import { zeroSlips } from '../../calculators/common-mistakes.ts';
import { collectiveSeconds } from '../../calculators/hardware/communication.ts';
import { modelFlopsUtilisation, trainingFlops } from '../../calculators/training/compute.ts';
import { stateBytes } from '../../calculators/training/optimizers.ts';
import { type ZeroStage, zeroStates } from '../../calculators/training/zero.ts';
import { GB } from '../../units.ts';
import type { Kind } from './generator.ts';
import { between, exact, oneOf } from './numbers.ts';
import { cards } from './shapes.ts';

const DIVIDED: Record<1 | 2 | 3, string> = {
  1: '2 + 2 + 12 / ',
  2: '2 + 14 / ',
  3: '16 / ',
};

/** Model states on one GPU under ZeRO. */
export const zeroRank: Kind = {
  id: 'zero-rank',
  chapter: 8,
  topics: ['c8.25', 'c8.03'],
  difficulty: 'medium',
  format: 'single',
  formula: 'zeroStates',
  enemyOf: ['c8-zero2-ranks'],
  unit: 'GB',
  minutes: 3,
  seniority: 'senior',
  idea: "Mixed-precision AdamW keeps 2 bytes of weights, 2 of gradients, and 12 of optimizer states (FP32 copy and two moments) per parameter. ZeRO splits them across the data-parallel ranks: stage 1 the optimizer states, stage 2 also the gradients, stage 3 also the weights. What a stage doesn't split stays whole on every GPU.",
  hints: [
    'Write down the bytes of each state first.',
    'A stage splits its own state and those of the stages before it.',
    'Add the whole bytes to the split ones over the ranks, and multiply by the parameters.',
  ],
  followUps: [
    {
      ask: 'What does stage 3 cost in return?',
      expect:
        'It gathers the weights of every layer, forward and backward: about half as much traffic again.',
    },
    {
      ask: 'Which part of the memory does no stage split?',
      expect:
        'Activations; recomputation, smaller micro-batches, or tensor parallelism helps there.',
    },
  ],
  references: [
    {
      title: 'ZeRO: Memory Optimizations Toward Training Trillion Parameter Models',
      year: 2019,
      url: 'arXiv:1910.02054',
      where: 'figure 1 and section 5 (memory per stage)',
    },
  ],
  related: ['c6.17', 'c7.06', 'chapter 6'],
  draft(random) {
    const billion = between(1, 70, 0.5, random);
    const ranks = oneOf([4, 8, 16, 32, 64, 128], random);
    const stage = oneOf([1, 2, 3] as const, random) satisfies ZeroStage;
    const bytes = stateBytes('mixed', 'adamw');
    const request = { parameters: billion * 1e9, bytes, stage, ranks };
    return {
      prompt: `A model with ${billion} billion parameters trains with mixed-precision AdamW (16 bytes per parameter) on ${ranks} GPUs under ZeRO stage ${stage}. How many GB of weights, gradients, and optimizer states does each GPU hold?`,
      answer: zeroStates(request).total / GB,
      slips: zeroSlips(request).map((slip) => ({ ...slip, value: slip.value / GB })),
      newSlips: [
        {
          id: 'optimizer-kept-whole',
          value: billion * (12 + 4 / ranks),
          why: 'split weights and gradients, and kept the optimizer states whole',
        },
        {
          id: 'master-copy-kept-whole',
          value: billion * (8 + 8 / ranks),
          why: 'split the moments, and kept the FP32 copy whole',
        },
        { id: 'weights-alone', value: billion * 2, why: 'counted only whole 16-bit weights' },
        {
          id: 'split-weights-alone',
          value: (billion * 2) / ranks,
          why: 'counted only the split 16-bit weights',
        },
        {
          id: 'split-without-optimizer',
          value: (billion * 4) / ranks,
          why: 'counted only split weights and gradients',
        },
      ],
      working: `${billion} × (${DIVIDED[stage]}${ranks})`,
    };
  },
};

/** Share of the peak that a training run reaches. */
export const utilisationKind: Kind = {
  id: 'mfu',
  chapter: 8,
  topics: ['c8.07', 'c6.14'],
  difficulty: 'medium',
  format: 'numeric',
  formula: 'modelFlopsUtilisation',
  enemyOf: ['c8-training-mfu'],
  unit: '%',
  minutes: 3,
  seniority: 'mid',
  needs: ['gpus'],
  idea: "MFU counts the operations the model needs, 6 per parameter per token, and divides them by what the GPUs could do at their dense peak in the same time. Operations that recomputation adds don't count; HFU counts them too. Datasheets also print a peak for sparse matrices, which is twice as high and makes the share look half as good.",
  hints: [
    'Compare operations per second: needed and possible.',
    'Training a token takes a forward and a backward pass.',
    'Divide 6 × parameters × tokens per second by GPUs × dense peak.',
  ],
  followUps: [
    {
      ask: 'With full recomputation, which is larger, MFU or HFU?',
      expect: 'HFU, by a third: it counts 8 operations per parameter per token.',
    },
    {
      ask: 'What keeps large runs near 40%?',
      expect:
        'Communication, pipeline waits, memory-bound kernels such as norms, and input pipelines.',
    },
  ],
  references: [
    {
      title: 'PaLM: Scaling Language Modeling with Pathways',
      year: 2022,
      url: 'arXiv:2204.02311',
      where: 'Appendix B, model FLOPs utilization with the attention term',
    },
  ],
  related: ['c6.14', 'c6.22', 'chapter 6'],
  draft(random, facts) {
    const gpu = oneOf(cards(facts), random);
    const gpus = oneOf([8, 16, 32, 64, 128, 256, 512, 1024], random);
    const billion = oneOf([1, 3, 7, 8, 13, 14, 30, 32, 70], random);
    const aim = between(0.2, 0.6, 0.01, random);
    const peak = gpu.tflops.fp16 * 1e12;
    const tokens = Number(((aim * gpus * peak) / (6 * billion * 1e9)).toPrecision(3));
    const share = (flopsPerSecond: number, cardsUsed = gpus) =>
      100 * modelFlopsUtilisation({ flopsPerSecond, gpus: cardsUsed, peakFlops: peak });
    const flops = trainingFlops({ parameters: billion * 1e9, tokens });
    return {
      prompt: `A dense model with ${billion} billion parameters trains in BF16 at ${exact(tokens)} tokens per second on ${exact(gpus)} × ${gpu.name} (${exact(gpu.tflops.fp16)} TFLOP/s dense each). What's the MFU in %, without attention scores?`,
      answer: share(flops),
      slips: [
        {
          id: 'forward-alone',
          value: share(flops / 3),
          why: 'used 2 operations per parameter, only the forward pass',
        },
        {
          id: 'with-recomputation',
          value: share((flops * 8) / 6),
          why: 'used 8 operations, which is HFU with recomputation',
        },
        {
          id: 'sparse-peak',
          value: share(flops / 2),
          why: 'divided by the peak for sparse matrices',
        },
        {
          id: 'backward-alone',
          value: share((flops * 4) / 6),
          why: 'used 4 operations, only the backward pass',
        },
        { id: 'unused', value: 100 - share(flops), why: 'gave the unused share' },
      ].filter(({ value }) => value < 100),
      working: `6 × ${billion} × 10⁹ × ${exact(tokens)} / (${exact(gpus)} × ${exact(gpu.tflops.fp16)} × 10¹²) × 100`,
    };
  },
};

/** Time of the all-reduces of a forward pass. */
export const allReduceTime: Kind = {
  id: 'all-reduce-time',
  chapter: 8,
  topics: ['c8.26', 'c8.30'],
  difficulty: 'hard',
  format: 'numeric',
  formula: 'collectiveSeconds',
  enemyOf: ['c8-tp-prefill-time'],
  unit: 'ms',
  accepts: [{ unit: 's', factor: 1000 }],
  minutes: 4,
  seniority: 'staff',
  idea: 'Tensor parallelism adds up partial results twice per layer, after attention and after the feed-forward block. A ring all-reduce passes every piece around twice: once to sum, once to share, so each GPU sends 2 × (GPUs − 1) / GPUs of the tensor. Use the speed of one direction; link figures often add both.',
  hints: [
    'How large is the tensor that all GPUs must agree on?',
    'A ring all-reduce is a reduce-scatter and a gather.',
    'Multiply layers, 2, 2 × (GPUs − 1) / GPUs, and the bytes of the hidden states, and divide by the one-way speed.',
  ],
  followUps: [
    {
      ask: 'Why does tensor parallelism stay inside one node?',
      expect:
        "It communicates twice in every layer and can't wait; links between nodes are at least 10 times slower.",
    },
    {
      ask: 'What changes in the decode phase?',
      expect: 'The tensors are tiny, so the latency of each all-reduce matters, not its bytes.',
    },
  ],
  references: [
    {
      title:
        'Megatron-LM: Training Multi-Billion Parameter Language Models Using Model Parallelism',
      year: 2019,
      url: 'arXiv:1909.08053',
      where: 'section 3 (all-reduce operations of a transformer layer)',
    },
  ],
  related: ['c6.18', 'c5.01', 'chapter 6'],
  draft(random) {
    const ranks = oneOf([4, 8], random);
    const layers = between(24, 96, 4, random);
    const hidden = oneOf([4096, 5120, 6144, 8192, 12_288], random);
    const tokens = between(1024, 16_384, 1024, random);
    const oneWay = oneOf([32, 64, 150, 300, 450, 900], random);
    const bytes = tokens * hidden * 2;
    const ms = (size: number, speed = oneWay) =>
      1000 *
      2 *
      layers *
      collectiveSeconds('all-reduce', { bytes: size, ranks, bothWaysGBps: 2 * speed });
    return {
      prompt: `A prompt of ${exact(tokens)} tokens runs through ${layers} layers with hidden size ${exact(hidden)} in BF16 on ${ranks} GPUs with tensor parallelism. Each GPU sends ${oneWay} GB/s one way. How many ms do the ring all-reduces of the forward pass take, with two per layer and no latency?`,
      answer: ms(bytes),
      slips: [
        {
          id: 'both-directions',
          value: ms(bytes, 2 * oneWay),
          why: 'sent the data around once; a ring all-reduce takes two rounds',
        },
        {
          id: 'tensor-over-link',
          value: (1000 * 2 * layers * bytes) / (oneWay * 1e9),
          why: 'divided the tensor by the speed, without 2 × (GPUs − 1) / GPUs',
        },
        {
          id: 'whole-tensor-to-all',
          value: (1000 * 2 * layers * bytes * (ranks - 1)) / (oneWay * 1e9),
          why: 'sent the whole tensor to every other GPU',
        },
        { id: 'four-bytes', value: ms(bytes * 2), why: 'used four bytes per BF16 value' },
        { id: 'one-layer', value: ms(bytes) / layers, why: 'counted only one layer' },
      ],
      working: `2 × ${layers} × 2 × (${ranks} − 1) / ${ranks} × ${exact(tokens)} × ${exact(hidden)} × 2 bytes / (${oneWay} × 10⁹) × 1,000`,
    };
  },
};
