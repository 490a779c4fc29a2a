import { expect, test } from 'vitest';
import { singleItem } from '../../../support/items.ts';
import { createWorld, type World, words } from '../../../support/world.ts';

const admin = { as: 'boss', admin: true };

/** A closed question: so many chose each option on their first try. */
async function answered(choices: Record<string, number>, difficulty = 'medium'): Promise<World> {
  const item = singleItem('q1', { difficulty } as Parameters<typeof singleItem>[1]);
  const world = createWorld({ questions: [item] });
  await world.setUp('time:09:00 zone:UTC days:weekdays', admin);
  await world.comeTo('2026-03-02T09:00:00Z');
  for (const [letter, count] of Object.entries(choices))
    for (let index = 0; index < count; index += 1)
      await world.ask(`answer 1 try:1 choice:${letter}`, { as: `p-${letter}-${index}` });
  await world.comeTo('2026-03-03T08:30:00Z');
  return world;
}

const cellsOf = async (world: World) =>
  words(await world.ask('setup quality', admin))
    .split('\n')
    .find((line) => line.startsWith('q1 |'))
    ?.split(' | ') ?? [];

const MEASURED = 4;

/** The row of the question without its measured difficulty. */
const rowOf = async (world: World) =>
  (await cellsOf(world)).filter((_, index) => index !== MEASURED).join(' | ');

test.each([
  // 30 of 40 are 75 %, the upper end of medium, still inside.
  ['medium', { b: 30, a: 6, c: 4 }, 'q1 | 40 | 75% | medium: fits | D | 0'],
  ['medium', { b: 31, a: 4, c: 4, d: 1 }, 'q1 | 40 | 78% | medium: plays easier | none | 0'],
  // 11 of 30 are 37 %, under the 40 % that medium promises.
  ['medium', { b: 11, a: 19 }, 'q1 | 30 | 37% | medium: plays harder | C D | 0'],
  ['easy', { b: 20, a: 10 }, 'q1 | 30 | 67% | easy: plays harder | C D | 0'],
  ['hard', { b: 16, a: 14 }, 'q1 | 30 | 53% | hard: plays easier | C D | 0'],
  // Under 30 answers nothing is judged.
  ['hard', { b: 29 }, 'q1 | 29 | 100% | hard | none | 0'],
])('a %s question answered %o', async (difficulty, choices, expected) => {
  const world = await answered(choices, difficulty);

  expect(await rowOf(world)).toBe(expected);
});

test('only first tries count, of people who did not know the answer', async () => {
  const world = createWorld({ questions: [singleItem('q1')] });
  await world.setUp('time:09:00 zone:UTC days:weekdays', admin);
  await world.comeTo('2026-03-02T09:00:00Z');
  await world.ask('answer 1 try:1 choice:a', { as: 'mia' });
  await world.ask('answer 1 try:2 choice:b', { as: 'mia' });
  await world.ask('answer 1 try:1 choice:b', { as: 'zoe' });
  await world.ask('daily', { as: 'author' });
  await world.store.markUnranked(['q1'], await world.personId('author'));
  await world.ask('answer 1 try:1 choice:b', { as: 'author' });
  await world.comeTo('2026-03-03T08:30:00Z');

  expect(await rowOf(world)).toBe('q1 | 2 | 50% | medium | none | 0');
});

test('an open question is not counted, so that nobody learns its answer here', async () => {
  const world = createWorld({ questions: [singleItem('q1')] });
  await world.setUp('time:09:00 zone:UTC days:weekdays', admin);
  await world.comeTo('2026-03-02T09:00:00Z');
  await world.ask('answer 1 try:1 choice:b', { as: 'mia' });

  expect(words(await world.ask('setup quality', admin))).toContain('No questions have closed yet');
});

test('one question shows which options nobody chose, and the reports about it', async () => {
  const world = await answered({ b: 20, a: 10 });
  await world.ask('question report q1 text:"C is right too"', { as: 'mia' });

  const shown = words(await world.ask('setup quality q1', admin));

  expect(shown).toContain('[Fixed] [No problem]');
  expect(shown).toContain('Correct: 67%');
  expect(shown).toContain('C was never chosen: Second wrong');
  expect(shown).toContain('D was never chosen: Third wrong');
  expect(shown).toContain('mia: C is right too');
  expect(await rowOf(world)).toBe('q1 | 30 | 67% | medium: fits | C D | 1');
});

test('a label that all of the interval contradicts is named, with what was measured', async () => {
  // With four options, 3 of 40 is worse than guessing.
  const world = await answered({ b: 3, a: 37 }, 'easy');

  const shown = words(await world.ask('setup quality q1', admin));

  expect(shown).toContain('labeled easy, but your team finds it hard');
  expect(shown).toMatch(
    /Measured difficulty: \d\.\d \(95% interval \d\.\d to \d\.\d, 40 answers\)/,
  );
  expect((await cellsOf(world))[MEASURED]).toMatch(/^\d\.\d: hard$/);
});

test('a first answer in practice counts as much, and a repeated one does not', async () => {
  const world = await answered({ b: 30 });
  await world.ask('help', { as: 'mia' });
  const personId = await world.personId('mia');
  const teamId = await world.teamId();
  const at = new Date('2026-03-03T08:30:00Z');
  const settings = { kind: 'quiz', mode: 'mixed', count: 1 } as const;
  await world.store.startPractice({ personId, teamId, settings, cards: ['q1'], at });
  const answer = { personId, card: 'q1', chapter: 5, day: '2026-03-03', at };

  await world.store.changeCard({ ...answer, key: 'practice 1 step 0', what: 'again', share: 0 });
  await world.store.changeCard({ ...answer, key: 'practice 1 step 1', what: 'good', share: 1 });

  expect(words(await world.ask('setup quality q1', admin))).toContain('31 answers');
});

test('answers to an older version say nothing about the new one', async () => {
  const world = await answered({ b: 30 });
  await world.ask(
    'question edit q1 prompt:"Asked anew?" right:"The right one" wrong:"First wrong\\nSecond wrong" explanation:"So." place:"5 medium"',
    admin,
  );

  await world.comeTo('2026-03-03T09:00:00Z');
  await world.ask('answer 2 try:1 choice:a', { as: 'mia' });
  await world.comeTo('2026-03-04T08:30:00Z');

  expect(await rowOf(world)).toBe('q1 | 1 | 0% | medium | none | 0');
});

test('another team sees none of it', async () => {
  const world = await answered({ b: 30 });

  const reply = await world.ask('setup quality', { as: 'eve', admin: true, team: 'T2' });

  expect(words(reply)).not.toContain('q1');
});
