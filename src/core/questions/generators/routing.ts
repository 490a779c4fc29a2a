import { balanceLoss, expertCapacity } from '../formulas/blocks.ts';
import type { Kind } from './generator.ts';
import { exact, oneOf } from './numbers.ts';

const SWITCH = {
  title:
    'Switch Transformers: Scaling to Trillion Parameter Models with Simple and Efficient Sparsity',
  year: 2021,
  url: 'arXiv:2101.03961',
};

/** Tokens that an expert takes. */
export const expertCapacityKind: Kind = {
  id: 'expert-capacity',
  chapter: 4,
  topics: ['c4.11'],
  difficulty: 'medium',
  format: 'single',
  hasFactors: true,
  formula: 'expertCapacity',
  enemyOf: ['c4-expert-capacity'],
  unit: 'tokens',
  minutes: 2,
  seniority: 'mid',
  idea: 'With perfect balance, every expert would get tokens × experts per token / experts. The capacity factor leaves room above that for uneven routing, and the result is rounded up. Tokens above the limit are dropped: the residual connection carries them past the layer, unchanged by any expert.',
  hints: [
    'Start from a perfectly even load.',
    'A token is sent to more than one expert.',
    'Multiply tokens, experts per token, and the factor, then divide by the experts.',
  ],
  followUps: [
    {
      ask: 'What does a larger factor cost?',
      expect: "Memory and padding: buffers are reserved for tokens that mostly don't come.",
    },
    {
      ask: 'How do dropless layers avoid this choice?',
      expect: 'They compute groups of any size, with block-sparse or grouped matrix products.',
    },
  ],
  references: [
    { ...SWITCH, where: 'section 2.2, equation 3 (expert capacity, for k = 1)' },
    {
      title: 'GShard: Scaling Giant Models with Conditional Computation and Automatic Sharding',
      year: 2020,
      url: 'arXiv:2006.16668',
      where: 'section 2.2 (capacity under top-2 gating)',
    },
  ],
  related: ['c8.28', 'c4.10', 'chapter 8'],
  draft(random) {
    const tokens = oneOf([1024, 2048, 4096, 8192, 16_384, 32_768], random);
    const experts = oneOf([8, 16, 32, 64, 128], random);
    const active = oneOf([2, 4, 8], random);
    const factor = oneOf([1.25, 1.5, 1.75, 2], random);
    if (active * 2 > experts) return undefined;
    return {
      prompt: `A layer routes ${exact(tokens)} tokens to ${experts} experts, ${active} per token, with a capacity factor of ${factor}. How many tokens does each expert take before it drops some?`,
      answer: expertCapacity({ factor, tokens, active, experts }),
      slips: [
        {
          id: 'one-expert-per-token',
          value: (factor * tokens) / experts,
          why: 'sent each token to one expert',
        },
        {
          id: 'no-factor',
          value: (tokens * active) / experts,
          why: 'left out the capacity factor',
        },
        {
          id: 'divided-by-experts-per-token',
          value: (factor * tokens) / (experts * active),
          why: 'divided by the experts per token; they make the load larger',
        },
        {
          id: 'divided-by-active',
          value: (factor * tokens) / active,
          why: 'split the tokens among only as many experts as one token uses',
        },
        {
          id: 'active-twice',
          value: (factor * tokens * active ** 2) / experts,
          why: 'multiplied by the experts per token twice',
        },
        {
          id: 'factor-twice',
          value: (factor ** 2 * tokens * active) / experts,
          why: 'multiplied by the capacity factor twice',
        },
        {
          id: 'factor-below',
          value: (tokens * active) / (experts * factor),
          why: 'divided by the capacity factor; it adds room',
        },
      ],
      working: `${factor} × ${exact(tokens)} × ${active} / ${experts}`,
    };
  },
};

const TENTHS = [
  [0.7, 0.1, 0.1, 0.1],
  [0.6, 0.2, 0.1, 0.1],
  [0.5, 0.3, 0.1, 0.1],
  [0.5, 0.2, 0.2, 0.1],
  [0.4, 0.4, 0.1, 0.1],
  [0.4, 0.3, 0.2, 0.1],
  [0.4, 0.2, 0.2, 0.2],
  [0.3, 0.3, 0.3, 0.1],
  [0.3, 0.3, 0.2, 0.2],
  [0.55, 0.25, 0.15, 0.05],
  [0.45, 0.25, 0.2, 0.1],
  [0.35, 0.3, 0.2, 0.15],
] as const;

/** Load-balancing loss of a router. */
export const balanceLossKind: Kind = {
  id: 'balance-loss',
  chapter: 4,
  topics: ['c4.10'],
  difficulty: 'medium',
  format: 'numeric',
  formula: 'balanceLoss',
  unit: '',
  minutes: 3,
  seniority: 'senior',
  idea: 'For each expert, multiply the share of tokens it got by the mean probability that the router gave it. The sum times the number of experts is 1 when the load is even, and it grows when popular experts are also the likely ones. The shares come from a hard choice and have no gradient, so the router learns through the probabilities.',
  hints: [
    'Every expert adds one product.',
    'A perfectly even router gives 1, no matter how many experts there are.',
    'Multiply the share and the probability of each expert, add them up, and multiply by the number of experts.',
  ],
  followUps: [
    {
      ask: 'Through which of the two factors does the gradient flow?',
      expect: 'Through the mean probability; the share counts a choice and has no gradient.',
    },
    {
      ask: 'Why is its coefficient small, such as 0.01?',
      expect:
        'If the push to balance is too strong, it overrides what the router learned about the tokens.',
    },
  ],
  references: [{ ...SWITCH, where: 'section 2.2, equations 4 to 6 (load balancing loss)' }],
  related: ['c4.13', 'c8.28', 'chapter 8'],
  draft(random) {
    const shares = [...oneOf(TENTHS, random)];
    const given = [...oneOf(TENTHS, random)];
    // The router's favorites need not be the experts that got most tokens.
    const probabilities = random() < 0.5 ? given : [given[1], given[0], ...given.slice(2)];
    const known = probabilities.filter((each) => each !== undefined);
    const products = shares.map((share, index) => share * (known[index] ?? 0));
    const sum = products.reduce((total, each) => total + each, 0);
    return {
      prompt: `Four experts got ${shares.join(', ')} of the tokens; the router's mean probabilities are ${known.join(', ')}. What's the Switch load-balancing loss, before its coefficient α?`,
      answer: balanceLoss(shares, known),
      slips: [
        { id: 'forgot-the-number', value: sum, why: "didn't multiply by the number of experts" },
        {
          id: 'number-squared',
          value: 16 * sum,
          why: 'multiplied by the number of experts twice',
        },
        { id: 'balanced', value: 1, why: 'used the value of an even router' },
        {
          id: 'largest-alone',
          value: 4 * Math.max(...products),
          why: 'counted only the most loaded expert',
        },
        {
          id: 'shares-squared',
          value: balanceLoss(shares, shares),
          why: 'squared the shares and left out the probabilities',
        },
      ],
      working: `4 × (${shares.map((share, index) => `${share} × ${known[index]}`).join(' + ')})`,
    };
  },
};
