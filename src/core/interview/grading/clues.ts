import { isContent } from './annotate.ts';
import type { ContraryMatch } from './contrary.ts';
import { apartness, orderliness, type PointMatch } from './match.ts';
import type { Passage } from './passage.ts';
import type { PreparedPoint, PreparedQuestion } from './types.ts';

/** What speaks for or against one key point having been said. All are numbers without a unit, mostly 0 to 1. */
export type PointClues = {
  /** The mean match of the three best wordings. */
  mean: number;
  /** The best match, and what of it lies above two thirds. */
  best: number;
  strong: number;
  /** 1 when the opposite was said rather than not. */
  opposed: number;
  /** Share of the match's words that no better matched point claims. */
  own: number;
  /** How well the other points' wordings match this one. */
  common: number;
  /** How far the words stand apart, in how many places, and whether in the wording's order. */
  apart: number;
  places: number;
  order: number;
  /** ln(1 + wordings): with more wordings to choose from a match comes more easily. */
  wordings: number;
  /** How clearly a false wording was met, by the words that no true one has. */
  contrary: number;
};

/** What the whole answer says about how far its matches can be trusted. */
export type AnswerClues = {
  /** Share of its content words that the question already holds. */
  asked: number;
  /** How far its share of grammar words lies below 0.35: lists and telegrams. */
  bare: number;
  /** Share of words that sound good and say nothing. */
  vague: number;
  /** ln of what the gates leave, at least ln 0.1. */
  gates: number;
  /** The mean and the best match over all points. */
  meanMatch: number;
  bestMatch: number;
  /** How much better false wordings were met than true ones, and the clearest of them. */
  contrary: number;
  contraryMost: number;
  /** Share of what was said that was said of another thing. */
  misplaced: number;
};

const STRONG = 0.65;
const OPPOSED = 0.5;
const MOST_PLACES = 6;
const GRAMMAR = 0.35;
const LEAST_GATES = 0.1;

/** Everything that was seen of one point, before it is boiled down. */
export type Sighting = {
  point: PreparedPoint;
  match: PointMatch;
  own: number;
  contrary: ContraryMatch;
  misplaced: number;
};

/** The clues to one point. */
export function pointClues({ point, match, own, contrary }: Sighting): PointClues {
  const places = new Set(match.best?.found.map(({ at }) => at)).size;
  return {
    mean: match.mean,
    best: match.raw,
    strong: Math.max(0, match.raw - STRONG),
    opposed: match.against > OPPOSED ? 1 : 0,
    own,
    common: point.common,
    apart: match.best ? apartness(match.best) : 0,
    places: Math.min(places, MOST_PLACES) / MOST_PLACES,
    order: match.best ? orderliness(match.best) : 0.5,
    wordings: Math.log(1 + point.phrases.length),
    contrary: contrary.clear,
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
    bare: Math.max(0, GRAMMAR - shareOf(words.filter(({ stop }) => stop).length, words.length)),
    vague: shareOf(content.filter(({ stem }) => isVague(stem)).length, words.length),
    gates: Math.log(Math.max(LEAST_GATES, gates)),
    meanMatch: over(({ match }) => match.raw),
    bestMatch: most(({ match }) => match.raw),
    contrary: over(({ match, contrary }) => Math.max(0, contrary.recall - match.raw)),
    contraryMost: most(({ contrary }) => contrary.clear),
    misplaced: over(({ misplaced }) => misplaced),
  };
}
