import { pick, randomFrom, shuffled } from '../random.ts';
import { cheapestServing } from './cheapest.ts';
import { type Drawn, drawValues, numberOf } from './draw.ts';
import { ADAPTED, type Facts, modelOf, withQuantities } from './quantities.ts';
import type { Case, DesignCase, Twist } from './schema.ts';
import type { Target } from './serving.ts';

/** How much more than the cheapest design a budget allows. */
const MARGIN = 1.3;

/** What a design has to do, from the values of its case; a twist changes it. */
export function targetOf(drawn: Drawn, facts: Facts, twist?: Twist): Target {
  const number = (name: string) => numberOf(drawn, name);
  const prices = Object.entries(drawn).flatMap(([name, value]) =>
    name.startsWith('price ') ? [[name.slice(6), Number(value)] as const] : [],
  );
  const budget = drawn[twist ? `budget ${twist}` : 'budget'];
  const { most, adapters, rank } = drawn;
  const target = {
    model: modelOf(drawn, facts),
    prices: new Map(prices),
    rate: number('rate'),
    promptTokens: number('prompt'),
    cachedTokens: drawn['fresh'] === undefined ? 0 : number('prompt') - Math.round(number('fresh')),
    outputTokens: number('output'),
    firstTokenMs: number('firstTokenMs'),
    perTokenMs: number('perTokenMs'),
    spare: 0,
    ...(typeof budget === 'number' ? { budget } : {}),
    ...(typeof most === 'number' ? { most } : {}),
    ...(typeof adapters === 'number'
      ? { adapters: { count: adapters, rank: Number(rank), targets: ADAPTED } }
      : {}),
  };
  if (twist === 'load') return { ...target, rate: target.rate * 10 };
  if (twist === 'spare') return { ...target, spare: 1 };
  if (twist === 'cut') return { ...target, perTokenMs: target.perTokenMs * 2 };
  if (twist === 'long')
    return {
      ...target,
      promptTokens: 100_000,
      cachedTokens: 0,
      rate: target.rate / 50,
      firstTokenMs: 20_000,
    };
  return target;
}

/** The budget of a target: somewhat above the cheapest design, in whole dollars. */
function budgetFor(target: Target, facts: Facts): number {
  const best = cheapestServing(target, facts);
  if (!best) throw new RangeError('no design meets the target of the case');
  return Math.ceil(best.usd * MARGIN);
}

function designValues(played: DesignCase, drawn: Drawn, facts: Facts, seed: string): Drawn {
  const prices = Object.entries(played.gpus).map(([gpu, list]) => [
    `price ${gpu}`,
    pick(list, randomFrom(`${seed} ${gpu}`)) ?? 0,
  ]);
  const priced: Drawn = { ...drawn, ...Object.fromEntries(prices) };
  const twists = shuffled(played.twists, `${seed} twists`).slice(0, 2);
  const budgets = twists.map((twist) => [
    `budget ${twist}`,
    budgetFor(targetOf(priced, facts, twist), facts),
  ]);
  return {
    ...priced,
    budget: budgetFor(targetOf(priced, facts), facts),
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
