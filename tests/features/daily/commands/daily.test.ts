import { expect, test } from 'vitest';
import { singleItem } from '../../../support/items.ts';
import { busy, createWorld, type World, words } from '../../../support/world.ts';

test('daily with a word that it does not know shows no question but says so', async () => {
  const world = createWorld({ questions: [singleItem('q1')] });

  expect(words(await world.ask('daily tommorow'))).toContain('understand "tommorow"');
});

test('a day that is over cannot be skipped', async () => {
  const world = createWorld({ questions: [singleItem('q1')] });
  const { id } = await world.setUp();

  const told = words(await world.ask('daily skip day:2020-01-01', { admin: true }));

  expect(told).toContain('has passed. Choose a later day');
  expect(await world.store.schedule(id)).toMatchObject({ daysOff: [] });
});

test('Undo after daily skip brings the question of that day back', async () => {
  const world = createWorld({ questions: [singleItem('q1')] });
  const { id } = await world.setUp('time:09:00 zone:UTC days:weekdays');
  const before = await world.store.schedule(id);
  const card = await world.ask('daily skip', { admin: true });

  const told = words(await world.press(card, 'Undo', { admin: true }));
  const again = words(await world.press(card, 'Undo', { admin: true }));

  expect(told).toContain('No longer skipped on Mon, 2 Mar 2026');
  expect(told).toContain('Next question: 2026-03-02T09:00:00.000Z');
  expect(again).toContain("Wasn't skipped on Mon, 2 Mar 2026");
  // When the next tick looks at it is not what was undone.
  expect(await world.store.schedule(id)).toEqual({ ...before, nextDueAt: expect.any(Date) });
  await world.comeTo('2026-03-02T09:00:00Z');
  expect(world.fake.posts()).toHaveLength(1);
});

test.each([
  ['a change of the hour', ['setup change time:10:00'], '2026-03-02T10:00:00.000Z'],
  ['a pause', ['daily pause', 'daily resume'], '2026-03-02T09:00:00.000Z'],
])('Undo after daily skip and %s brings the question of that day back', async (_, lines, at) => {
  const world = createWorld({ questions: [singleItem('q1')] });
  await world.setUp('time:09:00 zone:UTC days:weekdays');
  const card = await world.ask('daily skip', { admin: true });
  for (const line of lines) await world.ask(line, { admin: true });

  const told = words(await world.press(card, 'Undo', { admin: true }));

  expect(told).toContain(`Next question: ${at}`);
});

test('Undo after the hour of the skipped question posts nothing, and says how to post one', async () => {
  const world = createWorld({ questions: [singleItem('q1')] });
  const { id } = await world.setUp('time:09:00 zone:UTC days:weekdays');
  const card = await world.ask('daily skip', { admin: true });
  await world.comeTo('2026-03-02T09:00:00Z');

  const told = words(await world.press(card, 'Undo', { admin: true }));
  await world.tick();

  expect(told).toContain(`has passed. To post it today anyway, run daily now schedule:${id}.`);
  expect(world.fake.posts()).toEqual([]);
});

test('daily unskip without a day takes the next skip back, and says when there is none', async () => {
  const world = createWorld({ questions: [singleItem('q1')] });
  const { id } = await world.setUp('time:09:00 zone:UTC days:weekdays');
  await world.ask('daily skip day:2026-03-04', { admin: true });

  await world.ask('daily unskip', { admin: true });
  const told = words(await world.ask('daily unskip', { admin: true }));

  expect(await world.store.schedule(id)).toMatchObject({ daysOff: [] });
  expect(told).toContain('no skipped days');
});

test.each([
  [['daily pause'], 'Paused'],
  [['daily skip'], 'Skipped'],
  [['daily pause', 'daily resume'], 'Resumed'],
  [['daily resume'], 'Already on'],
  [['setup off'], 'Turned off'],
])('with several schedules %j says which one it was', async (lines, outcome) => {
  const world = createWorld();
  await world.setUp('time:09:00 zone:UTC days:weekdays');
  const second = await world.setUp('time:17:00 zone:Europe/Berlin days:weekdays');

  let told = '';
  for (const line of lines)
    told = words(await world.ask(`${line} schedule:${second.id}`, { admin: true }));

  expect(told).toContain(outcome);
  expect(told).toContain('the question at 17:00 (Europe/Berlin) in #daily');
});

test('the next question of a schedule in another zone has both hours', async () => {
  const world = createWorld();
  await world.setUp('time:17:00 zone:America/New_York days:weekdays');

  const told = words(await world.ask('daily', { zone: 'Europe/Berlin' }));

  expect(told).toContain(
    'Next one: 2026-03-02T22:00:00.000Z (17:00 in America/New_York). Until then',
  );
});

/** It is 08:00 of Monday, and the question of 09:00 is out already. */
async function broughtForward(closes: 'hours' | 'next' = 'hours') {
  const world = createWorld();
  const { id } = await world.setUp(`time:09:00 zone:UTC days:weekdays closes:${closes}`);
  await world.ask('daily now', { admin: true });
  await world.tick();
  return { world, id };
}

test.each([
  ['daily preview', 'Next question:'],
  ['daily fix do:withdraw note:wrong confirm:yes\ndaily', 'No open question right now. Next one:'],
])("after today's question came early, %j names the next day", async (lines, begins) => {
  const { world } = await broughtForward();

  const told: string[] = [];
  for (const line of lines.split('\n')) told.push(words(await world.ask(line, { admin: true })));

  expect(told.at(-1)).toContain(`${begins} 2026-03-03T09:00:00.000Z`);
});

test('a question that came early and closes with the next one is open until that comes', async () => {
  const { world } = await broughtForward('next');
  const post = (await world.store.openPosts(await world.teamId()))[0]?.id;

  await world.comeTo('2026-03-02T09:30:00Z');

  expect(words(await world.ask(`answer ${post}`, { as: 'bo' }))).not.toContain('is closed');
  await world.comeTo('2026-03-03T09:00:00Z');
  expect(words(await world.ask(`answer ${post}`, { as: 'cy' }))).toContain('is closed');
});

/** The hour that the card of the first question names; undefined when it names none. */
const namedOn = (world: World) =>
  / until (\S+) · /.exec(words(world.fake.posts()[0]?.reply ?? { blocks: [] }))?.[1];

test.each([
  'daily skip',
  'daily pause',
  'setup off',
  'setup change time:07:00',
  'setup change days:thu',
  'setup change closes:hours',
])('the card of a question names the hour at which it closes, also after %s', async (line) => {
  const world = createWorld();
  await world.setUp('time:09:00 zone:UTC days:weekdays closes:next');
  await world.comeTo('2026-03-02T09:00:00Z');

  await world.ask(line, { admin: true });

  const post = (await world.store.openPosts(await world.teamId()))[0];
  expect(namedOn(world)).toBe('2026-03-03T09:00:00.000Z');
  expect(post?.closesAt?.toISOString()).toBe(namedOn(world));
});

test.each(['daily skip', 'setup change time:10:00'])(
  'a question whose sending is late closes at the hour that its card names, also after %s',
  async (line) => {
    const world = createWorld();
    await world.setUp('time:09:00 zone:UTC days:weekdays closes:next');
    world.fake.next(busy);
    await world.comeTo('2026-03-02T09:00:00Z');
    await world.ask(line, { admin: true });

    await world.comeTo('2026-03-02T09:01:00Z');

    const post = (await world.store.openPosts(await world.teamId()))[0];
    expect(post?.closesAt?.toISOString()).toBe(namedOn(world));
  },
);
