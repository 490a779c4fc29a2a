import type { FreeTextQuestion } from '../questions/schema.ts';
import { stemOf, wordsIn } from '../questions/search-words.ts';
import type { AreTwins } from '../questions/twins.ts';

/** A question of an interview with the ids of its key points that were missed. */
export type MissedQuestion = { question: FreeTextQuestion; points: readonly string[] };

/** Says how well one question asks again what was missed in another one, 0 (not at all) to 1 (its twin). */
export type Nearness = (missed: MissedQuestion, other: FreeTextQuestion) => number;

/** What a common topic is worth beside the words of the missed points. */
const SAME_TOPIC = 0.2;

/** Below it, two questions of a chapter have no more in common than the chapter. */
const LEAST = 0.2;

/**
 * Finds other questions on what was missed: its twins, else questions of the same chapter, the nearer the more of the
 * words of the missed points their own points say. A word counts the more the fewer questions say it.
 */
export function nearnessIn(bank: readonly FreeTextQuestion[], areTwins: AreTwins): Nearness {
  const stems = new Map(bank.map((question) => [question.id, stemsOf(question)] as const));
  const spread = new Map<string, number>();
  for (const said of stems.values())
    for (const stem of said) spread.set(stem, (spread.get(stem) ?? 0) + 1);
  const weight = (stem: string) => Math.log(bank.length / (spread.get(stem) ?? bank.length));
  const sum = (list: readonly string[]) => list.reduce((all, stem) => all + weight(stem), 0);
  return ({ question, points }, other) => {
    if (other.id === question.id) return 0;
    if (areTwins(other.id, question.id)) return 1;
    if (other.chapter !== question.chapter) return 0;
    const asked = [...stemsOf(question, points)];
    const said = stems.get(other.id) ?? new Set();
    const share = sum(asked.filter((stem) => said.has(stem))) / (sum(asked) || 1);
    const hasTopic = other.topics.some((topic) => question.topics.includes(topic));
    const near = share * (1 - SAME_TOPIC) + (hasTopic ? SAME_TOPIC : 0);
    return near < LEAST ? 0 : near;
  };
}

/** The stems that the key points of a question say, all or some of them. */
function stemsOf({ keyPoints }: FreeTextQuestion, points?: readonly string[]): Set<string> {
  const texts = keyPoints.filter(({ id }) => points?.includes(id) ?? true).map(({ text }) => text);
  return new Set(texts.flatMap(wordsIn).map(stemOf));
}
