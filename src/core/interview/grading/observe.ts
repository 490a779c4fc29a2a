import {
  type AnswerClues,
  answerClues,
  type PointClues,
  pointClues,
  type Sighting,
} from './clues.ts';
import { isCopied } from './copies.ts';
import { missesLine } from './fault-line.ts';
import { rawGates, wordGates } from './gates.ts';
import { cutInjection } from './injection.ts';
import { type Match, matchPoint, type PointMatch } from './match.ts';
import { findMisconceptions } from './misconceptions.ts';
import { misplaced } from './owners.ts';
import { type Passage, readPassage } from './passage.ts';
import { sentences } from './sentences.ts';
import type { AnswerFlag, PreparedFlag, PreparedQuestion } from './types.ts';

/** What was seen of one key point, before it is turned into credit. */
export type PointObservation = {
  share: number;
  required: boolean;
  clues: PointClues;
  /** The opposite was said, and more surely than the point, or far more surely. */
  isOpposed: boolean;
  isTurned: boolean;
  /** What was said is a guess: "maybe", "or something". */
  isHedged: boolean;
  /** The sentence that matched, and the one that contradicts. */
  evidence: string;
  counter: string;
};

/** Everything that was seen in an answer; the numbers of `score.ts` make a grade of it. */
export type Observation = {
  points: readonly PointObservation[];
  clues: AnswerClues;
  claims: readonly { flag: PreparedFlag; evidence: string }[];
  /** What the red flags take off the score together. */
  deducted: number;
  flags: readonly AnswerFlag[];
  /** What the gates leave of the score; 0 when the answer was not looked at. */
  factor: number;
};

/** Answers that carry one of these are not matched at all. */
const HOPELESS: ReadonlySet<AnswerFlag> = new Set(['empty', 'dont-know', 'copy']);
/** Red flags take off at most this much together. */
export const MOST_DEDUCTED = 0.6;
const HEDGE =
  /\b(?:maybe|perhaps|possibly|might|could be|may be|i guess|i suppose|not (?:completely |really |so |quite )?sure|hard to say|somehow|or something)\b/i;
/** What is left of an answer that blames another line of the code, or clears the faulty one. */
const WRONG_LINE = 0.24;
/** Opposition counts as said from here on, and when it is stronger than the agreement by the margin. */
const OPPOSED = { from: 0.65, margin: 0.1, far: 0.25 };
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
  const looked = hopeless ? readPassage([], question) : passage;
  const sightings = sightPoints(question, looked);
  const claims = hopeless
    ? []
    : findMisconceptions(
        question.redFlags,
        passage,
        sightings.map(({ match }) => match),
      );
  const factor = hopeless
    ? 0
    : gates.factor * (missesLine(answer, question.fault) ? WRONG_LINE : 1);
  const deducted = claims.reduce((sum, { flag }) => sum + flag.deduct, 0);
  return {
    points: sightings.map((sighting) => observed(sighting, looked)),
    clues: answerClues(sightings, {
      passage: looked,
      question,
      gates: factor,
    }),
    claims,
    deducted: Math.min(MOST_DEDUCTED, deducted),
    flags: [...flags],
    factor,
  };
}

/** Looks for every point of a question in a passage. */
export function sightPoints(question: PreparedQuestion, passage: Passage): Sighting[] {
  const matches = question.points.map(({ phrases }) => matchPoint(phrases, passage));
  return question.points.map((point, i) => {
    const match = matches[i] ?? NOTHING;
    return {
      point,
      match,
      own: ownShare(match, matches),
      misplaced: match.best ? misplaced({ ...match.best, passage }, question.contrasts) : 0,
    };
  });
}

function observed(sighting: Sighting, passage: Passage): PointObservation {
  const { point, match } = sighting;
  const evidence = sentenceOf(match.best, passage);
  const isOpposed = match.against >= OPPOSED.from && match.against > match.raw + OPPOSED.margin;
  return {
    share: point.share,
    required: point.required,
    clues: pointClues(sighting),
    isOpposed,
    isTurned: isOpposed && match.against > match.raw + OPPOSED.far,
    isHedged: HEDGE.test(evidence),
    evidence,
    counter: sentenceOf(match.opponent, passage),
  };
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
