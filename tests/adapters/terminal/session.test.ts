import { expect, test } from 'vitest';
import type { Question } from '../../../src/core/questions/schema.ts';
import { multiItem, numericItem, orderItem, singleItem } from '../../support/items.ts';
import { createTerminalSession } from '../../support/terminal-session.ts';
import { createWorld } from '../../support/world.ts';

async function posted(question: Question) {
  const world = createWorld({ questions: [question] });
  await world.setUp();
  await world.comeTo('2026-03-02T09:00:00Z');
  const { terminal, lines } = createTerminalSession(world);
  await terminal.line('daily');
  return { terminal, lines };
}

test('a number that is typed below a question answers it', async () => {
  const { terminal, lines } = await posted(numericItem('n1'));

  await terminal.line('123,456 GB');

  expect(lines.join('\n')).toMatch(/You said: 123[.,]456/);
});

test('an order that is typed below a question answers it', async () => {
  const { terminal, lines } = await posted(orderItem('o1'));

  await terminal.line('dcba');

  expect(lines.join('\n')).toContain('You said');
  expect(lines.join('\n')).not.toContain('I do not know');
});

test.each([
  ['a letter', singleItem('q1'), 'b', 'd'],
  ['letters', multiItem('m1'), 'a', 'b,c'],
  ['a number', numericItem('n1'), '99.5', '123,456 GB'],
  ['an order', orderItem('o1'), 'dcba', 'abcd'],
])('%s that is typed after a wrong answer is the next one', async (_, question, wrong, next) => {
  const { terminal, lines } = await posted(question);
  await terminal.line(wrong);
  expect(lines.join('\n')).toContain('Try again');

  await terminal.line(next);

  const told = lines.join('\n');
  expect(told).not.toContain('I do not know');
  expect(told.split('You said')).toHaveLength(3);
});

test('a number that is typed after the last try is no report of a problem', async () => {
  const { terminal, lines } = await posted(numericItem('n1'));
  for (const line of ['1.5 GB', '99.5']) await terminal.line(line);
  expect(lines.join('\n')).toContain('Report a problem');

  await terminal.line('12.5');

  expect(lines.at(-2)).toContain('I do not know "12.5"');
});

test('a number where nothing asks for one is no answer', async () => {
  const { terminal, lines } = await posted(numericItem('n1'));
  await terminal.line('leaderboard');
  await terminal.line('as You');

  await terminal.line('123.4');

  expect(lines.at(-2)).toContain('I do not know "123.4"');
});

test('a large field of a form takes several lines, and asks in the natural order', async () => {
  const { terminal, lines } = await posted(numericItem('n1'));
  await terminal.line('question new');
  const asked = ['What is cached?', 'Keys and values', 'Queries\\nScores', 'Read again.', '5 easy'];
  for (const line of asked) await terminal.line(line);

  expect(lines.join('\n')).toContain('asked from now on');
});

test('a problem in a form names what to mend and no typed command', async () => {
  const { terminal, lines } = await posted(numericItem('n1'));
  await terminal.line('question new');
  for (const line of ['What is cached?', 'Keys', 'Queries', 'Read again.', '5 easy'])
    await terminal.line(line);

  const told = lines.join('\n');
  expect(told).toContain('Wrong answers: write two to four wrong answers, one a line.');
  expect(told).not.toContain('Try:');
});
