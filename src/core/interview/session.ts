import { changeItem, changeLast } from './change.ts';
import {
  beginning,
  currentExchange,
  currentItem,
  type InterviewPlan,
  type Item,
  nextHint,
  nextPlanned,
  type State,
  type Turn,
} from './state.ts';

/** The state after a turn; a turn that does not fit changes nothing, so a repeat is harmless. */
export function next(state: State, turn: Turn, at: Date): State {
  if (state.phase === 'ended' && turn.kind !== 'marked') return state;
  switch (turn.kind) {
    case 'asked':
      return asked(state, at);
    case 'answered':
      return answered(state, turn.text, at);
    case 'taken-back':
      return takenBack(state, at);
    case 'unread':
      return unread(state, turn, at);
    case 'graded':
      return graded(state, turn, at);
    case 'hinted':
      return hinted(state, turn);
    case 'examiner':
      return state.items.length > 0 ? state : { ...state, examiner: turn.name };
    case 'skipped':
      return skipped(state, at);
    case 'paused':
      return state.isPaused ? state : { ...stopClock(state, at), isPaused: true, pausedAt: at };
    case 'resumed':
      return resumed(state, at);
    case 'extended':
      return extended(state, turn.minutes, at);
    case 'untimed':
      return untimed(state);
    case 'marked':
      return marked(state, turn);
    case 'ended':
      return ended(state, turn.why, at);
  }
}

/** Points that their owner says they made, each once. */
function marked(state: State, { item, points }: Extract<Turn, { kind: 'marked' }>): State {
  return {
    ...state,
    items: state.items.map((each, index) =>
      index === item ? { ...each, marked: [...new Set([...each.marked, ...points])] } : each,
    ),
  };
}

/** The whole interview from its turns. */
export function replay(plan: InterviewPlan, turns: readonly { turn: Turn; at: Date }[]): State {
  return turns.reduce((state, { turn, at }) => next(state, turn, at), beginning(plan));
}

function asked(state: State, at: Date): State {
  const planned = nextPlanned(state);
  if (!planned || state.phase !== 'ready') return state;
  const item: Item = {
    ...planned,
    exchanges: [{ depth: 0 }],
    marked: [],
    hints: 0,
    isSkipped: false,
    ms: 0,
  };
  return {
    ...(state.startedAt ? state : begun(state, at)),
    items: [...state.items, item],
    phase: 'asking',
    clock: startedClock(state, at),
  };
}

function begun(state: State, at: Date): State {
  const endsAt = new Date(at.getTime() + state.plan.minutes * 60_000);
  return { ...state, startedAt: at, ...(state.isTimed ? { endsAt } : {}) };
}

function answered(state: State, text: string, at: Date): State {
  if (state.phase !== 'asking' || state.isPaused) return state;
  return {
    ...changeLast(stopClock(state, at), ({ unread: _, reply: __, ...exchange }) => ({
      ...exchange,
      answer: text,
    })),
    phase: 'answered',
  };
}

/** The last answer is open again, and a follow-up that it led to is gone. */
function takenBack(state: State, at: Date): State {
  const exchanges = currentItem(state)?.exchanges ?? [];
  const last = exchanges.findLastIndex(({ answer }) => answer !== undefined);
  if (last < 0) return state;
  const kept = changeItem(stopClock(state, at), (item) => ({
    ...item,
    exchanges: exchanges.slice(0, last + 1),
  }));
  const open = changeLast(
    kept,
    ({ answer = '', grade: _, by: __, opinion: ___, trouble: ____, ...exchange }) => ({
      ...exchange,
      draft: answer,
    }),
  );
  return { ...open, phase: 'asking', clock: startedClock(state, at) };
}

function unread(state: State, { why, reply }: Extract<Turn, { kind: 'unread' }>, at: Date): State {
  if (state.phase !== 'answered') return state;
  const open = takenBack(state, at);
  const number = why === 'hint' ? nextHint(open) : undefined;
  const asked = number === undefined ? open : hinted(open, { number });
  const told = why === 'hint' && number === undefined ? 'question' : why;
  return changeLast(asked, (exchange) => ({
    ...exchange,
    unread: told,
    ...(reply === undefined ? {} : { reply }),
  }));
}

function graded(
  state: State,
  { grade, by = 'offline', probe, opinion, trouble }: Extract<Turn, { kind: 'graded' }>,
  at: Date,
): State {
  if (state.phase !== 'answered') return state;
  const done = changeLast(state, (exchange) => ({
    ...exchange,
    grade,
    by,
    ...(opinion ? { opinion } : {}),
    ...(trouble ? { trouble } : {}),
  }));
  if (!probe) return { ...done, phase: 'ready', clock: {} };
  return {
    ...changeItem(done, (item) => ({ ...item, exchanges: [...item.exchanges, probe] })),
    phase: 'asking',
    clock: startedClock(state, at),
  };
}

/** Hints help while an answer is awaited; later they would only cost. */
function hinted(state: State, { number, text }: { number: number; text?: string }): State {
  const isAsked = state.phase === 'asking' && !state.isPaused;
  if (!isAsked || number <= (currentItem(state)?.hints ?? 0)) return state;
  return changeItem(state, (item) => ({
    ...item,
    hints: number,
    ...(text === undefined ? {} : { hintTexts: { ...item.hintTexts, [number]: text } }),
  }));
}

function skipped(state: State, at: Date): State {
  if (state.phase !== 'asking') return state;
  const stopped = stopClock(state, at);
  const isFollowUp = (currentExchange(state)?.depth ?? 0) > 0;
  return {
    ...changeItem(stopped, (item) => (isFollowUp ? item : { ...item, isSkipped: true })),
    phase: 'ready',
    clock: {},
  };
}

/** More time counts from now when the time was over, so that there is some; in a pause now is where the clock stands. */
function extended(state: State, minutes: number, at: Date): State {
  if (!state.endsAt) return state;
  const from = Math.max((state.pausedAt ?? at).getTime(), state.endsAt.getTime());
  const endsAt = new Date(from + minutes * 60_000);
  return { ...state, endsAt, isOverTime: false, isExtended: true };
}

function untimed(state: State): State {
  if (!state.isTimed) return state;
  const { endsAt: _, ...rest } = state;
  return { ...rest, isTimed: false, isOverTime: false };
}

/** The time of a pause does not count: the end moves by as much. */
function resumed(state: State, at: Date): State {
  if (!state.isPaused) return state;
  const { pausedAt, ...rest } = state;
  const awayMs = pausedAt ? at.getTime() - pausedAt.getTime() : 0;
  return {
    ...rest,
    isPaused: false,
    pausedMs: state.pausedMs + awayMs,
    clock: state.phase === 'asking' ? { runningSince: at } : {},
    ...(state.endsAt ? { endsAt: new Date(state.endsAt.getTime() + awayMs) } : {}),
  };
}

/** Nobody was there in a quiet week, so it is no time that a question took. */
function ended(state: State, why: Extract<Turn, { kind: 'ended' }>['why'], at: Date): State {
  const stopped = why === 'idle' ? { ...state, clock: {} } : stopClock(state, at);
  return { ...withoutOpenFollowUp(stopped), phase: 'ended', endedBecause: why };
}

/** In a pause no time runs; resuming starts the clock. */
function startedClock({ isPaused }: State, at: Date): State['clock'] {
  return isPaused ? {} : { runningSince: at };
}

/** A follow-up that nobody came to answer was not asked in earnest. */
function withoutOpenFollowUp(state: State): State {
  const isOpen = state.phase === 'asking' && (currentExchange(state)?.depth ?? 0) > 0;
  return isOpen
    ? changeItem(state, (item) => ({ ...item, exchanges: item.exchanges.slice(0, -1) }))
    : state;
}

function stopClock(state: State, at: Date): State {
  const since = state.clock.runningSince;
  if (!since) return state;
  const ms = Math.max(0, at.getTime() - since.getTime());
  return {
    ...changeItem(state, (item) => ({ ...item, ms: item.ms + ms })),
    isOverTime: state.endsAt !== undefined && at > state.endsAt,
    spentMs: at.getTime() - (state.startedAt ?? at).getTime() - state.pausedMs,
    clock: {},
  };
}
