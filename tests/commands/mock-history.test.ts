import { expect, test } from 'vitest';
import { spokenItem } from '../support/items.ts';
import { createWorld, words } from '../support/world.ts';

test('an interview that ended before its first question has no result', async () => {
  const world = createWorld({ questions: [spokenItem('s1')] });
  await world.ask('mock solo');
  await world.ask('mock end interview:1');

  const told = words(await world.ask('mock history'));

  expect(told).toContain('ended before the first question');
  expect(told).not.toContain('0 %');
});

test('a skipped question names its key points and claims to have read nothing', async () => {
  const world = createWorld({ questions: [spokenItem('s1')] });
  await world.ask('mock solo');
  await world.ask('mock go interview:1');

  const told = words(await world.ask('mock skip interview:1'));

  expect(told).toContain('○ Key point: ');
  expect(told).not.toContain('I did not recognise');
});

test('mock with a word that it does not know begins nothing', async () => {
  const world = createWorld({ questions: [spokenItem('s1')] });

  expect(words(await world.ask('mock leave'))).toContain('do with "leave"');
  expect(words(await world.ask('mock peer mira'))).toContain('mock peer with:NAME');
  expect(words(await world.ask('mock history'))).toContain('no interview yet');
});
