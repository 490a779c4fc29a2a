import type { Change, ShownMessage, ShownPlace, Snapshot } from '../protocol.ts';
import type { Reader } from './times.ts';

/** What the page knows: the demo's state, and where in it somebody looks. */
export type State = {
  all: Snapshot;
  messages: Map<string, ShownMessage>;
  places: Map<string, ShownPlace>;
  account: string;
  place: string;
  /** Messages that came elsewhere since somebody looked there, by place. */
  unread: Map<string, number>;
};

/** The state that a snapshot begins; who speaks and where stays when it still exists. */
export function stateOf(all: Snapshot, before?: State): State {
  const places = new Map(all.places.map((place) => [place.id, place]));
  const account = before?.account ?? all.speakers[0]?.account ?? '';
  const place = before && places.has(before.place) ? before.place : (all.places[0]?.id ?? '');
  return {
    all,
    places,
    messages: new Map(all.messages.map((message) => [message.id, message])),
    account,
    place,
    unread: new Map(),
  };
}

/** Takes in a change other than a new beginning. */
export function apply(state: State, change: Exclude<Change, { kind: 'all' }>): void {
  switch (change.kind) {
    case 'message': {
      const { message } = change;
      const isNew = !state.messages.has(message.id);
      state.messages.set(message.id, message);
      const isElsewhere = message.place !== state.place && isSeen(state, message);
      if (isNew && isElsewhere)
        state.unread.set(message.place, (state.unread.get(message.place) ?? 0) + 1);
      return;
    }
    case 'place':
      state.places.set(change.place.id, change.place);
      return;
    case 'clock':
      state.all.now = change.now;
      return;
    case 'board':
      state.all.board = change.board;
      return;
    case 'faults':
      state.all.faults = change.faults;
      return;
    case 'happened':
      state.all.happened.push(change.line);
  }
}

/** True when whoever speaks now can see the message. */
export function isSeen({ account, places }: State, { only, place }: ShownMessage): boolean {
  const accounts = places.get(place)?.accounts;
  return (only === undefined || only === account) && (accounts?.includes(account) ?? true);
}

/** What stands where somebody looks. */
export function visible(state: State): ShownMessage[] {
  return [...state.messages.values()].filter(
    (message) => message.place === state.place && isSeen(state, message),
  );
}

/** Threads that are listed; older ones are reached through their message. */
const THREADS = 5;

/** The places that whoever speaks can open: channels, direct messages, then the newest threads. */
export function openPlaces({ places, account, place: here }: State): ShownPlace[] {
  const open = [...places.values()].filter(({ accounts }) => accounts?.includes(account) ?? true);
  const threads = open.filter(({ kind }) => kind === 'thread').reverse();
  const of = (kind: ShownPlace['kind']) => open.filter((each) => each.kind === kind);
  return [
    ...of('channel'),
    ...of('direct'),
    ...threads.filter(({ id }, at) => at < THREADS || id === here),
  ];
}

/** Where and when the reader is. */
export function readerOf({ all }: State): Reader {
  return { zone: all.zone, locale: all.locale, now: new Date(all.now) };
}

/** A name for an account. */
export function nameOf({ all }: State, account: string): string {
  return all.speakers.find((each) => each.account === account)?.name ?? account;
}
