import { FAULTS } from '../protocol.ts';
import { draw, styled } from '../render/tree.ts';
import { around, build, byId, findById, inside } from './dom.ts';
import { nameOf, openPlaces, readerOf, type State } from './state.ts';
import { jump, reset, setFault } from './talk.ts';
import { dateText } from './times.ts';

/** What the sidebar shows and what it can do to the page. */
export type SidebarParts = {
  state(): State | undefined;
  goTo(place: string): void;
  speakAs(account: string): void;
  announce(words: string): void;
};

/** Connects the places, the clock, the speakers and the switches. */
export function connectSidebar(parts: SidebarParts): void {
  const side = findById('side', HTMLDetailsElement);
  const narrow = matchMedia('(max-width: 760px)');
  // On a phone the messages come first; on a desk the list cannot be closed.
  const fold = () => {
    side.open = !narrow.matches;
  };
  narrow.addEventListener('change', fold);
  fold();
  byId('places').addEventListener('click', ({ target }) => {
    const place = around(target, '[data-place]')?.getAttribute('data-place');
    if (!place) return;
    fold();
    parts.goTo(place);
  });
  const speaker = findById('speaker', HTMLSelectElement);
  speaker.addEventListener('change', () => parts.speakAs(speaker.value));
  byId('tomorrow').addEventListener('click', () => void move('tomorrow 09:00'));
  byId('hour').addEventListener('click', () => void move('1h'));
  byId('faults').addEventListener('change', ({ target }) => {
    const box = around(target, 'input');
    const fault = box instanceof HTMLInputElement ? box : undefined;
    const known = FAULTS.find((each) => each === fault?.value);
    if (known && fault) void setFault(known, fault.checked);
  });
  byId('reset').addEventListener('click', () => {
    // A week is lived through anew, which can be seen to take a moment.
    byId('messages').replaceChildren(
      build(styled('p', 'dim empty', 'The demo team is getting ready…')),
    );
    void reset();
  });

  async function move(words: string): Promise<void> {
    await jump(words);
    const state = parts.state();
    if (state) parts.announce(`It's ${momentText(state)}`);
  }
}

/** Lines shown of what the machine did. */
const LINES = 20;

/** Writes the present state of everything beside the messages. */
export function showSidebar(state: State): void {
  byId('places').replaceChildren(...openPlaces(state).map((place) => build(entry(state, place))));
  const unread = [...state.unread.values()].reduce((sum, count) => sum + count, 0);
  byId('unread').textContent = unread > 0 ? `${unread} new` : '';
  showSpeakers(state);
  showBoard(state);
  byId('clock').textContent = momentText(state);
  for (const box of inside(byId('faults'), 'input', HTMLInputElement))
    box.checked = FAULTS.some((each) => each === box.value && state.all.faults[each]);
  const lines = state.all.happened.slice(-LINES).reverse();
  byId('happened').replaceChildren(...lines.map((line) => build(draw('li', {}, line))));
  const place = state.places.get(state.place);
  byId('place-title').textContent = place?.title ?? '';
  byId('place-note').textContent = noteOf(state, place?.accounts);
}

/** Writes the leaderboard; whose points have changed is marked. */
function showBoard({ all }: State): void {
  const before = new Map(
    inside(byId('board'), 'li', HTMLElement).map(({ title, dataset }) => [
      title,
      dataset['points'],
    ]),
  );
  const rows = all.board.map(({ rank, name, points }) => {
    const isMoved = before.size > 0 && before.get(name) !== points;
    const [short = ''] = name.split(' ');
    return draw(
      'li',
      { title: name, 'data-points': points, ...(isMoved ? { class: 'moved' } : {}) },
      `${rank} ${short} `,
      draw('strong', {}, points),
    );
  });
  // Drawn again only when it says something else, so that a mark runs to its end.
  const isSame = all.board.every(({ name, points }) => before.get(name) === points);
  if (!isSame) byId('board').replaceChildren(...rows.map((row) => build(row)));
}

/** Who can read what is said in a place. */
function noteOf(state: State, accounts: readonly string[] | undefined): string {
  if (!accounts) return `Everyone in ${state.all.workspace} can see this`;
  const others = accounts.filter((account) => account !== state.account);
  const names = ['you', ...others.map((account) => nameOf(state, account))];
  return `Only ${names.join(', ')} and Warmup can see this`;
}

function entry(state: State, { id, title, kind }: ReturnType<typeof openPlaces>[number]) {
  const unread = state.unread.get(id) ?? 0;
  return draw(
    'li',
    {},
    draw(
      'button',
      {
        type: 'button',
        class: `place ${kind}`,
        'data-place': id,
        title,
        ...(id === state.place ? { 'aria-current': 'true' } : {}),
      },
      styled('span', 'place-name', title),
      ...(unread > 0 ? [styled('span', 'unread', `${unread} new`)] : []),
    ),
  );
}

function showSpeakers({ all, account }: State): void {
  const select = findById('speaker', HTMLSelectElement);
  if (select.options.length !== all.speakers.length) {
    select.replaceChildren(
      ...all.speakers.map(({ account: value, name, isAdmin }) =>
        build(draw('option', { value }, isAdmin ? `${name} (admin)` : name)),
      ),
    );
  }
  select.value = account;
}

function momentText(state: State): string {
  const reader = readerOf(state);
  return dateText(
    reader.now,
    { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
    reader,
  );
}
