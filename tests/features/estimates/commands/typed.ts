import { expect, test } from 'vitest';
import { createWorld, type From, words } from '../../../support/world.ts';

/** A sentence and what its answer must say, in this order. */
export type Sentence = [line: string, ...says: (string | RegExp)[]];

const STEPS = 'Steps and assumptions';

/** Types each sentence to the whole machine, in a world of its own; what an estimate assumes is with its steps. */
export function typed(sentences: readonly Sentence[], from: From = {}): void {
  test.each(sentences.map(([line, ...says]) => ({ line, says })))(
    '$line',
    async ({ line, says }) => {
      const world = createWorld();

      const reply = await world.ask(line, from);
      const steps = words(reply).includes(STEPS)
        ? words(await world.press(reply, STEPS, from))
        : '';
      const answer = `${words(reply)}\n${steps}`;

      let rest = answer;
      for (const said of says) {
        const at = typeof said === 'string' ? rest.indexOf(said) : rest.search(said);
        expect(at, `"${said}" in:\n${answer}`).toBeGreaterThanOrEqual(0);
        rest = rest.slice(at);
      }
      expect(world.events.filter(({ kind }) => kind === 'failed')).toEqual([]);
    },
  );
}
