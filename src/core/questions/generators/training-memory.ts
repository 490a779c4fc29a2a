import { loraSlips } from '../../calculators/common-mistakes.ts';
import { weightFormat } from '../../calculators/quantization/formats.ts';
import { gptActivationBytes } from '../../calculators/training/activations.ts';
import { LORA_TARGET_SETS, loraParameters } from '../../calculators/training/lora.ts';
import { stateBytes } from '../../calculators/training/optimizers.ts';
import { zeroStates } from '../../calculators/training/zero.ts';
import { GB, GIB } from '../../units.ts';
import type { Kind } from './generator.ts';
import { between, exact, oneOf } from './numbers.ts';
import { someDense } from './shapes.ts';

/** Activations of a GPT without recomputation. */
export const activationMemory: Kind = {
  id: 'activation-memory',
  chapter: 6,
  topics: ['c6.21', 'c6.22'],
  difficulty: 'hard',
  format: 'numeric',
  formula: 'gptActivationBytes',
  enemyOf: ['c6-selective-saving'],
  unit: 'GiB',
  accepts: [{ unit: 'GB', factor: 1e9 / GIB }],
  minutes: 4,
  seniority: 'senior',
  idea: 'The forward pass keeps what the backward pass needs: matrix inputs, dropout masks, and the softmax over all pairs of tokens. The first two grow with tokens and hidden size, the last with heads and the square of the length. Selective recomputation or FlashAttention drops the square; full recomputation keeps only layer inputs.',
  hints: [
    'There are two terms: one for hidden values, one for attention scores.',
    'The scores are a square per head.',
    'Multiply by layers: 34 × tokens × hidden size + 5 × heads × tokens × length, with tokens over all sequences.',
  ],
  followUps: [
    {
      ask: 'Which term goes away with FlashAttention?',
      expect: 'The scores: the backward pass recomputes them from what is kept anyway.',
    },
    {
      ask: 'What does full recomputation cost?',
      expect: 'A second forward pass, about a third more arithmetic.',
    },
  ],
  references: [
    {
      title: 'Reducing Activation Recomputation in Large Transformer Models',
      year: 2022,
      url: 'arXiv:2205.05198',
      where: 'section 4 (activation memory per layer)',
    },
  ],
  related: ['c8.03', 'c3.14', 'chapter 8'],
  draft(random) {
    const heads = oneOf([16, 24, 32, 40, 48, 64], random);
    const hidden = heads * oneOf([64, 128], random);
    const layers = between(24, 80, 4, random);
    const sequence = oneOf([1024, 2048, 4096, 8192], random);
    const microBatch = oneOf([1, 2, 4, 8], random);
    const request = { layers, hidden, heads, sequence, microBatch };
    const bytes = gptActivationBytes({ ...request, checkpointing: 'none' });
    const selective = gptActivationBytes({ ...request, checkpointing: 'selective' });
    if (bytes > 4000 * GIB) return undefined;
    const gib = (value: number) => value / GIB;
    return {
      prompt: `A GPT with ${layers} layers, hidden size ${exact(hidden)}, and ${heads} heads trains in 16-bit on ${microBatch} ${microBatch === 1 ? 'sequence' : 'sequences'} of ${exact(sequence)} tokens. Each layer keeps 34 bytes per hidden value and 5 bytes per attention score. How many GiB of activations does it keep?`,
      answer: gib(bytes),
      slips: [
        {
          id: 'no-scores',
          value: gib(selective),
          why: 'left out the attention scores',
        },
        {
          id: 'scores-alone',
          value: gib(bytes - selective),
          why: 'counted only the attention scores',
        },
        {
          id: 'one-head',
          value: gib(selective + (bytes - selective) / heads),
          why: 'counted the scores of only one head',
        },
        { id: 'one-sequence', value: gib(bytes / microBatch), why: 'counted only one sequence' },
        { id: 'one-layer', value: gib(bytes / layers), why: 'counted only one layer' },
        {
          id: 'bytes-doubled',
          value: gib(bytes * 2),
          why: 'multiplied by 2 bytes again; 34 and 5 are already bytes',
        },
      ],
      working: `${layers} × ${microBatch} × ${exact(sequence)} × (34 × ${exact(hidden)} + 5 × ${heads} × ${exact(sequence)}) / 1,024³`,
    };
  },
};

const TARGETS = [
  { set: 'qv', words: 'the query and value matrices' },
  { set: 'attention', words: 'query, key, value, and output' },
  { set: 'all', words: 'all linear layers (attention and gated FFN)' },
] as const;

/** Trainable parameters of an adapter. */
export const loraCount: Kind = {
  id: 'lora-count',
  chapter: 7,
  topics: ['c7.08', 'c7.10'],
  difficulty: 'medium',
  format: 'single',
  hasFactors: true,
  formula: 'loraParameters',
  enemyOf: ['c7-lora-params-attention'],
  unit: 'million',
  minutes: 3,
  seniority: 'mid',
  idea: 'Each adapted matrix gets two thin ones, one from its inputs down to the rank and one from the rank up to its outputs, so rank × (inputs + outputs) parameters. With grouped heads, the outputs of key and value are KV heads × head size, fewer than the hidden size. Add up the adapted matrices of all layers.',
  hints: [
    'Start with one adapted matrix.',
    'What shapes do key and value have when heads are grouped?',
    'Add rank × (inputs + outputs) over the targets of a layer, and multiply by the layers.',
  ],
  followUps: [
    {
      ask: 'What does twice the rank do to memory and speed?',
      expect:
        'It doubles the adapter and its optimizer states, which are small compared with the base; speed barely changes.',
    },
    {
      ask: 'Why does one of the two matrices start at zero?',
      expect: 'So that training starts at the base model and still has a gradient.',
    },
  ],
  references: [
    {
      title: 'LoRA: Low-Rank Adaptation of Large Language Models',
      year: 2021,
      url: 'arXiv:2106.09685',
      where: 'section 4.1 (shapes of A and B)',
    },
  ],
  related: ['c9.01', 'c7.13', 'chapter 9'],
  draft(random, facts) {
    const { name, shape, layers, attention } = someDense(random, facts);
    const rank = oneOf([4, 8, 16, 32, 64, 128], random);
    const { set, words } = oneOf(TARGETS, random);
    const [group] = shape.layers;
    if (group?.feedForward.kind !== 'dense') return undefined;
    const targets = LORA_TARGET_SETS.get(set) ?? [];
    const { heads, kvHeads, keyDim } = attention;
    const { hidden } = shape;
    const { width } = group.feedForward;
    const request = { shape, rank, targets };
    const [queries, keys] = [heads * keyDim, kvHeads * keyDim];
    const value = hidden + keys;
    const sum = {
      qv: `${exact(hidden + queries)} + ${exact(value)}`,
      attention: `2 × ${exact(hidden + queries)} + 2 × ${exact(value)}`,
      all: `2 × ${exact(hidden + queries)} + 2 × ${exact(value)} + 3 × ${exact(hidden + width)}`,
    }[set];
    return {
      prompt: `LoRA with rank ${rank} on ${words} of ${name === 'A fictional decoder' ? 'a fictional decoder' : name}: ${layers} layers, hidden size ${exact(hidden)}, ${heads} query and ${kvHeads} KV heads of size ${keyDim}${set === 'all' ? `, FFN width ${exact(width)}` : ''}. How many parameters does it train?`,
      answer: loraParameters(request) / 1e6,
      slips: [
        ...loraSlips(request),
        {
          id: 'one-matrix-type',
          value: layers * rank * (hidden + queries),
          why: 'counted only one adapted matrix per layer',
        },
      ].map((slip) => ({ ...slip, value: slip.value / 1e6 })),
      working: `${layers} × ${rank} × (${sum}) / 10⁶`,
    };
  },
};

const METHODS = ['full', 'lora', 'qlora'] as const;

/** Memory of weights and states in fine-tuning. */
export const tuningMemory: Kind = {
  id: 'tuning-memory',
  chapter: 7,
  topics: ['c7.06', 'c7.13', 'c7.12'],
  difficulty: 'medium',
  format: 'numeric',
  formula: 'zeroStates of stateBytes, weightFormat',
  enemyOf: ['c7-fullft-13b-states'],
  unit: 'GB',
  accepts: [{ unit: 'GiB', factor: GIB / GB }],
  minutes: 3,
  seniority: 'mid',
  idea: 'Mixed-precision AdamW keeps 16 bytes per trained parameter: 2 for the weight, 2 for its gradient, 4 for an FP32 copy, and 8 for two moments. A frozen weight costs only its storage: 2 bytes in BF16, about half a byte plus its scales in NF4. Adapters have few parameters, so their 16 bytes barely matter. Activations add to this.',
  hints: [
    'Which parameters are trained, and which are only stored?',
    'A trained parameter also needs its gradient and the optimizer states.',
    'Use 16 bytes per trained parameter and only the storage per frozen one.',
  ],
  followUps: [
    {
      ask: "Why doesn't LoRA save activation memory?",
      expect: 'Gradients still flow through all layers, so most of their inputs have to be kept.',
    },
    {
      ask: 'What else can make full fine-tuning fit?',
      expect: 'States split across GPUs (ZeRO, FSDP), an 8-bit optimizer, or CPU offload.',
    },
  ],
  references: [
    {
      title: 'ZeRO: Memory Optimizations Toward Training Trillion Parameter Models',
      year: 2019,
      url: 'arXiv:1910.02054',
      where: 'section 3.1 (model states)',
    },
    {
      title: 'QLoRA: Efficient Finetuning of Quantized LLMs',
      year: 2023,
      url: 'arXiv:2305.14314',
      where: 'section 3',
    },
  ],
  related: ['c8.03', 'c8.25', 'chapter 8'],
  draft(random) {
    const method = oneOf(METHODS, random);
    const billion = between(1, 72, 0.5, random);
    const million = between(10, 400, 5, random);
    const trained = (parameters: number) =>
      zeroStates({ parameters, bytes: stateBytes('mixed', 'adamw'), stage: 0, ranks: 1 }).total;
    const base = billion * 1e9;
    const adapters = trained(million * 1e6);
    const nf4 = weightFormat('nf4-dq').bits / 8;
    const stored = { full: trained(base), lora: base * 2, qlora: base * nf4 }[method];
    const bytes = method === 'full' ? stored : stored + adapters;
    const gb = (value: number) => value / GB;
    const slip = (id: string, value: number, why: string) => ({ id, value: gb(value), why });
    const common = [
      slip('adapters-alone', adapters, 'left out the frozen weights'),
      slip('trained-everything', trained(base), 'trained every weight, as in full fine-tuning'),
      slip('gradients-of-the-base', base * 4 + adapters, 'kept gradients for frozen weights'),
      slip('one-byte', base + adapters, 'used one byte per frozen weight'),
    ];
    const ways = {
      full: {
        prompt: `You fine-tune a model with ${billion} billion parameters in full with mixed-precision AdamW (16-bit weights and gradients, FP32 copy and moments).`,
        working: `${billion} × (2 + 2 + 4 + 8)`,
        slips: [
          slip('forgot-the-optimizer', base * 4, 'left out the FP32 copy and moments'),
          slip('weights-alone', base * 2, 'counted only the weights'),
          slip('no-fp32-copy', base * 12, 'left out the FP32 copy'),
          slip('moments-in-16-bit', base * 8, 'kept everything in 16-bit'),
        ],
      },
      lora: {
        prompt: `LoRA trains ${million} million adapter parameters with mixed-precision AdamW (16 bytes each) on a frozen BF16 base of ${billion} billion.`,
        working: `${billion} × 2 + ${million} × 16 / 1,000`,
        slips: common,
      },
      qlora: {
        prompt: `QLoRA trains ${million} million adapter parameters with mixed-precision AdamW (16 bytes each) on a frozen base of ${billion} billion, all in NF4 with double quantization (4.127 bits per weight).`,
        working: `${billion} × 4.127 / 8 + ${million} × 16 / 1,000`,
        slips: [
          ...common,
          slip('bf16-base', base * 2 + adapters, 'kept the base in BF16'),
          slip('bits-for-bytes', base * nf4 * 8 + adapters, 'used bits instead of bytes'),
        ],
      },
    }[method];
    return {
      prompt: `${ways.prompt} How many GB do weights, gradients, and optimizer states take, without activations?`,
      answer: gb(bytes),
      slips: ways.slips,
      working: ways.working,
    };
  },
};
