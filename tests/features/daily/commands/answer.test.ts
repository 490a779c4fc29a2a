import { expect, test } from 'vitest';
import { multiItem, numericItem, orderItem, singleItem } from '../../../support/items.ts';
import { createWorld, runOf, words } from '../../../support/world.ts';

async function posted(questions = [singleItem('q1')]) {
  const world = createWorld({ questions });
  await world.setUp();
  await world.comeTo('2026-03-02T09:00:00Z');
  return world;
}

test('a wrong first try says why, and nothing of the key', async () => {
  const world = await posted();

  const reply = await world.ask('answer 1 try:1 choice:a');

  expect(words(reply)).toContain('First is wrong because.');
  expect(words(reply)).not.toContain('The right one');
  expect(reply.visibility).toBe('private');
});

test('a second try earns half, after two hints a quarter', async () => {
  const world = await posted();

  await world.ask('answer 1 try:1 choice:a');
  await world.ask('answer hint 1 number:1');
  await world.ask('answer hint 1 number:2');
  const reply = await world.ask('answer 1 try:2 choice:b');

  expect(reply.title).toBe('Correct: +5 points');
});

test('a hint pressed twice is one hint', async () => {
  const world = await posted();
  await world.ask('answer hint 1 number:1');
  await world.ask('answer hint 1 number:1');

  const reply = await world.ask('answer 1 try:1 choice:b');

  expect(reply.title).toBe('Correct: +15 points');
});

test('after two wrong tries the key and why for every option follow', async () => {
  const world = await posted();

  await world.ask('answer 1 try:1 choice:a');
  const reply = await world.ask('answer 1 try:2 choice:c');

  const explained = await world.press(reply, 'Explain more');

  expect(words(reply)).toContain('The right one. It is right because.');
  expect(words(explained)).toContain('✓ Correct: The right one');
  expect(words(explained)).toContain('Third is wrong because.');
  expect(words(explained)).toContain('Chapter title 5');
});

test('a finished question that is opened again says what it asked', async () => {
  const world = await posted();
  await world.ask('answer 1 try:1 choice:b', { as: 'bo' });

  const again = await world.ask('answer 1', { as: 'bo' });

  expect(words(again)).toContain('What does q1 ask?');
  expect(again.title).toBe('You got this one right');
});

test('the solution ends scoring', async () => {
  const world = await posted();
  await world.ask('answer reveal 1');

  await world.ask('answer 1 try:1 choice:b');

  expect(await world.store.standing(await world.teamId(), await world.personId())).toBeUndefined();
});

test('fifty presses at once by one person are one answer', async () => {
  const world = await posted();
  await world.ask('daily');

  await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      world.ask(`answer 1 try:1 choice:${'abcd'.charAt(index % 4)}`),
    ),
  );

  const { attempts } = await world.store.progress(1, await world.personId());
  expect(attempts).toHaveLength(1);
  expect(world.events.filter(({ kind }) => kind === 'answered')).toHaveLength(1);
});

test('each person has an order of their own, and it stays', async () => {
  const world = await posted();

  const shown = await Promise.all(
    ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((as) => world.ask('answer 1', { as })),
  );
  const again = await world.ask('answer 1', { as: 'a' });

  expect(new Set(shown.map((reply) => runOf(reply, 'A'))).size).toBeGreaterThan(1);
  expect(words(again)).toBe(words(shown[0] ?? again));
});

test('a later answer is practice, says so and changes nothing', async () => {
  const world = await posted();
  await world.comeTo('2026-03-03T08:00:00Z');

  const card = await world.ask('answer 1');
  const reply = await world.ask('answer 1 try:1 choice:b');

  expect(words(card)).toContain('for practice');
  expect(words(reply)).toContain('(no points)');
  expect(await world.store.standing(await world.teamId(), await world.personId())).toBeUndefined();
});

test.each([
  [numericItem('n1'), 'answer 1 try:1 choice:a', 'Enter a number'],
  [orderItem('o1'), 'answer 1 try:1 choice:a', 'Enter every letter'],
  [singleItem('q1'), 'answer 1 try:1 choice:f', "isn't an option"],
  [singleItem('q1'), 'answer number 1 value:8 try:1', 'Select a letter'],
  [singleItem('q1'), 'answer order 1 letters:ABCD try:1', 'should use every letter once'],
])('an answer of another kind uses up no try: %#', async (question, line, said) => {
  const world = await posted([question]);

  const reply = await world.ask(line);

  expect(words(reply)).toContain(said);
  expect((await world.store.progress(1, await world.personId())).attempts).toEqual([]);
});

test('a partly right selection earns its share, and the rest can follow', async () => {
  const world = await posted([multiItem('m1')]);

  const half = await world.ask('answer 1 try:1 choice:a');
  const all = await world.ask('answer 1 try:2 choice:a,c');

  expect(half.title).toBe('Partly correct: 50%');
  expect(all.title).toBe('Correct: +0 points');
  expect((await world.store.standing(await world.teamId(), await world.personId()))?.quarters).toBe(
    20,
  );
});

test('an order is typed in the letters that the person sees', async () => {
  const world = await posted([orderItem('o1')]);
  const card = await world.ask('answer 1');
  const steps = card.blocks.flatMap((block) =>
    block.kind === 'text' && Array.isArray(block.text) ? [words({ blocks: [block] })] : [],
  );
  const letters = ['one', 'two', 'three', 'four'].map(
    (step) => steps.find((line) => line.endsWith(`Step ${step}`))?.charAt(0) ?? '?',
  );

  const reply = await world.ask(`answer order 1 letters:${letters.join('')} try:1`);

  expect(reply.title).toBe('Correct: +10 points');
});

test('a question of another team is not shown', async () => {
  const world = await posted();

  const reply = await world.ask('answer 1', { team: 'T2', as: 'eve' });

  expect(words(reply)).toContain("I can't find question 1");
});

test('a corrected key scores every answer again', async () => {
  const world = await posted();
  await world.ask('answer 1 try:1 choice:b', { as: 'bo' });
  await world.ask('answer 1 try:1 choice:c', { as: 'cy' });

  await world.ask('daily fix post:1 do:correct key:c note:"swapped" confirm:yes', { admin: true });
  await world.tick();

  const team = await world.teamId();
  expect((await world.store.standing(team, await world.personId('bo')))?.quarters).toBe(0);
  expect((await world.store.standing(team, await world.personId('cy')))?.quarters).toBe(80);
  expect(world.fake.directs()).toHaveLength(2);
});

test('a correction without a valid key names the options that it can have', async () => {
  const world = await posted();

  for (const key of [' key:2', ' key:z']) {
    const told = words(
      await world.ask(`daily fix post:1${key} do:correct note:x`, { admin: true }),
    );
    expect(told).toContain('Choose from these options:');
    expect(told).toMatch(/[A-D]: The right one/);
  }
});
