import { type Match, matchPhrase, type PointMatch } from './match.ts';
import type { Passage } from './passage.ts';
import type { PreparedFlag } from './types.ts';

/** A red flag needs this much of a wording, in one sentence, in so many different words, close together. */
const STRICT = { recall: 0.84, words: 3, fit: 0.75 };
/** Words of the claim may lie this far apart: twice their number and a few more. */
const SPREAD = { factor: 2, extra: 5 };
/** So much of them stands in one clause. */
const ONE_CLAUSE = 0.7;

/** Red flags that the answer raises, with the sentence that raises them. Strict, since false claims share words with true ones. */
export function findMisconceptions(
  flags: readonly PreparedFlag[],
  passage: Passage,
  points: readonly PointMatch[],
): { flag: PreparedFlag; evidence: string }[] {
  return flags.flatMap((flag) => {
    const match = bestClaim(flag, passage);
    if (!match || isOutdone(match, points)) return [];
    const sentence = passage.sentences.find(
      ({ from, to }) => match.window.from >= from && match.window.to <= to,
    );
    return [{ flag, evidence: sentence?.text ?? '' }];
  });
}

function bestClaim(flag: PreparedFlag, passage: Passage): Match | undefined {
  let best: Match | undefined;
  for (const phrase of flag.phrases) {
    for (const window of passage.windows) {
      if (window.factor < 1) continue;
      const match = matchPhrase(phrase, window, passage);
      if (match.recall <= (best?.recall ?? 0)) continue;
      if (isStrict(match) && isMeant(match, passage) && isOfOneClause(match, passage)) best = match;
    }
  }
  return best;
}

function isStrict(match: Match): boolean {
  const { phrase, found, recall } = match;
  if (recall < STRICT.recall || match.opposed > 0) return false;
  const places = found.map(({ at }) => at);
  if (new Set(places).size < STRICT.words) return false;
  const spread = Math.max(...places) - Math.min(...places);
  if (spread > SPREAD.factor * phrase.tokens.length + SPREAD.extra) return false;
  const met = new Set(found.filter(({ fit }) => fit >= STRICT.fit).map(({ token }) => token));
  return phrase.tokens.every(
    (token) => met.has(token) || (token.sides.length === 0 && token.kind !== 'number'),
  );
}

/** No word of the claim is denied where the claim itself does not deny it: "no extra latency" adds none. */
function isMeant({ found }: Match, { tokens }: Passage): boolean {
  return found.every(({ at, token }) => (tokens[at]?.polarity ?? 1) * token.polarity >= 0);
}

/** Most of the claim stands in one clause: "cache smaller by the group factor, FLOPs of attention the same" saves no FLOPs. */
function isOfOneClause({ found }: Match, { tokens }: Passage): boolean {
  const counts = new Map<number, number>();
  for (const { at } of found) {
    const clause = tokens[at]?.clause ?? 0;
    counts.set(clause, (counts.get(clause) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values()) >= ONE_CLAUSE * found.length;
}

/** The same sentence says a key point better than the false claim: it is the true one. */
function isOutdone(claim: Match, points: readonly PointMatch[]): boolean {
  return points.some(
    ({ best }) =>
      best &&
      best.window.from < claim.window.to &&
      claim.window.from < best.window.to &&
      best.window.factor === 1 &&
      best.recall > claim.recall &&
      best.found.filter(({ at }) => claim.found.some((hit) => hit.at === at)).length >= 2,
  );
}
