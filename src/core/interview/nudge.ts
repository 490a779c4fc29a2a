import type { FreeTextQuestion } from '../questions/schema.ts';
import { contentWords, overlap } from './partial-mention.ts';
import type { Item, Probe } from './state.ts';

/** What comes before a hint that is put as a follow-up, one after the other. */
const LEADS = [
  "Can you say more about this? Here's a hint:",
  "Let's look at this from another side. Here's a hint:",
  "Let's stay on this a little longer. Try it this way:",
  "Let's go one step further. This may help:",
  "Take another look at this. Here's a place to start:",
] as const;

/** What turns a hint that is no question itself into one. */
const CLOSE = 'Where does that lead you?';

/**
 * A hint as an interviewer puts it: hints of the bank tell what to do, state something or ask.
 *
 * @param count How many hints an interview has had as follow-ups: no two in a row begin alike.
 */
export function formatNudge(hint: string, count: number): string {
  const words = `${LEADS[count % LEADS.length] ?? LEADS[0]} ${hint}`;
  return hint.endsWith('?') ? words : `${words} ${CLOSE}`;
}

const nudgesIn = (items: readonly Item[]): number =>
  items.flatMap(({ exchanges }) => exchanges).filter(({ hint }) => hint !== undefined).length;

/** Words that a follow-up, a hint or a part of the question shares with the key point that it leads to. */
const NEAR = { followUp: 3, hint: 2, part: 1 };

/** Below this score somebody needs help before depth. */
const LOST = 0.3;

/** The follow-ups of a question that were not asked yet. */
export const unasked = ({ followUps }: FreeTextQuestion, { exchanges }: Item) =>
  followUps.filter(({ ask }) => exchanges.every((exchange) => exchange.ask !== ask));

/**
 * Points towards one of the key points without saying it: the first of them that anything leads to. That is a hint that
 * was not given yet, a follow-up of the bank, or the part of the question that asks for it; for somebody who is lost, any
 * hint. Undefined when nothing leads to any of them, or all leads sooner to what was said.
 *
 * @param missed The key points to go for, the largest gap first; an answer has touched on all others.
 * @param items The items of the interview, the question's own at the end.
 */
export function nudge(
  question: FreeTextQuestion,
  missed: readonly KeyPoint[],
  { items, score }: { items: readonly Item[]; score: number },
): Omit<Probe, 'depth'> | undefined {
  const item = items.at(-1);
  if (!item) return undefined;
  const points = question.keyPoints.map((point) => ({
    id: point.id,
    isMissed: missed.includes(point),
    words: contentWords([point.text, ...point.phrasings].join(' ')),
  }));
  const offer = (text: string, probe: Offer['probe']): Offer => {
    const words = contentWords(text);
    const near = new Map(points.map((point) => [point.id, overlap(words, point.words)]));
    const toHeard = Math.max(
      0,
      ...points.map(({ id, isMissed }) => (isMissed ? 0 : (near.get(id) ?? 0))),
    );
    return { probe, near, toHeard };
  };
  const asks = unasked(question, item).map(({ ask, expect }) =>
    offer(`${ask} ${expect}`, { ask, expect }),
  );
  const hints = question.hints
    .slice(0, 2)
    .map((text, index) => ({ text, hint: index + 1 }))
    .filter(({ hint }) => hint > item.hints && item.exchanges.every((each) => each.hint !== hint))
    .map(({ text, hint }) => offer(text, { ask: formatNudge(text, nudgesIn(items)), hint }));
  const parts = partsOf(question.prompt)
    .map((part) => offer(part, { ask: formatPart(part) }))
    .filter(({ probe: { ask } }) => item.exchanges.every((exchange) => exchange.ask !== ask))
    // Its words stand in what was said as well as a rule; one must be its own.
    .map((each) => ({ ...each, toHeard: each.toHeard + 1 }));
  const ids = missed.map(({ id }) => id);
  if (score < LOST)
    return (
      firstOf(ids, (id) => nearest(hints, id, 1)) ??
      firstOf(ids, (id) => nearest(hints, id, 0)) ??
      firstOf(ids, (id) => nearest(asks, id, NEAR.followUp))
    );
  return firstOf(
    ids,
    (id) =>
      nearest(hints, id, NEAR.hint) ??
      nearest(asks, id, NEAR.followUp) ??
      nearest(parts, id, NEAR.part),
  );
}

/** What leads to the first of some points that anything leads to. */
function firstOf<T>(ids: readonly string[], find: (id: string) => T | undefined): T | undefined {
  for (const id of ids) {
    const found = find(id);
    if (found) return found;
  }
  return undefined;
}

type KeyPoint = FreeTextQuestion['keyPoints'][number];

/** Something to ask, and how near it is to each key point and to the nearest of those that were said. */
type Offer = {
  probe: Pick<Probe, 'ask' | 'expect' | 'hint'>;
  near: ReadonlyMap<string, number>;
  toHeard: number;
};

/** What leads to a point, and not sooner to what was said. */
function nearest(
  offers: readonly Offer[],
  id: string,
  least: number,
): Omit<Probe, 'depth'> | undefined {
  const [best] = offers
    .map(({ near, ...offer }) => ({ ...offer, near: near.get(id) ?? 0 }))
    .filter(({ near, toHeard }) => near >= least && near >= toHeard)
    .sort((a, b) => b.near - a.near);
  return best && { ...best.probe, point: id };
}

/** What a question asks for, where that is several things: "Cover what is trained, and how it starts." */
function partsOf(prompt: string): string[] {
  const parts = prompt
    .split(/(?<=[.?!])\s+|[,;:]\s+(?:and\s+)?|\s+and\s+(?=(?:what|how|why|when|which|where|who)\b)/)
    .map((part) =>
      part.replace(/^(?:cover|explain|include|name|say)\s+/i, '').replace(/[.?!]+$/, ''),
    )
    .filter((part) => /^(?:what|how|why|when|which)\b/i.test(part));
  return parts.length > 1 ? parts : [];
}

const formatPart = (part: string) =>
  `Let's go back to one part of the question: ${part.charAt(0).toLowerCase()}${part.slice(1)}. What would you add there?`;
