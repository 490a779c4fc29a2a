import { expect, test } from 'vitest';
import type { Question } from '../../../src/core/questions/schema.ts';
import {
  freeTextItem,
  multiItem,
  numericItem,
  orderItem,
  singleItem,
} from '../../support/items.ts';
import { createTerminalSession } from '../../support/terminal/session.ts';
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

  expect(lines.join('\n')).toMatch(/Your answer, 123[.,]456/);
});

test('an order that is typed below a question answers it', async () => {
  const { terminal, lines } = await posted(orderItem('o1'));

  await terminal.line('dcba');

  expect(lines.join('\n')).toContain('Your answer');
  expect(lines.join('\n')).not.toContain('Unknown command');
});

test('an answer in words that is typed below its question answers it', async () => {
  const world = createWorld({ questions: [freeTextItem('f1')] });
  const { terminal, lines } = createTerminalSession(world);
  await terminal.line('quiz count:1');

  await terminal.line('An encoder such as BERT base is trained to fill masked tokens');

  expect(lines.join('\n')).toContain('Not heard:');
  expect(lines.join('\n')).not.toContain('BERT base, ');
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
  expect(told).not.toContain('Unknown command');
  expect(told.split(/Your (?:answer|first try)(?:, |: )/)).toHaveLength(3);
  // The same wrong answer is not said twice.
  expect(told.split('Try again')).toHaveLength(2);
});

test('a wrong letter that is typed again shows the question with those that are left', async () => {
  const { terminal, lines } = await posted(singleItem('q1'));
  const wrong = /^([A-D]) +First wrong/m.exec(lines.join('\n'))?.[1] ?? '';
  for (const _ of [1, 2, 3]) await terminal.line(wrong);

  expect(lines.join('\n')).toContain('Second try');
  expect(lines.at(-1)).toMatch(/^Choose [A-D], [A-D], [A-D]\.$/);
  expect(lines.join('\n')).not.toContain('Unknown command');
});

test('a letter answers the question that stands above an error or another message', async () => {
  const { terminal, lines } = await posted(singleItem('q1'));

  for (const line of ['asdf', 'leaderboard', 'd']) await terminal.line(line);

  const told = lines.join('\n');
  expect(told).toContain('Your answer, D');
  expect(told).not.toContain('Unknown command "d"');
});

test('the name of a command is not the beginning of the label of a button', async () => {
  const { terminal, lines } = await posted(singleItem('q1'));
  await terminal.line('c');
  expect(lines.join('\n')).toContain('Review later');
  lines.length = 0;

  await terminal.line('review');

  expect(lines.join('\n')).toMatch(/Nothing (?:is )?due|Review/);
  expect(lines.join('\n')).not.toMatch(/in your review/);
});

test('a large field of a form takes several lines, and asks in the natural order', async () => {
  const { terminal, lines } = await posted(numericItem('n1'));
  await terminal.line('question new');
  const asked = ['What is cached?', 'Keys and values', 'Queries\\nScores', 'Read again.', '5 easy'];
  for (const line of asked) await terminal.line(line);

  expect(lines.join('\n')).toContain('Question added');
});

test('a problem in a form names what to mend and no typed command', async () => {
  const { terminal, lines } = await posted(numericItem('n1'));
  await terminal.line('question new');
  for (const line of ['What is cached?', 'Keys', 'Queries', 'Read again.', '5 easy'])
    await terminal.line(line);

  const told = lines.join('\n');
  expect(told).toContain('Wrong answers: write 2 to 4 wrong answers, one per line.');
  expect(told).not.toContain('Try:');
});

test('a form that is refused asks again only for what was wrong', async () => {
  const { terminal, lines } = await posted(numericItem('n1'));
  await terminal.line('question new');
  for (const line of ['What is cached?', 'Keys', 'Queries', 'Read again.', '5 easy'])
    await terminal.line(line);
  lines.length = 0;

  await terminal.line('Queries\\nScores');

  expect(lines.join('\n')).toContain('Question added');
});

test.each(['leaderboard', '/kv llama-3.1-8b'])('"%s" in a form runs instead', async (line) => {
  const { terminal, lines } = await posted(numericItem('n1'));
  await terminal.line('vram');
  lines.length = 0;

  await terminal.line(line);

  expect(lines.join('\n')).toMatch(/Form closed[\s\S]*(?:Leaderboard|KV cache)/);
});

/** An interview after some lines. */
async function interviewAfter(typed: string[]) {
  const world = createWorld({ questions: [freeTextItem('s1'), freeTextItem('s2')], rooms: false });
  const { terminal, lines } = createTerminalSession(world);
  for (const line of typed) await terminal.line(line);
  lines.length = 0;
  return { terminal, lines, world };
}

/** A question of an interview that waits for an answer. */
const asked = () => interviewAfter(['mock 15', 'Begin']);

test.each([
  ['start', 'The timer ends'],
  ['begin', 'The timer ends'],
  ['start without timer', 'No timer.'],
])('"%s" at the intro begins with its own clock', async (line, told) => {
  const { terminal, lines } = await interviewAfter(['mock 15']);

  await terminal.line(line);

  expect(lines.join('\n')).toContain('Question 1 of 2');
  expect(lines.join('\n')).toContain(told);
});

test.each([
  'cost',
  'kv llama-3-8b',
  'ask kv cache',
  'cost falls with the batch size',
  'Cost per token falls because with B=64 sequences the weights are read once for all of them',
  'latency grows with batch size',
  'kv cache grows linearly with context',
  'fit in memory',
  'models with fewer kv heads',
  'as the context grows the cache grows',
  'jump ahead decoding',
  'train only two small matrices',
  'why not: it is stored',
])('"%s" answers the question that waits', async (line) => {
  const { terminal, lines } = await asked();

  await terminal.line(line);

  expect(lines.join('\n')).toContain('Your answer (');
});

test.each([
  ['/kv llama-3-8b', 'KV cache'],
  ['/kv llama-3-8b with 32k tokens in fp8', 'KV cache'],
  ['/ask kv cache', 'Show solution'],
  ['/cost of the cache', 'I didn\'t understand "cache"'],
  ['mock history', 'Your interviews'],
  ['/help', 'What you can do'],
  ['warmup help', 'What you can do'],
])('"%s" is a command also while a question waits', async (line, told) => {
  const { terminal, lines } = await asked();

  await terminal.line(line);

  expect(lines.join('\n')).not.toContain('Your answer (');
  expect(lines.join('\n')).toContain(told);
});

test.each([
  ['skip', 'Question 1: Skipped'],
  ['hint', 'Hint 1: The first hint.'],
  ['End', 'End the interview?'],
])('"%s" is a choice of the question that waits, whatever was shown since', async (line, told) => {
  const { terminal, lines } = await asked();
  await terminal.line('/kv llama-3-8b');

  await terminal.line(line);

  expect(lines.join('\n')).toContain(told);
});

test.each([
  ['End', '1'],
  ['end', 'end'],
  ['End', '/kv llama-3-8b', 'end it'],
])('an interview ends after %s and then %s', async (...typed) => {
  const { terminal, lines } = await asked();

  for (const line of typed) await terminal.line(line);

  expect(lines.join('\n')).toContain('ended before the first answer');
});

test('whoever ended by mistake answers as if nothing had been asked', async () => {
  const { terminal, lines } = await asked();

  for (const line of ['End', 'The keys and values are stored.']) await terminal.line(line);

  expect(lines.join('\n')).toContain('Your answer (6 words)');
});

test('"next question" goes on and "skip" leaves a follow-up, whatever was shown since', async () => {
  const { terminal, lines } = await asked();
  for (const line of ['The keys and values are stored.', 'go on', '/kv llama-3-8b', 'skip'])
    await terminal.line(line);
  expect(lines.join('\n')).toContain('Question 1: ');

  for (const line of ['/kv llama-3-8b', 'next question']) await terminal.line(line);

  expect(lines.join('\n')).toContain('Question 2 of ');
  expect(lines.join('\n')).not.toContain('Your answer (1 word)');
});

test('a peer interview is held in the terminal as both of its people', async () => {
  const world = createWorld({
    rooms: true,
    questions: ['s1', 's2', 's3', 's4'].map((id) => freeTextItem(id)),
  });
  const { terminal, lines } = createTerminalSession(world);
  world.fake.platform.send = terminal.platform.send;
  const type = async (...typed: string[]) => {
    for (const line of typed) {
      await terminal.line(line);
      await world.tick();
    }
  };

  await type('as Mira', 'help', 'as You', 'mock peer with:Mira', 'as Mira');
  expect(lines.at(-1)).toBe('You can choose: [1] Accept   [2] Decline');
  await type('Accept', 'as You', "I'm here", 'as Mira', '1', 'as You', 'Open panel');
  expect(lines.join('\n')).toContain('Panel (only you can see this)');
  // The panel is private, and the question with its buttons still stands in the room.
  await type('Next question', 'Swap roles', 'as Mira', 'Open panel', 'Next question', 'Finish');
  await type('Give feedback', '3', 'Clear', 'Numbers', 'as You', 'Give feedback', '4', 'A', 'B');

  const printed = lines.join('\n');
  expect(printed).toContain('Feedback from Mira');
  expect(printed).toContain('Feedback from You');
  expect(printed).not.toContain('Unknown command');
});
