import { afterEach, beforeEach, expect, test } from 'vitest';
import { gradeInTests } from '../../../support/grading.ts';
import { attemptOf, freeTextItem, singleItem } from '../../../support/items.ts';
import { openMemory } from '../../../support/stores.ts';

const at = new Date('2026-03-06T09:00:00Z');
const later = (minutes: number) => new Date(at.getTime() + minutes * 60_000);

let opened: ReturnType<typeof openMemory>;
let store: ReturnType<typeof openMemory>['store'];
let post: number;

beforeEach(async () => {
  opened = openMemory();
  store = opened.store;
  for (const id of ['ana', 'bo', 'cy'])
    await store.meet({
      account: `slack:T/${id}`,
      name: id,
      workspace: 'slack:T',
      workspaceName: 'T',
      newPersonId: id,
      newTeamId: 'team',
      at,
    });
  post = await addPost('2026-03-06', freeTextItem('s1'), at);
});
afterEach(() => opened.close());

/** A question that is posted at an instant and closes an hour later. */
async function addPost(
  day: string,
  question: ReturnType<typeof freeTextItem> | ReturnType<typeof singleItem>,
  postedAt: Date,
): Promise<number> {
  const schedule = await store.addSchedule({
    teamId: 'team',
    platform: 'slack',
    channel: 'daily',
    time: '09:00',
    zone: 'UTC',
    days: '12345',
    mix: { difficulties: [], chapters: [] },
    state: 'on',
    daysOff: [],
    startsOn: '2026-03-01',
    createdAt: at,
  });
  if (!schedule) throw new Error('No schedule');
  const id = await store.claimSlot({
    schedule,
    day,
    state: 'claimed',
    dueAt: postedAt,
    question,
    announce: () => [],
  });
  if (id === undefined) throw new Error('The day is taken');
  await store.provePosted({
    postId: id,
    channel: 'daily',
    message: 'm1',
    at: postedAt,
    closesAt: new Date(postedAt.getTime() + 3_600_000),
  });
  return id;
}

const say = (personId: string, text: string, change: { isShown?: boolean; at?: Date } = {}) =>
  store.saveFreeTextAnswer({
    postId: post,
    personId,
    text,
    grade: gradeInTests(freeTextItem('s1'), text),
    isShown: change.isShown ?? true,
    at: change.at ?? at,
  });

const message = (words: string) => ({
  key: 'answers:1:0',
  teamId: 'team',
  platform: 'slack' as const,
  what: 'answers',
  postId: post,
  outgoing: {
    kind: 'post' as const,
    channel: 'daily',
    reply: { blocks: [{ kind: 'text' as const, text: words }] },
    key: 'answers:1:0',
  },
  state: 'due' as const,
  dueAt: at,
  at,
});

const closeIt = () =>
  store.closeFreeText({
    postId: post,
    at: later(60),
    votesUntil: later(120),
    order: (ids) => [...ids].reverse(),
    rows: (answers) => [message(answers.map(({ text }) => text).join('; '))],
  });

const vote = (personId: string, number: number, when = later(61)) =>
  store.vote({ postId: post, personId, number, at: when });

test('the newest answer of a person is kept, and the same once more changes nothing', async () => {
  expect(await say('ana', 'one')).toBe('first');
  expect(await say('ana', 'two')).toBe('changed');
  expect(await say('ana', 'two')).toBe('repeated');

  expect((await store.freeTextAnswer(post, 'ana'))?.text).toBe('two');
});

test('an answer after the close is refused, and so is one to a question with options', async () => {
  expect(await say('ana', 'late', { at: later(60) })).toBe('closed');
  const scored = await addPost('2026-03-05', singleItem('q1'), at);
  const grade = gradeInTests(freeTextItem('s1'), 'text');

  const refused = await store.saveFreeTextAnswer({
    postId: scored,
    personId: 'ana',
    text: 'text',
    grade,
    isShown: true,
    at,
  });

  expect(refused).toBe('closed');
});

test('an answer in words is no attempt at a scored question, nor the other way round', async () => {
  const recorded = await store.recordAttempt(attemptOf({ postId: post, personId: 'ana', at }));

  expect(recorded).toEqual({ kind: 'refused', why: 'unknown' });
});

test('closing numbers the answers that are shown, once', async () => {
  await say('ana', 'first');
  await say('bo', 'kept back', { isShown: false });
  await say('cy', 'second');

  expect(await closeIt()).toBe(3);
  expect(await closeIt()).toBeUndefined();

  const answers = await store.answersTo(post);
  expect(answers.map(({ name, number }) => [name, number])).toEqual([
    ['bo', null],
    ['cy', 1],
    ['ana', 2],
  ]);
});

test('one vote a person, never for oneself; a second one moves the first', async () => {
  await say('ana', 'first');
  await say('bo', 'second');
  await closeIt();

  expect(await vote('ana', 2)).toBe('own');
  expect(await vote('cy', 2)).toBe('voted');
  expect(await vote('cy', 2)).toBe('repeated');
  expect(await vote('cy', 1)).toBe('moved');
  expect(await vote('cy', 7)).toBe('unknown');
  expect(await vote('ana', 1, later(120))).toBe('over');

  const votes = (await store.answersTo(post)).map((answer) => [answer.name, answer.votes]);
  expect(votes).toEqual([
    ['bo', 1],
    ['ana', 0],
  ]);
});

test('an answer in words keeps the streak and leaves the window and the sums alone', async () => {
  const scored = await addPost('2026-03-05', singleItem('q1'), later(-1440));
  await store.recordAttempt(attemptOf({ postId: scored, personId: 'ana', at: later(-1440) }));
  await say('ana', 'in words');
  await closeIt();

  const entries = await store.streakEntries('team', 'ana', later(-2000));
  const others = await store.streakEntries('team', 'bo', later(-2000));
  const lines = await store.linesInWindow('team', 'ana');
  expect(entries).toEqual(['answered', 'answered']);
  expect(others).toEqual(['open', 'missed']);
  expect(lines.map((line) => line.post.id)).toEqual([scored]);
  expect((await store.standing('team', 'ana'))?.quarters).toBe(80);
  expect(
    (await store.totals('team', { limit: 10, personId: 'ana' })).map(({ answered }) => answered),
  ).toEqual([1]);
});

test('twenty questions in words push no points out of the window', async () => {
  const scored = await addPost('2026-01-01', singleItem('q1'), later(-100_000));
  await store.recordAttempt(attemptOf({ postId: scored, personId: 'ana', at: later(-100_000) }));

  for (let day = 1; day <= 21; day += 1)
    await addPost(
      `2026-02-${String(day).padStart(2, '0')}`,
      freeTextItem('s2'),
      later(-1000 + day),
    );
  // An answer works the score out again, over the window as it is now.
  const postId = await addPost('2026-03-01', singleItem('q2'), later(-10));
  const wrong = { answer: 'a', isRight: false, share: 0 };
  await store.recordAttempt(attemptOf({ postId, personId: 'ana', at: later(-5), ...wrong }));

  expect((await store.standing('team', 'ana'))?.quarters).toBe(80);
});

test.each([
  ['forgetting somebody', () => store.forget('ana', { at })],
  [
    'keeping an answer back',
    () => store.showFreeText({ postId: post, personId: 'ana', isShown: false }),
  ],
])('%s takes the words out of every message and draws the others again', async (_, change) => {
  await say('ana', 'words of ana');
  await say('bo', 'words of bo');
  await closeIt();
  const [before] = await store.dueReveals(later(200));

  await change();

  expect(JSON.stringify(await store.outgoingOfPost(post))).not.toContain('words of ana');
  const [due] = await store.dueReveals(later(61));
  expect(due?.post.id).toBe(post);
  // A drawing that was begun before is not written any more.
  expect(before && (await store.redraw({ reveal: before.reveal, dueAt: null, rows: [] }))).toBe(
    false,
  );
  expect(due && (await store.redraw({ reveal: due.reveal, dueAt: null, rows: [] }))).toBe(true);
});

test('votes go with whoever gave them and with the answer that they were for', async () => {
  await say('ana', 'first');
  await say('bo', 'second');
  await closeIt();
  await vote('cy', 1);
  await vote('ana', 1);

  await store.forget('cy', { at });
  expect((await store.answersTo(post))[0]?.votes).toBe(1);
  await store.forget('bo', { at });

  expect((await store.exportPerson('ana'))['votes']).toBeUndefined();
});
