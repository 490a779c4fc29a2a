import { expect, test } from 'vitest';
import type { Reply } from '../../../src/bot/reply.ts';
import { HINTED, PARTIAL, STRONG } from '../../scenarios/mock.ts';
import { spokenItem } from '../../support/items.ts';
import { createWorld, words } from '../../support/world.ts';

const LINEAR = 'It grows linearly with the context length.';
const HEADS = 'Fewer key heads than query heads make it smaller.';

/** An interview whose first question has an answer that said one point, and another one in part. */
async function answered(options = '') {
  const world = createWorld({
    isDirect: true,
    questions: ['s1', 's2', 's3'].map((id) => spokenItem(id)),
  });
  await world.ask(`mock 15 ${options}`);
  await world.ask('mock go interview:1');
  await world.ask(`mock answer interview:1 text:"${HINTED}"`);
  await world.ask('mock go interview:1');
  const feedback = await world.ask('mock skip interview:1');
  return { world, feedback };
}

/** Presses the select of a reply. */
const runOfSelect = (reply: Reply, value: string, label?: string): string => {
  const found = reply.blocks.find(
    (block) => block.kind === 'select' && (label === undefined || block.label === label),
  );
  if (found?.kind !== 'select') throw new Error(`No select in: ${words(reply)}`);
  return `${found.run} ${found.option}:${value}`;
};

test('every point that was not found can be ticked, and every one that was can be unticked', async () => {
  const { world, feedback } = await answered();
  expect(words(feedback)).toContain(`◐ Partly: ${LINEAR}`);
  expect(words(feedback)).toContain(`I said this: ${HEADS}, ${LINEAR}`);

  const ticked = await world.ask(runOfSelect(feedback, 'linear', 'I said this'));

  expect(ticked.update).toBe(true);
  expect(words(ticked)).toContain(`☑ Marked by you: ${LINEAR}`);
  expect(words(ticked)).not.toContain('◐ Partly');
  expect(words(ticked)).toContain(`I said this: ${HEADS}\n`);
  const back = await world.ask(runOfSelect(ticked, 'stored', "I didn't say this"));
  expect(words(back)).toContain('☐ Taken back by you: Keys and values of past tokens');
  expect(words(back)).toContain('With your own marks: Getting started, 30%.');
  expect(back.title).toBe(feedback.title);
});

test('a point that was contested stands by its owner’s word, which moves no score', async () => {
  const { world, feedback } = await answered();

  const noted = await world.ask('mock contest 1 item:1 point:linear consent:no');
  const shared = await world.ask('mock contest 1 item:1 point:fewer-heads consent:yes');
  const report = words(await world.ask('mock end interview:1 confirm:yes'));

  expect(words(noted)).toContain(
    "Your answer isn't shared. Your marks and your score stay the same.",
  );
  expect(words(shared)).toContain('The question authors can now read this answer');
  expect([noted.title, shared.title]).toEqual([feedback.title, feedback.title]);
  expect(report).toContain(`Marked by you: ${LINEAR}`);
  expect(report).toContain("Points you mark yourself don't change your score or rank.");
});

test('a point that was contested leaves the open card good for going on', async () => {
  const { world, feedback } = await answered();
  const noted = await world.ask('mock contest 1 item:1 point:linear consent:no');

  expect(words(noted)).toContain(`☑ Marked by you: ${LINEAR}`);
  expect(noted.visibility).toBe('private');
  expect((await world.press(feedback, 'Next question')).title).toBe('Question 2 of 3: core');
  // A second press of the same button asks nothing twice, and leads to what came of the first.
  const again = await world.press(feedback, 'Next question');
  expect(again.visibility).toBe('private');
  expect((await world.press(again, 'Show newest card')).title).toBe('Question 2 of 3: core');
});

test('the card after a contested verdict leads on to the next question', async () => {
  const { world, feedback } = await answered();
  const noted = await world.ask('mock contest 1 item:1 point:linear consent:no');

  const second = await world.press(noted, 'Next question');

  expect(second.title).toBe('Question 2 of 3: core');
  // Also of a question that is over, while another one is asked or nothing is.
  const asked = await world.press(await world.ask('mock review 1 item:1'), 'Continue');
  expect(asked.title).toBe('Question 2 of 3: core');
  await world.press(asked, 'Pause');
  expect((await world.press(await world.ask('mock review 1 item:1'), 'Continue')).title).toBe(
    'Paused',
  );
  // A button of a card that is left behind asks nothing twice.
  for (const left of [noted, feedback])
    expect(words(await world.press(left, 'Next question'))).toContain('already moved on');
});

test('the card after the last contested verdict leads on to the report, and after it nowhere', async () => {
  const { world } = await answered();
  for (const _ of ['second', 'third']) {
    await world.ask('mock go interview:1');
    await world.ask('mock skip interview:1');
  }
  const noted = await world.ask('mock contest 1 item:1 point:linear consent:no');

  const report = await world.press(noted, 'See report');

  expect(report.title).toBe('Your report');
  expect(words(await world.ask('mock review 1 item:1'))).toMatch(
    /^\[Show model answer\] \[Share wording\] \[Pick another question\]$/m,
  );
});

test('a contradicted point that was contested stands by its owner’s word', async () => {
  const [item, wrong] = [spokenItem('s1'), ['The size of the cache is fixed from the start.']];
  const keyPoints = item.keyPoints.map((point) =>
    point.id === 'linear' ? { ...point, wrong } : point,
  );
  const world = createWorld({ isDirect: true, questions: [{ ...item, keyPoints }] });
  await world.ask('mock 15');
  await world.ask('mock go interview:1');
  await world.ask(
    'mock answer interview:1 text:"Keys and values of past tokens are stored, not computed again. The size of the cache is fixed from the start."',
  );
  await world.ask('mock go interview:1');
  const feedback = words(await world.ask('mock skip interview:1'));
  expect(feedback).toContain(`✗ Sounds like the opposite: ${LINEAR}`);

  const noted = words(await world.ask('mock contest 1 item:1 point:linear consent:no'));

  expect(noted).toContain(`☑ Marked by you: ${LINEAR}`);
  expect(noted).not.toContain('the opposite');
});

test('a question that was skipped has no verdicts, and no point becomes anybody’s word', async () => {
  const world = createWorld({ isDirect: true, questions: [spokenItem('s1'), spokenItem('s2')] });
  await world.ask('mock 15');
  await world.ask('mock go interview:1');

  const skipped = words(await world.ask('mock skip interview:1'));

  expect(skipped).toContain('[Show model answer]');
  expect(skipped).not.toContain('I said this');
  for (const typed of [
    'mock contest 1 item:1',
    'mock contest 1 item:1 point:linear consent:yes',
    'mock tick 1 item:1 points:linear',
  ])
    expect(words(await world.ask(typed))).toContain('no points to mark');
  expect(words(await world.ask('mock show interview:1'))).not.toContain('Marked by you');
});

test('why marks and level differ stands under the verdict, in the look at it and in the report', async () => {
  const world = createWorld({ isDirect: true, questions: [spokenItem('s1')] });
  await world.ask('mock 15');
  await world.ask('mock go interview:1');
  await world.ask(`mock answer interview:1 text:"${STRONG} The cache stores attention scores."`);
  await world.ask('mock go interview:1');
  const verdict = words(await world.ask('mock skip interview:1'));
  const review = words(await world.ask('mock review 1 item:1'));
  const report = words(await world.ask('mock end interview:1 confirm:yes'));

  const why = '20% was taken off for what was incorrect.';
  // Three of three points are marked, and 0.2 were taken off.
  expect(verdict.split('\n').slice(0, 2)).toEqual(['Question 1: Solid, 80%', why]);
  expect(review).toContain(`\n${why}\n✓ `);
  expect(report).toContain(`\n${why}\n\n- Found: `);
});

test('points by my own word that would make another level are said to move no score', async () => {
  const { world, feedback } = await answered();
  expect(words(feedback)).not.toContain('With your own marks');

  const ticked = await world.ask('mock tick 1 item:1 points:linear,fewer-heads');

  expect(ticked.title).toBe('Question 1: Partly there, 52%');
  expect(words(ticked)).toContain(
    'With your own marks: Excellent, 100%. Your score stays the same.',
  );
});

test('a point that a question does not have is refused', async () => {
  const { world } = await answered();

  expect(words(await world.ask('mock tick 1 item:1 points:none'))).toContain("don't know that");
});

test('a tick on the card of an earlier question shows that question', async () => {
  const { world, feedback } = await answered();
  await world.press(feedback, 'Next question');

  const ticked = await world.ask(runOfSelect(feedback, 'linear'));

  expect(ticked.title).toBe('Question 1: Partly there, 52%');
  expect(ticked.visibility).toBe('private');
  expect(words(ticked)).toContain(`☑ Marked by you: ${LINEAR}`);
});

test('the report of a strict interview has a way to each question, to contest and to tick', async () => {
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
  expect(words(await world.ask('mock report 1'))).toContain(`Marked by you: ${HEADS}`);
});

test('a long answer is shown in part and goes along whole', async () => {
  const world = createWorld({ isDirect: true, questions: [spokenItem('s1')] });
  const long = `${PARTIAL} ${'And so it goes on in the same way. '.repeat(60)}`.trim();
  await world.ask('mock 15');
  await world.ask('mock go interview:1');
  await world.ask(`mock answer interview:1 text:"${long}"`);
  await world.ask('mock go interview:1');
  await world.ask('mock end interview:1 confirm:yes');

  const review = await world.ask('mock review 1 item:1');

  const file = review.blocks.find(({ kind }) => kind === 'file');
  expect(file).toMatchObject({ name: 'your-answer.txt', content: long });
});

test.each([
  ['', 'Answer or skip this question'],
  ['style:strict', 'feedback only at the end'],
])('nothing is looked at while it is asked: %s', async (style, said) => {
  const world = createWorld({ isDirect: true, questions: [spokenItem('s1'), spokenItem('s2')] });
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

const DOUBTED = 'Attention scores stay in the cache.';

test('report, history, stats and the next report show both what was found and my own marks', async () => {
  const { world } = await answered();
  await world.ask('mock end interview:1 confirm:yes');
  const before = words(await world.ask('mock history'));

  await world.ask('mock tick interview:1 item:1 points:linear,fewer-heads');
  const report = await world.ask('mock report 1');
  const [history, stats] = [await world.ask('mock history'), await world.ask('me')];

  expect(before).toContain('Partly there, 52%');
  expect(before).not.toContain('own marks');
  const own = 'Excellent, 100%';
  expect(words(report)).toContain(`With your own marks: ${own}.`);
  expect(words(report)).toContain('| 52% | 100% |');
  const file = report.blocks.find(({ kind }) => kind === 'file');
  expect(file).toMatchObject({
    content: expect.stringContaining(`Partly there: 52%. With your own marks: ${own}.`),
  });
  for (const reply of [history, stats])
    expect(words(reply)).toContain(`Partly there, 52% (with your own marks: ${own})`);
  await world.ask('mock 15');
  await world.ask('mock go interview:2');
  await world.ask(`mock answer interview:2 text:"${STRONG}"`);
  await world.ask('mock go interview:2');
  const later = words(await world.ask('mock end interview:2 confirm:yes'));
  expect(later).toContain(`your last interview (52%, with your own marks: ${own})`);
});

test('my own marks reach no leaderboard', async () => {
  const { world } = await answered();
  const board = words(await world.ask('leaderboard'));

  await world.ask('mock tick interview:1 item:1 points:linear,fewer-heads');

  expect(words(await world.ask('leaderboard'))).toBe(board);
});

test('a sentence in doubt is quoted beside the model answer, costs nothing, and is not shared', async () => {
  const world = createWorld({ isDirect: true, questions: [spokenItem('s1')] });
  await world.ask('mock 15');
  await world.ask('mock go interview:1');
  await world.ask(`mock answer interview:1 text:"${STRONG} ${DOUBTED}"`);

  // Of a good answer a sentence in doubt is mostly right: it is not asked about.
  const card = await world.ask('mock go interview:1');
  const report = await world.ask('mock end interview:1 confirm:yes');
  await world.ask('mock share 1 confirm:yes');
  await world.tick();

  const check = `Check this one: "${DOUBTED}" The model answer says: `;
  expect(card.title).toBe('Question 1: Excellent, 100%');
  for (const reply of [card, report, await world.ask('mock review 1 item:1')])
    expect(words(reply)).toContain(check);
  expect(words(report)).toContain('no incorrect claims that I noticed');
  const file = report.blocks.find(({ kind }) => kind === 'file');
  expect(file).toMatchObject({ content: expect.stringContaining(`- ${check}`) });
  expect(JSON.stringify(world.fake.sent)).not.toContain(DOUBTED);
});
