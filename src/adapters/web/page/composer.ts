import { draw, styled } from '../render/tree.ts';
import type { SentFile, Snapshot } from '../wire.ts';
import { type Completion, complete, completionOf, type Typing } from './complete.ts';
import { around, build, byId, findById } from './dom.ts';
import { sentFile } from './files.ts';
import { suggest } from './talk.ts';

/** What the composer needs of the page. */
export type ComposerParts = {
  all(): Snapshot;
  account(): string;
  send(text: string, file: SentFile | undefined): void;
  announce(words: string): void;
};

const MOST = 8;

/** The box in which commands and messages are typed, with a list that completes them. */
export function connectComposer(parts: ComposerParts): { focus(): void } {
  const box = findById('say', HTMLTextAreaElement);
  const list = findById('completions', HTMLDivElement);
  const form = findById('composer', HTMLFormElement);
  const attached = findById('attach', HTMLInputElement);
  let shown: Completion[] = [];
  let start = 0;
  let active = -1;
  let asked = 0;

  function show(found: Completion[], from: number): void {
    shown = found.slice(0, MOST);
    start = from;
    active = -1;
    list.replaceChildren(
      ...shown.map(({ label, more }, at) =>
        build(
          draw(
            'div',
            {
              id: `completion-${at}`,
              role: 'option',
              'aria-selected': 'false',
              'data-at': String(at),
            },
            styled('span', 'completion', label),
            ...(more ? [styled('small', 'dim', more)] : []),
          ),
        ),
      ),
    );
    list.hidden = shown.length === 0;
    box.removeAttribute('aria-activedescendant');
    if (shown.length > 0) parts.announce(`${shown.length} completions`);
  }

  async function refresh(): Promise<void> {
    asked += 1;
    const mine = asked;
    const { commands, places, speakers } = parts.all();
    const channels = places.filter(({ kind }) => kind === 'channel').map(({ id }) => `#${id}`);
    const people = speakers.map(({ account }) => `@${account}`);
    const typing = complete(box.value, commands, { channels, people });
    const found = await listOf(typing, parts.account());
    // Another letter was typed while the server thought about this one.
    if (mine === asked) show(found, typing?.start ?? 0);
  }

  function move(by: number): void {
    list.children[active]?.setAttribute('aria-selected', 'false');
    active = (active + by + shown.length) % shown.length;
    const option = list.children[active];
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    box.setAttribute('aria-activedescendant', `completion-${active}`);
  }

  function accept(at: number): void {
    const found = shown[at];
    if (!found) return;
    box.value = box.value.slice(0, start) + found.insert;
    grow(box);
    void refresh();
    box.focus();
  }

  async function send(): Promise<void> {
    const text = box.value.trim();
    if (text === '') return;
    box.value = '';
    asked += 1;
    show([], 0);
    grow(box);
    parts.send(text, await takeFile());
  }

  /** The chosen file goes with one command. */
  async function takeFile(): Promise<SentFile | undefined> {
    const file = attached.files?.[0];
    attached.value = '';
    return file && sentFile(file.name, file);
  }

  box.addEventListener('input', () => {
    grow(box);
    void refresh();
  });
  box.addEventListener('keydown', (event) => {
    const isOpen = !list.hidden;
    if (isOpen && event.key === 'ArrowDown') move(1);
    else if (isOpen && event.key === 'ArrowUp') move(active < 0 ? 0 : -1);
    else if (isOpen && event.key === 'Escape') show([], 0);
    else if (isOpen && active >= 0 && (event.key === 'Enter' || event.key === 'Tab'))
      accept(active);
    else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) void send();
    else return;
    event.preventDefault();
  });
  byId('tries').addEventListener('click', ({ target }) => {
    const words = around(target, 'button')?.textContent;
    if (words) parts.send(words, undefined);
  });
  list.addEventListener('pointerdown', (event) => {
    const option = event.target instanceof Element ? event.target.closest('[data-at]') : null;
    if (!(option instanceof HTMLElement)) return;
    event.preventDefault();
    accept(Number(option.getAttribute('data-at')));
  });
  box.addEventListener('blur', () => show([], 0));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
  return { focus: () => box.focus() };
}

async function listOf(typing: Typing | undefined, account: string): Promise<Completion[]> {
  if (!typing) return [];
  if (typing.kind === 'known') return typing.list;
  const { command, option, typed } = typing;
  const found = await suggest({ account, command, option, typed }).catch(() => []);
  return found.map((each) => completionOf(option, each));
}

/** As many lines as are typed, up to eight. */
function grow(box: HTMLTextAreaElement): void {
  box.rows = Math.min(8, box.value.split('\n').length);
}
