import { expect, test } from 'vitest';
import { dueNow } from '../../../../src/spine/outbox.ts';
import { say } from '../../../../src/spine/reply.ts';
import { createWorld, refused, unknown, words } from '../../../support/world.ts';

test('a question that is due goes before what came later, such as the threads of other questions', async () => {
  const world = createWorld();
  await world.setUp();
  const at = new Date('2026-03-02T09:00:10Z');
  const teamId = await world.teamId();
  const notice = (number: number) => {
    const [key, account] = [`notice:${number}`, `terminal:ana${number}`];
    const outgoing = { kind: 'direct' as const, account, reply: say('Something happened.'), key };
    return { key, teamId, platform: 'terminal' as const, what: 'notice', outgoing, ...dueNow(at) };
  };
  await world.store.addOutgoing(Array.from({ length: 60 }, (_, number) => notice(number)));

  await world.comeTo('2026-03-02T09:00:20Z');

  expect(world.fake.sent).toHaveLength(62);
  expect(world.fake.sent.findIndex(({ kind }) => kind === 'post')).toBeLessThan(50);
});

test('nothing is posted before its hour, nor on a day off', async () => {
  const world = createWorld();
  await world.setUp('time:09:00 zone:UTC days:"mon tue"');

  await world.comeTo('2026-03-02T08:59:00Z');
  await world.comeTo('2026-03-04T12:00:00Z');

  const slots = await world.store.recentPosts(await world.teamId(), 10);
  expect(slots.map(({ day, state }) => [day, state])).toEqual([
    ['2026-03-03', 'missed'],
    ['2026-03-02', 'missed'],
  ]);
});

test('after an outage the newest slot is posted, older ones are missed and the keeper is told once', async () => {
  const world = createWorld();
  await world.setUp();

  await world.comeTo('2026-03-05T10:00:00Z');

  expect(world.fake.posts()).toHaveLength(1);
  expect(world.fake.directs()).toHaveLength(1);
  expect(words(world.fake.directs()[0]?.reply ?? { blocks: [] })).toContain('I missed 3 questions');
});

test('a clock that was a week ahead for a while costs one question at the most', async () => {
  const world = createWorld();
  await world.setUp('time:09:00 zone:UTC days:"every day"');

  await world.comeTo('2026-03-09T10:00:00Z');
  await world.comeTo('2026-03-02T08:30:00Z');
  for (let day = 2; day <= 10; day += 1)
    await world.comeTo(`2026-03-${String(day).padStart(2, '0')}T09:00:00Z`);

  const slots = (await world.store.recentPosts(await world.teamId(), 20)).reverse();
  expect(slots.map(({ state }) => state)).toEqual(Array.from({ length: 9 }, () => 'posted'));
  expect(world.fake.directs()).toHaveLength(1);
});

test('a slot more than twelve hours late is missed', async () => {
  const world = createWorld();
  await world.setUp();

  await world.comeTo('2026-03-02T21:01:00Z');

  expect(world.fake.posts()).toHaveLength(0);
  expect((await world.store.recentPosts(await world.teamId(), 1))[0]?.state).toBe('missed');
});

test('a change of hour in the middle of a day brings neither a second nor a lost post', async () => {
  const world = createWorld();
  const schedule = await world.setUp('time:09:00 zone:UTC');
  await world.comeTo('2026-03-02T09:00:00Z');

  await world.ask(`setup change schedule:${schedule.id} time:18:00`, { admin: true });
  await world.comeTo('2026-03-02T18:00:00Z');
  await world.comeTo('2026-03-03T18:00:00Z');

  const days = (await world.store.recentPosts(await world.teamId(), 10)).map(({ day }) => day);
  expect(days).toEqual(['2026-03-03', '2026-03-02']);
});

test('a refused post is told to the keeper, who can try again', async () => {
  const world = createWorld();
  await world.setUp();
  world.fake.next(refused);

  await world.comeTo('2026-03-02T09:00:00Z');
  const [notice] = world.fake.directs();
  if (!notice) throw new Error('No notice');
  await world.press(notice.reply, 'Post again', { admin: true });
  await world.tick();

  expect(words(notice.reply)).toContain('Give me Send Messages');
  expect(world.fake.posts()).toHaveLength(1);
});

/** What its keeper presses in a direct message of Discord, which belongs to a team of that person alone. */
const ALONE = { admin: true, isDirect: true, team: '@ana' };

test('the keeper can say in such a message that a question has arrived, and nobody else', async () => {
  const world = createWorld();
  await world.setUp();
  world.fake.next(unknown);
  await world.comeTo('2026-03-02T09:00:00Z');
  await world.comeTo('2026-03-02T09:02:00Z');
  const notice = world.fake.directs()[0]?.reply ?? { blocks: [] };

  const others = await world.press(notice, "It's there", { ...ALONE, as: 'eve', team: '@eve' });
  const keepers = await world.press(notice, "It's there", ALONE);

  expect(words(others)).toContain("I can't find question 1.");
  expect(words(keepers)).toContain('The question counts as posted');
});

test('an unknown outcome is never sent again where that could show twice', async () => {
  const world = createWorld({ resendSafeForMs: 0 });
  await world.setUp();
  world.fake.next(unknown);

  await world.comeTo('2026-03-02T09:00:00Z');
  await world.comeTo('2026-03-02T09:30:00Z');

  expect(world.fake.posts()).toHaveLength(1);
  expect(words(world.fake.directs()[0]?.reply ?? { blocks: [] })).toContain("wasn't confirmed");
});

test('an unknown outcome is sent again with the same key while that is safe', async () => {
  const world = createWorld({ resendSafeForMs: 120_000 });
  await world.setUp();
  world.fake.next(unknown);

  await world.comeTo('2026-03-02T09:00:00Z');
  await world.comeTo('2026-03-02T09:00:10Z');

  const keys = world.fake.posts().map(({ key }) => key);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
});

test('a press on a post that was never confirmed proves it, and the answer counts', async () => {
  const world = createWorld();
  await world.setUp();
  world.fake.next(unknown);
  await world.comeTo('2026-03-02T09:00:00Z');

  const reply = await world.ask('answer 1 try:1 choice:b', { as: 'bo', message: 'm9' });

  expect(reply.title).toBe('Correct: +20 points');
  expect((await world.store.post(1))?.message).toBe('m9');
});

test('no item comes twice until the mix is used up, then the longest unseen', async () => {
  const world = createWorld();
  await world.setUp('time:09:00 zone:UTC days:"every day"');

  for (let day = 2; day < 9; day += 1)
    await world.comeTo(new Date(Date.UTC(2026, 2, day, 9)).toISOString());

  const asked = await world.store.askedQuestions(await world.teamId());
  expect(new Set(asked.slice(0, 5)).size).toBe(5);
  expect(asked.slice(5)).toEqual(asked.slice(0, 2));
});

test('when no item fits, the keeper hears why', async () => {
  const world = createWorld({ questions: [] });
  await world.store.addSchedule({
    teamId: await world.teamId(),
    platform: 'terminal',
    channel: 'daily',
    time: '09:00',
    zone: 'UTC',
    days: '1234567',
    mix: { difficulties: [], chapters: [] },
    state: 'on',
    daysOff: [],
    startsOn: '2026-03-02',
    keeperId: await world.personId(),
    createdAt: world.clock.now(),
  });

  await world.comeTo('2026-03-02T09:00:00Z');

  expect(words(world.fake.directs()[0]?.reply ?? { blocks: [] })).toContain(
    'no question matches this schedule',
  );
});
