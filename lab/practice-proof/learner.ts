import { type Random, randomFrom } from '../../src/core/random.ts';

/**
 * A memory after ACT-R: every time that a card is met leaves a trace, which decays by a power of time, the faster the
 * more active the memory was when the trace was laid.
 *
 *     activation = person + card + ln(sum of age^-decay)
 *     decay      = scale · e^activation + intercept, with the activation just before
 *     P(recall)  = 1 / (1 + e^((threshold - activation) / noise))
 *
 * Ages are in seconds; time between days of study passes `h` times as fast as a clock's.
 *
 * @see Pavlik and Anderson, "Practice and Forgetting Effects on Vocabulary Memory: An Activation-Based Model of the Spacing
 *   Effect", Cognitive Science 29 (2005); "Using a Model to Compute the Optimal Schedule of Practice", Journal of
 *   Experimental Psychology: Applied 14 (2008), which has the differences of people and cards
 */
export type MemoryModel = {
  intercept: number;
  scale: number;
  threshold: number;
  noise: number;
  h: number;
  /** Standard deviations of what people and cards add to the activation. */
  people: number;
  cards: number;
};

type Trace = { day: number; decay: number };

/** Somebody with a deck in front of them. */
export type Learner = {
  /** The chance that a card is recalled on a day, before it is looked at. */
  recallOf(card: number, day: number): number;
  /** Asks a card, shows what is right, and says whether it was recalled. */
  ask(card: number, day: number, random: Random): boolean;
};

const DAY_SECONDS = 86_400;

/** Cards known from before were met once a month for half a year. */
const BEFORE = [180, 150, 120, 90, 60, 30];

/** The learner with a seed; the same seed has the same person, cards, and knowledge, and no practice behind it. */
export function createLearner(
  model: MemoryModel,
  deck: { cards: number; known: number },
  seed: string,
): Learner {
  const random = randomFrom(seed);
  const person = model.people * normal(random);
  const offsets = Array.from({ length: deck.cards }, () => person + model.cards * normal(random));
  const traces: Trace[][] = offsets.map(() => []);
  const activation = (card: number, day: number) =>
    (offsets[card] ?? 0) + Math.log(strengthOf(traces[card] ?? [], day, model));
  const meet = (card: number, day: number) => {
    const decay = model.scale * Math.exp(activation(card, day)) + model.intercept;
    traces[card]?.push({ day, decay });
  };
  for (const card of traces.keys())
    if (random() < deck.known) for (const days of BEFORE) meet(card, -days);
  const recallOf = (card: number, day: number) =>
    1 / (1 + Math.exp((model.threshold - activation(card, day)) / model.noise));
  return {
    recallOf,
    ask: (card, day, chance) => {
      const isRecalled = chance() < recallOf(card, day);
      meet(card, day);
      return isRecalled;
    },
  };
}

/** No trace leaves no strength, so that the activation is -∞ and the chance of recall 0. */
function strengthOf(traces: readonly Trace[], today: number, { h }: MemoryModel): number {
  return traces.reduce(
    (sum, { day, decay }) => sum + ((today - day) * DAY_SECONDS * h) ** -decay,
    0,
  );
}

/** A draw from the normal distribution (Box and Muller). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
