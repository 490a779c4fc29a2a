import { requirePositive } from '../../check.ts';

/** 1 / (1 + e^-x). */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/**
 * Loss of direct preference optimization for one pair.
 *
 *     loss = -ln σ(β × (chosen - rejected))
 *
 * @param chosen ln π - ln π_ref of the preferred answer; `rejected` the same of the other one.
 * @see https://arxiv.org/abs/2305.18290 (equation 7)
 */
export function dpoLoss({
  beta,
  chosen,
  rejected,
}: {
  beta: number;
  chosen: number;
  rejected: number;
}): number {
  requirePositive({ beta });
  return -Math.log(sigmoid(beta * (chosen - rejected)));
}

/** Mean and standard deviation of all values (divided by n, not n - 1). */
export function spread(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / values.length) };
}

/**
 * Advantages of GRPO: each reward against its own group.
 *
 *     A_i = (r_i - mean) / standard deviation of the group
 *
 * @throws RangeError when all rewards are equal.
 * @see https://arxiv.org/abs/2402.03300 (section 4.1)
 */
export function groupAdvantages(rewards: readonly number[]): number[] {
  const { mean, deviation } = spread(rewards);
  requirePositive({ deviation });
  return rewards.map((reward) => (reward - mean) / deviation);
}

/**
 * Clipped objective of PPO for one token.
 *
 *     min(ratio × A, clip(ratio, 1 - ε, 1 + ε) × A)
 *
 * @see https://arxiv.org/abs/1707.06347 (equation 7)
 */
export function ppoObjective({
  ratio,
  advantage,
  epsilon,
}: {
  ratio: number;
  advantage: number;
  epsilon: number;
}): number {
  requirePositive({ ratio, epsilon });
  const clipped = Math.min(Math.max(ratio, 1 - epsilon), 1 + epsilon);
  return Math.min(ratio * advantage, clipped * advantage);
}
