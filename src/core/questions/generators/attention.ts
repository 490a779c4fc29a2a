import { GIB } from '../../units.ts';
import { attentionWeights, crossoverTokens, scoreBytes } from '../formulas/attention.ts';
import type { Kind } from './generator.ts';
import { between, exact, oneOf } from './numbers.ts';
import { someDense } from './shapes.ts';

const VASWANI = { title: 'Attention Is All You Need', year: 2017, url: 'arXiv:1706.03762' };

/** Weight of one value under scaled dot-product attention. */
export const attentionWeight: Kind = {
  id: 'attention-weight',
  chapter: 3,
  topics: ['c3.01', 'c3.02', 'c3.08'],
  difficulty: 'medium',
  format: 'numeric',
  formula: 'attentionWeights',
  enemyOf: ['c3-first-key-weight'],
  unit: '%',
  minutes: 3,
  seniority: 'mid',
  idea: 'Dot products of longer vectors spread more, so you divide them by the square root of the head size before the softmax; otherwise one key would take nearly all the weight and gradients would vanish. A masked key gets −∞ before the softmax, so its power of e is 0 and the remaining weights still sum to 1.',
  hints: [
    'There are two steps between dot products and weights.',
    'The divisor grows with the head size, but more slowly.',
    'Divide by the square root of the head size, drop hidden keys, then take the softmax.',
  ],
  followUps: [
    {
      ask: 'Why the square root and not the head size itself?',
      expect: 'A dot product of d independent terms has variance d, so its spread grows like √d.',
    },
    {
      ask: 'What goes wrong when a mask multiplies scores by 0 before the softmax?',
      expect: 'e⁰ is 1, so the masked key still gets weight.',
    },
  ],
  references: [
    { ...VASWANI, where: 'Section 3.2.1 and its footnote on the variance of the dot product' },
  ],
  related: ['c2.16', 'c2.26', 'chapter 2'],
  draft(random) {
    const keyDim = oneOf([4, 16, 64], random);
    const root = Math.sqrt(keyDim);
    const products = [0, 1, 2].map(() => between(-1, 4, 0.5, random) * root);
    const isMasked = random() < 0.5;
    const seen = isMasked ? products.slice(0, 2) : products;
    const [first = 0] = products;
    const weight = (scores: number[]) => {
      const powers = scores.map((score) => Math.exp(score - Math.max(...scores)));
      return (100 * (powers[0] ?? 0)) / powers.reduce((sum, each) => sum + each, 0);
    };
    const scaled = products.map((product) => product / root);
    const sum = seen.reduce((total, each) => total + each, 0);
    const answer = 100 * (attentionWeights(seen, keyDim)[0] ?? 0);
    if (answer < 2 || answer > 97 || new Set(products).size < 3) return undefined;
    return {
      prompt: `A query has the dot products ${signed(products)} with three keys; the head size is ${keyDim}. ${isMasked ? 'A causal mask hides the third key. ' : ''}What weight does the first value get after the softmax, in %?`,
      answer,
      slips: [
        { id: 'not-scaled', value: weight(seen), why: "didn't divide by √d" },
        {
          id: 'divided-by-d',
          value: weight(seen.map((product) => product / keyDim)),
          why: 'divided by the head size, not by its square root',
        },
        { id: 'share-of-products', value: (100 * first) / sum, why: "didn't take powers of e" },
        {
          id: 'ignored-mask',
          value: weight(scaled),
          why: 'ignored the mask',
        },
        {
          id: 'mask-as-zero',
          value: weight([...scaled.slice(0, 2), 0]),
          why: 'set the score of the masked key to 0; e⁰ is still 1',
        },
        {
          id: 'third-key',
          value: weight([...scaled].reverse()),
          why: 'took the third value',
        },
      ].filter(({ id, value }) => value <= 100 && (isMasked || !/mask/.test(id))),
      working: `Scores ${signed(scaled.slice(0, seen.length))}. e^${dash(scaled[0] ?? 0)} / (${scaled
        .slice(0, seen.length)
        .map((score) => `e^${dash(score)}`)
        .join(' + ')}) × 100`,
    };
  },
};

const dash = (value: number) => exact(Number(value.toFixed(3))).replace('-', '−');
const signed = (list: readonly number[]) => list.map(dash).join(', ');

/** Memory of score matrices that are written out. */
export const scoreMemory: Kind = {
  id: 'score-memory',
  chapter: 3,
  topics: ['c3.04', 'c3.14'],
  difficulty: 'medium',
  format: 'single',
  isEven: true,
  formula: 'scoreBytes',
  enemyOf: ['c3-score-matrix-memory'],
  unit: 'GiB',
  minutes: 2,
  seniority: 'mid',
  idea: "Plain attention writes a square matrix for every query head: each token of the sequence against every other. Shared KV heads don't help here, because every query head has its own scores. Twice the length needs four times the memory. FlashAttention works on tiles and keeps running sums, so these matrices never reach GPU memory.",
  hints: [
    'Every query head has its own matrix.',
    'The matrix is square.',
    'Multiply sequences, query heads, tokens, tokens again, and 2 bytes; a GiB is 1,024³ bytes.',
  ],
  followUps: [
    {
      ask: 'Does FlashAttention also lower the number of operations?',
      expect:
        'No. It computes the same scores, and again in the backward pass; it saves memory traffic.',
    },
    {
      ask: "Why doesn't a causal mask halve this memory by itself?",
      expect:
        'A plain kernel fills the whole square and masks half of it; only kernels that skip tiles gain.',
    },
  ],
  references: [
    {
      title: 'FlashAttention: Fast and Memory-Efficient Exact Attention with IO-Awareness',
      year: 2022,
      url: 'arXiv:2205.14135',
      where: 'Section 2.2, standard attention implementation',
    },
  ],
  related: ['c3.12', 'c8.02', 'chapter 8'],
  draft(random, facts) {
    const { name, shape, layers, attention } = someDense(random, facts);
    const { heads, kvHeads } = attention;
    const tokens = oneOf([4096, 8192, 16_384, 32_768], random);
    const sequences = oneOf([1, 2, 4, 8], random);
    if (tokens > shape.maxContext) return undefined;
    const gib = (bytes: number) => bytes / GIB;
    const bytes = scoreBytes({ sequences, heads, tokens, bytesPerValue: 2 });
    return {
      prompt: `${name} (${heads} query heads, ${kvHeads} KV heads) reads ${sequences} ${sequences === 1 ? 'sequence' : 'sequences'} of ${exact(tokens)} tokens with plain attention, no FlashAttention. How many GiB do the FP16 score matrices of one layer take?`,
      answer: gib(bytes),
      slips: [
        {
          id: 'kv-heads',
          value: gib((bytes / heads) * kvHeads),
          why: 'counted the KV heads; every query head has its own scores',
        },
        { id: 'one-head', value: gib(bytes / heads), why: 'counted one head' },
        { id: 'one-sequence', value: gib(bytes / sequences), why: 'counted one sequence' },
        {
          id: 'half-the-square',
          value: gib(bytes / 2),
          why: 'counted only the lower triangle; plain attention writes the whole square',
        },
        { id: 'four-bytes', value: gib(bytes * 2), why: 'used 4 bytes per FP16 value' },
        { id: 'bits-for-bytes', value: gib(bytes * 8), why: 'used bits instead of bytes' },
      ].filter(({ value }) => value >= 0.01),
      newSlips: [
        { id: 'all-layers', value: gib(bytes * layers), why: 'counted all layers' },
        {
          id: 'softmax-too',
          value: gib(bytes * 4),
          why: 'counted scores and softmax outputs, both with 4 bytes',
        },
        {
          id: 'all-heads-twice',
          value: gib(bytes * (1 + kvHeads / heads)),
          why: 'counted the KV heads on top of the query heads',
        },
      ],
      working: `${sequences} × ${heads} × ${exact(tokens)}² × 2 / 1,024³`,
    };
  },
};

/** Length at which scores cost as much as matrices. */
export const scoreCrossover: Kind = {
  id: 'score-crossover',
  chapter: 3,
  topics: ['c3.04'],
  difficulty: 'hard',
  format: 'numeric',
  formula: 'crossoverTokens',
  enemyOf: ['c3-crossover-length'],
  unit: 'tokens',
  minutes: 4,
  seniority: 'senior',
  idea: 'For each token, a layer spends 2 operations on every parameter of its matrices, no matter how long the sequence is. Scores and the weighted sum of values each cost 2 × d operations for every token they look at, so 4 × d × length, or half of that on average with a causal mask. At usual lengths the matrices dominate; the crossover comes much later than people expect.',
  hints: [
    "Write the cost of one token in one layer as two terms: one that depends on the length and one that doesn't.",
    'Attention has four matrices of d × d here; the feed-forward block follows from its width.',
    'Set 2 × parameters of the layer equal to 4 × d × length; a causal mask halves the right side.',
  ],
  followUps: [
    {
      ask: 'How does grouped-query attention move this length?',
      expect:
        'It makes key and value matrices smaller but not the scores, so the crossover comes a little earlier.',
    },
    {
      ask: 'What does this tell you about the claim that attention dominates at 2,000 tokens?',
      expect: "For large models it's wrong by a factor of ten or more.",
    },
  ],
  references: [
    {
      title: 'Scaling Laws for Neural Language Models',
      year: 2020,
      url: 'arXiv:2001.08361',
      where: 'Section 2.1 and Table 1 (operations of a layer per token)',
    },
  ],
  related: ['c2.18', 'c5.24', 'chapter 5'],
  draft(random) {
    const hidden = between(1024, 16_384, 256, random);
    const times = oneOf([3, 4, 5, 6], random);
    const causal = random() < 0.5;
    const at = (matrices: number) =>
      crossoverTokens({ blockParameters: matrices * hidden ** 2, hidden, causal });
    return {
      prompt: `Each layer has full-width attention at d = ${exact(hidden)} and a plain two-matrix FFN of width ${times} × d. ${causal ? 'With a causal mask, averaged over the sequence,' : 'Without a mask,'} at how many tokens do scores and weighted sums cost as many operations as the matrices?`,
      answer: at(4 + 2 * times),
      slips: [
        {
          id: 'other-mask',
          value: causal ? at(4 + 2 * times) / 2 : at(4 + 2 * times) * 2,
          why: causal
            ? 'counted the full square, as without a mask'
            : 'halved the scores, as with a causal mask',
        },
        {
          id: 'feed-forward-alone',
          value: at(2 * times),
          why: 'left out the four matrices of attention',
        },
        { id: 'attention-alone', value: at(4), why: 'left out the feed-forward block' },
        { id: 'hidden-size', value: hidden, why: 'took the hidden size as the crossover' },
        {
          id: 'one-operation',
          value: at(4 + 2 * times) / 2,
          why: 'counted one operation per parameter; every multiplication comes with an addition',
        },
      ],
      working: `2 × (4 + 2 × ${times}) × ${exact(hidden)}² / (${causal ? 2 : 4} × ${exact(hidden)})`,
    };
  },
};
