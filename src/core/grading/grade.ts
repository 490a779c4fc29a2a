import { contradicts } from './contradiction.ts';
import { type Candidate, findEvidence } from './evidence.ts';
import { type FieldWords, type FieldWordsFile, openFieldWords } from './field-words.ts';
import { passGates } from './gates.ts';
import type { Heard } from './heard.ts';
import { LEVELS, levelOf, PARTLY } from './levels.ts';
import { mistakesIn } from './mistakes.ts';
import { type Passage, quote } from './passage.ts';
import { type PreparedPoint, type PreparedQuestion, prepareQuestion } from './question.ts';
import {
  creditOf,
  type Likelihood,
  likelihoodOf,
  verdictOf,
  type Weights,
  WITHOUT_REQUIRED,
} from './score.ts';
import { type CompiledLexicon, type Lexicon, openLexicon } from './text/lexicon.ts';
import type { Gate, Grade, GradedQuestion, PointGrade } from './types.ts';

/** So many questions are kept ready, those that were answered last: about 1.3 MB each. */
const KEPT = 16;
/** Of credits below "covered" this much is close to call: ask "Did you say it?". */
const UNSURE_FROM = 0.08;

/** What answers are graded with, as it is stored: a fraction of a second apart from what is looked up in. */
export type StoredWords = {
  lexicon: CompiledLexicon;
  field: FieldWordsFile;
  heard: Heard;
  weights: Weights;
};

/** What answers are graded with. */
export type GradingWords = { lexicon: Lexicon; field: FieldWords; heard: Heard; weights: Weights };

/** Makes look-up tables of what is stored. */
export function openWords({ lexicon, field, heard, weights }: StoredWords): GradingWords {
  return { lexicon: openLexicon(lexicon), field: openFieldWords(field), heard, weights };
}

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
  const candidates = findEvidence(question, looked);
  const sightings = question.points.map((point, i) =>
    sight(point, candidates[i] ?? [], { weights, question, passage: looked }),
  );
  const points = sightings.map((sighting) => pointGrade(sighting, keeps, looked));
  const mistakes = mistakesIn(question.mistakes, looked);
  return { ...gradeOf(question, points, gates), ...(mistakes.length > 0 ? { mistakes } : {}) };
}

/** The best evidence of one point. */
type Sighting = {
  point: PreparedPoint;
  best: (Candidate & { likelihood: Likelihood }) | undefined;
  credit: number;
};

function sight(
  point: PreparedPoint,
  candidates: readonly Candidate[],
  { weights, ...where }: { weights: Weights; question: PreparedQuestion; passage: Passage },
): Sighting {
  const best = candidates
    .map((candidate) => ({ ...candidate, likelihood: likelihoodOf(candidate.evidence, weights) }))
    .sort((a, b) => b.likelihood.likelihood - a.likelihood.likelihood)
    .find(({ window, evidence }) => !contradicts(window, evidence.matches, { point, ...where }));
  return { point, best, credit: best ? creditOf(best.likelihood, weights) : 0 };
}

function pointGrade(
  { point, best, credit: earned }: Sighting,
  keeps: number,
  looked: Passage,
): PointGrade {
  const { id, text } = point;
  const credit = earned * keeps;
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

/** The grade of some points: the share of the weight that was found, under the cap of required points. */
function gradeOf(
  question: Pick<PreparedQuestion, 'points'>,
  points: PointGrade[],
  gates: Gate[],
): Grade {
  const credits = new Map(points.map(({ id, credit }) => [id, credit]));
  const found = question.points.reduce(
    (sum, { id, share }) => sum + share * (credits.get(id) ?? 0),
    0,
  );
  const lacking = question.points.filter(
    ({ id, required }) => required && (credits.get(id) ?? 0) < PARTLY,
  );
  const isCapped = lacking.length > 0 && found > WITHOUT_REQUIRED;
  const score = isCapped ? WITHOUT_REQUIRED : Math.min(1, found);
  const level = levelOf(score);
  return {
    score,
    level,
    levelWord: LEVELS[level],
    points,
    flags: [...new Set(gates.map(({ name }) => name))],
    cappedBy: isCapped ? lacking.map(({ text }) => text) : [],
    gates,
  };
}

/** An answer with the points of all that was said before it, where that does it more good. */
function withContext(alone: Grade, together: Grade, question: PreparedQuestion): Grade {
  const points = alone.points.map((own, i) => {
    const both = together.points[i];
    return both && both.credit > own.credit ? both : own;
  });
  return { ...alone, ...gradeOf(question, points, alone.gates ?? []) };
}
