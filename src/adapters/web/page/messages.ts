import type { BotMessage, PersonMessage, ShownMessage } from '../protocol.ts';
import { draw, styled, type Tree } from '../render/tree.ts';
import { drawCard, drawDetails, LOOKS } from './cards.ts';
import { around, build, byId, inside, showTimes } from './dom.ts';
import { nameOf, readerOf, type State, visible } from './state.ts';
import { dateText } from './times.ts';

/** Draws everything that stands where somebody looks; the focus stays where it was. */
export function showMessages(state: State): void {
  const list = byId('messages');
  const restoreFocus = rememberFocus(list);
  list.replaceChildren();
  for (const message of visible(state)) add(list, state, message);
  if (list.childElementCount === 0)
    list.append(build(styled('p', 'dim empty', 'No messages yet.')));
  list.scrollTop = 0;
  restoreFocus();
}

/** A line that comes back after a break draws everything again, which must not take the keyboard's place away. */
function rememberFocus(list: HTMLElement): () => void {
  const { activeElement: focused } = document;
  const message = list.contains(focused) ? focused?.closest('article')?.id : undefined;
  if (!focused || !message) return () => {};
  const find = () => document.getElementById(message);
  const at = [...(find()?.querySelectorAll(focused.tagName) ?? [])].indexOf(focused);
  return () => {
    const same = find()?.querySelectorAll(focused.tagName)[at] ?? find();
    if (same instanceof HTMLElement) same.focus();
  };
}

/**
 * Adds the newest message, which comes first in the document and stands lowest, under a line when another day begins
 * with it.
 */
function add(list: HTMLElement, state: State, message: ShownMessage): HTMLElement {
  const fresh = article(state, message);
  const day = dateText(new Date(message.at), DAY, readerOf(state));
  fresh.dataset['day'] = day;
  const last = list.firstElementChild;
  if (!(last instanceof HTMLElement) || last.dataset['day'] !== day)
    list.prepend(build(styled('p', 'day', styled('span', '', day))));
  list.prepend(fresh);
  return fresh;
}

const DAY = { weekday: 'long', day: 'numeric', month: 'long' } as const;

/** Draws one message that is new or was changed; where it stood, it stays. */
export function showMessage(state: State, message: ShownMessage): void {
  const list = byId('messages');
  const old = document.getElementById(idOf(message));
  if (old) {
    const fresh = article(state, message);
    const { day } = old.dataset;
    if (day) fresh.dataset['day'] = day;
    const hadFocus = old.contains(document.activeElement);
    old.replaceWith(fresh);
    // What was pressed is gone, and with it the place in the page.
    if (hadFocus) fresh.focus({ preventScroll: true });
    if (hadFocus) bringIntoSight(list, fresh);
    return;
  }
  list.querySelector('.empty')?.remove();
  const fresh = add(list, state, message);
  list.scrollTop = 0;
  bringIntoSight(list, fresh);
}

/** What is taller than the page is read from its top. */
function bringIntoSight(list: HTMLElement, message: HTMLElement): void {
  message.scrollIntoView({ block: message.offsetHeight > list.clientHeight ? 'start' : 'nearest' });
}

/** The element of a message. */
export const idOf = ({ id }: Pick<ShownMessage, 'id'>) => `message-${id}`;

function article(state: State, message: ShownMessage): HTMLElement {
  const tree = message.by === 'bot' ? fromBot(state, message) : fromPerson(state, message);
  const element = build(tree);
  if (!(element instanceof HTMLElement)) throw new Error('A message is an element');
  showTimes(element, readerOf(state));
  leaveOneStop(element);
  if (message.by === 'bot') fillDetails(element, message);
  return element;
}

/** Both cards of a message have the same controls: where both are shown, the keyboard stops at those of the first. */
export function leaveOneStop(parent: ParentNode): void {
  const isBoth = document.documentElement.dataset['looks'] === 'both';
  for (const control of inside(parent, '.slack :is(button, summary, a, input)', HTMLElement)) {
    if (isBoth) control.tabIndex = -1;
    else control.removeAttribute('tabindex');
  }
}

/** Payloads are long, so they are written when somebody opens them. */
function fillDetails(element: HTMLElement, { payloads }: BotMessage): void {
  const more = element.querySelector('.more');
  more?.addEventListener(
    'toggle',
    () => more.querySelector('.fill')?.replaceChildren(build(drawDetails(payloads))),
    { once: true },
  );
}

function fromBot(state: State, message: BotMessage): Tree {
  const { payloads, only, cause, isEdited, title } = message;
  const frame = {
    at: Math.floor(Date.parse(message.at) / 1000),
    ...(only === undefined ? {} : { only: nameOf(state, only) }),
    ...(isEdited ? { isEdited } : {}),
  };
  const who = only === undefined ? 'Warmup' : `Warmup, only to ${frame.only}`;
  return draw(
    'article',
    {
      id: idOf(message),
      class: only === undefined ? 'message' : 'message private',
      tabindex: '-1',
      'aria-label': title ? `${who}: ${title}` : who,
    },
    ...headOf(state, message, cause),
    styled('div', 'pair', ...LOOKS.map((look) => drawCard(look, payloads, frame))),
    styled(
      'div',
      'under',
      ...threadsUnder(state, message),
      draw(
        'details',
        { class: 'more' },
        draw('summary', {}, 'Payload, limits and fallback text'),
        styled('div', 'fill'),
      ),
    ),
  );
}

function headOf(state: State, { only }: ShownMessage, cause: string | undefined): Tree[] {
  const marks: Tree[] = [];
  if (only !== undefined) marks.push(styled('strong', 'mark', onlyWords(nameOf(state, only))));
  if (cause !== undefined)
    marks.push(styled('span', 'cause', 'in reply to ', draw('code', {}, cause)));
  return marks.length > 0 ? [styled('p', 'message-head', ...marks)] : [];
}

const onlyWords = (name: string) =>
  name === 'You' ? 'Only you can see this' : `Only ${name} can see this`;

function threadsUnder({ places, messages }: State, { id, leadsTo = [] }: BotMessage): Tree[] {
  return [...places.values()]
    .filter((place) => place.under === id || leadsTo.includes(place.id))
    .map((place) => {
      const count = [...messages.values()].filter((each) => each.place === place.id).length;
      return draw(
        'button',
        { type: 'button', class: 'thread', 'data-place': place.id },
        `Thread: ${place.title} (${count})`,
      );
    });
}

function fromPerson(state: State, message: PersonMessage): Tree {
  const { account, text, at } = message;
  const name = nameOf(state, account);
  const actions =
    account === state.account ? state.all.commands.filter(({ action }) => action) : [];
  return draw(
    'article',
    { id: idOf(message), class: 'message person', tabindex: '-1', 'aria-label': name },
    draw('span', { class: 'avatar', 'aria-hidden': 'true' }, name.charAt(0)),
    styled(
      'div',
      'card-content',
      styled(
        'p',
        'card-head',
        styled('span', 'card-author', name),
        ' ',
        draw(
          'time',
          { 'data-unix': String(Math.floor(Date.parse(at) / 1000)), 'data-show': 't' },
          '',
        ),
      ),
      styled('p', 'person-text', text),
      ...actions.map(({ name: command, action = '' }) =>
        draw('button', { type: 'button', class: 'thread', 'data-action': command }, action),
      ),
    ),
  );
}

/** What was pressed in a message: its id there, and the values chosen in a menu. */
export type Pressed = { message: string; look: 'discord' | 'slack'; id: string; values?: string[] };

/** Reads a click on a button, an entry of a menu, or the button that sends a menu's boxes. */
export function pressedIn(target: EventTarget | null): Pressed | undefined {
  const button = around(target, '[data-press], [data-send]');
  const card = around(target, '[data-look]');
  const message = around(target, 'article')?.id.replace('message-', '');
  if (!button || !card || message === undefined) return undefined;
  const look = card.dataset['look'] === 'slack' ? 'slack' : 'discord';
  const press = button.getAttribute('data-press');
  const value = button.getAttribute('data-value');
  const send = button.getAttribute('data-send');
  if (press !== null)
    return { message, look, id: press, ...(value === null ? {} : { values: [value] }) };
  if (send === null) return undefined;
  const menu = around(button, 'details') ?? menuOf(card, send);
  const boxes = [...(menu?.querySelectorAll('input:checked') ?? [])];
  const values = boxes.flatMap((box) => (box instanceof HTMLInputElement ? [box.value] : []));
  return { message, look, id: send, values };
}

function menuOf(card: HTMLElement, id: string): Element | undefined {
  return [...card.querySelectorAll('[data-choices]')].find(
    (menu) => menu instanceof HTMLElement && menu.dataset['choices'] === id,
  );
}
