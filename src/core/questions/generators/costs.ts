import { usdPerMillionTokens } from '../../calculators/speed/cost.ts';
import { cacheBreakEven, cascadeCost } from '../formulas/operations.ts';
import type { Kind } from './generator.ts';
import { between, exact, oneOf } from './numbers.ts';

/** Dollars for a million tokens from rented cards. */
export const tokenPrice: Kind = {
  id: 'token-price',
  chapter: 10,
  topics: ['c10.17', 'c10.20'],
  difficulty: 'easy',
  format: 'numeric',
  formula: 'usdPerMillionTokens',
  enemyOf: ['c10-gpu-token-cost'],
  unit: 'USD',
  accepts: [{ unit: '$', factor: 1 }],
  minutes: 2,
  seniority: 'mid',
  idea: 'You pay for a rented GPU by the hour, busy or not. So the price of a million tokens is the cost of an hour over the tokens it really generates in that hour: speed times 3,600 seconds times the share of the time with load. Comparing with an API at full load makes self-hosting look too cheap; real traffic has nights and weekends.',
  hints: [
    'Compare what an hour costs with what it produces.',
    'You pay for idle hours too.',
    'Divide GPUs × price by tokens per second × 3,600 × utilization, then multiply by a million.',
  ],
  followUps: [
    {
      ask: "What's the first thing to change to lower this price?",
      expect: 'Higher utilization: batch work at night, autoscaling, or fewer GPUs.',
    },
    {
      ask: 'Why do output tokens cost more than input tokens?',
      expect:
        'A prompt is processed in parallel, while every output token needs a step that reads all weights.',
    },
  ],
  references: [
    {
      title: 'How To Scale Your Model, chapter on inference',
      year: 2025,
      url: 'https://jax-ml.github.io/scaling-book/inference/',
      where: 'section on throughput and KV cache limits',
    },
  ],
  related: ['c8.33', 'c5.25', 'chapter 8'],
  draft(random) {
    const gpus = oneOf([1, 2, 4, 8], random);
    const usdPerGpuHour = between(1, 6, 0.25, random);
    const tokensPerSecond = between(500, 20_000, 500, random);
    const utilisation = between(0.2, 0.8, 0.05, random);
    const price = (share: number, cards = gpus) =>
      usdPerMillionTokens({ gpus: cards, usdPerGpuHour, tokensPerSecond, utilisation: share });
    const full = price(1);
    return {
      prompt: `${gpus} rented ${gpus === 1 ? 'GPU' : 'GPUs'} at $${usdPerGpuHour}/hour each ${gpus === 1 ? 'generates' : 'together generate'} ${exact(tokensPerSecond)} tokens per second under load, and there's load ${exact(utilisation * 100)}% of the time. What do a million tokens cost?`,
      answer: price(utilisation),
      slips: [
        { id: 'always-busy', value: full, why: 'assumed that the GPUs are busy all the time' },
        { id: 'one-gpu', value: price(utilisation, 1), why: 'paid for only one GPU' },
        {
          id: 'multiplied-by-load',
          value: full * utilisation,
          why: 'multiplied by the busy share; idle time makes tokens more expensive',
        },
        {
          id: 'minutes',
          value: price(utilisation) * 60,
          why: 'used the tokens of a minute as those of an hour',
        },
        {
          id: 'idle-share',
          value: full / (1 - utilisation),
          why: 'divided by the idle share',
        },
      ],
      working: `${gpus} × ${usdPerGpuHour} / (${exact(tokensPerSecond)} × 3,600 × ${utilisation}) × 10⁶`,
    };
  },
};

/** Hit rate at which a prompt cache pays. */
export const cacheBreakEvenKind: Kind = {
  id: 'cache-break-even',
  chapter: 10,
  topics: ['c10.13'],
  difficulty: 'medium',
  format: 'numeric',
  formula: 'cacheBreakEven',
  enemyOf: ['c10-cache-breakeven'],
  unit: '%',
  minutes: 3,
  seniority: 'senior',
  idea: "With h as the share of hits, a cached prefix costs h × read + (1 − h) × write, as a multiple of the plain price 1. It pays off when that's below 1, so when h is above (write − 1) / (write − read). Where writing has no surcharge, every hit saves money. Prices differ by provider and model, so check them before you rely on this.",
  hints: [
    'Compare the mean price with and without the cache.',
    'A miss pays for writing, a hit for reading.',
    'Set h × read + (1 − h) × write equal to 1 and solve for h.',
  ],
  followUps: [
    {
      ask: 'What in a prompt prevents hits?',
      expect: 'Anything that varies near the front: a date, a user name, a changed order of tools.',
    },
    {
      ask: 'What else can limit the savings?',
      expect:
        "An entry's lifetime and the minimum prefix length; infrequent requests find nothing.",
    },
  ],
  references: [
    {
      title: 'OpenAI documentation, Prompt caching',
      year: 2026,
      url: 'https://platform.openai.com/docs/guides/prompt-caching',
      where: 'section on structuring prompts',
    },
  ],
  related: ['c5.11', 'c11.28', 'chapter 5'],
  draft(random) {
    const write = between(1.1, 2.5, 0.05, random);
    const read = between(0.05, 0.75, 0.05, random);
    const percent = (share: number) => 100 * share;
    return {
      prompt: `A provider charges ${write} times the input price for writing a prefix to its cache and ${read} times for reading it; a miss writes. Above what share of hits does caching cost less than no caching? Answer in %.`,
      answer: percent(cacheBreakEven(write, read)),
      slips: [
        {
          id: 'reading-is-free',
          value: percent((write - 1) / write),
          why: 'treated reading as free',
        },
        {
          id: 'against-the-plain-price',
          value: percent((write - 1) / (1 - read)),
          why: 'divided by what a hit saves compared with the plain price, and forgot that a hit also saves the write',
        },
        { id: 'surcharge-alone', value: percent(write - 1), why: 'gave the surcharge itself' },
        {
          id: 'other-side',
          value: percent((1 - read) / (write - read)),
          why: 'gave the share of misses at the break-even',
        },
        {
          id: 'read-over-write',
          value: percent(read / write),
          why: 'divided the read price by the write price',
        },
      ].filter(({ value }) => value <= 100),
      working: `(${write} − 1) / (${write} − ${read}) × 100`,
    };
  },
};

/** Mean price of a cascade of two models. */
export const cascadePrice: Kind = {
  id: 'cascade-price',
  chapter: 10,
  topics: ['c10.18'],
  difficulty: 'easy',
  format: 'single',
  formula: 'cascadeCost',
  unit: 'USD',
  minutes: 2,
  seniority: 'mid',
  idea: 'In a cascade, every request pays for the small model first; the escalated ones also pay for the large one. So the mean is the small price plus the escalated share times the large price. A router that decides before any answer pays for only one model, but it has to judge without seeing a result.',
  hints: [
    "Follow one request that escalates, and one that doesn't.",
    'Which model does every request pay for?',
    'Add the small price to the escalated share times the large price.',
  ],
  followUps: [
    {
      ask: 'Above what share does the cascade cost more than only the large model?',
      expect: 'Above 1 − small / large: then the small model costs more than it saves.',
    },
    {
      ask: 'Which costs does this leave out?',
      expect:
        "Waiting time for escalated requests, wrong answers that aren't escalated, and the check itself.",
    },
  ],
  references: [
    {
      title:
        'FrugalGPT: How to Use Large Language Models While Reducing Cost and Improving Performance',
      year: 2023,
      url: 'arXiv:2305.05176',
      where: 'section 3 (LLM cascade)',
    },
  ],
  related: ['c10.17', 'c9.10', 'chapter 9'],
  draft(random) {
    const small = between(0.2, 4, 0.1, random);
    const large = between(5, 40, 0.5, random);
    const handedOn = between(0.05, 0.6, 0.05, random);
    return {
      prompt: `A thousand requests cost $${small} with a small model and $${large} with a large one. All go to the small model first, and ${exact(handedOn * 100)}% of them escalate to the large one. What do a thousand requests cost?`,
      answer: cascadeCost({ small, large, handedOn }),
      slips: [
        {
          id: 'either-or',
          value: (1 - handedOn) * small + handedOn * large,
          why: 'let an escalated request skip the small model',
        },
        { id: 'large-part-alone', value: handedOn * large, why: 'left out the small model' },
        { id: 'both-for-all', value: small + large, why: 'sent every request to both models' },
        {
          id: 'shares-swapped',
          value: small + (1 - handedOn) * large,
          why: 'escalated the share that stays',
        },
        { id: 'plain-mean', value: (small + large) / 2, why: 'averaged the two prices' },
        {
          id: 'small-part-alone',
          value: small + handedOn * small,
          why: 'let the small model answer twice',
        },
      ],
      working: `${small} + ${handedOn} × ${large}`,
    };
  },
};
