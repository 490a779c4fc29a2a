import { expect, test } from 'vitest';
import type { Reply } from '../../../../src/spine/reply.ts';
import { HINTED } from '../../../scenarios/mock.ts';
import { freeTextItem } from '../../../support/items.ts';
import { createWorld, words } from '../../../support/world.ts';

const LINEAR = 'It grows linearly with the context length.';
const HEADS = 'Fewer key heads than query heads make it smaller.';

/** An interview whose first question has an answer that said one point, and another one in part. */
async function answered(options = '') {
  const world = createWorld({
    isDirect: true,
    questions: ['s1', 's2', 's3'].map((id) => freeTextItem(id)),
  });
  await world.ask(`mock 15 ${options}`);
  await world.ask('mock go interview:1');
  await world.ask(`mock answer interview:1 text:"${HINTED}"`);
  const feedback = await world.ask('mock skip interview:1');
  return { world, feedback };
}

/** Presses the select of a reply. */
const runOfSelect = (reply: Reply, value: string): string => {
  const found = reply.blocks.find((block) => block.kind === 'select');
  if (found?.kind !== 'select') throw new Error(`No select in: ${words(reply)}`);
  return `${found.run} ${found.option}:${value}`;
};

test('a point that I also said counts: on the card, in the report, the history, the stats and the next comparison', async () => {
  const { world, feedback } = await answered();
  // 0.4 of the first point, and 0.4 of 0.3 of the one that came in part.
  expect(feedback.title).toBe('Question 1: Partly there, 52%');
  expect(words(feedback)).toContain(`I also said …: ${HEADS}, ${LINEAR}`);

  const marked = await world.ask(runOfSelect(feedback, 'linear'));

  expect(marked.update).toBe(true);
  expect(marked.title).toBe('Question 1: Solid, 70%');
  expect(words(marked)).toContain(`☑ Marked by you: ${LINEAR}`);
  expect(words(marked)).toContain(`I also said …: ${HEADS}\n`);
  const report = await world.ask('mock end interview:1 confirm:yes');
  expect(words(report)).toContain('Solid: 70% of what was asked. ');
  expect(words(report)).toContain('1 key point marked by you.');
  for (const line of ['mock history', 'me'])
    expect(words(await world.ask(line))).toContain('Solid, 70%');
});

test('a point marked after the end counts from then on, and does not come back', async () => {
  const { world } = await answered();
  const before = await world.ask('mock end interview:1 confirm:yes');
  expect(words(before)).toContain('Partly there: 52%');
  expect(words(before)).toContain('You missed 1 key point.');

  const marked = await world.ask('mock tick interview:1 item:1 points:linear,fewer-heads');

  expect(marked.title).toBe('Question 1: Excellent, 100%');
  const report = await world.ask('mock report 1');
  expect(words(report)).toContain('Excellent: 100% of what was asked. ');
  expect(words(report)).not.toContain('You missed');
  expect(words(await world.ask('mock history'))).toContain('Excellent, 100%');
  await world.ask('mock 15');
  await world.ask('mock go interview:2');
  await world.ask(`mock answer interview:2 text:"${HINTED}"`);
  const later = words(await world.ask('mock end interview:2 confirm:yes'));
  expect(later).toContain('below your last interview (100%)');
});

test('nobody else sees a mark: a shared report has the graded score, and no marked point as missed', async () => {
  const { world } = await answered();
  await world.ask('mock tick interview:1 item:1 points:fewer-heads');
  expect(words(await world.ask('mock end interview:1 confirm:yes'))).toContain('82%');

  const asked = await world.ask('mock share 1');
  await world.press(asked, 'Share report');
  await world.tick();

  expect(words(asked)).toContain("Points you marked yourself don't add to those scores.");
  const shared = JSON.stringify(world.fake.sent);
  expect(shared).toContain('Partly there: 52%');
  expect(shared).not.toContain('arked by you');
  expect(shared).not.toContain(HEADS);
});

test('a mark leaves the open card good for going on', async () => {
  const { world, feedback } = await answered();
  const marked = await world.ask('mock tick 1 item:1 points:linear');

  expect((await world.press(marked, 'Next question')).title).toBe('Question 2 of 3: core');
  // A second press of the same button asks nothing twice, and leads to what came of the first.
  const again = await world.press(feedback, 'Next question');
  expect(again.visibility).toBe('private');
  expect((await world.press(again, 'Show newest card')).title).toBe('Question 2 of 3: core');
  // Also of a question that is over, while another one is asked or nothing is.
  const asked = await world.press(await world.ask('mock review 1 item:1'), 'Continue');
  expect(asked.title).toBe('Question 2 of 3: core');
  await world.press(asked, 'Pause');
  expect((await world.press(await world.ask('mock review 1 item:1'), 'Continue')).title).toBe(
    'Paused',
  );
});

test('a false claim is held against nobody: a common mistake is named as one and takes nothing off', async () => {
  const [item, wrong] = [freeTextItem('s1'), ['The size of the cache is fixed from the start.']];
  const keyPoints = item.keyPoints.map((point) =>
    point.id === 'linear' ? { ...point, wrong } : point,
  );
  const world = createWorld({ isDirect: true, questions: [{ ...item, keyPoints }] });
  await world.ask('mock 15');
  await world.ask('mock go interview:1');
  await world.ask(
    `mock answer interview:1 text:"Keys and values of past tokens are stored, not computed again. ${HEADS} The cache stores attention scores. ${wrong[0]}"`,
  );

  // The next one leads to the point that was not heard, and quotes nothing back.
  const followUp = words(await world.ask('mock show interview:1'));
  const feedback = await world.ask('mock skip interview:1');
  await world.ask('mock end interview:1 confirm:yes');
  const report = await world.ask('mock report interview:1 show:all');

  expect(followUp).not.toContain('You said');
  // 0.4 and 0.3 of the two points that were said.
  expect(feedback.title).toBe('Question 1: Solid, 70%');
  expect(words(feedback)).toContain(`○ Not heard: ${LINEAR}`);
  const mistake = 'A common mistake here: The cache stores attention scores.';
  expect(words(feedback)).toContain(mistake);
  expect(words(report)).toContain(mistake);
  // What was sent stands above, as it was written.
  for (const blocks of [feedback.blocks.slice(1), report.blocks])
    expect(JSON.stringify(blocks)).not.toMatch(
      /ncorrect|opposite|taken off|Check this|[Yy]ou said/,
    );
});

test('the report of a strict interview has a way to each question, and to mark points', async () => {
  const { world } = await answered('style:strict');
  await world.ask('mock go interview:1');
  await world.ask('mock skip interview:1');
  const report = await world.ask('mock end interview:1 confirm:yes');

  const list = await world.press(report, 'Review a question');
  expect(list.visibility).toBe('private');
  expect(words(list)).toContain('2. Skipped: Why does serving keep');
  const review = await world.ask(runOfSelect(list, '1'));

  expect(review.visibility).toBe('private');
  expect(words(review)).toContain('Why does serving keep a cache');
  expect(words(review)).toContain(`Your answer: ${HINTED}`);
  expect(words(review)).toContain(`◐ Partly: ${LINEAR}`);
  expect(words(await world.press(review, 'Show model answer'))).toContain(
    'Decoding reads one token',
  );
  const ticked = await world.ask(runOfSelect(review, 'linear'));
  expect(words(ticked)).toContain(`☑ Marked by you: ${LINEAR}`);
  const noted = await world.ask(runOfSelect(ticked, 'fewer-heads'));
  expect(words(noted)).toContain(`☑ Marked by you: ${HEADS}`);
  expect(words(await world.ask('mock report 1 show:all'))).toContain(`Marked by you: ${HEADS}`);
});

test.each([
  ['', 'Select Answer or Skip on the newest card'],
  ['style:strict', 'feedback only at the end'],
])('nothing is looked at while it is asked: %s', async (style, said) => {
  const world = createWorld({
    isDirect: true,
    questions: [freeTextItem('s1'), freeTextItem('s2')],
  });
  await world.ask(`mock 15 ${style}`);
  await world.ask('mock go interview:1');

  for (const typed of ['mock review 1', 'mock review 1 item:1'])
    expect(words(await world.ask(typed))).toContain(said);
  await world.ask('mock skip interview:1');
  await world.ask('mock go interview:1');
  expect(words(await world.ask('mock review 1 item:2'))).toContain(said);
});

test('only the owner of an interview looks at its questions', async () => {
  const { world } = await answered();

  expect(words(await world.ask('mock review 1', { as: 'eve' }))).toContain("isn't yours");
});

test('my own marks reach no leaderboard', async () => {
  const { world } = await answered();
  const board = words(await world.ask('leaderboard'));

  await world.ask('mock tick interview:1 item:1 points:linear,fewer-heads');

  expect(words(await world.ask('leaderboard'))).toBe(board);
});
