import { expect, test } from 'vitest';
import { buttonId } from '../../../../src/spine/button.ts';
import type { Step } from '../../../../src/spine/command.ts';
import type { Reply } from '../../../../src/spine/reply.ts';
import { orderItem, singleItem } from '../../../support/items.ts';
import { createWorld, refused, runOf, unknown, words } from '../../../support/world.ts';

const ADMIN = { admin: true };

async function answered(questions = [singleItem('q1')]) {
  const world = createWorld({ questions });
  await world.setUp();
  await world.comeTo('2026-03-02T09:00:00Z');
  await world.ask('answer 1 try:1 choice:b', { as: 'bo' });
  const quarters = async (as: string) =>
    (await world.store.standing(await world.teamId(), await world.personId(as)))?.quarters;
  return { world, quarters };
}

/** The letter beside an option, as a person sees it who answers. */
async function shownLetter({ world }: Awaited<ReturnType<typeof answered>>, text: string) {
  const card = words(await world.ask('answer 1', ADMIN));
  const [, letter] = new RegExp(`([A-F])  ${text}`).exec(card) ?? [];
  if (!letter) throw new Error(card);
  return letter;
}

async function replyOf(sent: Promise<Step>): Promise<Reply> {
  const step = await sent;
  if (step.kind !== 'run') throw new Error(`Expected a reply and got ${step.kind}`);
  return step.run();
}

test('a correction shows the options in their words and asks before anything changes', async () => {
  const started = await answered();
  const { world, quarters } = started;
  const right = await shownLetter(started, 'The right one');
  const wrong = await shownLetter(started, 'Second wrong');
  // The letter that is shown is another one than that of the bank.
  expect(right).not.toBe('B');

  const asked = await world.ask(`daily fix post:1 do:correct key:${wrong} note:"swapped"`, ADMIN);

  expect(words(asked)).toContain(`${right}: The right one`);
  expect(words(asked)).toContain(`${wrong}: Second wrong`);
  expect(words(asked)).toContain('1 person has answered');
  expect(await quarters('bo')).toBe(80);
  await world.tick();
  expect(world.fake.directs()).toEqual([]);

  const done = await world.press(asked, 'Correct answer key', ADMIN);
  expect(words(done)).toContain('Answer key corrected.');
  expect(await quarters('bo')).toBe(0);
});

test('a correction can be undone', async () => {
  const { world, quarters } = await answered();
  const done = await world.ask('daily fix post:1 do:correct key:c confirm:yes', ADMIN);

  const back = await world.press(done, 'Undo', ADMIN);

  expect(words(back)).toContain('Correction undone.');
  expect(await quarters('bo')).toBe(80);
  const again = await world.press(back, 'Correct again', ADMIN);
  expect(words(again)).toContain('Answer key corrected.');
  expect(await quarters('bo')).toBe(0);
});

test('a correction without a key lets one choose the option that will be right', async () => {
  const started = await answered();
  const { world } = started;
  const wrong = await shownLetter(started, 'Second wrong');

  const reply = await world.ask('daily fix post:1 do:correct note:"swapped"', ADMIN);

  const select = reply.blocks.find(({ kind }) => kind === 'select');
  if (select?.kind !== 'select') throw new Error(words(reply));
  expect(select.choices.map(({ label }) => label)).toContain(`${wrong}: Second wrong`);
  const asked = await world.ask(`${select.run} key:${wrong}`, ADMIN);
  expect(words(asked)).toContain('swapped');
});

test.each([58, 60, 62, 64, 90])('a menu with a reason of %i characters works', async (length) => {
  const started = await answered();
  const { world } = started;
  const reply = await world.ask(`daily fix post:1 do:correct note:"${'n'.repeat(length)}"`, ADMIN);
  const select = reply.blocks.find(({ kind }) => kind === 'select');
  if (select?.kind !== 'select') throw new Error(words(reply));
  const { id } = buttonId(select.run, select.option);

  const step = await world.prepare({ kind: 'button', id, values: { key: 'A' } }, ADMIN);

  expect(step.kind === 'run' && words(await step.run())).toContain('The right one');
});

test('a withdrawal asks first, and taken back it leaves the question open with its points', async () => {
  const { world, quarters } = await answered();

  const asked = await world.ask('daily fix post:1 do:withdraw note:"ambiguous"', ADMIN);
  expect(words(asked)).toContain('What does q1 ask?');
  expect(await quarters('bo')).toBe(80);

  const done = await world.press(asked, 'Withdraw question', ADMIN);
  await world.tick();
  expect(await quarters('bo')).toBe(0);

  const back = await world.press(done, 'Undo', ADMIN);
  await world.tick();
  expect(words(back)).toContain('open again');
  expect(await quarters('bo')).toBe(80);
  expect(words(await world.ask('answer 1', { as: 'cy' }))).toContain('What does q1 ask?');
  const edits = world.fake.sent.flatMap((each) => (each.kind === 'edit' ? [each] : []));
  expect(words(edits.at(-1)?.reply ?? { blocks: [] })).toContain('[Answer]');
  expect(words(world.fake.directs().at(-1)?.reply ?? { blocks: [] })).toContain('back');
});

test('an order that is withdrawn instead of corrected leads there by a button', async () => {
  const { world } = await answered([orderItem('o1')]);

  const reply = await world.ask('daily fix post:1 do:correct key:dcba', ADMIN);

  expect(runOf(reply, 'Withdraw question')).toContain('withdraw');
});

test('daily now says what failed and offers to post again', async () => {
  const world = createWorld();
  await world.setUp();
  world.fake.next(refused);
  await world.ask('daily now', ADMIN);
  await world.tick();

  const reply = await world.ask('daily now', ADMIN);

  expect(words(reply)).not.toContain('already posted');
  expect(words(reply)).toContain('Give me Send Messages');
  await world.press(reply, 'Post again', ADMIN);
  await world.tick();
  expect(world.fake.posts()).toHaveLength(1);
});

test('daily now brings a question that was missed', async () => {
  const world = createWorld();
  await world.setUp();
  // Nobody was there at nine, nor in the hours in which it is made up for.
  await world.comeTo('2026-03-02T23:30:00Z');

  await world.ask('daily now', ADMIN);
  await world.tick();

  expect(world.fake.posts()).toHaveLength(1);
});

test('a recap that may not have arrived can be confirmed or posted again', async () => {
  const { world } = await answered();
  world.fake.next(unknown);
  await world.comeTo('2026-03-03T08:00:00Z');
  await world.comeTo('2026-03-03T08:05:00Z');
  const notices = world.fake.directs().map(({ reply }) => reply);
  const notice = notices.find((reply) => words(reply).includes('the recap of a question'));
  if (!notice) throw new Error(notices.map(words).join('\n'));
  const recaps = () =>
    world.fake.posts().filter(({ reply }) => words(reply).includes('The right one')).length;
  const before = recaps();

  expect(runOf(notice, "It's there")).toBeDefined();
  await world.press(notice, 'Post again', ADMIN);
  await world.tick();

  expect(recaps()).toBe(before + 1);
  const twice = await world.press(notice, 'Post again', ADMIN);
  expect(words(twice)).toContain('already');
});

test('an admin withdraws a question from the past ones, with a reason', async () => {
  const { world } = await answered();
  const past = await world.ask('daily history', ADMIN);
  const select = past.blocks.find(({ kind }) => kind === 'select');
  if (select?.kind !== 'select') throw new Error(words(past));

  const card = await world.ask(`${select.run} ${select.option}:1`, ADMIN);
  const form = await world.form(runOf(card, 'Withdraw question'), ADMIN);
  const asked = await replyOf(world.send(form, { note: 'two readings' }, ADMIN));
  const done = await world.press(asked, 'Withdraw question', ADMIN);

  expect(words(done)).toContain('Withdrawn.');
  expect(words(await world.ask('daily fix post:1', ADMIN))).toContain('[Restore question]');
  expect(words(await world.ask('daily history'))).not.toContain('[Withdraw');
});
