import { expect, test } from 'vitest';
import { freeTextItem } from '../../../support/items.ts';
import { createWorld, words } from '../../../support/world.ts';

const questions = ['s1', 's2', 's3'].map((id) => freeTextItem(id));
const DIRECT = { isDirect: true };
const GOOD =
  'Keys and values of past tokens are stored, not computed again. Fewer key heads than query heads make it smaller. It grows linearly with the context length.';
const ANSWER = `mock answer text:${JSON.stringify(GOOD)}`;

const worldIn = async (style: 'strict' | 'coaching') => {
  const world = createWorld({ questions });
  const say = (line: string) => world.ask(line, DIRECT);
  await say(`mock 15 style:${style}`);
  await say('mock go');
  return { world, say };
};

test('an answer that nobody has gone on from counts when the interview is ended', async () => {
  const { world, say } = await worldIn('strict');
  await say(ANSWER);

  const report = words(await say('mock end confirm:yes'));

  expect(report).toContain('3 of 3 key points heard');
  expect((await world.store.interview(1))?.score).toBeGreaterThan(900);
});

test('a question that was shown and not answered lowers nothing', async () => {
  const { world, say } = await worldIn('coaching');
  await say(ANSWER);
  const last = words(await say('mock show'));
  if (last.includes('follow-up')) await say('mock skip');
  await say('mock go');
  const rated = await world.store.itemRatingsOf(['s1', 's2', 's3']);

  const report = words(await say('mock end confirm:yes'));

  const ratings = await world.store.itemRatingsOf(['s1', 's2', 's3']);
  expect(rated.size).toBe(0);
  expect(ratings.size).toBe(1);
  expect(words(await world.ask('mock report interview:1 show:all'))).toContain('Not answered');
  expect(report).toContain('1 not answered');
  expect(report).toContain('3 of 3 key points heard');
  expect((await world.store.interview(1))?.score).toBeGreaterThan(900);
});

test.each([
  ['before its first question', [], 'before the first question'],
  ['with its first question open', ['mock go'], 'before the first answer'],
])(
  'an interview that ended %s says kindly that there is nothing to report',
  async (_, turns, told) => {
    const world = createWorld({ questions });
    for (const line of ['mock 15', ...turns]) await world.ask(line, DIRECT);

    const ended = words(await world.ask('mock end confirm:yes', DIRECT));
    const again = words(await world.ask('mock report', DIRECT));

    for (const reply of [ended, again]) {
      expect(reply).toContain(told);
      expect(reply).not.toContain('%');
    }
    expect(words(await world.ask('mock history', DIRECT))).not.toContain('%');
  },
);

test('an old button does not end an interview that has moved on since', async () => {
  const world = createWorld({ questions });
  const intro = await world.ask('mock 15', DIRECT);
  await world.press(intro, 'Start', DIRECT);
  await world.ask(ANSWER, DIRECT);

  const asked = await world.press(intro, 'Cancel', DIRECT);
  const before = await world.store.interview(1);
  const report = words(await world.press(asked, 'End interview', DIRECT));

  expect(words(asked)).toContain('has moved on since');
  expect(before?.state).toBe('open');
  expect(report).toContain('Correctness');
});

test('one that is not begun yet is ended at once, and a second press asks nothing', async () => {
  const world = createWorld({ questions });
  const intro = await world.ask('mock 15', DIRECT);

  const ended = words(await world.press(intro, 'Cancel', DIRECT));
  const again = words(await world.press(intro, 'Cancel', DIRECT));

  expect(ended).toContain('before the first question');
  expect(again).toContain('This interview is over');
});

test('ending an interview that goes on is asked about first, in private, and changes nothing', async () => {
  const { world, say } = await worldIn('coaching');
  await say(ANSWER);
  const turns = await world.store.turnsOf(1);

  const asked = await say('mock end');

  expect(asked.visibility).toBe('private');
  expect(words(asked)).toContain("You'll get a report on what you answered.");
  expect((await world.store.interview(1))?.state).toBe('open');
  expect(await world.store.turnsOf(1)).toEqual(turns);
  expect(words(await world.press(asked, 'End interview', DIRECT))).toContain('3 of 3 key points');
});

test('an interview that has moved on since the question was shown is asked about again', async () => {
  const { world, say } = await worldIn('coaching');
  const asked = await say('mock end');
  await say(ANSWER);

  const again = await world.press(asked, 'End interview', DIRECT);

  expect(words(again)).toContain('has moved on since');
  expect((await world.store.interview(1))?.state).toBe('open');
  expect(words(await world.press(again, 'End interview', DIRECT))).toContain('Correctness');
});

test('a word on a verdict makes no button old: End asks once, from its card and from "still open"', async () => {
  for (const isAgain of [false, true]) {
    const world = createWorld({
      isDirect: true,
      questions: [freeTextItem('s1'), freeTextItem('s2'), freeTextItem('s3')],
    });
    await world.ask('mock 15');
    await world.ask('mock go interview:1');
    await world.ask(
      'mock answer interview:1 text:"The keys and values of past tokens are stored."',
    );
    await world.ask('mock skip interview:1');
    await world.ask('mock tick interview:1 item:1 points:linear');
    const card = isAgain ? await world.ask('mock 15') : await world.ask('mock go interview:1');

    const asked = await world.press(card, isAgain ? 'End interview' : 'End');
    const ended = await world.press(asked, 'End interview');

    expect(words(ended)).toContain('of what was asked');
    world.close();
  }
});
