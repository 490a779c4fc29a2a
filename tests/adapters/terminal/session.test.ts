import { expect, test } from 'vitest';
import { numericItem, orderItem } from '../../support/items.ts';
import { createTerminalSession } from '../../support/terminal-session.ts';
import { createWorld } from '../../support/world.ts';

async function posted(question: ReturnType<typeof numericItem> | ReturnType<typeof orderItem>) {
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
