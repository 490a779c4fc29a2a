import { isCopied } from './copies.ts';
import { missesLine } from './fault-line.ts';
import { rawGates, wordGates } from './gates.ts';
import { cutInjection } from './injection.ts';
import { apartness, type Match, matchPoint, type PointMatch } from './match.ts';
import { findMisconceptions } from './misconceptions.ts';
import { type Passage, readPassage } from './passage.ts';
import { sentences } from './sentences.ts';
import type { AnswerFlag, PreparedFlag, PreparedQuestion } from './types.ts';

/** What was seen of one key point, before it is turned into credit. */
export type PointObservation = PointMatch & {
  share: number;
  required: boolean;
  /** The sentence that matched, and the one that contradicts. */
  evidence: string;
  counter: string;
  /** Share of the evidence's words that no better matched point claims. */
  own: number;
  apart: number;
  common: number;
  /** The evidence is a guess: "maybe", "or something". */
  hedged: boolean;
};

/** Everything that was seen in an answer; the numbers of `score.ts` make a grade of it. */
export type Observation = {
  points: readonly PointObservation[];
  claims: readonly { flag: PreparedFlag; evidence: string }[];
  flags: readonly AnswerFlag[];
  /** What the gates leave of the score; 0 when the answer was not looked at. */
  factor: number;
  words: number;
  /** Numbers of a kind that the question deals with, and of a value that it does not. */
  misstated: number;
};

/** Answers that carry one of these are not matched at all. */
const HOPELESS: ReadonlySet<AnswerFlag> = new Set(['empty', 'dont-know', 'copy']);
const HEDGE =
  /\b(?:maybe|perhaps|possibly|might|could be|may be|i guess|i suppose|not (?:completely |really |so |quite )?sure|hard to say|somehow|or something)\b/i;
/** What is left of an answer that blames another line of the code, or clears the faulty one. */
const WRONG_LINE = 0.24;
const NOTHING: PointMatch = { raw: 0, mean: 0, against: 0, best: undefined, opponent: undefined };

/** Looks at an answer with a question's matcher. */
export function observeAnswer(question: PreparedQuestion, answer: string): Observation {
  const flags = new Set(rawGates(answer));
  const { kept, cut } = cutInjection(sentences(answer), question);
  if (cut.length > 0) flags.add('injection');
  const own = kept.filter((sentence) => !isCopied(sentence, question.runs));
  if (own.length === 0 && kept.length > 0) flags.add('copy');
  const passage = readPassage(own, question);
  const gates = wordGates(passage, question);
  for (const flag of gates.flags) flags.add(flag);
  const hopeless = [...flags].some((flag) => HOPELESS.has(flag));
  const points = observePoints(question, hopeless ? readPassage([], question) : passage);
  return {
    points,
    claims: hopeless ? [] : findMisconceptions(question.redFlags, passage, points),
    flags: [...flags],
    factor: hopeless
      ? 0
      : gates.factor * (missesLine(answer, question.faultLines) ? WRONG_LINE : 1),
    words: passage.words,
    misstated: misstated(passage, question),
  };
}

/** Looks for every point of a question in a passage. */
export function observePoints(question: PreparedQuestion, passage: Passage): PointObservation[] {
  const matches = question.points.map(({ phrases }) => matchPoint(phrases, passage));
  return question.points.map(({ share, required, common }, i) => {
    const match = matches[i] ?? NOTHING;
    const evidence = sentenceOf(match.best, passage);
    const counter = sentenceOf(match.opponent, passage);
    const apart = match.best ? apartness(match.best) : 0;
    const own = ownShare(match, matches);
    const hedged = HEDGE.test(evidence);
    return { ...match, share, required, evidence, counter, own, apart, common, hedged };
  });
}

/** Share of the words behind a match that do not serve a better match of another point. */
function ownShare(match: PointMatch, all: readonly PointMatch[]): number {
  const better = all.filter((other) => other !== match && other.raw > match.raw);
  const taken = new Set(better.flatMap(({ best }) => best?.found.map(({ at }) => at) ?? []));
  const places = new Set(match.best?.found.map(({ at }) => at));
  const own = [...places].filter((at) => !taken.has(at));
  return places.size === 0 ? 0 : own.length / places.size;
}

/** The sentence that holds most of a match, as it was typed. */
function sentenceOf(match: Match | undefined, passage: Passage): string {
  let best = { weight: 0, text: '' };
  for (const { from, to, text } of match ? passage.sentences : []) {
    const inside = match?.found.filter(({ at }) => at >= from && at < to) ?? [];
    const weight = inside.reduce((sum, { token, fit }) => sum + token.weight * fit, 0);
    if (weight > best.weight) best = { weight, text };
  }
  return best.text;
}

/** Quantities of a unit that the question's material uses, with a value that it never has. */
function misstated(passage: Passage, { numbers }: PreparedQuestion): number {
  const units = new Set(numbers.flat().map(({ unit }) => unit));
  units.delete('');
  return passage.strangeNumbers.filter((at) =>
    passage.tokens[at]?.quantities.some(({ unit }) => units.has(unit)),
  ).length;
}
