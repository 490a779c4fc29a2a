import { type Claim, findClaim, isNear, isSure, rightBounds } from './claims.ts';
import { type Candidate, findEvidence } from './evidence.ts';
import type { FieldWords } from './field-words.ts';
import { passGates } from './gates.ts';
import type { Heard } from './heard.ts';
import { LEVELS, levelOf, PARTLY } from './levels.ts';
import { type Passage, quote, type Window } from './passage.ts';
import { type PreparedPoint, type PreparedQuestion, prepareQuestion } from './question.ts';
import {
  creditOf,
  type Likelihood,
  likelihoodOf,
  verdictOf,
  type Weights,
  WITHOUT_REQUIRED,
} from './score.ts';
import type { Lexicon } from './text/lexicon.ts';
import type { Gate, Grade, GradedQuestion, PointGrade } from './types.ts';

/** So many questions are kept ready, those that were answered last: about 1.3 MB each. */
const KEPT = 16;
/** Of credits below "covered" this much is close to call: ask "Did you say it?". */
const UNSURE_FROM = 0.08;
/** False claims take off at most this much together. */
const MOST_DEDUCTED = 0.6;

/** What answers are graded with. */
export type GradingWords = { lexicon: Lexicon; field: FieldWords; heard: Heard; weights: Weights };

/**
 * A grader with words of its own. What it needs of a question is computed at the first answer to it and kept while the
 * question is among those answered last.
 */
export function createGrader(words: GradingWords) {
  const { weights } = words;
  const prepared = new Map<GradedQuestion, PreparedQuestion>();

  function preparedOf(question: GradedQuestion): PreparedQuestion {
    const ready = prepared.get(question) ?? prepareQuestion(question, words);
    // A map keeps the order in which it was filled: the first key is the one that was asked for longest ago.
    prepared.delete(question);
    prepared.set(question, ready);
    const [oldest] = prepared.keys();
    if (prepared.size > KEPT && oldest) prepared.delete(oldest);
    return ready;
  }

  return (question: GradedQuestion, answer: string, before: readonly string[] = []): Grade => {
    const ready = preparedOf(question);
    const alone = gradeAnswer(ready, answer, weights);
    // What holds nothing to grade is not made better by what was said before.
    if (before.length === 0 || alone.gates?.some(({ keeps }) => keeps === 0)) return alone;
    return withContext(alone, gradeAnswer(ready, [...before, answer].join('\n'), weights), ready);
  };
}

/** Grades an answer in words against the key points of its question, offline. Never throws, whatever the answer is. */
export function gradeAnswer(question: PreparedQuestion, answer: string, weights: Weights): Grade {
  const { passage, gates } = passGates(answer, question);
  const keeps = gates.reduce((least, gate) => Math.min(least, gate.keeps), 1);
  const looked = keeps > 0 ? passage : { ...passage, windows: [], bounds: new Map() };
  const right = rightBounds(question, looked);
  const candidates = findEvidence(question, looked);
  const sightings = question.points.map((point, i) => sight(point, candidates[i] ?? [], weights));
  const flags = question.redFlags.flatMap((flag) => {
    const claim = findClaim(flag.wordings, looked, right);
    return claim && !isEvidence(claim.window, sightings) ? [{ flag, claim }] : [];
  });
  const points = sightings.map(
    (sighting): PointGrade => pointGrade(sighting, { keeps, looked, right }),
  );
  const sure = flags.filter(({ claim }) => isSure(claim));
  return gradeOf(question, points, {
    gates,
    deducted: Math.min(
      MOST_DEDUCTED,
      sure.reduce((sum, { flag }) => sum + flag.deduct, 0),
    ),
    redFlags: sure.map(({ flag, claim }) => ({ text: flag.text, evidence: claim.evidence })),
    doubts: flags
      .filter(({ claim }) => !isSure(claim) && isNear(claim))
      .map(({ flag, claim }) => ({ text: flag.text, evidence: claim.evidence })),
  });
}

/** The best evidence of one point. */
type Sighting = {
  point: PreparedPoint;
  best: (Candidate & { likelihood: Likelihood }) | undefined;
  credit: number;
};

function sight(point: PreparedPoint, candidates: readonly Candidate[], weights: Weights): Sighting {
  const [best] = candidates
    .map((candidate) => ({ ...candidate, likelihood: likelihoodOf(candidate.evidence, weights) }))
    .sort((a, b) => b.likelihood.likelihood - a.likelihood.likelihood);
  return { point, best, credit: best ? creditOf(best.likelihood, weights) : 0 };
}

/** A sentence is evidence for one side only: that of the point, when most of its words stand there. */
function isEvidence({ from, to }: Window, sightings: readonly Sighting[]): boolean {
  return sightings.some(({ best, credit }) => {
    if (!best || credit < PARTLY) return false;
    const places = best.evidence.matches[0].found.map(({ at }) => at);
    return 2 * places.filter((at) => at >= from && at < to).length > places.length;
  });
}

function pointGrade(
  { point, best, credit: earned }: Sighting,
  { keeps, looked, right }: { keeps: number; looked: Passage; right: readonly number[] },
): PointGrade {
  const { id, text } = point;
  const credit = earned * keeps;
  const opposite: Claim | undefined =
    credit < PARTLY ? findClaim(point.wrong, looked, right) : undefined;
  if (opposite && isSure(opposite))
    return {
      id,
      text,
      verdict: 'contradicted',
      credit: 0,
      evidence: opposite.evidence,
      unsure: false,
    };
  if (!best) return { id, text, verdict: 'missed', credit, evidence: '', unsure: false };
  const { features, own, likelihood } = best.likelihood;
  const verdict = verdictOf(credit);
  return {
    id,
    text,
    verdict,
    credit,
    evidence: verdict === 'missed' ? '' : quote(looked, best.window),
    unsure: keeps === 1 && verdict !== 'covered' && likelihood >= UNSURE_FROM,
    why: { wording: best.evidence.matches[0].wording.text, features, own, likelihood },
  };
}

/** The grade of some points: the share of the weight that was found, less false claims, under the cap of required points. */
export function gradeOf(
  question: Pick<PreparedQuestion, 'points'>,
  points: PointGrade[],
  {
    gates,
    deducted,
    redFlags,
    doubts,
  }: { gates: Gate[]; deducted: number } & Pick<Grade, 'redFlags' | 'doubts'>,
): Grade {
  const credits = new Map(points.map(({ id, credit }) => [id, credit]));
  const found = question.points.reduce(
    (sum, { id, share }) => sum + share * (credits.get(id) ?? 0),
    0,
  );
  const lacking = question.points.filter(
    ({ id, required }) => required && (credits.get(id) ?? 0) < PARTLY,
  );
  const before = Math.max(0, found - deducted);
  const isCapped = lacking.length > 0 && before > WITHOUT_REQUIRED;
  const score = isCapped ? WITHOUT_REQUIRED : Math.min(1, before);
  const level = levelOf(score);
  return {
    score,
    level,
    levelWord: LEVELS[level],
    points,
    redFlags,
    flags: [...new Set(gates.map(({ name }) => name))],
    found,
    deducted,
    cappedBy: isCapped ? lacking.map(({ text }) => text) : [],
    gates,
    doubts: doubts ?? [],
  };
}

/** An answer with the points of all that was said before it, where that does it more good. */
function withContext(alone: Grade, together: Grade, question: PreparedQuestion): Grade {
  const points = alone.points.map((own, i) => {
    const both = together.points[i];
    return both && both.credit > own.credit ? both : own;
  });
  return gradeOf(question, points, {
    gates: alone.gates ?? [],
    deducted: alone.deducted ?? 0,
    redFlags: alone.redFlags,
    doubts: alone.doubts,
  });
}
