import type { Outcome } from '../protocol.ts';
import { byId, inside } from './dom.ts';
import { idOf } from './messages.ts';

/** "Will it fit?": two menus that run the vram command, whose picture fills as it comes. */
export function connectFit(run: (command: string) => Promise<Outcome>): void {
  const menus = byId('fit');

  async function estimate(): Promise<void> {
    const [model, gpu] = inside(menus, 'select', HTMLSelectElement).map(({ value }) => value);
    const outcome = await run(`/vram model:${model} gpu:${gpu}`);
    if (outcome.kind !== 'shown') return;
    const message = document.getElementById(idOf({ id: outcome.message }));
    message?.classList.add('fills');
    for (const picture of message?.querySelectorAll('.dc-picture, figure') ?? [])
      picture.scrollIntoView({ block: 'end' });
  }

  byId('fit-open').addEventListener('click', () => {
    menus.hidden = false;
    void estimate();
  });
  menus.addEventListener('change', () => void estimate());
}
