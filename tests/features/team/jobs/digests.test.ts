import { expect, test } from 'vitest';
import { singleItem } from '../../../support/items.ts';
import { createWorld, refused, words } from '../../../support/world.ts';

const QUESTIONS = ['q1', 'q2', 'q3', 'q4', 'q5', 'q6'].map((id, at) =>
  singleItem(id, { chapter: (at % 2) + 1 }),
);
const CREW = ['ana', 'bo', 'cy', 'di', 'eva'];

/** A week in which `q1` was missed most, and bo answered but one question. */
async function week() {
  const world = createWorld({ questions: QUESTIONS, isUnlimited: true });
  await world.setUp('time:09:00 zone:UTC days:weekdays');
  for (let day = 2; day <= 6; day += 1) {
    await world.comeTo(`2026-03-0${day}T09:00:00Z`);
    const post = day - 1;
    for (const as of CREW) {
      if (as === 'bo' && post === 2) continue;
      const isRight = post !== 1 || as === 'ana';
      await world.ask(`answer ${post} try:1 choice:${isRight ? 'b' : 'a'}`, { as });
    }
  }
  return world;
}

const digests = (world: ReturnType<typeof createWorld>) =>
  world.fake.posts().filter(({ key }) => key.startsWith('digest:'));
const empty = { blocks: [] };

test('a digest says what was missed and who missed nothing, never who missed something', async () => {
  const world = await week();
  await world.ask('me hide', { as: 'eva' });
  const on = await world.ask('setup digest on days:sat time:10:00 zone:UTC', { admin: true });
  expect(words(on)).toContain('is posted in #daily on Saturdays at 10:00 (UTC)');

  await world.comeTo('2026-03-07T10:00:00Z');
  await world.comeTo('2026-03-07T10:01:00Z');

  const [post, another] = digests(world);
  expect(another).toBeUndefined();
  const said = words(post?.reply ?? empty);
  expect(said).toContain(
    '5 questions closed this week. 83% of first tries were correct (20 of 24).',
  );
  expect(said).toMatch(/Most missed: What does .+ ask\? \(1 of 5 correct on the first try\)/);
  expect(said).toContain('Answered every question: ana, cy, di');
  expect(said).not.toMatch(/\bbo\b|eva/);
  expect(said).toContain('[Practice it] [Turn off]');
});

test('an admin turns it off with one press from the message, and nobody else does', async () => {
  const world = await week();
  await world.ask('setup digest on days:sat time:10:00 zone:UTC', { admin: true });
  await world.ask('setup digest on what:leaderboard days:sat time:10:00 zone:UTC', { admin: true });
  await world.comeTo('2026-03-07T10:00:00Z');
  const [post] = digests(world);
  expect(digests(world)).toHaveLength(2);

  const refused = await world.press(post?.reply ?? empty, 'Turn off', { as: 'bo' });
  expect(words(refused)).toContain('admins can use');
  const off = await world.press(post?.reply ?? empty, 'Turn off', { admin: true });
  expect(words(off)).toContain('is off. Nothing more is posted.');
  await world.comeTo('2026-03-09T09:00:00Z');
  await world.ask('answer 6 try:1 choice:b', { as: 'bo' });
  await world.comeTo('2026-03-14T10:00:00Z');
  expect(digests(world).map(({ reply }) => reply.title)).toEqual([
    'Weekly digest',
    'Leaderboard',
    'Leaderboard',
  ]);
  await world.press(off, 'Undo', { admin: true });
  await world.comeTo('2026-03-15T10:00:00Z');
  await world.comeTo('2026-03-21T10:00:00Z');
  // Nothing was answered in that week.
  expect(digests(world).at(-1)?.reply.title).toBe('Leaderboard');
});

test('a board post is a picture with its numbers in words, and names nobody where names are off', async () => {
  const world = await week();
  await world.ask('setup digest on what:leaderboard days:fri time:18:00 zone:UTC', { admin: true });
  await world.comeTo('2026-03-06T18:00:00Z');
  expect(words(digests(world).at(-1)?.reply ?? empty)).toContain('1. ana 100');

  await world.ask('leaderboard show:places', { admin: true });
  await world.comeTo('2026-03-13T18:00:00Z');
  expect(digests(world)).toHaveLength(1);

  for (const as of ['ana', 'cy', 'di']) await world.ask('leaderboard group join blue', { as });
  await world.comeTo('2026-03-20T18:00:00Z');
  const said = words(digests(world).at(-1)?.reply ?? empty);
  expect(said).toContain('1 | blue | 86.7');
  expect(said).not.toContain('ana');
});

test('one that is a day late is left out, which its keeper hears, and the next one comes', async () => {
  const world = await week();
  await world.ask('setup digest on days:sat time:10:00 zone:UTC', { admin: true });
  await world.comeTo('2026-03-08T10:00:00Z');
  expect(digests(world)).toEqual([]);
  expect(world.fake.directs().map(({ account, reply }) => [account, words(reply)])).toEqual([
    [
      'terminal:ana',
      expect.stringContaining(
        "I couldn't post the weekly digest in #daily. By the time I could, it was too late.",
      ),
    ],
  ]);

  for (let day = 9; day <= 14; day += 1)
    await world.comeTo(`2026-03-${String(day).padStart(2, '0')}T10:00:00Z`);
  expect(digests(world)).toHaveLength(1);
});

test('one that cannot be posted is told once to the person who keeps the schedule', async () => {
  const world = await week();
  await world.ask('setup digest on days:sat time:10:00 zone:UTC', { admin: true });
  await world.comeTo('2026-03-07T09:00:00Z');
  world.fake.next(refused);
  for (const minute of ['00', '01', '05']) await world.comeTo(`2026-03-07T10:${minute}:00Z`);

  const told = world.fake.directs().map(({ account, reply }) => [account, words(reply)] as const);
  expect(told).toHaveLength(1);
  expect(told[0]?.[0]).toBe('terminal:ana');
  expect(told[0]?.[1]).toContain(
    "I couldn't post the weekly digest in #daily. I may not post in this channel.",
  );
  expect(digests(world)).toEqual([]);
});

test('deleting oneself takes the name out of posted digests and boards, and out of what is kept of them', async () => {
  const world = await week();
  for (const what of ['digest', 'leaderboard'])
    await world.ask(`setup digest on what:${what} days:sat time:10:00 zone:UTC`, { admin: true });
  await world.comeTo('2026-03-07T10:00:00Z');
  for (const { reply } of digests(world)) expect(words(reply)).toMatch(/\bcy\b.*\bdi\b/);

  for (const as of ['cy', 'di']) {
    await world.ask('me delete confirm:yes', { as });
    await world.tick();
  }

  const edits = world.fake.sent.flatMap((each) => (each.kind === 'edit' ? [each] : []));
  const last = edits.filter(({ key }) => key.startsWith('without-name:')).slice(-2);
  expect(last.map(({ reply }) => reply.title)).toEqual(['Weekly digest', 'Leaderboard']);
  for (const { reply } of last) {
    expect(words(reply)).toContain('ana');
    expect(words(reply)).not.toMatch(/\b(cy|di)\b/);
    expect(words(reply)).toContain('[Turn off]');
  }
  expect(last[0] && words(last[0].reply)).toContain('5 questions closed this week.');
  const kept = await world.store.postsNaming(await world.personId('ana'));
  expect(kept).toHaveLength(2);
  expect(JSON.stringify(kept)).not.toMatch(/\b(cy|di)\b/);
});
