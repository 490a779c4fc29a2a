import type { Difficulty, FreeTextQuestion } from '../questions/schema.ts';
import type { AreTwins } from '../questions/twins.ts';
import { randomFrom } from '../random.ts';
import { type MissedQuestion, type Nearness, nearnessIn } from './follow-on.ts';
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
const FITS: Record<Round, (question: FreeTextQuestion) => number> = {
  'warm-up': ({ format, difficulty }) =>
    (format === 'open' ? 2 : 0) + (difficulty === 'easy' ? 3 : 0),
  core: ({ format, difficulty }) =>
    (format === 'scenario' ? 0 : 2) + (difficulty === 'medium' ? 2 : 1),
  'deep dive': ({ format, difficulty }) =>
    (format === 'bug' ? 2 : format === 'open' ? 2 : 0) + (difficulty === 'hard' ? 3 : 0),
  design: ({ format }) => (format === 'scenario' ? 5 : 0),
};

/** What an interview is planned from. */
export type PlanRequirements = {
  bank: readonly FreeTextQuestion[];
  /** Two items that give each other away do not meet. */
  areTwins: AreTwins;
  minutes: InterviewLength;
  /** Empty for all. */
  chapters: readonly number[];
  level?: Difficulty;
  /** Ids of items that this person had lately, newest first. */
  recent: readonly string[];
  /** Ids of items that an interview asked them in the last days: they come again only where nothing else is left. */
  tooSoon?: readonly string[];
  /** What they missed in the last days, the most first; up to half of the questions ask for it in another way. */
  missed?: readonly MissedQuestion[];
  /** This person's strength and every item's, on the Elo scale. */
  strength: number;
  itemStrength(question: FreeTextQuestion): number;
  seed: string;
};

/** A question that may be asked, and the missed one that it asks for again, if any. */
type Candidate = { question: FreeTextQuestion; follows: string | undefined; near: number };

/**
 * Plans the questions: near the person's level, spread over the chapters, none that they had lately. Up to half of them,
 * rounded up, come back to what was missed, each to another question.
 */
export function planInterview(wishes: PlanRequirements): Planned[] {
  const random = randomFrom(wishes.seed);
  const inScope = wishes.bank.filter(
    ({ chapter }) => wishes.chapters.length === 0 || wishes.chapters.includes(chapter),
  );
  const recent = new Map(wishes.recent.map((id, index) => [id, index]));
  const chosen: FreeTextQuestion[] = [];
  const planned: Planned[] = [];
  const rounds = ROUNDS[wishes.minutes];
  const missed = wishes.missed ?? [];
  const nearness = missed.length > 0 ? nearnessIn(wishes.bank, wishes.areTwins) : () => 0;
  for (const round of rounds) {
    const followed = planned.flatMap(({ follows = [] }) => follows);
    const isFull = followed.length >= Math.ceil(rounds.length / 2);
    const left = isFull ? [] : missed.filter(({ question }) => !followed.includes(question.id));
    const best = inScope
      .filter(({ id }) => !chosen.some((other) => wishes.areTwins(id, other.id)))
      .map((question) => candidate(question, left, nearness))
      .map((each) => ({ ...each, value: value(each, round, wishes, chosen, recent) + random() }))
      .sort((a, b) => b.value - a.value || (a.question.id < b.question.id ? -1 : 1))[0];
    if (!best) break;
    const { question, follows } = best;
    chosen.push(question);
    planned.push({ questionId: question.id, round, ...(follows === undefined ? {} : { follows }) });
  }
  return planned;
}

/** A question with the missed one to which it is nearest. */
function candidate(
  question: FreeTextQuestion,
  missed: readonly MissedQuestion[],
  nearness: Nearness,
): Candidate {
  const [nearest] = missed
    .map((each) => ({ follows: each.question.id, near: nearness(each, question) }))
    .filter(({ near }) => near > 0)
    .sort((a, b) => b.near - a.near);
  return { question, follows: nearest?.follows, near: nearest?.near ?? 0 };
}

/** What it is worth to ask for what was missed: more than a round or a level that doesn't fit, less than a new question. */
const WORTH_OF_MISSED = { any: 12, near: 12 };

function value(
  { question, near }: Candidate,
  round: Round,
  { level, strength, itemStrength, tooSoon }: PlanRequirements,
  chosen: readonly FreeTextQuestion[],
  recent: ReadonlyMap<string, number>,
): number {
  const seen = recent.get(question.id);
  // Anything unseen comes before anything seen, and the longest unseen before the rest.
  const fresh = tooSoon?.includes(question.id) ? -200 : seen === undefined ? 0 : -100 + seen / 100;
  const missed = near > 0 ? WORTH_OF_MISSED.any + WORTH_OF_MISSED.near * near : 0;
  const spread = chosen.filter(({ chapter }) => chapter === question.chapter).length * -3;
  const wanted = level && round !== 'warm-up' ? (question.difficulty === level ? 3 : 0) : 0;
  const atLevel = -Math.abs(itemStrength(question) - strength) / 150;
  return FITS[round](question) * 1.5 + fresh + missed + spread + wanted + atLevel;
}
