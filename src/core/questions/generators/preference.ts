import { dpoLoss, groupAdvantages, ppoObjective, sigmoid, spread } from '../formulas/preference.ts';
import type { Kind } from './generator.ts';
import { between, exact, oneOf, shown } from './numbers.ts';

const signed = (value: number) => `${value > 0 ? '+' : ''}${exact(value)}`.replace('-', '−');

/** Loss of one preference pair. */
export const dpoPair: Kind = {
  id: 'dpo-pair',
  chapter: 7,
  topics: ['c7.21'],
  difficulty: 'hard',
  format: 'numeric',
  formula: 'dpoLoss',
  enemyOf: ['c7-dpo-loss-value'],
  unit: '',
  minutes: 4,
  seniority: 'senior',
  idea: "DPO compares two log-ratios of policy to reference: the chosen answer's minus the rejected one's. Times β, that's the difference of two implicit rewards, and the loss is the negative logarithm of its sigmoid. Equal ratios give ln 2, about 0.69; the loss falls when the gap grows, even if both answers get less likely.",
  hints: [
    'Only the difference of the two changes matters.',
    'β scales it before a sigmoid.',
    'Take −ln of 1 / (1 + e^(−β × difference)).',
  ],
  followUps: [
    {
      ask: 'What does a larger β do?',
      expect:
        'It keeps the policy closer to the reference: the same gap counts for more, so it needs less of it.',
    },
    {
      ask: 'The chosen answer gets less likely and the loss still falls. How?',
      expect: 'The rejected one falls faster. A likelihood term on the chosen answer helps.',
    },
  ],
  references: [
    {
      title: 'Direct Preference Optimization: Your Language Model is Secretly a Reward Model',
      year: 2023,
      url: 'arXiv:2305.18290',
      where: 'section 4, equation 7',
    },
  ],
  related: ['c7.18', 'c7.22', 'chapter 9'],
  draft(random) {
    const beta = oneOf([0.05, 0.1, 0.2, 0.3, 0.5], random);
    const chosen = between(-6, 6, 0.5, random);
    const rejected = between(-12, 4, 0.5, random);
    if (chosen === 0 || rejected === 0 || chosen === rejected) return undefined;
    const gap = chosen - rejected;
    const loss = (difference: number) => -Math.log(sigmoid(difference));
    return {
      prompt: `DPO with β = ${beta}: compared with the reference, the chosen answer's log-probability has changed by ${signed(chosen)} and the rejected one's by ${signed(rejected)} (natural logarithms). What's the loss of this pair?`,
      answer: dpoLoss({ beta, chosen, rejected }),
      slips: [
        { id: 'no-beta', value: loss(gap), why: 'left out β' },
        { id: 'swapped', value: loss(-beta * gap), why: 'swapped chosen and rejected' },
        { id: 'chosen-alone', value: loss(beta * chosen), why: 'left out the rejected answer' },
        {
          id: 'summed',
          value: loss(beta * (chosen + rejected)),
          why: 'added the two changes; only their difference matters',
        },
        {
          id: 'probability',
          value: sigmoid(beta * gap),
          why: 'stopped at the sigmoid without taking the logarithm',
        },
        {
          id: 'no-reference-gap',
          value: Math.LN2,
          why: 'used ln 2, the loss of two equal changes',
        },
      ].filter(({ value }) => value >= 0.001),
      working: `−ln σ(${beta} × (${signed(chosen)} − (${signed(rejected)}))) = −ln σ(${signed(Number((beta * gap).toFixed(4)))})`,
    };
  },
};

/** Advantage of the best answer of a group. */
export const groupAdvantage: Kind = {
  id: 'group-advantage',
  chapter: 7,
  topics: ['c7.25'],
  difficulty: 'medium',
  format: 'numeric',
  formula: 'groupAdvantages',
  enemyOf: ['c7-grpo-advantage'],
  unit: '',
  minutes: 3,
  seniority: 'senior',
  idea: "GRPO has no critic: the baseline is the mean reward of the group, and it includes the answer itself. Subtract this mean and divide by the group's standard deviation. All tokens of an answer share this advantage. A group where all rewards are equal teaches nothing, so very easy or impossible prompts drop out.",
  hints: [
    'An advantage says how much better than expected an answer was.',
    'The expectation comes from the group itself.',
    'Subtract the mean and divide by the root of the mean squared distance.',
  ],
  followUps: [
    {
      ask: 'Why does Dr. GRPO drop the division?',
      expect:
        'It gives too much weight to prompts with a small spread, the very easy or very hard ones.',
    },
    {
      ask: 'What do groups with equal rewards do to training?',
      expect:
        'They have no gradient, so part of the batch is wasted; DAPO samples until rewards differ.',
    },
  ],
  references: [
    {
      title: 'DeepSeekMath: Pushing the Limits of Mathematical Reasoning in Open Language Models',
      year: 2024,
      url: 'arXiv:2402.03300',
      where: 'section 4.1 (group-relative advantage)',
    },
  ],
  related: ['c7.26', 'c7.27', 'chapter 6'],
  draft(random) {
    const count = oneOf([4, 5, 6], random);
    const rewards = Array.from({ length: count }, () => between(0, 1, 0.1, random));
    const best = Math.max(...rewards);
    const { mean, deviation } = spread(rewards);
    if (rewards.filter((reward) => reward === best).length > 1 || deviation < 0.1) return undefined;
    const gap = best - mean;
    return {
      prompt: `GRPO: ${count} answers to one prompt get the rewards ${rewards.join(', ')}. What's the advantage of the best answer? Use the population standard deviation (divide by ${count}).`,
      answer: Math.max(...groupAdvantages(rewards)),
      slips: [
        { id: 'not-divided', value: gap, why: "didn't divide by the standard deviation" },
        { id: 'no-mean', value: best / deviation, why: "didn't subtract the mean" },
        {
          id: 'sample-deviation',
          value: (gap / deviation) * Math.sqrt((count - 1) / count),
          why: `divided by ${count - 1} inside the standard deviation`,
        },
        {
          id: 'variance',
          value: gap / deviation ** 2,
          why: 'divided by the variance without taking the root',
        },
        { id: 'divided-by-mean', value: gap / mean, why: 'divided by the mean' },
        { id: 'divided-by-count', value: gap / count, why: 'divided by the number of answers' },
      ],
      working: `(${best} − ${shown(mean)}) / ${shown(deviation)}`,
    };
  },
};

/** Contribution of one token under the clipped objective. */
export const ppoClip: Kind = {
  id: 'ppo-clip',
  chapter: 7,
  topics: ['c7.19'],
  difficulty: 'hard',
  format: 'single',
  formula: 'ppoObjective',
  enemyOf: ['c7-ppo-clip-value'],
  unit: '',
  minutes: 3,
  seniority: 'senior',
  idea: 'The objective takes the smaller of two products: ratio times advantage, and the ratio clipped to 1 ± ε times advantage. So the clip ends the reward for moving further in the direction that helps. It never hides a move in the wrong direction: a bad action that became more likely counts in full, and so does a good one that became less likely.',
  hints: [
    'There are two products, and the objective keeps one of them.',
    'It keeps the smaller one, and the sign of the advantage decides which one that is.',
    'Compute ratio × A and clipped ratio × A, and take the minimum of the two.',
  ],
  followUps: [
    {
      ask: "What's the gradient when the objective keeps the clipped product?",
      expect: "Zero: the ratio no longer matters, so this token doesn't push any further.",
    },
    {
      ask: 'What changes with clip-higher, as in DAPO?',
      expect: 'The upper bound is wider, so unlikely tokens can grow and exploration lasts longer.',
    },
  ],
  references: [
    {
      title: 'Proximal Policy Optimization Algorithms',
      year: 2017,
      url: 'arXiv:1707.06347',
      where: 'section 3, equation 7 and figure 1',
    },
  ],
  related: ['c7.26', 'c7.25', 'chapter 6'],
  draft(random) {
    const epsilon = oneOf([0.1, 0.15, 0.2, 0.25, 0.3], random);
    const ratio = between(0.4, 1.9, 0.05, random);
    const advantage = between(-2.5, 2.5, 0.1, random);
    if (Math.abs(advantage) < 0.3 || Math.abs(ratio - 1) < 1.3 * epsilon) return undefined;
    const size = Math.abs(advantage);
    const clipped = ratio > 1 ? 1 + epsilon : 1 - epsilon;
    const other = ratio > 1 ? 1 - epsilon : 1 + epsilon;
    const isClipped = ppoObjective({ ratio, advantage, epsilon }) === clipped * advantage;
    const ask =
      advantage > 0
        ? 'What does it add to the clipped objective, which PPO maximizes?'
        : 'What does it add to the loss, the negative of the clipped objective?';
    const value = Math.abs(ppoObjective({ ratio, advantage, epsilon }));
    const sign = advantage > 0 ? '' : '−1 × ';
    return {
      prompt: `PPO with ε = ${epsilon}: a token with advantage ${signed(advantage)} is now ${ratio} times as likely as under the old policy. ${ask}`,
      answer: value,
      slips: [
        isClipped
          ? {
              id: 'never-clipped',
              value: ratio * size,
              why: "didn't clip, though the move went in the direction that helps",
            }
          : {
              id: 'always-clipped',
              value: clipped * size,
              why: 'clipped a move in the wrong direction, which counts in full',
            },
        { id: 'no-ratio', value: size, why: 'left out the ratio' },
        { id: 'other-bound', value: other * size, why: 'clipped at the other bound' },
        { id: 'epsilon-alone', value: epsilon * size, why: 'multiplied by ε' },
        { id: 'squared-ratio', value: ratio ** 2 * size, why: 'multiplied by the ratio twice' },
      ],
      newSlips: [
        { id: 'inverse-ratio', value: size / ratio, why: 'divided by the ratio' },
        {
          id: 'both-factors',
          value: ratio * clipped * size,
          why: 'multiplied by the ratio and by the bound',
        },
        {
          id: 'twice-epsilon-up',
          value: (1 + 2 * epsilon) * size,
          why: 'went 2ε up from 1, not ε',
        },
        {
          id: 'twice-epsilon-down',
          value: (1 - 2 * epsilon) * size,
          why: 'went 2ε down from 1, not ε',
        },
        {
          id: 'ratio-alone',
          value: ratio,
          why: 'left out the advantage',
        },
      ],
      working: `${sign}min(${ratio} × ${signed(advantage)}, ${exact(clipped)} × ${signed(advantage)})`,
    };
  },
};
