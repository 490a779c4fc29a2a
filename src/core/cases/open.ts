import { pick, randomFrom, shuffled } from '../random.ts';
import { CHECKERS } from './checkers.ts';
import { type Drawn, drawValues } from './draw.ts';
import { type Facts, withQuantities } from './quantities.ts';
import type { Case, DesignCase, Twist } from './schema.ts';

/** How much more than the cheapest design a budget allows. */
const MARGIN = 1.3;

function designValues(played: DesignCase, drawn: Drawn, facts: Facts, seed: string): Drawn {
  const prices = Object.entries(played.gpus).map(([gpu, list]) => [
    `price ${gpu}`,
    pick(list, randomFrom(`${seed} ${gpu}`)) ?? 0,
  ]);
  const priced: Drawn = { ...drawn, ...Object.fromEntries(prices) };
  /** Somewhat above the cheapest design, in whole dollars. */
  const budgetFor = (twist?: Twist) => {
    const best = CHECKERS[played.checker].cheapest({ drawn: priced, facts, twist });
    if (!best) throw new RangeError('no design meets the target of the case');
    return Math.ceil(best.usd * MARGIN);
  };
  const twists = shuffled(played.twists, `${seed} twists`).slice(0, 2);
  const budgets = twists.map((twist) => [`budget ${twist}`, budgetFor(twist)]);
  return {
    ...priced,
    budget: budgetFor(),
    ...Object.fromEntries([...budgets, ...twists.map((twist, at) => [`twist-${at + 1}`, twist])]),
  };
}

/**
 * All values of one playing of a case, with its truth: the same seed gives the same.
 *
 * @throws RangeError when the case asks for what no design can do.
 */
export function openCase(played: Case, facts: Facts, seed: string): Drawn {
  const drawn = withQuantities(played, drawValues(played, seed), facts);
  const random = randomFrom(`${seed} choices`);
  const chosen = {
    estimate: Math.floor(random() * played.estimates.length),
    sensitivity: Math.floor(random() * played.sensitivities.length),
  };
  if (played.kind === 'design')
    return { ...designValues(played, drawn, facts, seed), ...chosen, order: seed };
  return { ...drawn, ...chosen, order: seed, cause: pick(played.causes, random)?.id ?? '' };
}
