import type { Grade } from './grading/types.ts';

/** The stages of an interview, in their order. */
export type Round = 'warm-up' | 'core' | 'deep dive' | 'design';

export type Planned = { questionId: string; round: Round };

/** What was agreed before the first question. */
export type InterviewPlan = {
  questions: Planned[];
  minutes: number;
  style: 'strict' | 'coaching';
};

/** One thing that happened, as it is stored; an interview is the fold over its turns. */
export type Turn =
  | { kind: 'asked' }
  | { kind: 'answered'; text: string }
  | { kind: 'taken-back' }
  /** The grade of the answer that is given now, and the probe that follows from it, if any. */
  | { kind: 'graded'; grade: Grade; by?: 'judge' | 'offline'; probe?: Probe }
  | { kind: 'hinted'; number: number }
  | { kind: 'skipped' }
  | { kind: 'paused' }
  | { kind: 'resumed' }
  | { kind: 'extended'; minutes: number }
  | { kind: 'untimed' }
  /** "I did say it": kept, marked as self-assessed, and never part of a board. */
  | { kind: 'ticked'; item: number; exchange: number; points: string[] }
  | { kind: 'contested'; item: number; exchange: number; point: string; consent: boolean }
  | { kind: 'ended'; why: 'finished' | 'ended' | 'idle' };

/** A follow-up question, the key point or red flag it is about, and what a right answer to it says. */
export type Probe = { ask: string; point?: string; expect?: string; depth: number };

/** A question or follow-up, and what was said to it. */
export type Exchange = {
  ask?: string;
  point?: string;
  expect?: string;
  depth: number;
  answer?: string;
  grade?: Grade;
  /** Who graded it: the optional judge, or the grader that works offline. */
  by?: 'judge' | 'offline';
  ticked: string[];
  contested: { point: string; consent: boolean }[];
};

export type Item = Planned & {
  exchanges: Exchange[];
  hints: number;
  isSkipped: boolean;
  /** Milliseconds from the question to the last answer, pauses left out. */
  ms: number;
};

export type State = {
  plan: InterviewPlan;
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
  /** Where the clock of the current question stands. */
  clock: { runningSince?: Date };
};

export function beginning(plan: InterviewPlan): State {
  return { plan, items: [], phase: 'ready', isPaused: false, isTimed: true, clock: {} };
}

/** The item that is asked now. */
export const currentItem = (state: State): Item | undefined => state.items.at(-1);

/** The question or follow-up that awaits an answer or has just had one. */
export const currentExchange = (state: State): Exchange | undefined =>
  currentItem(state)?.exchanges.at(-1);

/** The question that comes next; undefined after the last. */
export const nextPlanned = (state: State): Planned | undefined =>
  state.plan.questions[state.items.length];

/** The state after a turn; a turn that does not fit changes nothing, so a repeat is harmless. */
export function next(state: State, turn: Turn, at: Date): State {
  if (state.phase === 'ended' && turn.kind !== 'ticked' && turn.kind !== 'contested') return state;
  switch (turn.kind) {
    case 'asked':
      return asked(state, at);
    case 'answered':
      return answered(state, turn.text, at);
    case 'taken-back':
      return takenBack(state, at);
    case 'graded':
      return graded(state, turn, at);
    case 'hinted':
      return changeItem(state, (item) => ({ ...item, hints: Math.max(item.hints, turn.number) }));
    case 'skipped':
      return skipped(state, at);
    case 'paused':
      return state.isPaused ? state : { ...stopClock(state, at), isPaused: true, pausedAt: at };
    case 'resumed':
      return resumed(state, at);
    case 'extended':
      return state.endsAt
        ? { ...state, endsAt: new Date(state.endsAt.getTime() + turn.minutes * 60_000) }
        : state;
    case 'untimed': {
      const { endsAt: _, ...rest } = state;
      return { ...rest, isTimed: false };
    }
    case 'ticked':
      return changeExchange(state, turn, (exchange) => ({
        ...exchange,
        ticked: [...new Set([...exchange.ticked, ...turn.points])],
      }));
    case 'contested':
      return changeExchange(state, turn, (exchange) => ({
        ...exchange,
        contested: [
          ...exchange.contested.filter(({ point }) => point !== turn.point),
          { point: turn.point, consent: turn.consent },
        ],
      }));
    case 'ended':
      return { ...stopClock(state, at), phase: 'ended', endedBecause: turn.why };
  }
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
    exchanges: [blank({ depth: 0 })],
    hints: 0,
    isSkipped: false,
    ms: 0,
  };
  const began: Partial<State> = state.startedAt
    ? {}
    : { startedAt: at, endsAt: new Date(at.getTime() + state.plan.minutes * 60_000) };
  return {
    ...state,
    ...began,
    items: [...state.items, item],
    phase: 'asking',
    clock: { runningSince: at },
  };
}

function answered(state: State, text: string, at: Date): State {
  if (state.phase !== 'asking' || state.isPaused) return state;
  return {
    ...changeLast(stopClock(state, at), (exchange) => ({ ...exchange, answer: text })),
    phase: 'answered',
  };
}

function takenBack(state: State, at: Date): State {
  if (state.phase !== 'answered') return state;
  const open = changeLast(state, ({ answer: _, ...exchange }) => exchange);
  return { ...open, phase: 'asking', clock: { runningSince: at } };
}

function graded(
  state: State,
  { grade, by = 'offline', probe }: Extract<Turn, { kind: 'graded' }>,
  at: Date,
): State {
  if (state.phase !== 'answered') return state;
  const done = changeLast(state, (exchange) => ({ ...exchange, grade, by }));
  if (!probe) return { ...done, phase: 'ready', clock: {} };
  return {
    ...changeItem(done, (item) => ({ ...item, exchanges: [...item.exchanges, blank(probe)] })),
    phase: 'asking',
    clock: { runningSince: at },
  };
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

/** The time of a pause does not count: the end moves by as much. */
function resumed(state: State, at: Date): State {
  if (!state.isPaused) return state;
  const { pausedAt, ...rest } = state;
  const awayMs = pausedAt ? at.getTime() - pausedAt.getTime() : 0;
  return {
    ...rest,
    isPaused: false,
    clock: state.phase === 'asking' ? { runningSince: at } : {},
    ...(state.endsAt ? { endsAt: new Date(state.endsAt.getTime() + awayMs) } : {}),
  };
}

function stopClock(state: State, at: Date): State {
  const since = state.clock.runningSince;
  if (!since) return state;
  const ms = Math.max(0, at.getTime() - since.getTime());
  return { ...changeItem(state, (item) => ({ ...item, ms: item.ms + ms })), clock: {} };
}

function blank(begun: Pick<Exchange, 'ask' | 'point' | 'expect' | 'depth'>): Exchange {
  return { ...begun, ticked: [], contested: [] };
}

function changeItem(state: State, change: (item: Item) => Item): State {
  const last = state.items.length - 1;
  return {
    ...state,
    items: state.items.map((item, index) => (index === last ? change(item) : item)),
  };
}

function changeLast(state: State, change: (exchange: Exchange) => Exchange): State {
  return changeItem(state, (item) => ({
    ...item,
    exchanges: item.exchanges.map((each, index) =>
      index === item.exchanges.length - 1 ? change(each) : each,
    ),
  }));
}

function changeExchange(
  state: State,
  at: { item: number; exchange: number },
  change: (exchange: Exchange) => Exchange,
): State {
  return {
    ...state,
    items: state.items.map((item, index) =>
      index !== at.item
        ? item
        : {
            ...item,
            exchanges: item.exchanges.map((each, number) =>
              number === at.exchange ? change(each) : each,
            ),
          },
    ),
  };
}
