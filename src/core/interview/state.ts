import type { Grade } from '../grading/types.ts';
import type { Difficulty } from '../questions/schema.ts';
import type { Opinion, Trouble } from './examiner.ts';
import type { Unreadable } from './remarks.ts';

/** What each hint costs of a question, as a share of it. */
export const HINT_PRICES = [0.1, 0.2, 0.3] as const;

/** The stages of an interview, in their order. */
export type Round = 'warm-up' | 'core' | 'deep dive' | 'design';

/** A question that is to be asked, and in which stage. */
export type Planned = {
  questionId: string;
  round: Round;
  /** The question of an earlier interview whose missed points it asks for in another way. */
  follows?: string;
};

/** What was asked for in words, to be shown before the first question. */
export type Chosen = {
  level?: Difficulty;
  /** A learning path; it counts only where no chapters were named. */
  path?: string;
  /** The chapters that count; empty for all, undefined where neither they nor a path were named. */
  chapters?: number[];
  /** Chapters were named beside the path. */
  isPathIdle?: boolean;
};

/** What was agreed before the first question. */
export type InterviewPlan = {
  questions: Planned[];
  minutes: number;
  style: 'strict' | 'coaching';
  /** Nobody else can read what is said in its room; false where that is not known. */
  isPrivate?: boolean;
  chosen?: Chosen;
};

/** One thing that happened, as it is stored; an interview is the fold over its turns. */
export type Turn =
  | { kind: 'asked' }
  | { kind: 'answered'; text: string }
  | { kind: 'taken-back' }
  /** The grade of the answer that is given now, and the probe that follows from it, if any. */
  | ({ kind: 'graded'; grade: Grade; by?: 'judge' | 'offline'; probe?: Probe } & BesideGrade)
  /** The answer that is given now cannot be read: it is taken back, and the question is asked again. */
  | { kind: 'unread'; why: Unreadable; reply?: string }
  /** A hint, in the examiner's words where there are some. */
  | { kind: 'hinted'; number: number; text?: string }
  /** The person wants the examiner of this name, and was told where their words go. */
  | { kind: 'examiner'; name: string }
  | { kind: 'skipped' }
  | { kind: 'paused' }
  | { kind: 'resumed' }
  | { kind: 'extended'; minutes: number }
  | { kind: 'untimed' }
  /** "I also said …": these key points count as heard, and the report says whose word that is. */
  | { kind: 'marked'; item: number; points: string[] }
  | { kind: 'ended'; why: 'finished' | 'ended' | 'idle' };

/** What the examiner said beside a grade, or why it said nothing. */
type BesideGrade = { opinion?: Opinion; trouble?: Trouble };

/** A follow-up question, the key point it is about, and what a right answer to it says. */
export type Probe = {
  ask: string;
  point?: string;
  expect?: string;
  /** Of a nudge: which hint of the question it puts as a follow-up, from 1. */
  hint?: number;
  depth: number;
};

/** A question or follow-up, and what was said to it. */
export type Exchange = BesideGrade & {
  ask?: string;
  point?: string;
  expect?: string;
  /** Of a nudge; see `Probe`. */
  hint?: number;
  depth: number;
  answer?: string;
  /** An answer that was taken back, to be changed. */
  draft?: string;
  /** Why the last answer could not be read, until there is another. */
  unread?: Unreadable;
  /** What the examiner says to a question that was asked back. */
  reply?: string;
  grade?: Grade;
  /** Who graded it: the optional judge, or the grader that works offline. */
  by?: 'judge' | 'offline';
};

/** A question that was asked, and all that was said to it. */
export type Item = Planned & {
  exchanges: Exchange[];
  /** Ids of key points that their owner says they made. */
  marked: string[];
  hints: number;
  /** Hints in the examiner's words, by their numbers. */
  hintTexts?: Readonly<Record<number, string>>;
  isSkipped: boolean;
  /** Milliseconds from the question to the last answer, pauses left out. */
  ms: number;
};

/** Where an interview stands. */
export type State = {
  plan: InterviewPlan;
  /** The examiner that the person agreed to. */
  examiner?: string;
  items: Item[];
  /**
   * - `ready`: the next question can be asked.
   * - `asking`: an answer is awaited.
   * - `answered`: an answer is there and can still be taken back.
   * - `ended`: nothing more is asked.
   */
  phase: 'ready' | 'asking' | 'answered' | 'ended';
  isPaused: boolean;
  pausedAt?: Date;
  endedBecause?: 'finished' | 'ended' | 'idle';
  startedAt?: Date;
  /** When the time is over; undefined when it is untimed. */
  endsAt?: Date;
  isTimed: boolean;
  /** Somebody thought on past the end; pauses and reading are not counted. */
  isOverTime: boolean;
  /** More time was taken than was agreed. */
  isExtended: boolean;
  /** Where the clock of the current question stands. */
  clock: { runningSince?: Date };
  /** Milliseconds from the start to the last answer, pauses left out. */
  spentMs: number;
  pausedMs: number;
};

/** An interview before its first question. */
export function beginning(plan: InterviewPlan): State {
  return {
    plan,
    items: [],
    phase: 'ready',
    isPaused: false,
    isTimed: true,
    isOverTime: false,
    isExtended: false,
    clock: {},
    spentMs: 0,
    pausedMs: 0,
  };
}

/** Whether an item counts: it was answered or skipped. */
export const isTried = ({ isSkipped, exchanges: [first] }: Item): boolean =>
  isSkipped || first?.answer !== undefined;

/** The item that is asked now. */
export const currentItem = (state: State): Item | undefined => state.items.at(-1);

/** The question or follow-up that awaits an answer or has just had one. */
export const currentExchange = (state: State): Exchange | undefined =>
  currentItem(state)?.exchanges.at(-1);

/** The last answer to the question that is asked now or was asked last. */
export const answerGiven = (state: State): string | undefined =>
  currentItem(state)?.exchanges.findLast(({ answer }) => answer !== undefined)?.answer;

/** The hint that can be opened next, from 1; none where the follow-up that is asked puts it already. */
export function nextHint(state: State): number | undefined {
  const number = (currentItem(state)?.hints ?? 0) + 1;
  return number > HINT_PRICES.length || number === currentExchange(state)?.hint
    ? undefined
    : number;
}

/** How many questions and follow-ups were asked: tells the present one from those before. */
export const askedCount = ({ items }: State): number =>
  items.reduce((sum, { exchanges }) => sum + exchanges.length, 0);

/** The question that comes next; undefined after the last. */
export const nextPlanned = (state: State): Planned | undefined =>
  state.plan.questions[state.items.length];
