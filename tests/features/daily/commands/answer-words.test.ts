import { expect, test } from 'vitest';
import type { Reply } from '../../../../src/spine/reply.ts';
import { freeTextItem, singleItem } from '../../../support/items.ts';
import { busy, createWorld, type From, type World, words } from '../../../support/world.ts';

const GOOD =
  'Keys and values of past tokens are stored. It grows linearly with the context length.';

/** A team whose Mondays have an open question; the first one is posted. */
async function posted(): Promise<World> {
  const world = createWorld({
    questions: [
      ...['q1', 'q2', 'q3'].map((id) => singleItem(id)),
      ...['s1', 's2'].map((id) => freeTextItem(id)),
    ],
  });
  await world.setUp('time:09:00 zone:UTC days:weekdays open:monday');
  await world.comeTo('2026-03-02T09:00:00Z');
  return world;
}

/** Answers, and shares it with the team. */
const say = (world: World, as: string, text: string, from: From = {}) =>
  world.ask(`answer words 1 shown:yes text:${JSON.stringify(text)}`, { as, ...from });

/** What stands in the thread now under a title, edits applied. */
function standing(world: World, title: string): Reply {
  const shown = world.fake.sent.filter(
    (each) => 'reply' in each && each.reply.title === title && each.kind !== 'direct',
  );
  const last = shown.at(-1);
  if (!last || !('reply' in last)) throw new Error(`Nothing is called ${title}`);
  return last.reply;
}

test('the chosen weekday has a question in words, other days have points', async () => {
  const world = await posted();

  for (const day of [3, 4, 5, 6, 9])
    await world.comeTo(new Date(Date.UTC(2026, 2, day, 9)).toISOString());

  const posts = await world.store.recentPosts(await world.teamId(), 10);
  expect(posts.map(({ day, isRated }) => [day, isRated])).toEqual([
    ['2026-03-09', false],
    ['2026-03-06', true],
    ['2026-03-05', true],
    ['2026-03-04', true],
    ['2026-03-03', true],
    ['2026-03-02', false],
  ]);
  const freeText = posts.filter(({ isRated }) => !isRated).map(({ questionId }) => questionId);
  expect(new Set(freeText)).toEqual(new Set(['s1', 's2']));
});

test('before the close no key point is told, and of the answer its own words', async () => {
  const world = await posted();

  const reply = await say(world, 'bo', GOOD);

  expect(reply.visibility).toBe('private');
  expect(words(reply)).toContain('✓ "Keys and values of past tokens are stored.');
  expect(words(reply)).toContain('✓ "It grows linearly with the context length."');
  expect(words(reply)).toContain('Not heard yet: 1 key point.');
  expect(words(reply)).not.toContain('not computed again');
  expect(words(reply)).not.toContain('Fewer key heads');
  expect(words(reply)).not.toContain('Model answer');
});

test('an answer is shared only by those who say so', async () => {
  const world = await posted();
  await world.ask(`answer words 1 text:"${GOOD}"`, { as: 'bo' });
  await say(world, 'cy', 'Something else.');

  const form = await world.form('answer words 1', { as: 'bo' });
  expect(form.fields.at(-1)).toMatchObject({ name: 'shown', value: 'false' });
  await world.comeTo('2026-03-03T08:00:00Z');

  expect(words(standing(world, 'Team answers'))).toContain('Something else.');
  expect(words(standing(world, 'Team answers'))).not.toContain('Keys and values');
});

test('one vote makes no best answer', async () => {
  const world = await posted();
  await say(world, 'bo', GOOD);
  await world.comeTo('2026-03-03T08:00:00Z');
  await world.ask('vote 1 1', { as: 'cy' });

  await world.comeTo('2026-03-04T07:00:00Z');

  expect(words(standing(world, 'Key points'))).toContain('No answer got 2 votes.');
  expect(words(standing(world, 'Key points'))).not.toContain(
    'Keys and values of past tokens are stored. It',
  );
});

test('a marked point counts, and a new answer forgets it', async () => {
  const world = await posted();
  await say(world, 'bo', 'Something.');
  await world.comeTo('2026-03-03T08:00:00Z');

  const ticked = await world.ask('answer points 1 points:linear,unknown', { as: 'bo' });

  expect(words(ticked)).toContain('☑ Marked by you: It grows linearly');
  expect(words(ticked)).toContain('1 of 3 key points heard');
  expect(words(await say(world, 'bo', 'Anything.'))).not.toContain('Marked by you');
});

test('a late answer is practice: nothing is kept, and the streak stays', async () => {
  const world = await posted();
  await world.comeTo('2026-03-03T08:00:00Z');

  const reply = await say(world, 'bo', GOOD);

  expect(reply.title).toBe('Practice: 2 of 3 key points heard');
  expect(words(reply)).toContain('○ Not heard: Fewer key heads');
  expect(words(await world.press(reply, 'Explain more', { as: 'bo' }))).toContain('Model answer');
  expect(await world.store.freeTextAnswer(1, await world.personId('bo'))).toBeUndefined();
  expect(words(await world.ask('me', { as: 'bo' }))).toContain('Streak: 0');
});

test('an answer counts for the streak and for nothing else', async () => {
  const world = await posted();
  await say(world, 'bo', GOOD);

  const me = words(await world.ask('me', { as: 'bo' }));
  const why = words(await world.ask('leaderboard why', { as: 'bo' }));
  const board = words(await world.ask('leaderboard', { as: 'bo' }));

  expect(me).toContain('Streak: 1');
  expect(me).toContain('Points: 0');
  expect(me).toContain('Free-text questions: 1 of 1 answered');
  expect(why).not.toContain('Why does serving keep a cache');
  expect(board).not.toContain('bo |');
});

test('whoever hides later loses the name in what is shown', async () => {
  const world = await posted();
  await say(world, 'bo', GOOD);
  await world.comeTo('2026-03-03T08:00:00Z');
  expect(words(standing(world, 'Team answers'))).toContain('1. bo: ');

  await world.ask('me hide', { as: 'bo' });
  await world.tick();

  expect(words(standing(world, 'Team answers'))).toContain('1. Someone: ');
});

test('an answer can be taken back and shown again after the close', async () => {
  const world = await posted();
  await say(world, 'bo', GOOD);
  await world.comeTo('2026-03-03T08:00:00Z');

  const kept = await world.ask('answer show 1 shown:no', { as: 'bo' });
  await world.tick();
  expect(words(standing(world, 'Team answers'))).toContain('1. Hidden by its author.');
  expect(words(standing(world, 'Team answers'))).not.toContain('[Vote');
  await world.press(kept, 'Share my answer', { as: 'bo' });
  await world.tick();

  expect(words(standing(world, 'Team answers'))).toContain('1. bo: Keys and values');
});

test('the votes are counted once, however often the tick comes', async () => {
  const world = await posted();
  await say(world, 'bo', GOOD);
  await say(world, 'cy', 'Something else.');
  await world.comeTo('2026-03-03T08:00:00Z');
  const number = /(\d)\. bo/.exec(words(standing(world, 'Team answers')))?.[1];
  await world.ask(`vote 1 ${number}`, { as: 'cy' });
  await world.ask(`vote 1 ${number}`, { as: 'ana' });

  await world.comeTo('2026-03-04T07:00:00Z');
  await world.tick();

  expect(words(standing(world, 'Key points'))).toContain('bo, 2 votes: Keys and values');
  expect(words(standing(world, 'Team answers'))).toContain('Voting is over.');
  expect(world.fake.sent.filter(({ kind }) => kind === 'edit')).toHaveLength(3);
  expect(world.events.filter(({ kind }) => kind === 'counted')).toEqual([
    { kind: 'counted', post: '1', votes: 2 },
  ]);
  expect(words(await world.ask('vote 1 1', { as: 'ana' }))).toContain('Voting is over');
});

test('a message that is not sent yet is drawn again once it is', async () => {
  const world = await posted();
  await say(world, 'bo', GOOD);
  world.fake.next(busy);
  await world.comeTo('2026-03-03T08:00:00Z');

  await world.ask('answer show 1 shown:no', { as: 'bo' });
  for (const time of ['08:00:40', '08:02:00', '08:03:00'])
    await world.comeTo(`2026-03-03T${time}Z`);

  const sent = world.fake.sent.map((each) => ('reply' in each ? words(each.reply) : ''));
  expect(sent.filter((text) => text.includes('1. bo: '))).toEqual([]);
  expect(words(standing(world, 'Team answers'))).toContain('1. Hidden by its author.');
});

test('a withdrawn open question tells whoever answered, shows nothing and breaks no streak', async () => {
  const world = await posted();
  await say(world, 'bo', GOOD);

  await world.ask('daily fix post:1 do:withdraw note:"it has two readings" confirm:yes', {
    admin: true,
  });
  await world.comeTo('2026-03-03T08:00:00Z');

  const [told] = world.fake.directs();
  expect(told?.account).toBe('terminal:bo');
  expect(words(told?.reply ?? { blocks: [] })).not.toContain('points');
  expect(world.fake.posts().some(({ reply }) => reply.title === 'Team answers')).toBe(false);
  expect(words(await world.ask('me', { as: 'cy' }))).toContain('Streak: 0');
});

test('its model answer is not looked up while it is open, also by those who have answered', async () => {
  const world = await posted();
  await say(world, 'bo', GOOD);
  const id = (await world.store.post(1))?.questionId;

  const reply = await world.ask(`question show ${id} answer:yes`, { as: 'bo' });

  expect(words(reply)).toContain('Its solution is shown when it closes');
});

test('no interview asks it, not even when nothing else is left', async () => {
  const world = await posted();
  const open = (await world.store.post(1))?.questionId;

  await world.ask('mock solo');

  const asked = (await world.store.interview(1))?.plan.questions.map(
    ({ questionId }) => questionId,
  );
  expect(asked).toEqual(['s1', 's2'].filter((id) => id !== open));
});

test.each([
  ['the thread of the question', true],
  ['another thread of its channel, such as the room of two', false],
])('what is said in %s is its answer: %s', async (_, isIts) => {
  const world = await posted();
  const post = await world.store.post(1);
  const thread = (isIts ? post?.thread : undefined) ?? 'room of two';
  const request = world.request({ kind: 'text', text: `mock answer text:"${GOOD}"` }, { as: 'bo' });

  const step = await world.bot.prepare({
    ...request,
    place: { channel: 'daily', thread, kind: 'thread' },
  });
  if (step.kind !== 'run') throw new Error('Expected a reply');
  await step.run();

  const kept = await world.store.freeTextAnswer(1, await world.personId('bo'));
  expect(kept?.text).toBe(isIts ? GOOD : undefined);
});

test('an answer that is longer than the grader reads is refused, not cut', async () => {
  const world = await posted();
  const long = 'a'.repeat(4001);

  const typed = words(await world.ask(`answer words 1 text:${long}`, { as: 'bo' }));
  const used = words(await world.ask(`mock answer text:${long}`, { as: 'bo' }));

  expect(typed).toContain('Your answer has 4,001 characters, and the limit is 4,000');
  expect(used).toBe(typed);
  expect(await world.store.freeTextAnswer(1, await world.personId('bo'))).toBeUndefined();
});

test('an answer in another language hears first that only English is read', async () => {
  const world = await posted();
  const text = 'Die Schlüssel und die Werte werden nicht noch einmal berechnet und das ist gut.';

  const told = words(await world.ask(`answer words 1 text:${JSON.stringify(text)}`, { as: 'bo' }));

  expect(told).toContain(
    "I can grade only English answers, so this one isn't graded.\nYou'll see all key points when the question closes.",
  );
  expect(told).not.toContain('found any key points');
});

test('a message of somebody else is no answer to the open question of its channel', async () => {
  const world = await posted();
  const said = {
    kind: 'action',
    command: 'mock answer',
    text: GOOD,
    author: 'terminal:cy',
  } as const;

  const step = await world.prepare(said, { as: 'bo' });
  if (step.kind !== 'run') throw new Error('not refused');

  expect(words(await step.run())).toContain('works only on messages you wrote');
  expect(await world.store.freeTextAnswer(1, await world.personId('bo'))).toBeUndefined();
});

test('after the close a point that I also said counts, for me alone; before it none can be marked', async () => {
  const world = await posted();
  expect(words(await say(world, 'bo', GOOD))).not.toContain('I also said');
  await world.comeTo('2026-03-03T09:00:00Z');
  const closed = await world.ask('answer 1', { as: 'bo' });
  expect(closed.title).toBe('2 of 3 key points heard');
  expect(words(closed)).toContain('I also said …: Fewer key heads');

  const marked = await world.ask('answer points 1 points:fewer-heads', { as: 'bo' });

  expect(marked.title).toBe('3 of 3 key points heard');
  expect(words(marked)).toContain('☑ Marked by you: Fewer key heads');
  expect(words(marked)).not.toContain('I also said');
});
