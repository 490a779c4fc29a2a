import type { Change, Outcome, UserAction } from '../protocol.ts';
import { connectComposer } from './composer.ts';
import { connectDialog } from './dialog.ts';
import { around, byId, inside, showTimes } from './dom.ts';
import { connectFit } from './fit.ts';
import { idOf, leaveOneStop, pressedIn, showMessage, showMessages } from './messages.ts';
import { connectPreferences } from './preferences.ts';
import { connectSidebar, showSidebar } from './sidebar.ts';
import { apply, isSeen, readerOf, type State, stateOf } from './state.ts';
import { GONE, listen, say } from './talk.ts';
import { announcement } from './words.ts';

let state: State | undefined;
const preferences = connectPreferences(() => leaveOneStop(byId('messages')));

const announce = (words: string) => {
  byId('announcer').textContent = words;
};

function showAll(): void {
  if (!state) return;
  state.unread.delete(state.place);
  showSidebar(state);
  showMessages(state);
}

function goTo(place: string): void {
  if (!state?.places.has(place)) return;
  state.place = place;
  showAll();
  byId('place-title').scrollIntoView({ block: 'nearest' });
}

function take(change: Change): void {
  if (change.kind === 'all') {
    state = stateOf(change.all, state);
    showAll();
    openQuestion(state);
    return;
  }
  if (!state) return;
  apply(state, change);
  showSidebar(state);
  if (change.kind === 'message' && isSeen(state, change.message)) {
    if (change.message.place === state.place) showMessage(state, change.message);
    announce(announcement(state, change.message));
  }
  if (change.kind === 'message') {
    awaited.get(change.message.id)?.();
    awaited.delete(change.message.id);
  }
  if (change.kind === 'clock') showTimes(byId('messages'), readerOf(state));
  if (change.kind === 'place' && change.place.under) showUnder(change.place.under);
}

/** Somebody who comes to chat finds today's question open. */
function openQuestion({ account, messages }: State): void {
  const isBegun = [...messages.values()].some(({ only }) => only === account);
  if (preferences.view === 'chat' && !isBegun) void act({ kind: 'text', text: '/daily' });
}

/** A thread shows under its message, so that message is drawn again. */
function showUnder(id: string): void {
  const message = state?.messages.get(id);
  if (state && message && message.place === state.place) showMessage(state, message);
}

/** Who waits for a message: what a gesture led to may come after the answer to the gesture. */
const awaited = new Map<string, () => void>();

async function act(gesture: UserAction, message?: string): Promise<Outcome> {
  if (!state) return { kind: 'nothing' };
  const { account, place } = state;
  try {
    const outcome = await say(
      { account, place, ...(message === undefined ? {} : { message }) },
      gesture,
    );
    byId('problem').textContent = '';
    if (outcome.kind === 'form') dialog.open(outcome.form);
    if (outcome.kind === 'shown' && !state.messages.has(outcome.message))
      await new Promise<void>((resolve) => awaited.set(outcome.message, resolve));
    return outcome;
  } catch {
    byId('problem').textContent = GONE;
    return { kind: 'nothing' };
  }
}

const dialog = connectDialog({
  directory: () => ({
    channels: [...(state?.places.values() ?? [])]
      .filter(({ kind }) => kind === 'channel')
      .map(({ id, title }) => ({ id, name: title })),
    people: (state?.all.speakers ?? []).map(({ account, name }) => ({ id: account, name })),
  }),
  look: () => (preferences.looks === 'slack' ? 'slack' : 'discord'),
  async send(form, gesture) {
    const actor = { account: state?.account ?? '', place: state?.place ?? '' };
    return say({ ...actor, ...(form.message ? { message: form.message } : {}) }, gesture);
  },
});

const composer = connectComposer({
  all: () => state?.all ?? NOTHING,
  account: () => state?.account ?? '',
  send: (text, file) => void act({ kind: 'text', text, ...(file ? { file } : {}) }),
  announce,
});

connectFit((text) => act({ kind: 'text', text }));

const NOTHING = {
  workspace: '',
  speakers: [],
  commands: [],
  places: [],
  messages: [],
  board: [],
  faults: { permission: false, busy: false, lost: false, twice: false },
  happened: [],
  now: '1970-01-01T00:00:00Z',
  zone: 'UTC',
  locale: 'en-GB',
};

connectSidebar({
  state: () => state,
  goTo,
  speakAs(account) {
    if (!state) return;
    state.account = account;
    const place = state.places.get(state.place);
    if (place?.accounts && !place.accounts.includes(account))
      state.place = state.all.places[0]?.id ?? '';
    showAll();
    composer.focus();
  },
  announce,
});

byId('messages').addEventListener('click', ({ target }) => {
  const place = around(target, '[data-place]')?.getAttribute('data-place');
  if (place) return goTo(place);
  const command = around(target, '[data-action]')?.getAttribute('data-action');
  const message = around(target, 'article')?.id.replace('message-', '');
  const own = message === undefined ? undefined : state?.messages.get(message);
  if (command && own?.by === 'person') {
    void act({ kind: 'action', command }, own.id);
    return;
  }
  const pressed = pressedIn(target);
  if (!pressed) return;
  const { look, id, values } = pressed;
  around(target, 'details.menu')?.removeAttribute('open');
  void act({ kind: 'press', look, id, ...(values ? { values } : {}) }, pressed.message).then(
    focusOn,
  );
});

/**
 * After a gesture the keyboard goes to what it led to. Nothing scrolls: that happened as the message was drawn, and by
 * now somebody may be about to press a button of it.
 */
function focusOn(outcome: Outcome): void {
  if (outcome.kind !== 'shown') return;
  document.getElementById(idOf({ id: outcome.message }))?.focus({ preventScroll: true });
}

byId('messages').addEventListener('change', ({ target }) => {
  const menu = around(target, 'details.menu');
  if (!menu) return;
  const most = Number(menu.getAttribute('data-most') ?? 1);
  const boxes = inside(menu, 'input', HTMLInputElement);
  const isFull = boxes.filter(({ checked }) => checked).length >= most;
  for (const box of boxes) box.disabled = isFull && !box.checked;
});

document.addEventListener('keydown', ({ key, target }) => {
  const menu = key === 'Escape' ? around(target, 'details.menu[open]') : undefined;
  if (!menu) return;
  menu.removeAttribute('open');
  menu.querySelector('summary')?.focus();
});

void listen({
  take,
  tell(words) {
    byId('problem').textContent = words;
  },
  ready(words) {
    byId('ready').textContent = words;
  },
});
