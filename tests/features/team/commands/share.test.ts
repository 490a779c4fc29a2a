import { afterEach, expect, test } from 'vitest';
import type { Reply } from '../../../../src/spine/reply.ts';
import { singleItem } from '../../../support/items.ts';
import { createWorld, type From, type World, words } from '../../../support/world.ts';

let world: World;
afterEach(() => world.close());

const ANA: From = { as: 'ana' };
const BO: From = { as: 'bo' };
const EMPTY: Reply = { blocks: [] };

/** A question that ana has right and bo wrong. */
async function day() {
  world = createWorld({ questions: ['q1', 'q2', 'q3'].map((id) => singleItem(id)) });
  await world.setUp();
  await world.comeTo('2026-03-02T09:00:00Z');
  await world.ask('answer 1 try:1 choice:b', ANA);
  await world.ask('answer 1 try:1 choice:a', BO);
}

/** A live round of three questions, of which ana has one right and bo none. */
async function round() {
  world = createWorld({ questions: Array.from({ length: 4 }, (_, at) => singleItem(`q${at}`)) });
  await world.ask('live count:3 timer:no', { as: 'hana' });
  await world.ask('live next', { as: 'hana' });
  await world.tick();
  for (const [from, text] of [
    [ANA, 'The right one'],
    [BO, 'First wrong'],
  ] as const) {
    const card = world.fake.posts().at(-1)?.reply ?? EMPTY;
    const line = words(card)
      .split('\n')
      .find((each) => each.includes(text));
    await world.press(card, line?.slice(0, 1) ?? '?', from);
  }
  await world.ask('live next', { as: 'hana' });
  await world.ask('live end confirm:yes', { as: 'hana' });
  await world.tick();
}

const results = () => world.fake.posts().filter(({ key }) => key.startsWith('share:'));
const edits = () => world.fake.sent.flatMap((each) => (each.kind === 'edit' ? [each.reply] : []));

test('a week is shown to its person, and to the channel on their press alone', async () => {
  await day();
  const asked = await world.ask('leaderboard share week', ANA);
  expect(words(asked)).toContain('ana: 7 days. 1 of 1 daily questions answered.');
  expect(words(asked)).toContain('Mon correct');
  await world.tick();
  expect(results()).toEqual([]);

  const first = await world.press(asked, 'Share result', ANA);
  const second = await world.press(asked, 'Share result', ANA);
  await world.tick();

  expect(words(first)).toContain('Posting your result in #daily');
  expect(words(second)).toContain('You already shared this in #daily');
  const [post] = results();
  expect(results()).toHaveLength(1);
  expect(post && words(post.reply)).not.toMatch(/\bbo\b/);
});

test('a result of a live round says only what its person did, and goes to the channel of the round', async () => {
  await round();
  const result = world.fake.posts().at(-1)?.reply ?? EMPTY;
  const own = await world.press(result, 'My results', BO);
  const asked = await world.press(own, 'Share result', { ...BO, isDirect: true });
  await world.press(asked, 'Share result', { ...BO, isDirect: true });
  await world.tick();

  const [post] = results();
  expect(post?.channel).toBe('daily');
  expect(post && words(post.reply)).toContain(
    'bo: live round. 0 of 1 correct. Place: 2 of 2. Date: Mon, 2 Mar 2026. 1 incorrect.',
  );
  expect(post && words(post.reply)).not.toContain('ana');
  expect(words(await world.ask('leaderboard share live', { as: 'hana' }))).toContain(
    'no live round to share',
  );
});

test('only its person takes it back, and may share it again', async () => {
  await day();
  await world.press(await world.ask('leaderboard share week', ANA), 'Share result', ANA);
  await world.tick();
  const post = results()[0]?.reply ?? EMPTY;

  expect(words(await world.press(post, 'Remove', BO))).toContain('Only the person who shared');
  expect(edits()).toEqual([]);
  expect(words(await world.press(post, 'Remove', ANA))).toContain('is removed');
  expect(words(await world.press(post, 'Remove', ANA))).toContain('already removed');
  await world.tick();
  expect(edits().map(words)).toEqual(['This result was removed by the person who shared it.']);

  await world.press(await world.ask('leaderboard share week', ANA), 'Share result', ANA);
  await world.tick();
  expect(results()).toHaveLength(2);
  expect(new Set(results().map(({ key }) => key)).size).toBe(2);
});

test('deleting oneself takes every shared card out of its channel', async () => {
  await day();
  await world.press(await world.ask('leaderboard share week', ANA), 'Share result', ANA);
  await world.tick();

  expect(words(await world.ask('me delete', ANA))).toContain('results');
  await world.ask('me delete confirm:yes', ANA);
  await world.tick();

  expect(edits().map(words)).toEqual(['This result was removed by the person who shared it.']);
});

test('a week has no mark for days before one joined, and a second try that was right is a success', async () => {
  world = createWorld({ questions: ['q1', 'q2', 'q3'].map((id) => singleItem(id)) });
  await world.setUp();
  for (const at of ['2026-03-02T09:00:00Z', '2026-03-03T09:00:00Z', '2026-03-04T09:00:00Z'])
    await world.comeTo(at);
  // Her first press comes after the post that she answers.
  await world.comeTo('2026-03-04T10:00:00Z');
  await world.ask('answer 3 try:1 choice:a', { as: 'dee' });
  await world.ask('answer 3 try:2 choice:b', { as: 'dee' });

  const shown = words(await world.ask('leaderboard share week', { as: 'dee' }));

  expect(shown).toContain('dee: 7 days. 1 of 1 daily questions answered.');
  expect(shown).toContain('Streak: 1.');
  expect(shown).toMatch(/Wed correct/);
  expect(shown).not.toContain('no answer');
  expect(words(await world.ask('me', { as: 'dee' }))).toContain('Streak: 1 (longest 1,');
});
