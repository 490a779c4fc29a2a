import { letterOf, type ScoredQuestion } from './check-answer.ts';
import type { Difficulty } from './schema.ts';

/** How many people gave an answer on their first try. */
export type Tally = { answer: string; count: number; isRight: boolean };

/** What a team's answers say of an item. */
export type ItemStatistics = {
  question: ScoredQuestion;
  /** First tries of those who did not know the answer before. */
  answers: number;
  /** Right on the first try, 0 to 1; undefined without an answer. */
  share: number | undefined;
  /** Letters of options that nobody chose; empty until there are enough answers to tell. */
  neverChosen: string[];
  /** The label against how it plays, once there are enough answers. */
  label: 'too few answers' | 'fits' | 'plays easier' | 'plays harder';
};

/** So many first tries say something about an item. */
export const ENOUGH_ANSWERS = 30;

/** The share of right first tries that a label promises, both ends included. */
export const EXPECTED_SHARE: Record<Difficulty, { least: number; most: number }> = {
  easy: { least: 0.7, most: 0.95 },
  medium: { least: 0.4, most: 0.75 },
  hard: { least: 0.15, most: 0.5 },
};

/** Counts what was answered; several posts of one item are counted together. */
export function statisticsOf(question: ScoredQuestion, tallies: readonly Tally[]): ItemStatistics {
  const sum = (list: readonly Tally[]) => list.reduce((total, { count }) => total + count, 0);
  const answers = sum(tallies);
  const share = answers === 0 ? undefined : sum(tallies.filter(({ isRight }) => isRight)) / answers;
  const isEnough = answers >= ENOUGH_ANSWERS;
  return {
    question,
    answers,
    share,
    neverChosen: isEnough ? neverChosen(question, tallies) : [],
    label: share === undefined || !isEnough ? 'too few answers' : labelOf(question, share),
  };
}

/**
 * The statistics of every item of closed posts, in its newest version: answers to an older text say
 * nothing about this one.
 */
export function statisticsByItem(
  posts: readonly { postId: number; question: ScoredQuestion | null }[],
  tallies: readonly (Tally & { postId: number })[],
): ItemStatistics[] {
  const newest = new Map<string, ScoredQuestion>();
  for (const { question } of posts) {
    if (!question) continue;
    const known = newest.get(question.id);
    if (!known || question.version > known.version) newest.set(question.id, question);
  }
  const itemOf = new Map(
    posts.flatMap(({ postId, question }) =>
      question && newest.get(question.id)?.version === question.version
        ? [[postId, question.id] as const]
        : [],
    ),
  );
  const byItem = new Map<string, Tally[]>();
  for (const tally of tallies) {
    const id = itemOf.get(tally.postId);
    if (id !== undefined) byItem.set(id, [...(byItem.get(id) ?? []), tally]);
  }
  return [...newest.values()].map((question) =>
    statisticsOf(question, byItem.get(question.id) ?? []),
  );
}

function labelOf({ difficulty }: ScoredQuestion, share: number): ItemStatistics['label'] {
  const { least, most } = EXPECTED_SHARE[difficulty];
  if (share > most) return 'plays easier';
  return share < least ? 'plays harder' : 'fits';
}

function neverChosen(question: ScoredQuestion, tallies: readonly Tally[]): string[] {
  if (!('options' in question)) return [];
  const chosen = new Set(tallies.flatMap(({ answer }) => answer.split(',')));
  return question.options
    .map((_, index) => letterOf(index))
    .filter((letter) => !chosen.has(letter));
}
