import { isContent } from './annotate.ts';
import { listedShare } from './lists.ts';
import { apartness, type PointMatch } from './match.ts';
import { exchangedShare } from './owners.ts';
import type { Passage } from './passage.ts';
import { tellingWeight, turnedShare } from './stance.ts';
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
  /** How far the words stand apart, and in how many places. */
  apart: number;
  places: number;
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
  /** How far the share of its own words that match anything lies below a fifth: right words on another matter. */
  unused: number;
  /** Share of words in stretches that state nothing, beyond what people list. */
  listed: number;
  /** How much better false wordings were met than true ones, and how well the best met red flag was. */
  contrary: number;
  flagged: number;
  /** Share of what was said that was said of another thing, and how far things that are told apart were exchanged. */
  misplaced: number;
  exchanged: number;
  /** Share of the topic's words that were turned round, beyond what happens by chance. */
  turned: number;
};

const STRONG = 0.65;
const MOST_PLACES = 6;
const GRAMMAR = 0.35;
const LEAST_GATES = 0.1;
/** Honest answers list and turn round so much. */
const USUAL = { listed: 0.4, turned: 0.1 };
/** A match below this uses no words, and an answer uses this share of its own. */
const USED = { match: 0.4, share: 0.2 };

/** Everything that was seen of one point, before it is boiled down. */
export type Sighting = {
  point: PreparedPoint;
  match: PointMatch;
  own: number;
  /** How well a false wording was met, 0 to 1. */
  contrary: number;
  misplaced: number;
};

/** The clues to one point. */
export function pointClues({ point, match, own }: Sighting): PointClues {
  const places = new Set(match.best?.found.map(({ at }) => at)).size;
  return {
    mean: match.mean,
    best: match.raw,
    strong: Math.max(0, match.raw - STRONG),
    own,
    common: point.common,
    apart: match.best ? apartness(match.best) : 0,
    places: Math.min(places, MOST_PLACES) / MOST_PLACES,
  };
}

/** The clues to the answer as a whole. */
export function answerClues(
  sightings: readonly Sighting[],
  {
    passage,
    question,
    gates,
    flagged,
  }: {
    passage: Passage;
    question: PreparedQuestion;
    gates: number;
    flagged: number;
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
    bare: Math.max(0, GRAMMAR - shareOf(words.filter(({ stop }) => stop).length, words.length)),
    vague: shareOf(content.filter(({ stem }) => isVague(stem)).length, words.length),
    gates: Math.log(Math.max(LEAST_GATES, gates)),
    meanMatch: over(({ match }) => match.raw),
    bestMatch: most(({ match }) => match.raw),
    unused: Math.max(0, USED.share - usedShare(sightings, passage, question)),
    listed: Math.max(0, listedShare(passage) - USUAL.listed),
    contrary: over(({ match, contrary }) => Math.max(0, contrary - match.raw)),
    flagged,
    misplaced: over(({ misplaced }) => misplaced),
    exchanged: exchangedShare(question.owners, passage, background),
    turned: Math.max(0, turnedShare(question.stance, passage, background) - USUAL.turned),
  };
}

/** Share of an answer's words of content, the question's own left out, that stand in a match. */
function usedShare(
  sightings: readonly Sighting[],
  { tokens }: Passage,
  { asked, background }: PreparedQuestion,
): number {
  const matched = sightings.filter(({ match }) => match.raw >= USED.match);
  const used = new Set(matched.flatMap(({ match }) => match.best?.found.map(({ at }) => at) ?? []));
  let own = 0;
  let served = 0;
  for (const [at, token] of tokens.entries()) {
    if (!isContent(token) || asked.has(token.stem)) continue;
    const weight = tellingWeight(token, background);
    own += weight;
    if (used.has(at)) served += weight;
  }
  return served / Math.max(1, own);
}
