import { expect, test } from 'vitest';
import { freeTextItem } from '../../../support/items.ts';
import { createWorld, words } from '../../../support/world.ts';

/** An interview of fifteen minutes whose first question is asked at eight. */
async function asked() {
  const world = createWorld({
    isDirect: true,
    questions: ['s1', 's2', 's3'].map((id) => freeTextItem(id)),
  });
  await world.ask('mock 15');
  await world.tick();
  const question = await world.ask('mock go interview:1');
  const jump = (minutes: number) =>
    world.clock.moveTo(new Date(world.clock.now().getTime() + minutes * 60_000));
  return { world, question, jump };
}

const DO_NOT_KNOW = 'mock answer interview:1 text:"I do not know"';

test('a pause of two days is not over the time', async () => {
  const { world, jump } = await asked();
  jump(5);
  const feedback = await world.ask(DO_NOT_KNOW);
  const paused = await world.press(feedback, 'Pause');
  jump(50 * 60);

  const report = words(await world.press(await world.press(paused, 'End'), 'End interview'));

  expect(report).toContain('in 5:00, on time');
});

test('a quiet week is neither time that a question took nor over the time', async () => {
  const { world, jump } = await asked();
  jump(5);
  await world.ask(DO_NOT_KNOW);
  await world.ask('mock go interview:1');
  jump(8 * 24 * 60);
  await world.tick();

  const report = words(await world.ask('mock report interview:1'));

  expect(report).toContain('in 5:00, on time');
});

test('the question says where there is more time, and a pause has it before the time is over', async () => {
  const { world, question, jump } = await asked();
  expect(words(question)).toContain('Pause to add time or turn it off');
  jump(5);
  const paused = await world.press(question, 'Pause');
  expect(words(paused)).toContain('10 minutes left');
  jump(60);

  const longer = await world.press(paused, 'Add 10 minutes');
  expect(words(longer)).toContain('20 minutes left');
  // The first of the two cards still resumes.
  const resumed = await world.press(paused, 'Resume');

  expect(words(resumed)).toContain('The timer ends at 2026-03-02T09:25:00.000Z');
});

test.each([
  [14.8, 'Less than 1 minute left'],
  [14, '1 minute left'],
  [16, "Time's up"],
])('a pause after %d minutes says: %s', async (minutes, left) => {
  const { world, question, jump } = await asked();
  jump(minutes);

  expect(words(await world.press(question, 'Pause'))).toContain(left);
});
