import type { Snapshot } from '../protocol.ts';
import { draw, styled } from '../render/tree.ts';
import { type Completion, complete, completionOf, type Typing } from './complete.ts';
import { build, findById } from './dom.ts';
import { suggest } from './talk.ts';

/** What completing needs of the page. */
export type CompletionParts = {
  all(): Snapshot;
  account(): string;
  announce(words: string): void;
  /** Takes the whole text, with the completion that was chosen at its end. */
  accept(text: string): void;
};

const MOST = 8;

/** Completes what is typed in the box. */
export function connectCompletions(box: HTMLTextAreaElement, parts: CompletionParts) {
  const list = connectList(box, { announce: parts.announce, choose });
  let start = 0;
  let asked = 0;

  async function refresh(): Promise<void> {
    asked += 1;
    const mine = asked;
    // A key that was pressed now would take what the text before asked for.
    list.show([]);
    const typing = typingIn(box.value, parts.all());
    const found = await listOf(typing, parts.account());
    // Another letter was typed while the server thought about this one.
    if (mine !== asked) return;
    start = typing?.start ?? 0;
    list.show(found);
  }

  function choose({ insert }: Completion): void {
    parts.accept(box.value.slice(0, start) + insert);
  }

  return {
    refresh,
    close: () => list.show([]),
    /** Shows nothing more of what was asked before. */
    forget(): void {
      asked += 1;
      list.show([]);
    },
    /** Gives a key to the open list; false when it means nothing there. */
    press(key: string): boolean {
      if (!list.isOpen()) return false;
      const chosen = list.chosen();
      if (key === 'ArrowDown') list.next();
      else if (key === 'ArrowUp') list.previous();
      else if (key === 'Escape') list.show([]);
      else if (chosen && (key === 'Enter' || key === 'Tab')) choose(chosen);
      else return false;
      return true;
    },
  };
}

function typingIn(text: string, { commands, places, speakers }: Snapshot): Typing | undefined {
  const channels = places.filter(({ kind }) => kind === 'channel').map(({ id }) => `#${id}`);
  const people = speakers.map(({ account }) => `@${account}`);
  return complete(text, commands, { channels, people });
}

async function listOf(typing: Typing | undefined, account: string): Promise<Completion[]> {
  if (!typing) return [];
  if (typing.kind === 'known') return typing.list;
  const { command, option, typed } = typing;
  const found = await suggest({ account, command, option, typed }).catch(() => []);
  return found.map((each) => completionOf(option, each));
}

/** The list under the box: what stands in it, and which of it the keys have come to. */
function connectList(
  box: HTMLTextAreaElement,
  { announce, choose }: { announce(words: string): void; choose(completion: Completion): void },
) {
  const list = findById('completions', HTMLDivElement);
  let shown: Completion[] = [];
  let active = -1;

  function moveTo(at: number): void {
    list.children[active]?.setAttribute('aria-selected', 'false');
    active = (at + shown.length) % shown.length;
    const option = list.children[active];
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    box.setAttribute('aria-activedescendant', `completion-${active}`);
  }

  list.addEventListener('pointerdown', (event) => {
    const option = event.target instanceof Element ? event.target.closest('[data-at]') : null;
    if (!(option instanceof HTMLElement)) return;
    event.preventDefault();
    const found = shown[Number(option.getAttribute('data-at'))];
    if (found) choose(found);
  });

  return {
    isOpen: () => !list.hidden,
    chosen: () => shown[active],
    next: () => moveTo(active + 1),
    previous: () => moveTo(Math.max(active, 0) - 1),
    show(found: Completion[]): void {
      shown = found.slice(0, MOST);
      active = -1;
      list.replaceChildren(...shown.map(drawOption));
      list.hidden = shown.length === 0;
      box.removeAttribute('aria-activedescendant');
      if (shown.length > 0) announce(`${shown.length} suggestions`);
    },
  };
}

function drawOption({ label, more }: Completion, at: number): Node {
  return build(
    draw(
      'div',
      { id: `completion-${at}`, role: 'option', 'aria-selected': 'false', 'data-at': String(at) },
      styled('span', 'completion', label),
      ...(more ? [styled('small', 'dim', more)] : []),
    ),
  );
}
