import type { SentFile } from '../protocol.ts';
import { type CompletionParts, connectCompletions } from './completions.ts';
import { around, byId, findById } from './dom.ts';
import { sentFile } from './files.ts';

/** What the composer needs of the page. */
export type ComposerParts = Omit<CompletionParts, 'accept'> & {
  send(text: string, file: SentFile | undefined): void;
};

/** The box in which commands and messages are typed, with a list that completes them. */
export function connectComposer(parts: ComposerParts): { focus(): void } {
  const box = findById('say', HTMLTextAreaElement);
  const completions = connectCompletions(box, { ...parts, accept });

  function accept(text: string): void {
    box.value = text;
    grow(box);
    void completions.refresh();
    box.focus();
  }

  async function send(): Promise<void> {
    const text = box.value.trim();
    if (text === '') return;
    box.value = '';
    completions.forget();
    grow(box);
    parts.send(text, await takeFile());
  }

  box.addEventListener('input', () => {
    grow(box);
    void completions.refresh();
  });
  box.addEventListener('keydown', (event) => {
    const isEnter = event.key === 'Enter' && !event.shiftKey && !event.isComposing;
    const isTaken = completions.press(event.key);
    if (!isTaken && isEnter) void send();
    if (isTaken || isEnter) event.preventDefault();
  });
  box.addEventListener('blur', completions.close);
  byId('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
  byId('tries').addEventListener('click', ({ target }) => {
    const command = around(target, 'button')?.getAttribute('value');
    if (command) parts.send(command, undefined);
  });
  return { focus: () => box.focus() };
}

/** The chosen file goes with one command. */
async function takeFile(): Promise<SentFile | undefined> {
  const attached = findById('attach', HTMLInputElement);
  const file = attached.files?.[0];
  attached.value = '';
  return file && sentFile(file.name, file);
}

/** As many lines as are typed, up to eight. */
function grow(box: HTMLTextAreaElement): void {
  box.rows = Math.min(8, box.value.split('\n').length);
}
