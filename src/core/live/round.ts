import type { Difficulty } from '../questions/schema.ts';

/** What the host asked for. */
export type LiveSettings = {
  chapter?: number;
  difficulty?: Difficulty;
  /** Questions. */
  count: number;
  /** For each question; null when the host closes each one. */
  seconds: number | null;
};

/** `break` lies between the close of a question and the next one. */
export type LiveState = 'lobby' | 'asking' | 'break' | 'ended';

/** Where a live round is. `position` counts questions from 1; `leftMs` is set while it is paused. */
export type LiveTiming = {
  settings: LiveSettings;
  state: LiveState;
  position: number;
  leftMs: number | null;
  /** When something happens by itself. */
  dueAt: Date;
};

/** What moves a round on. `next` starts it, closes the open question, or asks the next one. */
export type LiveMove = 'next' | 'pause' | 'resume' | 'end';

/**
 * Answers count for so long after the bell: somebody who answered in time must not lose to a slow network, and nothing
 * of the solution is shown before.
 */
export const GRACE_MS = 2_000;

/** To read the solution before the next question. */
export const BREAK_MS = 30_000;

/** A round that waits for its host for so long ends by itself. */
export const HOST_WAIT_MS = 30 * 60_000;

/** The time to answer a question whose bell rang while the bot was down. */
export const REOPENED_MS = 15_000;

/** Nothing goes on without the host: it has not begun, is paused, or has no timer. */
export function waitsForHost({ state, leftMs, settings }: LiveTiming): boolean {
  return state === 'lobby' || leftMs !== null || settings.seconds === null;
}

/** What happens to an open round when it falls due. */
export function dueMove(round: LiveTiming): LiveMove {
  return waitsForHost(round) ? 'end' : 'next';
}

/** Where a round is after a move; undefined when the move makes no sense there. */
export function moveTo(round: LiveTiming, move: LiveMove, at: Date): LiveTiming | undefined {
  const { state, leftMs, dueAt } = round;
  const after = (ms: number) => new Date(at.getTime() + ms);
  if (state === 'ended') return undefined;
  switch (move) {
    case 'end':
      return { ...round, state: 'ended', leftMs: null, dueAt: at };
    case 'next':
      return { ...nextState(round), leftMs: null, dueAt: after(waitAfter(round)) };
    case 'pause':
      return waitsForHost(round)
        ? undefined
        : {
            ...round,
            leftMs: Math.max(0, Math.min(timerMs(round), dueAt.getTime() - at.getTime())),
            dueAt: after(HOST_WAIT_MS),
          };
    case 'resume':
      return leftMs === null ? undefined : { ...round, leftMs: null, dueAt: after(leftMs) };
  }
}

function nextState(round: LiveTiming): LiveTiming {
  const { state, position, settings } = round;
  if (state !== 'asking') return { ...round, state: 'asking', position: position + 1 };
  return { ...round, state: position < settings.count ? 'break' : 'ended' };
}

/** How long the timer of a state runs; until its card is sent, a question falls due later. */
function timerMs({ state, settings: { seconds } }: LiveTiming): number {
  return state === 'asking' ? (seconds ?? 0) * 1000 + GRACE_MS : BREAK_MS;
}

/** A question's own time begins when its card stands in the channel: see `closesAt`. */
function waitAfter({ state, settings }: LiveTiming): number {
  return state === 'asking' && settings.seconds !== null ? BREAK_MS : HOST_WAIT_MS;
}

/** When a question closes that stands in its channel since an instant; undefined without a timer. */
export function closesAt({ seconds }: LiveSettings, since: Date): Date | undefined {
  return seconds === null ? undefined : new Date(since.getTime() + seconds * 1000 + GRACE_MS);
}

/** When the bell of a question rings that closes at an instant. */
export const bellBefore = (close: Date) => new Date(close.getTime() - GRACE_MS);

/** Tells the steps of a round apart, so that a second press of a button moves nothing. */
export const stepOf = ({ state, position }: Pick<LiveTiming, 'state' | 'position'>) =>
  state === 'asking' ? 2 * position - 1 : 2 * position;
