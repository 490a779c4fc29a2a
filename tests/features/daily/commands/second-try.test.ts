import { expect, test } from 'vitest';
import { orderItem, singleItem } from '../../../support/items.ts';
import { createWorld, words } from '../../../support/world.ts';

async function posted(questions = [singleItem('q1')]) {
  const world = createWorld({ questions });
  await world.setUp();
  await world.comeTo('2026-03-02T09:00:00Z');
  return world;
}

test('an option that was wrong cannot be chosen on the second try, and is marked', async () => {
  const world = await posted();
  const wrong = await world.ask('answer 1 try:1 choice:a');

  const again = await world.press(wrong, 'Try again');

  const runs = again.blocks.flatMap((block) =>
    block.kind === 'buttons' ? block.buttons.map(({ run }) => run) : [],
  );
  expect(runs.filter((run) => /choice:/.test(run))).toHaveLength(3);
  expect(runs.some((run) => /choice:a/.test(run))).toBe(false);
  expect(words(again)).toContain('First wrong (tried)');
});

test('a wrong order shows which steps are out of place', async () => {
  const world = await posted([orderItem('o1')]);

  const shown = words(await world.ask('answer 1'));
  const letterOf = (step: string) => new RegExp(`^([A-D])  Step ${step}`, 'm').exec(shown)?.[1];
  const inOrder = (...steps: string[]) => steps.map(letterOf).join('');

  const wrong = words(
    await world.ask(`answer order 1 try:1 letters:${inOrder('two', 'one', 'three', 'four')}`),
  );
  const last = words(
    await world.ask(`answer order 1 try:2 letters:${inOrder('one', 'three', 'two', 'four')}`),
  );

  for (const told of [wrong, last]) expect(told).toMatch(/Out of place: [A-D]\.$/m);
  // One step moved: either neighbor of a swapped pair.
  expect(wrong).toContain(`Your answer: ${inOrder('two', 'one', 'three', 'four')}. `);
  expect(last).toContain(`${letterOf('one')} Step one`);
});
