import { expect, test } from 'vitest';
import { randomFrom } from '../../../../src/core/random.ts';
import type { Block, Reply } from '../../../../src/spine/reply.ts';
import { singleItem } from '../../../support/items.ts';
import { createWorld, type World, words } from '../../../support/world.ts';

/** Random teams: 1 in CI, as many as RUNS says otherwise. */
const RUNS = Number(process.env['RUNS'] ?? 1);
const DAYS = 24;

test('why tells a wrong answer from one that is missing or may still come', async () => {
  const world = createWorld({ questions: [singleItem('q1'), singleItem('q2'), singleItem('q3')] });
  await world.setUp();
  await world.comeTo('2026-03-02T09:00:00Z');
  await world.ask('answer 1 try:1 choice:a', { as: 'bo' });
  await world.ask('answer 1 try:2 choice:c', { as: 'bo' });
  await world.comeTo('2026-03-03T09:00:00Z');
  await world.comeTo('2026-03-04T09:00:00Z');

  const told = words(await world.ask('leaderboard why', { as: 'bo' }));

  expect(told).toMatch(/2 Mar[^\n]*no points/);
  expect(told).toMatch(/3 Mar[^\n]*not answered \|/);
  expect(told).toMatch(/4 Mar[^\n]*not answered yet/);
});

/** A team of which some answer a question a day, at once or on the second try, with hints and without. */
async function playedWeeks(seed: string): Promise<World> {
  const random = randomFrom(seed);
  const difficulties = ['easy', 'medium', 'hard'] as const;
  const world = createWorld({
    isUnlimited: true,
    questions: Array.from({ length: DAYS + 1 }, (_, index) =>
      singleItem(`q${index}`, { difficulty: difficulties[index % 3] ?? 'easy' }),
    ),
  });
  await world.setUp('time:09:00 zone:UTC days:"every day"');
  for (let post = 1; post <= DAYS; post += 1) {
    await world.comeTo(new Date(Date.UTC(2026, 2, 1 + post, 9)).toISOString());
    for (const as of ['ana', 'bo', 'cy']) {
      if (random() < 0.2) continue;
      if (random() < 0.3) await world.ask(`answer hint post:${post} number:1`, { as });
      const isRight = random() < 0.6;
      await world.ask(`answer post:${post} try:1 choice:${isRight ? 'b' : 'a'}`, { as });
      if (!isRight) await world.ask(`answer post:${post} try:2 choice:b`, { as });
    }
    // What was corrected has lines of its own, and what was withdrawn leaves the window.
    const change =
      post % 7 === 0
        ? `daily fix post:${post} do:correct key:a note:"a typo" confirm:yes`
        : post % 9 === 0
          ? `daily fix post:${post} do:withdraw note:"wrong" confirm:yes`
          : undefined;
    if (change) await world.ask(change, { admin: true });
  }
  return world;
}

const number = (text: unknown) => Number(/-?\d+(\.\d+)?/.exec(String(text))?.[0]);
const tableOf = ({ blocks }: Reply) =>
  blocks.find((block): block is Extract<Block, { kind: 'table' }> => block.kind === 'table');

test(`the lines of why add up to the points of each question, and these to the score (${RUNS} teams)`, async () => {
  for (let run = 0; run < RUNS; run += 1) {
    const world = await playedWeeks(`why ${run}`);
    const board = await world.store.topOf(await world.teamId(), 10);
    for (const as of ['ana', 'bo', 'cy']) {
      const reply = await world.ask('leaderboard why', { as });
      const rows = tableOf(reply)?.rows ?? [];
      const total = number(reply.title);

      let counted = 0;
      for (const [, , details, points] of rows) {
        const lines = String(details)
          .split('; ')
          .filter((line) => /^[+-]?\d/.test(line));
        const sum = lines.reduce((all, line) => all + number(line), 0);
        expect(sum, `${as}: ${details} is ${points}`).toBe(number(points));
        if (!String(points).startsWith('(')) counted += number(points);
      }
      expect(rows).toHaveLength(20);
      expect(counted).toBe(total);
      expect(words(reply)).toContain(`Total: ${total}.`);
      const personId = await world.personId(as);
      expect((board.find((row) => row.personId === personId)?.quarters ?? 0) / 4).toBe(total);
    }
    world.close();
  }
});
