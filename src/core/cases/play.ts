import { shuffled } from '../random.ts';
import { type Checker, type Finding, isAccepted } from './checker.ts';
import { CHECKERS } from './checkers.ts';
import { type Drawn, numberOf } from './draw.ts';
import { causeShare } from './incident.ts';
import { type Facts, withQuantities } from './quantities.ts';
import type { Case, Twist } from './schema.ts';
import { USELESS_FACTS } from './useless-facts.ts';

/** The steps of each kind of case, in their order. */
export const STEPS = {
  design: ['scope', 'estimate', 'sensitivity', 'design', 'twist-1', 'twist-2', 'choice'],
  incident: ['scope', 'estimate', 'sensitivity', 'cause', 'fix'],
} as const;

/** One of the steps of a case. */
export type CaseStep = (typeof STEPS)[keyof typeof STEPS][number];

/** What happened in a case, as it is stored; where it stands is the fold over these. */
export type CaseEvent =
  | { kind: 'answered'; step: CaseStep; value: string; share: number }
  | { kind: 'checked'; check: string };

/** Where a case stands. */
export type CaseState = {
  answers: ReadonlyMap<CaseStep, { value: string; share: number }>;
  /** Checks of an incident that were run, in their order. */
  checks: readonly string[];
  /** What is asked now; undefined when all is answered. */
  step: CaseStep | undefined;
};

/** The fold over what happened. */
export function stateOf(played: Pick<Case, 'kind'>, events: readonly CaseEvent[]): CaseState {
  const answers = new Map<CaseStep, { value: string; share: number }>();
  const checks: string[] = [];
  for (const event of events) {
    if (event.kind === 'checked') checks.push(event.check);
    else answers.set(event.step, event);
  }
  const step = STEPS[played.kind].find((each) => !answers.has(each));
  return { answers, checks, step };
}

/** A case as it is played: what its file says, the values that were drawn, and what calculators know. */
export type Played = { played: Case; drawn: Drawn; facts: Facts };

/** The most facts that may be asked for. */
export const MOST_FACTS = 5;

/** How many facts there are to choose from. */
const FACTS_SHOWN = 12;

/** The facts of a case among useless ones, in the order of this playing. */
export function factsOf({ played, drawn }: Played) {
  const numbered = [...played.facts, ...USELESS_FACTS].map((fact, index) => ({
    ...fact,
    value: String(index),
    isKey: index < played.facts.length,
  }));
  const keys = numbered.filter(({ isKey }) => isKey);
  const others = numbered.filter(({ isKey }) => !isKey);
  const chosen = shuffled(others, `${drawn['order']} useless`).slice(0, FACTS_SHOWN - keys.length);
  return shuffled([...keys, ...chosen], `${drawn['order']} facts`);
}

/** A key fact counts one, and another one takes half of that: asking for anything gains little. */
export function scopeShare(playing: Played, chosen: readonly string[]): number {
  const keys = factsOf(playing).filter(({ isKey }) => isKey);
  const hits = keys.filter(({ value }) => chosen.includes(value)).length;
  return Math.max(0, hits - (chosen.length - hits) / 2) / keys.length;
}

/** What is estimated in this playing. */
export const estimateOf = ({ played, drawn }: Played) =>
  played.estimates[numberOf(drawn, 'estimate')] ?? played.estimates[0];

/** Within a factor of 1.5 an estimate is right, and within 2 nearly. */
export function estimateShare(truth: number, value: number): number {
  const off = value > 0 ? Math.max(truth / value, value / truth) : Number.POSITIVE_INFINITY;
  if (off <= 1.5) return 1;
  return off <= 2 ? 0.5 : 0;
}

/** Factors by which a value moves, as they are offered. */
export const FACTORS = [
  { value: '0.5', label: 'It halves' },
  { value: '1', label: 'It stays about the same' },
  { value: '2', label: 'It doubles' },
  { value: '4', label: 'It grows about 4 times' },
] as const;

/** The sensitivity that is asked in this playing, and the factor by which the calculators say it moves. */
export function sensitivityOf({ played, drawn, facts }: Played) {
  const asked = played.sensitivities[numberOf(drawn, 'sensitivity')] ?? played.sensitivities[0];
  if (!asked) throw new RangeError(`${played.id} has no sensitivity`);
  const changes = Object.entries(asked.change).map(([name, times]) => [
    name,
    numberOf(drawn, name) * times,
  ]);
  const after = withQuantities(played, { ...drawn, ...Object.fromEntries(changes) }, facts);
  const factor = numberOf(after, asked.of) / numberOf(drawn, asked.of);
  const far = (value: string) => Math.abs(Math.log(factor / Number(value)));
  const [right] = [...FACTORS].sort((a, b) => far(a.value) - far(b.value));
  return { asked, factor, right: right?.value ?? '1' };
}

/** The twist behind a step. */
export function twistOf({ played, drawn }: Played, step: CaseStep): Twist | undefined {
  if (played.kind !== 'design' || !step.startsWith('twist-')) return undefined;
  return played.twists.find((twist) => twist === drawn[step]);
}

/** How a stored design does, at the first asking or after a twist. */
export const findingsOf = (playing: Played, design: string, twist?: Twist): Finding[] =>
  checkerOf(playing).check(design, { ...playing, twist });

/**
 * The arithmetic of a case's designs.
 *
 * @throws RangeError for a case that asks for none.
 */
export function checkerOf({ played }: Pick<Played, 'played'>): Checker {
  if (played.kind !== 'design') throw new RangeError(`${played.id} has no designs`);
  return CHECKERS[played.checker];
}

/** A design that is accepted has all points; one that breaks something half of what holds. */
export function designShare(findings: readonly Finding[]): number {
  if (isAccepted(findings)) return 1;
  const held = findings.filter(({ verdict }) => verdict !== 'misses').length;
  return (held / findings.length) * 0.5;
}

/** What an answer to a step is worth, from 0 to 1. */
export function shareOf(
  playing: Played,
  { step, value, state }: { step: CaseStep; value: string; state: CaseState },
): number {
  const { played, drawn } = playing;
  if (step === 'scope') return scopeShare(playing, value === '' ? [] : value.split(','));
  if (step === 'estimate')
    return estimateShare(numberOf(drawn, estimateOf(playing)?.of ?? ''), Number(value));
  if (step === 'sensitivity') return value === sensitivityOf(playing).right ? 1 : 0;
  if (step === 'fix') return value === '0' ? 1 : 0;
  if (step === 'cause' && played.kind === 'incident')
    return causeShare(played, drawn, { value, checks: state.checks });
  if (step === 'choice')
    return played.kind === 'design' && played.choice.options[Number(value)]?.right ? 1 : 0;
  return designShare(findingsOf(playing, value, twistOf(playing, step)));
}
