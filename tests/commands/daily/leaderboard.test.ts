import { expect, test } from 'vitest';
import { createWorld, words } from '../../support/world.ts';

const VIEWS = ['rank', 'week', 'month', 'season', 'all-time'];

async function answered() {
  const world = createWorld();
  await world.setUp();
  await world.comeTo('2026-03-02T09:00:00Z');
  await world.ask('answer 1 choice:b', { as: 'ana' });
  await world.ask('answer 1 choice:b', { as: 'bo' });
  await world.comeTo('2026-03-03T08:30:00Z');
  return world;
}

test.each(VIEWS)('a public board is the same for everyone: %s', async (view) => {
  const world = await answered();

  const anas = await world.ask(`leaderboard ${view}`, { as: 'ana' });
  const bos = await world.ask(`leaderboard ${view}`, { as: 'bo' });

  expect(words(anas)).toContain('ana');
  expect(words(anas)).not.toContain('(you)');
  expect(words(bos)).toBe(words(anas));
});

test.each(VIEWS)("one's own place comes in private: %s", async (view) => {
  const world = await answered();
  const board = await world.ask(`leaderboard ${view}`, { as: 'ana' });

  const mine = await world.press(board, 'My rank', { as: 'bo' });

  expect(mine.visibility).toBe('private');
  expect(words(mine)).toContain('bo (you)');
});

test('an estimate can be asked for in private, and so is what its buttons show', async () => {
  const world = createWorld();

  const step = await world.prepare({ kind: 'text', text: 'vram llama-3.1-8b 4090 private:yes' });
  const asked = await world.ask('vram llama-3.1-8b 4090 private:yes');

  expect(step.kind === 'run' && step.visibility).toBe('private');
  expect(asked.visibility).toBe('private');
  const runs = asked.blocks.flatMap((block) =>
    block.kind === 'buttons' ? block.buttons.map(({ run }) => run) : [],
  );
  expect(runs.length).toBeGreaterThan(0);
  for (const run of runs) expect(run).toMatch(/private:yes$/);
});
