import { speculationSlips } from '../../calculators/common-mistakes.ts';
import { speculativeSpeedup, tokensPerCycle } from '../../calculators/speed/speculative.ts';
import { requestsInFlight } from '../formulas/operations.ts';
import type { Kind } from './generator.ts';
import { between, exact, oneOf, shown } from './numbers.ts';

/** Speed-up of speculative decoding. */
export const speculation: Kind = {
  id: 'speculation',
  chapter: 5,
  topics: ['c5.14'],
  difficulty: 'hard',
  format: 'numeric',
  formula: 'speculativeSpeedup',
  enemyOf: ['c5-spec-speedup-load'],
  unit: 'times',
  minutes: 4,
  seniority: 'senior',
  idea: 'The first rejected token ends a run, so the expected tokens per cycle are 1 + a + a² and so on, up to a to the power of the number of drafts; the 1 is the token that the target model adds itself. One cycle costs a target step plus the drafts. The formula assumes that tokens are accepted independently and that checking all drafts takes one step.',
  hints: [
    'There are two parts: how many tokens a cycle produces, and what it costs.',
    'A token counts only if all drafts before it were accepted; the target model adds its own token.',
    'Divide (1 − a^(g + 1)) / (1 − a) by 1 + g × cost of a draft step.',
  ],
  followUps: [
    {
      ask: 'When does drafting not help at all?',
      expect:
        "When the acceptance isn't above the cost of a draft step, or the batch is compute-bound.",
    },
    {
      ask: 'Does it change what the model writes?',
      expect:
        'Not with the standard acceptance rule: the output follows the distribution of the target model.',
    },
  ],
  references: [
    {
      title: 'Fast Inference from Transformers via Speculative Decoding',
      year: 2022,
      url: 'arXiv:2211.17192',
      where: 'equation 1 and theorem 3.8',
    },
  ],
  related: ['c4.23', 'c5.15', 'chapter 4'],
  draft(random) {
    const acceptance = between(0.5, 0.95, 0.05, random);
    const draftTokens = between(2, 10, 1, random);
    const costRatio = oneOf([0.02, 0.03, 0.05, 0.08, 0.1, 0.15, 0.2], random);
    const cost = 1 + draftTokens * costRatio;
    const tokens = tokensPerCycle(acceptance, draftTokens);
    const answer = speculativeSpeedup({ acceptance, draftTokens, costRatio });
    if (answer < 1.1) return undefined;
    return {
      prompt: `A draft model proposes ${draftTokens} tokens in each cycle, and each one is accepted independently with a chance of ${acceptance}. A draft step takes ${costRatio} of a target step. How many times faster does decoding get?`,
      answer,
      slips: [
        {
          id: 'free-drafts',
          value: tokens,
          why: 'left out the time of the draft steps',
        },
        ...speculationSlips(acceptance, draftTokens).map((slip) => ({
          ...slip,
          value: slip.value / cost,
        })),
        {
          id: 'one-draft-step',
          value: tokens / (1 + costRatio),
          why: 'counted one draft step per cycle',
        },
      ],
      working: `(1 − ${acceptance}^${draftTokens + 1}) / (1 − ${acceptance}) / (1 + ${draftTokens} × ${costRatio}) = ${shown(tokens)} / ${exact(Number(cost.toFixed(3)))}`,
    };
  },
};

/** Requests in a server at once. */
export const inFlight: Kind = {
  id: 'in-flight',
  chapter: 5,
  topics: ['c5.07', 'c5.25'],
  difficulty: 'easy',
  format: 'single',
  formula: 'requestsInFlight',
  enemyOf: ['c5-little-kv-memory'],
  unit: 'requests',
  minutes: 2,
  seniority: 'mid',
  idea: "In a steady state, the requests inside a system equal the arrivals per second times the seconds that one stays (Little's law). A request stays from its arrival to its last token, so waiting for the first token and writing the rest both count. The result tells you how many sequences need a place in the batch and in the cache.",
  hints: [
    'How long does one request stay?',
    'The stay has two phases: until the first token, and all tokens after it.',
    'Multiply the arrivals per second by the total seconds of both phases.',
  ],
  followUps: [
    {
      ask: 'Arrivals double and the server keeps its speed per token. What has to grow?',
      expect: 'The places in the batch and cache, to twice as many; otherwise a queue forms.',
    },
    {
      ask: 'Why plan for peaks instead of the mean?',
      expect:
        'At the peak a queue grows without bound as long as arrivals exceed what the server finishes.',
    },
  ],
  references: [
    {
      title: "Little's Law as Viewed on Its 50th Anniversary",
      year: 2011,
      url: 'https://doi.org/10.1287/opre.1110.0940',
      where: 'section 1 (statement L = λW)',
    },
  ],
  related: ['c10.06', 'c10.03', 'chapter 10'],
  draft(random) {
    const perSecond = oneOf([2, 4, 5, 8, 10, 12, 15, 20, 25, 30, 40, 50], random);
    const first = oneOf([0.2, 0.3, 0.4, 0.5, 0.8, 1, 1.5, 2, 3, 4], random);
    const tokens = between(100, 800, 50, random);
    const perToken = oneOf([10, 15, 20, 25, 30, 40, 50], random);
    const writing = (tokens * perToken) / 1000;
    return {
      prompt: `${perSecond} requests arrive each second. On average, each one waits ${first} s for its first token and then gets ${tokens} more tokens, one every ${perToken} ms. How many concurrent requests are in the server?`,
      answer: requestsInFlight(perSecond, first + writing),
      slips: [
        {
          id: 'writing-alone',
          value: requestsInFlight(perSecond, writing),
          why: 'left out the wait for the first token',
        },
        {
          id: 'first-token-alone',
          value: requestsInFlight(perSecond, first),
          why: 'counted only the wait for the first token',
        },
        {
          id: 'one-token',
          value: requestsInFlight(perSecond, first + perToken / 1000),
          why: 'counted one token instead of the whole answer',
        },
        { id: 'arrivals', value: perSecond, why: 'counted the arrivals of one second' },
        {
          id: 'seconds-of-one',
          value: first + writing,
          why: 'gave the seconds that one request stays',
        },
        {
          id: 'arrivals-by-tokens',
          value: requestsInFlight(perSecond, tokens),
          why: 'multiplied arrivals by tokens',
        },
        {
          id: 'first-wait-for-each-token',
          value: requestsInFlight(perSecond, tokens * (first + perToken / 1000)),
          why: 'waited for a first token before every token',
        },
        {
          id: 'twice-the-wait',
          value: requestsInFlight(perSecond, 2 * (first + writing)),
          why: 'counted the stay twice',
        },
      ],
      working: `${perSecond} × (${first} + ${tokens} × ${perToken} / 1,000)`,
    };
  },
};
