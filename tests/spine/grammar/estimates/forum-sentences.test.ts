import { expect, test } from 'vitest';
import { createWorld, words } from '../../../support/world.ts';
import sentences from './forum-sentences.json' with { type: 'json' };

/**
 * As people ask in forums, and command lines as they are pasted, written before any was tried. `means` is the line in
 * the bot's own terms, `unused` what the answer says it didn't use, `refuses` how the refusal begins; `meant` is what
 * was meant where neither is that.
 */
type Sentence = {
  says: string;
  means?: string;
  unused?: string;
  refuses?: string;
  isUnclear?: boolean;
  meant?: object;
};

// The file holds some of these keys in each row.
const SENTENCES = sentences as readonly Sentence[];

const world = createWorld({ isUnlimited: true });

test.each(SENTENCES)('$says', async ({ says, means, unused, refuses }) => {
  const reply = await world.ask(says);

  const said = words(reply);
  expect((reply.data as { command?: string } | undefined)?.command).toBe(means);
  expect(/Not used: (.*)\.$/m.exec(said)?.[1]).toBe(unused);
  if (refuses !== undefined) expect(said.trimStart().split('\n')[0]).toBe(refuses);
});

test('most sentences that an engineer can read are answered as they were meant', () => {
  const readable = SENTENCES.filter(({ isUnclear }) => !isUnclear);
  const missed = readable.filter(({ meant }) => meant !== undefined);

  expect(missed.length / readable.length).toBeLessThan(0.15);
});
