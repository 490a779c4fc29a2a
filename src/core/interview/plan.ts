import type { Difficulty, SpokenQuestion } from '../questions/schema.ts';
import type { AreTwins } from '../questions/twins.ts';
import { randomFrom } from '../random.ts';
import type { Planned, Round } from './state.ts';

/** Minutes of an interview. */
export type InterviewLength = 15 | 30 | 45;

/** The rounds of an interview of each length, in minutes. */
export const ROUNDS: Record<InterviewLength, readonly Round[]> = {
  15: ['warm-up', 'core', 'deep dive'],
  30: ['warm-up', 'core', 'core', 'deep dive', 'design'],
  45: ['warm-up', 'core', 'core', 'deep dive', 'core', 'deep dive', 'design'],
};

/** What a round asks, best first. */
const FITS: Record<Round, (question: SpokenQuestion) => number> = {
  'warm-up': ({ format, difficulty }) =>
    (format === 'open' ? 2 : 0) + (difficulty === 'easy' ? 3 : 0),
  core: ({ format, difficulty }) =>
    (format === 'scenario' ? 0 : 2) + (difficulty === 'medium' ? 2 : 1),
  'deep dive': ({ format, difficulty }) =>
    (format === 'bug' ? 2 : format === 'open' ? 2 : 0) + (difficulty === 'hard' ? 3 : 0),
  design: ({ format }) => (format === 'scenario' ? 5 : 0),
};

/** What an interview is planned from. */
export type PlanWishes = {
  bank: readonly SpokenQuestion[];
  /** Two items that give each other away do not meet. */
  areTwins: AreTwins;
  minutes: InterviewLength;
  /** Empty for all. */
  chapters: readonly number[];
  level?: Difficulty;
  /** Ids of items that this person had lately, newest first. */
  recent: readonly string[];
  /** This person's strength and every item's, on the Elo scale. */
  strength: number;
  itemStrength(question: SpokenQuestion): number;
  seed: string;
};

/** Plans the questions: near the person's level, spread over the chapters, none that they had lately. */
export function planInterview(wishes: PlanWishes): Planned[] {
  const random = randomFrom(wishes.seed);
  const inScope = wishes.bank.filter(
    ({ chapter }) => wishes.chapters.length === 0 || wishes.chapters.includes(chapter),
  );
  const recent = new Map(wishes.recent.map((id, index) => [id, index]));
  const chosen: SpokenQuestion[] = [];
  const planned: Planned[] = [];
  for (const round of ROUNDS[wishes.minutes]) {
    const best = inScope
      .filter(({ id }) => !chosen.some((other) => wishes.areTwins(id, other.id)))
      .map((question) => ({
        question,
        value: value(question, round, wishes, chosen, recent) + random(),
      }))
      .sort((a, b) => b.value - a.value || (a.question.id < b.question.id ? -1 : 1))[0];
    if (!best) break;
    chosen.push(best.question);
    planned.push({ questionId: best.question.id, round });
  }
  return planned;
}

function value(
  question: SpokenQuestion,
  round: Round,
  { level, strength, itemStrength }: PlanWishes,
  chosen: readonly SpokenQuestion[],
  recent: ReadonlyMap<string, number>,
): number {
  const seen = recent.get(question.id);
  // Anything unseen comes before anything seen, and the longest unseen before the rest.
  const fresh = seen === undefined ? 0 : -100 + seen / 100;
  const spread = chosen.filter(({ chapter }) => chapter === question.chapter).length * -3;
  const wanted = level && round !== 'warm-up' ? (question.difficulty === level ? 3 : 0) : 0;
  const near = -Math.abs(itemStrength(question) - strength) / 150;
  return FITS[round](question) * 1.5 + fresh + spread + wanted + near;
}
