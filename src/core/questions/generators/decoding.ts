import type { Random } from '../../random.ts';
import { choose, passAtK } from '../formulas/chance.ts';
import { keptProbability, minPCount, softmax, topPCount } from '../formulas/sampling.ts';
import type { Draft, Kind } from './generator.ts';
import { between, exact, oneOf } from './numbers.ts';

const HOLTZMAN = {
  title: 'The Curious Case of Neural Text Degeneration',
  year: 2019,
  url: 'arXiv:1904.09751',
};

/** Slips that could be a share: nothing from 100 % on. */
const shares = (slips: Draft['slips']) => slips.filter(({ value }) => value < 99.95);

/** Probability of a token at a temperature. */
export const softmaxTemperature: Kind = {
  id: 'softmax-temperature',
  chapter: 1,
  topics: ['c1.10', 'c1.09'],
  difficulty: 'medium',
  format: 'numeric',
  formula: 'softmax',
  unit: '%',
  minutes: 2,
  seniority: 'junior',
  idea: 'The temperature divides the logits before the softmax. Below 1 it makes gaps between logits larger, so the most likely token gains; above 1 it makes them smaller, so the tail gains. Only then do you take the powers of e and divide each one by their sum, so that all probabilities add up to 1.',
  hints: [
    'The temperature is applied to the logits, not to probabilities.',
    'A low temperature stretches the gaps between logits.',
    'Divide each logit by the temperature, take e to that power, and divide by the sum of the powers.',
  ],
  followUps: [
    {
      ask: 'What does the distribution become when the temperature goes to 0?',
      expect: 'All probability goes to the largest logit, which is greedy decoding.',
    },
    {
      ask: 'What changes if you add 3 to every logit?',
      expect: 'Nothing. A softmax depends only on differences.',
    },
  ],
  references: [{ ...HOLTZMAN, where: 'section 3.3 (sampling with temperature)' }],
  related: ['c2.16', 'chapter 2'],
  draft(random) {
    const logits = [0, 1, 2]
      .map(() => between(0.5, 6, 0.5, random))
      .sort((one, other) => other - one);
    const temperature = oneOf([0.4, 0.5, 0.6, 0.7, 0.8, 1.25, 1.5, 1.6, 2], random);
    const place = oneOf([0, 1], random);
    const at = (powers: number[]) => 100 * ((powers[place] ?? 0) / sumOf(powers));
    const plain = softmax(logits);
    const scaled = logits.map((logit) => exact(Number((logit / temperature).toFixed(3))));
    return {
      prompt: `A model gives three tokens the logits ${logits.join(', ')}. What's the probability of sampling the ${place === 0 ? 'first' : 'second'} one at temperature ${temperature}? Answer in %.`,
      answer: 100 * (softmax(logits, temperature)[place] ?? 0),
      slips: shares([
        {
          id: 'multiplied-by-t',
          value: at(logits.map((logit) => Math.exp(logit * temperature))),
          why: 'multiplied the logits by the temperature; it divides them',
        },
        {
          id: 'no-temperature',
          value: at(plain),
          why: 'left out the temperature',
        },
        {
          id: 'share-of-logits',
          value: at(logits),
          why: 'divided the logit by the sum of the logits, without powers of e',
        },
        {
          id: 'temperature-on-probability',
          value: at(plain) / temperature,
          why: 'divided the probability by the temperature; the logits are divided',
        },
        {
          id: 'powers-of-two',
          value: at(logits.map((logit) => 2 ** (logit / temperature))),
          why: 'took powers of 2 instead of e',
        },
      ]),
      working: `e^${scaled[place]} / (${scaled.map((power) => `e^${power}`).join(' + ')})`,
    };
  },
};

/** Six probabilities in hundredths that sum to 1, in descending order. */
function sixProbabilities(random: Random): number[] {
  let left = 100;
  const parts: number[] = [];
  for (let index = 0; index < 5; index += 1) {
    const part = Math.round(left * (0.28 + 0.27 * random()));
    parts.push(part);
    left -= part;
  }
  return [...parts, left].sort((a, b) => b - a).map((part) => part / 100);
}

const sumOf = (list: readonly number[]) => list.reduce((sum, each) => sum + each, 0);

/** Probability of the first token after a truncation. */
export const keptSet: Kind = {
  id: 'kept-set',
  chapter: 1,
  topics: ['c1.11'],
  difficulty: 'medium',
  format: 'numeric',
  formula: 'topPCount, minPCount, keptProbability',
  unit: '%',
  minutes: 2,
  seniority: 'mid',
  idea: 'Top-p keeps the most likely tokens up to the one whose probability takes the running sum past p. Min-p keeps every token with at least that share of the largest probability. Either way, the tokens that stay are rescaled to a sum of 1 before the draw, so the kept tokens share what the tail loses.',
  hints: [
    'Two steps: which tokens stay, and what happens to their probabilities.',
    'The cut depends on the shape of the distribution, not on a fixed number of tokens.',
    'Divide the first probability by the sum of all the kept ones.',
  ],
  followUps: [
    {
      ask: 'Which of the two keeps more tokens from a flat distribution?',
      expect: 'Both keep many: no token is far below the largest, and the sum needs many of them.',
    },
    {
      ask: 'Does it matter whether temperature comes before the cut?',
      expect:
        'Yes. A temperature above 1 first flattens the distribution, so the cut keeps other tokens.',
    },
  ],
  references: [
    { ...HOLTZMAN, where: 'section 3.1 (definition of the nucleus)' },
    {
      title: 'Turning Up the Heat: Min-p Sampling for Creative and Coherent LLM Outputs',
      year: 2024,
      url: 'arXiv:2407.01082',
      where: 'abstract and the section on the method (threshold as a share of the top probability)',
    },
  ],
  related: ['c1.09', 'c5.26'],
  draft(random) {
    const list = sixProbabilities(random);
    const isTopP = random() < 0.5;
    const setting = isTopP ? between(0.5, 0.95, 0.05, random) : between(0.1, 0.5, 0.05, random);
    const [first = 0] = list;
    const sums = list.map((_, index) => sumOf(list.slice(0, index + 1)));
    // Engines differ when a sum or a threshold is met exactly.
    const edges = isTopP ? sums : list.map((each) => each / first);
    if (edges.some((edge) => Math.abs(edge - setting) < 0.005)) return undefined;
    const count = isTopP ? topPCount(list, setting) : minPCount(list, setting);
    if (count === 1 || count === list.length || list.some((each) => each < 0.01)) return undefined;
    const kept = (tokens: number) => 100 * keptProbability(list, tokens);
    const name = isTopP ? 'top-p' : 'min-p';
    return {
      prompt: `A sampler with ${name} = ${setting} sees tokens with probabilities ${list.join(', ')}. What's the probability of sampling the first one? Answer in %.`,
      answer: kept(count),
      slips: shares([
        { id: 'not-scaled-up', value: 100 * first, why: "didn't rescale the kept tokens to 1" },
        {
          id: 'one-token-fewer',
          value: kept(count - 1),
          why: 'left out the last of the kept tokens',
        },
        { id: 'one-token-more', value: kept(count + 1), why: 'kept one token too many' },
        {
          id: isTopP ? 'divided-by-p' : 'absolute-threshold',
          value: isTopP
            ? (100 * first) / setting
            : kept(list.filter((each) => each >= setting).length),
          why: isTopP
            ? 'divided by p; the kept tokens sum to more'
            : "compared with the setting itself; it's a share of the largest probability",
        },
        {
          id: 'share-of-the-vocabulary',
          value: kept(Math.round(setting * list.length)),
          why: 'kept that share of the vocabulary',
        },
      ]),
      working: `Kept: ${list.slice(0, count).join(', ')}. ${first} / ${exact(Number(sumOf(list.slice(0, count)).toFixed(2)))}`,
    };
  },
};

/** Chance that one of k samples passes. */
export const passAtKKind: Kind = {
  id: 'pass-at-k',
  chapter: 1,
  topics: ['c1.24'],
  difficulty: 'medium',
  format: 'numeric',
  formula: 'passAtK',
  enemyOf: ['c1-pass-at-k'],
  unit: '%',
  minutes: 3,
  seniority: 'mid',
  idea: 'pass@k asks for the chance that at least one of k answers passes. Counting the choices of k samples in which all fail, out of all choices, gives an unbiased estimate. Plugging the measured rate into 1 − (1 − rate)^k draws with replacement and is too low on average.',
  hints: [
    "It's easier to count the draws in which nothing passes.",
    "You don't draw the same sample twice.",
    'Divide the ways to choose k of the failing samples by the ways to choose k of all, and subtract from 1.',
  ],
  followUps: [
    {
      ask: 'What does a high pass@100 with a low pass@1 tell you?',
      expect:
        'Right answers are within reach but rare: selecting among samples, or training on them, can help.',
    },
    {
      ask: 'What limits best-of-n in a product?',
      expect: 'Something has to find the right sample: a test, a verifier, or a vote.',
    },
  ],
  references: [
    {
      title: 'Evaluating Large Language Models Trained on Code',
      year: 2021,
      url: 'arXiv:2107.03374',
      where: 'section 2.1 and equation 1',
    },
  ],
  related: ['c11.11', 'c7.27', 'chapter 11'],
  draft(random) {
    const n = oneOf([8, 10, 12, 15, 16, 20, 24, 25, 30, 40], random);
    const c = between(1, Math.floor(n / 2), 1, random);
    const k = between(2, Math.min(8, n - c), 1, random);
    return {
      prompt: `For one task you drew ${n} samples, and ${c} ${c === 1 ? 'passes' : 'pass'} the tests. What's the unbiased estimate of pass@${k}, in %?`,
      answer: 100 * passAtK({ n, c, k }),
      slips: shares([
        {
          id: 'with-replacement',
          value: 100 * (1 - (1 - c / n) ** k),
          why: 'drew with replacement: 1 − (1 − rate)^k',
        },
        {
          id: 'added-chances',
          value: (100 * k * c) / n,
          why: 'added the chances of the individual samples, although they overlap',
        },
        {
          id: 'chance-of-failure',
          value: (100 * choose(n - c, k)) / choose(n, k),
          why: 'stopped at the chance that none of them pass',
        },
        { id: 'one-sample', value: (100 * c) / n, why: 'took the rate of one sample, pass@1' },
        {
          id: 'all-pass',
          value: (100 * choose(c, k)) / choose(n, k),
          why: 'required that all of the samples pass',
        },
      ]),
      working: `1 − C(${n - c}, ${k}) / C(${n}, ${k}) = 1 − ${exact(choose(n - c, k))} / ${exact(choose(n, k))}`,
    };
  },
};
