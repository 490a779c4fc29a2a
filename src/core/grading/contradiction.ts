import { type Sides, sidesOf } from './contrast.ts';
import type { Found, Match } from './match.ts';
import type { Passage, Window } from './passage.ts';
import type { PreparedPoint, PreparedQuestion } from './question.ts';
import type { MarkedToken } from './text/annotate.ts';
import { agree, isNear, type Quantity } from './text/quantities.ts';

/** Of wordings that are met this nearly as well as the best, one that fits is enough. */
const NEARLY = 0.85;
/** From this share on of what was met, a denial or the opposite turns the statement round. */
const DENIED = 0.5;
const TURNED = 0.25;

/** Whether a run of clauses says the opposite of a key point, however many of its words it has. */
export function contradicts(
  window: Window,
  matches: readonly [Match, ...Match[]],
  {
    point,
    question,
    passage,
  }: { point: PreparedPoint; question: PreparedQuestion; passage: Passage },
): boolean {
  if (isRunOn(passage, window)) return false;
  if (hasOtherNumber(window, point, { question, passage })) return true;
  const near = matches.filter(({ recall }) => recall >= NEARLY * matches[0].recall);
  const sides = answerSides(point, passage);
  return near.every(
    (match) =>
      isDenied(match, passage) ||
      match.turned >= TURNED ||
      (sides && isOfOther(match, sides, { point, window, passage })),
  );
}

const known = new WeakMap<Passage, Map<PreparedPoint, Sides>>();

/** Read once for each point and answer. */
function answerSides(point: PreparedPoint, passage: Passage): Sides | undefined {
  if (!point.contrast) return undefined;
  const read = known.get(passage) ?? new Map<PreparedPoint, Sides>();
  known.set(passage, read);
  const lines = () => passage.sentences.map(({ from, to }) => passage.tokens.slice(from, to));
  const sides = read.get(point) ?? sidesOf(lines(), point.contrast);
  read.set(point, sides);
  return sides;
}

/** What was met is denied here and not in the wording, or the other way round. */
function isDenied({ found }: Match, { tokens }: Passage): boolean {
  const isHere = ({ at }: Found) => tokens[at]?.polarity === -1;
  const isThere = ({ token }: Found) => token.polarity === -1;
  const inAnswer = found.some(isHere);
  if (inAnswer === found.some(isThere)) return false;
  const open = found.filter(
    ({ at, token }) => !(token.sides.length > 0 && (tokens[at]?.sides.length ?? 0) > 0),
  );
  const differing = open.filter((each) => isHere(each) !== isThere(each));
  return inAnswer && weigh(differing) >= DENIED * weigh(found);
}

/** More of the words are said of the other thing than of the one that the wording says them of. */
function isOfOther(
  { wording, found }: Match,
  here: Sides,
  { point, window, passage }: { point: PreparedPoint; window: Window; passage: Passage },
): boolean {
  if (!point.contrast) return false;
  const there = sidesOf(wording.lines, point.contrast);
  // A wording that names neither speaks of the thing that the point is about.
  const meant = (token: MarkedToken) => (there.size === 0 ? 0 : there.get(token));
  let [same, other] = [0, 0];
  for (const { token, weight, at } of found) {
    const said = here.get(passage.tokens[at] ?? token);
    if (said === undefined || meant(token) === undefined) continue;
    if (said === meant(token)) same += weight;
    else other += weight;
  }
  for (const each of wording.tokens)
    for (const at of passage.find(each).opposing)
      if (at >= window.from && at < window.to) {
        const place = passage.tokens[at];
        if (place && here.get(place) !== undefined && here.get(place) === meant(each.token))
          other += each.weight;
      }
  return other > same;
}

const weigh = (found: readonly Found[]) => found.reduce((sum, { weight }) => sum + weight, 0);

/** It gives another number for something that the point counts too, and none of the point's own. */
function hasOtherNumber(
  { from, to }: Window,
  { numbers, counted: own }: PreparedPoint,
  { question, passage }: { question: PreparedQuestion; passage: Passage },
): boolean {
  if (own.length === 0) return false;
  const said = passage.tokens
    .slice(from, to)
    .filter(({ kind, quantities }) => kind === 'number' && !isGiven(quantities, question));
  const counted = said.filter((number) => own.some((each) => countsSame(each, number)));
  const fits = ({ quantities }: MarkedToken) =>
    numbers.some((each) => agree(each, quantities) || isNear(each, quantities));
  return counted.length > 0 && !said.some(fits);
}

const isGiven = (said: readonly Quantity[], { given }: PreparedQuestion) =>
  given.some((quantities) => isNear(quantities, said));

function countsSame(one: MarkedToken, other: MarkedToken): boolean {
  const units = one.quantities.flatMap(({ unit }) => unit || []);
  return (
    other.quantities.some(({ unit }) => units.includes(unit)) ||
    (one.counts !== undefined && one.counts === other.counts)
  );
}

/** So many words without a stop are dictated: where one thing ends and the next begins isn't told. */
const RUN_ON = 35;

const isRunOn = ({ sentences }: Passage, window: Window) =>
  sentences.some(({ from, to }) => to - from > RUN_ON && from < window.to && window.from < to);
