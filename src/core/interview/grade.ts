import { rawGates, wordGates } from './grading/gates.ts';
import { cutInjection } from './grading/injection.ts';
import type { Lexicon } from './grading/lexicon.ts';
import { type Match, matchPoint, type PointMatch } from './grading/match.ts';
import { findMisconceptions } from './grading/misconceptions.ts';
import { type Passage, readPassage } from './grading/passage.ts';
import { prepareQuestion } from './grading/prepare.ts';
import {
  contradicts,
  creditOf,
  isOpen,
  LEVEL_WORDS,
  levelOf,
  scoreOf,
  verdictOf,
} from './grading/score.ts';
import { sentences } from './grading/sentences.ts';
import type {
  AnswerFlag,
  Background,
  Grade,
  GradedQuestion,
  PointGrade,
  PreparedPoint,
  PreparedQuestion,
} from './grading/types.ts';

/** Answers that carry one of these are not matched at all. */
const HOPELESS: ReadonlySet<AnswerFlag> = new Set(['empty', 'dont-know', 'copy']);
/** Shorter answers are not open to doubt: there is too little in them. */
const LEAST_WORDS_TO_DOUBT = 18;
const GOOD_ENOUGH = 0.5;
const HEDGE =
  /\b(?:maybe|perhaps|possibly|might|could be|may be|i guess|i suppose|not (?:completely |really |so |quite )?sure|hard to say|somehow|or something)\b/i;

const prepared = new WeakMap<GradedQuestion, PreparedQuestion>();

/**
 * Grades an answer in words against the key points of its question, offline and without a model.
 *
 * What the question needs is computed at its first answer and kept as long as the question object lives. Never throws,
 * whatever the answer is.
 */
export function gradeAnswer(input: {
  question: GradedQuestion;
  answer: string;
  lexicon: Lexicon;
  background?: Background | undefined;
}): Grade {
  const question = preparedOf(input.question, input.lexicon, input.background);
  const flags = new Set(rawGates(input.answer));
  const { kept, cut } = cutInjection(sentences(input.answer), question.aboutInjection);
  if (cut.length > 0) flags.add('injection');
  const passage = readPassage(kept, question);
  const gates = wordGates(passage, question);
  for (const flag of gates.flags) flags.add(flag);
  if ([...flags].some((flag) => HOPELESS.has(flag))) return nothingFound(question, [...flags]);
  return gradePassage({ question, passage, flags: [...flags], factor: gates.factor });
}

function preparedOf(
  question: GradedQuestion,
  lexicon: Lexicon,
  background: Background | undefined,
): PreparedQuestion {
  const known = prepared.get(question);
  if (known && known.lexicon === lexicon) return known;
  const fresh = prepareQuestion(question, lexicon, background);
  prepared.set(question, fresh);
  return fresh;
}

function gradePassage(input: {
  question: PreparedQuestion;
  passage: Passage;
  flags: AnswerFlag[];
  factor: number;
}): Grade {
  const { question, passage, flags, factor } = input;
  const matches = question.points.map(({ phrases }) => matchPoint(phrases, passage));
  const points = question.points.map((point, i) => gradePoint(point, matches[i], passage));
  const claims = findMisconceptions(question.redFlags, passage, matches);
  const sum = (value: (point: PointGrade) => number) =>
    points.reduce((total, point, i) => total + value(point) * (question.points[i]?.share ?? 0), 0);
  const score = scoreOf({
    credit: sum(({ credit }) => credit),
    contradicted: sum(({ verdict }) => (verdict === 'contradicted' ? 1 : 0)),
    deducted: claims.reduce((total, { flag }) => total + flag.deduct, 0),
    factor,
  });
  const open = points.filter(({ unsure }) => unsure).length;
  const doubtful =
    flags.length === 0 && claims.length === 0 && passage.words >= LEAST_WORDS_TO_DOUBT;
  return {
    ...levelled(score),
    points,
    redFlags: claims.map(({ flag, evidence }) => ({ text: flag.text, evidence })),
    flags,
    certain: !(doubtful && (score < GOOD_ENOUGH || open >= 2)),
  };
}

function gradePoint(
  point: PreparedPoint,
  match: PointMatch | undefined,
  passage: Passage,
): PointGrade {
  const { id, text } = point;
  if (!match) return { id, text, verdict: 'missed', credit: 0, evidence: '', unsure: false };
  if (contradicts(match)) {
    return {
      id,
      text,
      verdict: 'contradicted',
      credit: 0,
      evidence: evidenceOf(match.opponent, passage),
      unsure: false,
    };
  }
  const evidence = evidenceOf(match.best, passage);
  const credit = creditOf(match, { hedged: HEDGE.test(evidence), words: passage.words });
  return { id, text, verdict: verdictOf(credit), credit, evidence, unsure: isOpen(credit) };
}

/** The sentence that holds most of a match, as it was typed. */
function evidenceOf(match: Match | undefined, passage: Passage): string {
  let best = { weight: 0, text: '' };
  for (const { from, to, text } of match ? passage.sentences : []) {
    const inside = match?.found.filter(({ at }) => at >= from && at < to) ?? [];
    const weight = inside.reduce((sum, { token, fit }) => sum + token.weight * fit, 0);
    if (weight > best.weight) best = { weight, text };
  }
  return best.text;
}

function nothingFound(question: PreparedQuestion, flags: AnswerFlag[]): Grade {
  const points = question.points.map(
    ({ id, text }): PointGrade => ({
      id,
      text,
      verdict: 'missed',
      credit: 0,
      evidence: '',
      unsure: false,
    }),
  );
  return { ...levelled(0), points, redFlags: [], flags, certain: true };
}

function levelled(score: number): Pick<Grade, 'score' | 'level' | 'levelWord'> {
  const level = levelOf(score);
  return { score, level, levelWord: LEVEL_WORDS[level] };
}
