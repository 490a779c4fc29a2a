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

test('ten more minutes after the end are ten minutes from now', async () => {
  const { world, question, jump } = await asked();
  jump(40);
  const over = await world.press(await world.press(question, 'Skip'), 'Next question');
  expect(over.title).toBe("Time's up");

  const next = await world.press(over, 'Add 10 minutes');

  expect(next.title).toBe('Question 2 of 3: core');
  expect(words(next)).toContain('The timer ends at 2026-03-02T08:50:00.000Z');
});

test('a report on an interview that took more time says so', async () => {
  const { world, question, jump } = await asked();
  jump(160);
  const over = await world.press(await world.press(question, 'Skip'), 'Next question');
  const next = await world.press(over, 'Add 10 minutes');

  const report = words(await world.press(await world.press(next, 'End'), 'End interview'));

  expect(report).toContain('in 160:00, with added time');
});

test('an interview can begin untimed', async () => {
  const world = createWorld({ isDirect: true, questions: [freeTextItem('s1')] });
  await world.ask('mock 15');
  const intro = await world.ask('mock show interview:1');

  const question = await world.press(intro, 'Start without timer');

  expect(question.title).toBe('Question 1 of 1: warm-up');
  expect(words(question)).toContain('No timer.');
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

test('a pause switches the timer off', async () => {
  const { world, question, jump } = await asked();
  const paused = await world.press(question, 'Pause');

  const untimed = await world.press(paused, 'Turn off timer');

  expect(words(untimed)).toContain('There is no timer.');
  expect(words(untimed)).not.toContain('[Turn off timer]');
  const resumed = await world.press(untimed, 'Resume');
  expect(words(resumed)).toContain('No timer.');
  jump(40);
  await world.ask(DO_NOT_KNOW);
  const sure = await world.press(resumed, 'End');
  expect(words(await world.press(sure, 'End interview'))).toContain('in 40:00, untimed');
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
