import { kvPerTokenSlips } from '../../calculators/common-mistakes.ts';
import { transferSeconds } from '../../calculators/hardware/communication.ts';
import { maximumConcurrency, pagedTokens } from '../../calculators/memory/capacity.ts';
import { kvBytesPerToken } from '../../calculators/memory/kv-cache.ts';
import { weightFormat } from '../../calculators/quantization/formats.ts';
import { weightBytes } from '../../calculators/quantization/weights.ts';
import { GIB } from '../../units.ts';
import type { Kind } from './generator.ts';
import { between, exact, oneOf, shown } from './numbers.ts';
import { someDense } from './shapes.ts';

const VLLM = {
  title: 'Efficient Memory Management for Large Language Model Serving with PagedAttention',
  year: 2023,
  url: 'arXiv:2309.06180',
};

/** Cache of one token. */
export const kvPerToken: Kind = {
  id: 'kv-per-token',
  chapter: 5,
  topics: ['c5.02', 'c3.12'],
  difficulty: 'easy',
  format: 'single',
  hasFactors: true,
  formula: 'kvBytesPerToken',
  enemyOf: ['c5-kv-bytes-qwen', 'c5-kv-formula'],
  unit: 'KiB',
  minutes: 2,
  seniority: 'junior',
  idea: "Every layer keeps a key and a value for every KV head and token. Query heads don't count, since a query is used once and then dropped. So grouped heads shrink the cache by the group size, and this number times the tokens of all sequences is what has to fit in memory alongside the weights.",
  hints: [
    'Which parts of a past token do later steps need, and which not?',
    "Grouped heads share what's kept.",
    'Multiply 2, layers, KV heads, head size, and bytes per value.',
  ],
  followUps: [
    {
      ask: 'What do you gain from half the bytes per value, besides memory?',
      expect: 'Less to read in every decode step, so long contexts decode faster.',
    },
    {
      ask: 'What happens to this cache with more tensor-parallel GPUs than KV heads?',
      expect:
        'Heads are copied: every GPU holds at least one KV head, so the cache per GPU stops shrinking.',
    },
  ],
  references: [{ ...VLLM, where: 'section 3 (KV memory per token)' }],
  related: ['c3.12', 'c8.02', 'chapter 3'],
  draft(random, facts) {
    const { name, shape, layers, attention } = someDense(random, facts);
    const { heads, kvHeads, keyDim } = attention;
    const { bytesPerToken } = kvBytesPerToken(shape);
    const kib = (bytes: number) => bytes / 1024;
    return {
      prompt: `${name} has ${layers} layers with ${heads} query heads and ${kvHeads} KV heads of size ${keyDim}. How many KiB of KV cache does each token of a sequence take in FP16?`,
      answer: kib(bytesPerToken),
      slips: [
        ...kvPerTokenSlips(shape),
        { id: 'bits-for-bytes', value: bytesPerToken * 8, why: 'used bits instead of bytes' },
        {
          id: 'one-head',
          value: bytesPerToken / kvHeads,
          why: 'counted one KV head per layer',
        },
      ].map((slip) => ({ ...slip, value: kib(slip.value) })),
      newSlips: [
        {
          id: 'query-heads-for-keys',
          value: kib((bytesPerToken * (1 + heads / kvHeads)) / 2),
          why: 'used the query heads for the keys; only KV heads are cached',
        },
        {
          id: 'four-byte-keys',
          value: kib(bytesPerToken * 1.5),
          why: 'used 4 bytes for each number of a key',
        },
        {
          id: 'one-byte-values',
          value: kib(bytesPerToken * 0.75),
          why: 'used 1 byte for each of the values',
        },
        {
          id: 'queries-too',
          value: kib(bytesPerToken * (1 + heads / kvHeads / 2)),
          why: 'cached the queries too; later steps never read them',
        },
      ],
      working: `2 × ${layers} × ${kvHeads} × ${keyDim} × 2 bytes / 1,024`,
    };
  },
};

const FORMATS = [
  { id: 'bf16', name: 'BF16' },
  { id: 'fp8', name: 'FP8' },
  { id: 'int4', name: 'INT4' },
] as const;

/** Sequences that fit on a card at once. */
export const sequencesAtOnce: Kind = {
  id: 'sequences-at-once',
  chapter: 5,
  topics: ['c5.19', 'c5.09', 'c5.02'],
  difficulty: 'medium',
  format: 'numeric',
  formula: 'pagedTokens, maximumConcurrency',
  enemyOf: ['c5-max-sequences'],
  unit: 'sequences',
  minutes: 4,
  seniority: 'senior',
  idea: "Weights, the engine's buffers, and a margin come first; what's left holds the cache. Divide that by the cache per token to get the tokens that fit, and by the length of a sequence to get the concurrent sequences. Round down, since a sequence that doesn't fit waits or pushes another one out.",
  hints: [
    'First find out how much memory is left for the cache.',
    "The engine isn't allowed to fill the whole GPU.",
    'Subtract weights and overhead from the usable memory, then divide by the cache of one whole sequence.',
  ],
  followUps: [
    {
      ask: 'What happens when requests are shorter than this length?',
      expect:
        'With paging, more of them fit, since pages are allocated as tokens come, not in advance.',
    },
    {
      ask: 'Which change doubles the number without a new GPU?',
      expect:
        'A cache in FP8, if the quality holds; or smaller weights, if they take most of the GPU.',
    },
  ],
  references: [{ ...VLLM, where: 'figure 1 and section 3 (memory layout of a served model)' }],
  related: ['c8.02', 'c10.06', 'chapter 8', 'chapter 10'],
  draft(random, facts) {
    const { name, shape } = someDense(random, facts);
    const format = oneOf(FORMATS, random);
    const card = oneOf([24, 48, 80, 141, 192], random);
    const share = oneOf([0.85, 0.9, 0.92, 0.95], random);
    const overhead = oneOf([2, 3, 4, 5, 6], random);
    const tokens = oneOf([2048, 4096, 8192, 16_384, 32_768], random);
    const weights = Number((weightBytes(shape, weightFormat(format.id)) / GIB).toPrecision(3));
    const perToken = kvBytesPerToken(shape).bytesPerToken;
    const held = (gib: number) =>
      gib <= 0 ? 0 : maximumConcurrency(pagedTokens(gib * GIB, perToken), tokens);
    const room = card * share - weights - overhead;
    const sequences = held(room);
    // A count that hangs on rounding is no question.
    if (sequences < 5 || sequences > 2000 || sequences % 1 < 0.02 || sequences % 1 > 0.98) {
      return undefined;
    }
    const kib = perToken / 1024;
    return {
      prompt: `${name} in ${format.name} takes ${weights} GiB of a GPU with ${card} GiB. The engine needs ${overhead} GiB more and may use ${exact(share * 100)}% of the GPU. The FP16 cache takes ${exact(kib)} KiB per token. How many concurrent sequences of ${exact(tokens)} tokens fit?`,
      answer: Math.floor(sequences),
      slips: [
        {
          id: 'no-overhead',
          value: held(card * share - weights),
          why: 'left out what the engine needs besides weights and cache',
        },
        {
          id: 'whole-card',
          value: held(card - weights - overhead),
          why: 'filled the whole GPU',
        },
        { id: 'no-weights', value: held(card * share - overhead), why: 'left out the weights' },
        {
          id: 'keys-alone',
          value: 2 * sequences,
          why: 'halved the cache per token, which holds keys and values',
        },
        {
          id: 'twice-the-cache',
          value: sequences / 2,
          why: 'doubled the cache per token, which already holds keys and values',
        },
        {
          id: 'card-alone',
          value: held(card),
          why: 'divided the whole GPU memory by the cache of a sequence',
        },
      ].map((slip) => ({ ...slip, value: Math.floor(slip.value) })),
      working: `(${card} × ${share} − ${weights} − ${overhead}) × 1,024² / (${exact(kib)} × ${exact(tokens)}) = ${sequences.toFixed(2)}, rounded down`,
    };
  },
};

/** Time to move a cache from a prefill to a decode server. */
export const cacheTransfer: Kind = {
  id: 'cache-transfer',
  chapter: 5,
  topics: ['c5.13', 'c8.30'],
  difficulty: 'medium',
  format: 'numeric',
  formula: 'transferSeconds',
  enemyOf: ['c5-kv-transfer-time', 'c10-disagg-slow-link'],
  unit: 'ms',
  accepts: [{ unit: 's', factor: 1000 }],
  minutes: 3,
  seniority: 'senior',
  idea: 'When prefill and decode run on different machines, the cache of the whole prompt has to move. Its size is tokens times the cache per token. Networks are rated in bits per second and memory in bytes, so divide the speed by 8 first, then divide the size by it. Real transfers are slower, and engines overlap them layer by layer.',
  hints: [
    'How much data has to move?',
    'Networks and memory count in different units.',
    'Convert gigabits to gigabytes, then divide the bytes of the cache by the speed.',
  ],
  followUps: [
    {
      ask: 'How can the wait be hidden?',
      expect:
        'Send each layer as soon as its prefill is done, while the next one is being computed.',
    },
    {
      ask: 'When is it better not to split the two phases?',
      expect:
        'With short prompts, slow links or low load: the transfer costs more than the interference it avoids.',
    },
  ],
  references: [
    {
      title:
        'DistServe: Disaggregating Prefill and Decoding for Goodput-optimized Large Language Model Serving',
      year: 2024,
      url: 'arXiv:2401.09670',
      where: 'section 3.3 (communication overhead of KV transfer)',
    },
  ],
  related: ['c8.30', 'c10.32', 'chapter 8'],
  draft(random, facts) {
    const { name, shape, layers } = someDense(random, facts);
    const tokens = between(1024, 32_768, 1024, random);
    const gigabits = oneOf([25, 50, 100, 200, 400, 800], random);
    if (tokens > shape.maxContext) return undefined;
    const perToken = kvBytesPerToken(shape).bytesPerToken;
    const ms = (bytes: number, gbps: number) => 1000 * transferSeconds(bytes, gbps);
    const bytes = perToken * tokens;
    const answer = ms(bytes, gigabits / 8);
    if (answer < 1 || answer > 5000) return undefined;
    return {
      prompt: `${name} (${layers} layers) keeps ${exact(perToken / 1024)} KiB of FP16 cache per token. A decode server takes over the cache of a prompt of ${exact(tokens)} tokens at ${gigabits} Gb/s. How many ms does the transfer take at full speed?`,
      answer,
      slips: [
        {
          id: 'gigabits-as-gigabytes',
          value: ms(bytes, gigabits),
          why: 'used gigabits as gigabytes; a byte has 8 bits',
        },
        {
          id: 'eight-twice',
          value: ms(bytes, gigabits / 64),
          why: 'divided by 8 twice',
        },
        {
          id: 'keys-alone',
          value: ms(bytes / 2, gigabits / 8),
          why: 'moved only the keys or only the values',
        },
        {
          id: 'both-directions',
          value: ms(bytes * 2, gigabits / 8),
          why: 'counted the way back too; nothing returns',
        },
        {
          id: 'one-layer',
          value: ms(bytes / layers, gigabits / 8),
          why: 'moved the cache of one layer',
        },
      ],
      working: `${exact(tokens)} × ${exact(perToken / 1024)} × 1,024 × 8 bits / (${gigabits} × 10⁹) × 1,000 = ${shown(bytes)} bytes × 8 / ${gigabits} × 10⁻⁶`,
    };
  },
};
