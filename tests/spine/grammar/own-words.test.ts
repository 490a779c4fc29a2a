import { expect, test } from 'vitest';
import { COMMANDS } from '../../../src/commands.ts';
import { canonical, outcomeOf, readAs } from '../../support/typed-lines.ts';
import { KEPT_BACK, SENTENCES } from './sentences.ts';

test.each(SENTENCES)('%s', (says, ...means) => {
  expect(['runs', 'offered'], JSON.stringify(readAs(says))).toContain(outcomeOf(says, means));
});

test('of sentences that were kept back none is misread, and nearly all are understood', () => {
  const outcomes = KEPT_BACK.map(([says, ...means]) => ({ says, outcome: outcomeOf(says, means) }));

  expect(outcomes.filter(({ outcome }) => outcome === 'misread')).toEqual([]);
  const refused = outcomes.filter(({ outcome }) => outcome === 'refused');
  expect(refused.length / outcomes.length).toBeLessThan(0.05);
});

test('what is not understood is refused with a way on', () => {
  for (const [says, ...means] of KEPT_BACK)
    if (outcomeOf(says, means) === 'refused') {
      const { offers, says: told } = readAs(says);
      expect(offers.length > 0 || told?.includes('Try '), says).toBe(true);
    }
});

test('a complete command with an ID that nothing has runs, and is no sentence', () => {
  expect(readAs('question disable own-nothing').runs).toBe('question disable id:own-nothing');
  expect(readAs('disable own-nothing').runs).toBeUndefined();
});

test.each([
  ['show this weeks leaderboard', 'leaderboard view:week'],
  ['ask why a KV cache', 'ask words:"why a KV cache"'],
])('%s runs at once', (says, means) => {
  const { runs } = readAs(says);

  expect(runs && canonical(runs)).toBe(canonical(means));
});

/** Sentences that change or post something. */
test.each([
  ['hide me from the board', 'me action:hide'],
  ['delete my data', 'me action:delete'],
  ['skip the next question', 'daily action:skip'],
  ['post a question now', 'daily action:now'],
  ['give me a hard mock, 30 min, strict', 'mock mode:solo level:hard style:strict'],
  ['interview @carol on chapter 7', 'mock mode:peer with:carol'],
  ['report a problem with c5-kv-why', 'question report question:c5-kv-why'],
  ['report', 'question report'],
])('%s is offered, and not done', (says, means) => {
  const { runs, offers } = readAs(says);

  expect(runs).toBeUndefined();
  expect(offers.map(canonical)).toContain(canonical(means));
  expect(offers.length).toBeLessThanOrEqual(4);
});

test.each([
  ["show this week's leaderboard", 'leaderboard view:week'],
  ['any questions on rope scaling?', 'ask words:"rope scaling"'],
  ['what is kv cache', 'ask words:"kv cache"'],
  ['how am i doing', 'me action:show'],
  ['how are the points computed', 'leaderboard why'],
  ['mock with feedback', 'mock style:coaching'],
])('%s only shows something, and runs', (says, means) => {
  expect(canonical(readAs(says).runs ?? '')).toBe(canonical(means));
});

test.each([
  ['vrma llama-3.1-8b', 'vram model:llama-3.1-8b'],
  ['dialy', 'daily'],
  ['mokc 45 hard', 'mock minutes:45 level:hard'],
  ['me exprt', 'me action:export'],
  ['daily hsitory', 'daily action:history'],
  ['mock strct', 'mock style:strict'],
  ['qeustion lsit', 'question list'],
  ['leaderbaord week', 'leaderboard view:week'],
])('%s is put right with a button', (typed, means) => {
  const { runs, offers } = readAs(typed);

  expect([runs, ...offers].flatMap((run) => (run ? [canonical(run)] : []))).toContain(
    canonical(means),
  );
});

/** What is left over of a sentence that begins with a command's name is no value of any option. */
test.each([
  [
    'mock interviw 15 min easy with feedback after each question',
    'mock mode:solo style:coaching minutes:15 level:easy',
  ],
  ['mock interveiw for 45 minutes on chapters 4 and 5', 'mock mode:solo minutes:45 chapters:"4 5"'],
  ['quiz about something, 5 qestions', 'quiz'],
  ['leaderboard but just for me', 'leaderboard view:rank'],
])('%s is not run with its leftover words, and there is a way on', (says, means) => {
  const { runs, offers } = readAs(says);

  expect(runs).toBeUndefined();
  expect(offers.map(canonical)).toContain(canonical(means));
});

test.each([
  ['ten hard questions please', 'quiz count:10 difficulty:hard'],
  ['interview me for half an hour', 'mock mode:solo minutes:30'],
  ['match me with someone between 5 and 7 pm', 'peer lobby hours:17-19'],
  ['interview me on attention and fine-tuning', 'mock mode:solo chapters:"3 7"'],
  ['daily question in #ml every day at noon', 'setup channel:ml time:12:00 days:"every day"'],
  [
    'set up the question in #ml at 8:30 monday to thursday berlin time',
    'setup channel:ml time:8:30 zone:Europe/Berlin days:mon-thu',
  ],
  ['my timezone is CET', 'me action:zone zone:CET'],
  ['i live in new york', 'me action:zone zone:America/New_York'],
  ['ask Mira for an interview', 'mock mode:peer with:Mira'],
  ['move the daily question to 14', 'setup action:change time:14'],
])('%s is read with its values', (says, means) => {
  expect(readAs(says).offers.map(canonical)).toContain(canonical(means));
});

test.each([
  ['leaderboard of the season, just for me', 'leaderboard view:season private:yes'],
  ['kv llama-3.1-8b only for me', 'kv model:llama-3.1-8b private:yes'],
])('%s goes to nobody else', (says, means) => {
  expect(canonical(readAs(says).runs ?? '')).toBe(canonical(means));
});

test('nobody is invited by a line that has words left over', () => {
  const { runs, offers } = readAs('mock interview with <@slack:T1/U2|bob> for 30 mins');

  expect(runs).toBeUndefined();
  expect(offers).toContain('mock mode:peer with:slack:T1/U2');
});

test('each meaning of a command has a button of its own', () => {
  for (const { name, says = [] } of COMMANDS) {
    const labels = says.map(({ label }) => label);
    expect(new Set(labels).size, `${name}: ${labels}`).toBe(labels.length);
  }
});

test('deleting a schedule is not deleting oneself', () => {
  expect(readAs('delete the schedule').offers).toEqual(['setup switch do:delete']);
});

test.each([
  'hello',
  'thanks!',
  'lol',
  'the weather is nice',
  'write me a poem about the sea',
  'i am late today',
  'our deploy failed again',
  'xyzzy',
  '???',
  'delete the staging database',
  'who wants pizza',
])('%s means no command', (says) => {
  const { runs, offers } = readAs(says);

  expect(runs === undefined || runs.startsWith('ask ')).toBe(true);
  expect(offers).toContain('help');
});

test.each([
  ["don't hide me from the leaderboard", 'me action:hide'],
  ["don't delete my data", 'me action:delete'],
  ['never post a question now', 'daily action:now'],
])('%s does not offer the opposite', (says, opposite) => {
  const { runs, offers } = readAs(says);

  expect(runs).toBeUndefined();
  expect(offers).not.toContain(opposite);
});

test('reading 2,000 characters takes less than 5 ms of processor time', () => {
  const long = 'what is the leaderboard of this week and '.repeat(49);
  readAs(SENTENCES[0]?.[0] ?? '');

  const began = process.cpuUsage();
  for (let at = 0; at < 21; at += 1) readAs(long.slice(at));

  expect(process.cpuUsage(began).user / 21_000).toBeLessThan(5);
});

test('the same sentence is always read the same', () => {
  for (const [says] of SENTENCES) expect(readAs(says)).toEqual(readAs(says));
});
