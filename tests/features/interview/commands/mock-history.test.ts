import { expect, test } from 'vitest';
import { freeTextItem } from '../../../support/items.ts';
import { createWorld, words } from '../../../support/world.ts';

const DIRECT = { isDirect: true };

test('an interview that ended before its first question has no result', async () => {
  const world = createWorld({ questions: [freeTextItem('s1')] });
  await world.ask('mock solo');
  await world.ask('mock end interview:1');

  const told = words(await world.ask('mock history'));

  expect(told).toContain('Ended before the first answer');
  expect(told).not.toContain('0%');
});

test('a skipped question names its key points and claims to have read nothing', async () => {
  const world = createWorld({ questions: [freeTextItem('s1')] });
  await world.ask('mock solo', DIRECT);
  await world.ask('mock go interview:1', DIRECT);

  const told = words(await world.ask('mock skip interview:1', DIRECT));

  expect(told).toContain('○ Key point: ');
  expect(told).not.toContain('Not found');
});

test('mock with a word that it does not know begins nothing', async () => {
  const world = createWorld({ questions: [freeTextItem('s1')] });

  expect(words(await world.ask('mock leave'))).toContain('understand "leave"');
  expect(words(await world.ask('mock peer mira'))).toContain('I can\'t find "mira" here');
  expect(words(await world.ask('mock history'))).toContain("haven't had an interview yet");
});

test.each([
  'mock 0',
  'mock 1',
  'mock 20',
  'mock 60 strict',
  'mock 20 min',
  'mock minutes:20',
  'mock 20m',
])('%s says which lengths there are', async (typed) => {
  const world = createWorld({ questions: [freeTextItem('s1')] });

  const told = words(await world.ask(typed));

  for (const minutes of ['15', '30', '45']) expect(told).toContain(minutes);
  expect(words(await world.ask('mock history'))).toContain("haven't had an interview yet");
});

test.each([
  ['mock 15 30', 'You entered two lengths, 15 and 30 minutes.'],
  ['mock 45 min 15 min', 'You entered two lengths, 45 and 15 minutes.'],
  ['mock minutes:30 30', 'You entered the length twice.'],
])('%s says that one length is enough', async (typed, told) => {
  const world = createWorld({ questions: [freeTextItem('s1')] });

  expect(words(await world.ask(typed))).toContain(told);
  expect(words(await world.ask('mock history'))).toContain("haven't had an interview yet");
});

test.each([
  'mock report 1',
  'mock share 1',
  'mock tick 1 item:1 points:linear',
  'mock model 1 item:1',
])('%s shows nothing of a question that is being asked', async (typed) => {
  const item = freeTextItem('s1');
  const world = createWorld({ questions: [item] });
  await world.ask('mock solo', DIRECT);
  await world.ask('mock go interview:1', DIRECT);

  const told = words(await world.ask(typed));

  for (const { text } of item.keyPoints) expect(told).not.toContain(text.slice(0, 30));
  expect(told).not.toContain(item.modelAnswer.slice(0, 30));
});

test('a strict interview keeps its key points and model answers to the end', async () => {
  const world = createWorld({ questions: [freeTextItem('s1'), freeTextItem('s2')] });
  await world.ask('mock solo style:strict', DIRECT);
  await world.ask('mock go interview:1', DIRECT);
  await world.ask('mock skip interview:1', DIRECT);

  for (const typed of ['mock tick 1 item:1 points:linear', 'mock model 1 item:1'])
    expect(words(await world.ask(typed))).toContain('feedback only at the end');
  await world.ask('mock end interview:1 confirm:yes');
  expect((await world.ask('mock model 1 item:1')).title).toBe('Model answer');
});

test('a number that no interview has claims nothing of a deletion', async () => {
  const world = createWorld({ questions: [freeTextItem('s1')] });

  const told = words(await world.ask('mock review 99'));

  expect(told).toContain("I can't find that interview");
  expect(told).toContain('mock history');
});
