import { isContent, type MarkedToken } from './annotate.ts';

/** What the field talks about, each topic by the words that tell it most. */
export type Topics = {
  /** By word, the numbers of the topics that it tells. */
  having: ReadonlyMap<string, readonly number[]>;
  /** By topic, the length of the vector of its words' weights. */
  lengths: Float64Array;
  /** What a word tells; 0 for one that is not known. */
  weigh: (stem: string) => number;
};

/** What a question is about, and which topics are the same or nearly. */
export type OwnTopic = { words: ReadonlySet<string>; akin: ReadonlySet<number> };

/** A topic is told by so many words. */
const WORDS = 60;
/** Topics as alike as this are about the same. */
const AKIN = 0.3;

/** Makes topics searchable, each given by its words. */
export function topicsOf(
  topics: readonly (readonly string[])[],
  weigh: (stem: string) => number,
): Topics {
  const having = new Map<string, number[]>();
  for (const [topic, words] of topics.entries()) {
    for (const word of words) {
      const others = having.get(word);
      if (others) others.push(topic);
      else having.set(word, [topic]);
    }
  }
  return { having, lengths: Float64Array.from(topics, (words) => lengthOf(words, weigh)), weigh };
}

/** The words that tell most of what some tokens are about: rare in the field, and said again and again. */
export function tellingWords(
  tokens: readonly MarkedToken[],
  weigh: (stem: string) => number,
): string[] {
  const times = new Map<string, number>();
  for (const { stem } of tokens.filter(isTelling)) times.set(stem, (times.get(stem) ?? 0) + 1);
  return [...times]
    .map(([word, n]) => ({ word, told: (1 + Math.log(n)) * weigh(word) }))
    .filter(({ told }) => told > 0)
    .sort((a, b) => b.told - a.told || (a.word < b.word ? -1 : 1))
    .slice(0, WORDS)
    .map(({ word }) => word);
}

/** What a question is about, from all that its author wrote. */
export function ownTopicOf(tokens: readonly MarkedToken[], topics: Topics): OwnTopic {
  const words = new Set(tellingWords(tokens, topics.weigh));
  const alike = [...likeness(words, topics).entries()].filter(([, cosine]) => cosine >= AKIN);
  return { words, akin: new Set(alike.map(([topic]) => topic)) };
}

/** How much more an answer is about another topic of the field than about its own question, 0 to 1: a difference of cosines. */
export function elsewhere(
  answer: readonly MarkedToken[],
  { words: own, akin }: OwnTopic,
  topics: Topics,
): number {
  const words = new Set(answer.filter(isTelling).map(({ stem }) => stem));
  const both = [...words].filter((word) => own.has(word));
  const lengths = lengthOf(words, topics.weigh) * lengthOf(own, topics.weigh);
  const here = lengths === 0 ? 0 : lengthOf(both, topics.weigh) ** 2 / lengths;
  let best = 0;
  for (const [topic, cosine] of likeness(words, topics).entries())
    if (cosine > best && !akin.has(topic)) best = cosine;
  return Math.max(0, best - here);
}

/** The cosine between some words and each topic. */
function likeness(words: ReadonlySet<string>, { having, lengths, weigh }: Topics): Float64Array {
  const shared = new Float64Array(lengths.length);
  for (const word of words) {
    const told = weigh(word) ** 2;
    for (const topic of having.get(word) ?? []) shared[topic] = (shared[topic] ?? 0) + told;
  }
  const own = lengthOf(words, weigh);
  return shared.map((sum, topic) => (sum === 0 ? 0 : sum / (own * (lengths[topic] ?? 1))));
}

function lengthOf(words: Iterable<string>, weigh: (stem: string) => number): number {
  let sum = 0;
  for (const word of words) sum += weigh(word) ** 2;
  return Math.sqrt(sum);
}

function isTelling(token: MarkedToken): boolean {
  return isContent(token) && token.kind === 'word';
}
