import type { z } from 'zod';
import type { Drawn } from './draw.ts';
import type { Facts } from './quantities.ts';
import type { Twist } from './schema.ts';

/** `close` when what is needed lies in the likely range of the estimate. */
export type Verdict = 'meets' | 'close' | 'misses';

/** How a design does on one thing. */
export type Finding = {
  what: string;
  label: string;
  /** Both numbers, with their units. */
  words: string;
  verdict: Verdict;
  has: number;
  needs: number;
};

/** What a playing asks for: its values, what calculators know, and the twist that changed it. */
export type Asked = { drawn: Drawn; facts: Facts; twist?: Twist | undefined };

/** A form's values as they were typed. */
export type Typed = Readonly<Record<string, string | number | undefined>>;

/** The arithmetic of one kind of design. A design is stored as one line. */
export type Checker = {
  /** Up to five fields of the form, each of them required, though optional options of the command. */
  form: Readonly<Record<string, z.ZodType>>;
  /** What the fields mean. */
  note: string;
  /** The price of what: `per hour`. */
  per: string;
  /** The twists it knows, as they are told. */
  twists: Partial<Record<Twist, string>>;
  /** What is asked for, as the card shows it; its prices and the budget stand beside it. */
  targets(asked: Asked): { label: string; value: string }[];
  /** A filled-in form as a stored design, or what is wrong with which field. */
  read(typed: Typed, asked: Asked): { stored: string } | { why: string; field: string };
  /**
   * A stored design as it is typed.
   *
   * @throws RangeError when it can't be read.
   */
  typed(stored: string, facts: Facts): Record<string, string | number>;
  /** A stored design in one line. */
  words(stored: string, facts: Facts): string;
  check(stored: string, asked: Asked): Finding[];
  /** The cheapest design that does what is asked by the middle of the estimates. */
  cheapest(asked: Asked): { stored: string; usd: number } | undefined;
};

/** Nothing that is needed is out of reach. */
export const isAccepted = (findings: readonly Pick<Finding, 'verdict'>[]): boolean =>
  findings.every(({ verdict }) => verdict !== 'misses');

/** What a design may cost under a twist, or before any; undefined before it is worked out. */
export function budgetOf({ drawn, twist }: Asked): number | undefined {
  const budget = drawn[twist ? `budget ${twist}` : 'budget'];
  return typeof budget === 'number' ? budget : undefined;
}
