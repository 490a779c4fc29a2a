import type { FeatureName } from './feature-names.ts';
import type { Match } from './match.ts';
import { visitPairs } from './odds.ts';
import type { PreparedQuestion } from './question.ts';
import { isContent, type MarkedToken } from './text/annotate.ts';

/** Everything that the features look at: one point, and the run of clauses that is its best evidence. */
export type Evidence = {
  question: PreparedQuestion;
  tokens: readonly MarkedToken[];
  answer: Whole;
  /** The wordings of the point, the best first; at least one. */
  matches: readonly [Match, ...Match[]];
  /** How well the clauses match the best of the other points' right wordings, and of all wrong ones. */
  otherPoint: number;
  wrongWording: number;
};

/** What is read once of the whole answer: the odds of its pairs of words, and its share of words of the question. */
export type Whole = { odds: number; asked: number };

/** A claim is met in so many of its wordings. */
const FEW = 3;
/** What is left of a match that is denied or turned round in part. */
const DENIED = 1.2;
const TURNED = 1.5;
/** So many pairs that tell nothing are taken for granted. */
const PRIOR = 6;

/**
 * The share of the best wording's words that was said in its sense, rare words counting more. Standard name: idf-weighted token recall
 * (Sultan, Salazar and Sumner 2016).
 *
 * @example "prefill handles the prompt in one go" for "prefill reads the whole prompt in one pass": 0.7.
 */
const match = ({ matches }: Evidence) => Math.max(...matches.map(inItsSense));

/**
 * The mean over the three best wordings: what is met in several wordings is surely there. Standard name: multi-reference
 * overlap.
 *
 * @example A sentence that shares all with one wording and half with two others: 0.67.
 */
const breadth = ({ matches }: Evidence) =>
  matches
    .map(inItsSense)
    .sort((a, b) => b - a)
    .slice(0, FEW)
    .reduce((sum, said) => sum + said, 0) / FEW;

/**
 * How well the same clauses match another key point: words of the topic that serve any point prove little. Standard name:
 * distractor overlap.
 *
 * @example A sentence on what prefill does, read for the point on what decode does: 0.5.
 */
const otherPoint = ({ otherPoint: overlap }: Evidence) => overlap;

/**
 * How well the same clauses match what people say who have it wrong. Standard name: nearest misconception.
 *
 * @example "prefill runs token by token", one of the question's wrong wordings: 1.
 */
const wrongWording = ({ wrongWording: overlap }: Evidence) => overlap;

/**
 * Whether the words that stand together here do so in false statements rather than in right ones, -2 to 2. Standard name:
 * naive Bayes log odds over word pairs.
 *
 * @example "prefill … bandwidth" stands in the wrong wordings of its question: 0.4.
 */
const odds = ({ tokens, question }: Evidence) => meanOdds(tokens, question);

/**
 * The same over the whole answer: who exchanges two things does so in every sentence. It lowers trust by a bounded amount.
 * Standard name: document-level log odds.
 *
 * @example An answer with "prefill" and "decode" exchanged throughout: 0.5.
 */
const answerOdds = ({ answer }: Evidence) => answer.odds;

/**
 * The share of the answer's words that the question already holds. Standard name: question overlap.
 *
 * @example "The two phases of inference are prefill and decode", where the question names them: 0.8.
 */
const asked = ({ answer }: Evidence) => answer.asked;

/** All features; the gates are the tenth. The last two look at the whole answer. */
export const FEATURES = {
  match,
  breadth,

  otherPoint,
  wrongWording,
  odds,
  answerOdds,
  asked,
} as const satisfies Readonly<Record<FeatureName, (evidence: Evidence) => number>>;

/** Those that look beyond the point's own clauses. */
export const OF_ANSWER: ReadonlySet<FeatureName> = new Set(['answerOdds', 'asked']);

/** Reads what two features say of the whole answer. */
export function readWhole(answer: readonly MarkedToken[], question: PreparedQuestion): Whole {
  const content = answer.filter(isContent);
  const known = content.filter(({ stem }) => question.asked.has(stem));
  return {
    odds: meanOdds(answer, question),
    asked: known.length / Math.max(1, content.length),
  };
}

/**
 * How far a wording was met in its own sense: what is denied here and not there, or the other end of whose scale was said,
 * was not said. Standard names: negation polarity, antonym contradiction.
 *
 * @example "decode is not limited by bandwidth" for "decode is limited by bandwidth": 0.3; "the cache shrinks" for "the cache
 * grows": 0.2.
 */
function inItsSense({ recall, denied, turned }: Match): number {
  return recall * Math.max(0, 1 - DENIED * denied - TURNED * turned);
}

/** The mean over pairs of words; the question's own wordings say more of a pair than the field does. */
function meanOdds(tokens: readonly MarkedToken[], { odds: own, field }: PreparedQuestion): number {
  let count = PRIOR;
  let sum = 0;
  visitPairs(tokens, (one, other) => {
    const told = own(one, other) ?? field.odds(one, other);
    if (told === undefined) return;
    count += 1;
    sum += told;
  });
  return sum / count;
}
