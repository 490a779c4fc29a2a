import { isContent } from './annotate.ts';
import { type FieldLeaning, readLeaning } from './leaning.ts';
import { listedShare } from './lists.ts';
import { apartness, type PointMatch } from './match.ts';
import { mixedShare } from './mixing.ts';
import { exchangedShare } from './owners.ts';
import { linesOf, type Passage } from './passage.ts';
import { denyingShare, turnedShare } from './stance.ts';
import { elsewhere } from './topics.ts';
import type { PreparedPoint, PreparedQuestion } from './types.ts';

/** What speaks for or against one key point having been said. All are numbers without a unit, mostly 0 to 1. */
export type PointClues = {
  /** The mean match of the three best wordings. */
  mean: number;
  /** The best match, and what of it lies above two thirds. */
  best: number;
  strong: number;
  /** Share of the match's words that no better matched point claims. */
  own: number;
  /** How well the other points' wordings match this one. */
  common: number;
  /** How far the words stand apart. */
  apart: number;
};

/** What the whole answer says about how far its matches can be trusted. */
export type AnswerClues = {
  /** Share of its content words that the question already holds. */
  asked: number;
  /** The number of key points, in tens: of many, people forgive a missing one. */
  tens: number;
  /** How far its share of grammar words lies below 0.35: lists and telegrams. */
  bare: number;
  /** Share of words that sound good and say nothing. */
  vague: number;
  /** ln of what the gates leave, at least ln 0.1. */
  gates: number;
  /** The mean and the best match over all points. */
  meanMatch: number;
  bestMatch: number;
  /** Share of words in stretches that state nothing, beyond what people list. */
  listed: number;
  /** Share of what was said that was said of another thing, and how far things that are told apart were exchanged. */
  misplaced: number;
  exchanged: number;
  /** How much more its clauses mix words of different key points than the model answer's do, 0 to 1. */
  mixed: number;
  /** Share of the topic's words that were turned round, beyond what happens by chance. */
  turned: number;
  /** Share of clauses that deny something, beyond right wordings' and chance. */
  denying: number;
  /** Whether its words stand together as in false wordings or as in right ones, −2 to 2. */
  leaning: number;
  /** The same by what is said of the whole field, where the question's own wordings say nothing. */
  field: number;
  /** How much less it would lean to the false ones if two of its words changed places. */
  swapGain: number;
  /** How much more it is about another topic of the field than about its question. */
  elsewhere: number;
};

const STRONG = 0.65;
const GRAMMAR = 0.35;
const LEAST_GATES = 0.1;
/** Honest answers list, turn round and deny so much. */
const USUAL = { listed: 0.4, turned: 0.1, denying: 0.1 };

const UNHEARD: FieldLeaning = new Map();

/** Everything that was seen of one point, before it is boiled down. */
export type Sighting = {
  point: PreparedPoint;
  match: PointMatch;
  own: number;
  misplaced: number;
};

/** The clues to one point. */
export function pointClues({ point, match, own }: Sighting): PointClues {
  return {
    mean: match.mean,
    best: match.raw,
    strong: Math.max(0, match.raw - STRONG),
    own,
    common: point.common,
    apart: match.best ? apartness(match.best) : 0,
  };
}

/** The clues to the answer as a whole. */
export function answerClues(
  sightings: readonly Sighting[],
  {
    passage,
    question,
    gates,
  }: {
    passage: Passage;
    question: PreparedQuestion;
    gates: number;
  },
): AnswerClues {
  const { background } = question;
  const content = passage.tokens.filter(isContent);
  const words = passage.tokens.filter(({ kind }) => kind === 'word');
  const shareOf = (count: number, all: number) => count / Math.max(1, all);
  const over = (value: (sighting: Sighting) => number) =>
    sightings.reduce((sum, sighting) => sum + sighting.point.share * value(sighting), 0);
  const most = (value: (sighting: Sighting) => number) => Math.max(0, ...sightings.map(value));
  const isVague = (stem: string) =>
    passage.lexicon.vague.has(stem) && !question.topic.stems.has(stem);
  return {
    asked: shareOf(content.filter(({ stem }) => question.asked.has(stem)).length, content.length),
    tens: sightings.length / 10,
    bare: Math.max(0, GRAMMAR - shareOf(words.filter(({ stop }) => stop).length, words.length)),
    vague: shareOf(content.filter(({ stem }) => isVague(stem)).length, words.length),
    gates: Math.log(Math.max(LEAST_GATES, gates)),
    meanMatch: over(({ match }) => match.raw),
    bestMatch: most(({ match }) => match.raw),
    listed: Math.max(0, listedShare(passage) - USUAL.listed),
    misplaced: over(({ misplaced }) => misplaced),
    exchanged: exchangedShare(question.owners, passage, background),
    mixed: mixedShare(question.mixing, passage, question),
    turned: Math.max(0, turnedShare(question.stance, passage, background) - USUAL.turned),
    denying: Math.max(0, denyingShare(question.stance, passage) - USUAL.denying),
    elsewhere:
      background && question.ownTopic
        ? elsewhere(passage.tokens, question.ownTopic, background.topics)
        : 0,
    ...readLeaning(question.leaning, background?.leaning ?? UNHEARD, linesOf(passage)),
  };
}
