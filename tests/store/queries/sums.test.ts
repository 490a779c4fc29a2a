import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import type { Store } from '../../../src/queries.ts';
import { attemptOf, singleItem } from '../../support/items.ts';
import { openMemory, runs } from '../../support/stores.ts';

const PEOPLE = ['ana', 'bo', 'cy', 'di', 'eva', 'fay', 'gus', 'hal'];
const ZONES = ['Asia/Tokyo', 'America/Los_Angeles', 'Europe/Berlin'];
const START = Date.parse('2026-01-26T09:00:00Z');
const QUESTIONS = 24;
const HOUR_MS = 3_600_000;
const EVERYBODY = { limit: 100, personId: 'nobody' };

/** Asked every 37 hours, each open for 23: they close at all hours, around midnights and in two months. */
const askedAt = (post: number) => new Date(START + (post - 1) * 37 * HOUR_MS);
const closedAt = (post: number) => new Date(askedAt(post).getTime() + 23 * HOUR_MS);

const person = fc.constantFrom(...PEOPLE);
const post = fc.integer({ min: 1, max: QUESTIONS });
const share = fc.constantFrom(0, 0.5, 1);
const answer = fc.record({ kind: fc.constant('answer' as const), post, person, share });
const step = fc.oneof(
  { weight: 20, arbitrary: answer },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('close' as const), post }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('withdraw' as const),
      post,
      isUndone: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('correct' as const), post, share }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('hide' as const), person, isHidden: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('forget' as const), person }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('join' as const),
      person,
      group: fc.constantFrom('red', 'blue', undefined),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('zone' as const), zone: fc.constantFrom(...ZONES) }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What happened, kept as plainly as can be. */
type Told = {
  zone: string;
  hidden: Set<string>;
  gone: Set<string>;
  closed: Set<number>;
  withdrawn: Set<number>;
  chapters: Map<number, number>;
  groups: Map<string, string>;
  /** Points of each line, and whether first tries were right. */
  lines: { person: string; post: number; quarters: number }[];
  firsts: { person: string; post: number; isRight: boolean }[];
};

async function setUp(store: Store) {
  for (const id of PEOPLE) await meet(store, id);
  const schedule = await store.addSchedule({
    teamId: 'team',
    platform: 'slack',
    channel: 'daily',
    time: '09:00',
    zone: 'UTC',
    days: '1234567',
    mix: { difficulties: [], chapters: [] },
    state: 'on',
    daysOff: [],
    startsOn: '2026-01-01',
    createdAt: new Date(START),
  });
  if (!schedule) throw new Error('No schedule');
  for (let id = 1; id <= QUESTIONS; id += 1) {
    await store.claimSlot({
      schedule,
      day: `day ${id}`,
      state: 'claimed',
      dueAt: askedAt(id),
      question: singleItem(`q${id}`, { chapter: (id % 3) + 1 }),
      announce: () => [],
    });
    const shown = { postId: id, channel: 'daily', message: `m${id}` };
    await store.provePosted({ ...shown, at: askedAt(id), closesAt: closedAt(id) });
  }
}

const meet = (store: Store, id: string) =>
  store.meet({
    account: `slack:T1/${id}`,
    name: id,
    workspace: 'slack:T1',
    workspaceName: 'team',
    newPersonId: id,
    newTeamId: 'team',
    at: new Date(START),
  });

async function take(store: Store, told: Told, step: Step): Promise<void> {
  switch (step.kind) {
    case 'answer': {
      const { post: postId, person: personId } = step;
      if (told.gone.has(personId)) return;
      const before = await store.progress(postId, personId);
      const number = before.attempts.length + 1;
      const isRight = step.share === 1;
      const recorded = await store.recordAttempt(
        attemptOf({
          postId,
          personId,
          try: number,
          answer: String(step.share),
          isRight,
          share: step.share,
          at: askedAt(postId),
        }),
      );
      if (recorded.kind !== 'recorded') return;
      if (number === 1) told.firsts.push({ person: personId, post: postId, isRight });
      if (recorded.quarters > 0)
        told.lines.push({ person: personId, post: postId, quarters: recorded.quarters });
      return;
    }
    case 'close':
      if (await store.closePost(step.post, closedAt(step.post), [])) told.closed.add(step.post);
      return;
    case 'withdraw': {
      const at = closedAt(step.post);
      if (await store.withdrawPost({ postId: step.post, note: 'wrong', at, rows: () => [] }))
        told.withdrawn.add(step.post);
      if (step.isUndone && (await store.restorePost({ postId: step.post, at, rows: () => [] })))
        told.withdrawn.delete(step.post);
      return;
    }
    case 'correct':
      return correct(store, told, step);
    case 'hide':
      await store.hide(step.person, step.isHidden);
      if (step.isHidden) told.hidden.add(step.person);
      else told.hidden.delete(step.person);
      return;
    case 'forget':
      await store.forget(step.person, { at: new Date(START) });
      told.gone.add(step.person);
      return;
    case 'join': {
      const { person: personId, group } = step;
      if (told.gone.has(personId)) return;
      const who = { teamId: 'team', personId };
      await (group ? store.joinGroup(who, group) : store.leaveGroup(who));
      if (group) told.groups.set(personId, group);
      else told.groups.delete(personId);
      return;
    }
    case 'zone':
      await store.setTeamZone('team', step.zone);
      told.zone = step.zone;
  }
}

let version = 1;

/** Every answer is worth this now, and the first tries are judged by it. */
async function correct(
  store: Store,
  told: Told,
  step: { post: number; share: number },
): Promise<void> {
  version += 1;
  const affected = await store.correctPost({
    postId: step.post,
    question: singleItem(`q${step.post}`, { version, chapter: 5 }),
    check: () => step.share,
    note: 'wrong key',
    at: closedAt(step.post),
    rows: () => [],
  });
  if (!affected) return;
  told.chapters.set(step.post, 5);
  for (const { personId, quarters } of affected)
    told.lines.push({ person: personId, post: step.post, quarters });
  for (const first of told.firsts) if (first.post === step.post) first.isRight = step.share === 1;
}

/** The sums of a board by the rule alone, those who have a line first. */
function plainSums(told: Told, counts: (post: number) => boolean) {
  const sums = new Map<string, number>();
  for (const { person, post, quarters } of told.lines)
    if (counts(post) && !told.withdrawn.has(post) && isShown(told, person))
      sums.set(person, (sums.get(person) ?? 0) + quarters);
  return [...sums].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}

const isShown = (told: Told, person: string) => !told.hidden.has(person) && !told.gone.has(person);

async function checkSums(store: Store, told: Told): Promise<void> {
  const dayOf = (post: number) =>
    Temporal.Instant.fromEpochMilliseconds(closedAt(post).getTime())
      .toZonedDateTimeISO(told.zone)
      .toPlainDate();
  const weekOf = (post: number) => dayOf(post).subtract({ days: dayOf(post).dayOfWeek - 1 });
  const monthOf = (post: number) => dayOf(post).with({ day: 1 });
  for (const [period, of] of [
    ['week', weekOf],
    ['month', monthOf],
  ] as const)
    for (let each = 1; each <= QUESTIONS; each += 1) {
      const startsOn = of(each).toString();
      const expected = plainSums(
        told,
        (post) => told.closed.has(post) && of(post).toString() === startsOn,
      );
      const board = await store.sumBoard('team', { period, startsOn }, EVERYBODY);
      expect(board.map((row) => [row.personId, row.quarters])).toEqual(expected);
    }
}

async function checkChapters(store: Store, told: Told): Promise<void> {
  // All questions close in the first quarter of the year.
  for (const chapter of [1, 2, 3, 5]) {
    const expected = plainSums(
      told,
      (post) => told.closed.has(post) && chapterOf(told, post) === chapter,
    );
    const during = { period: 'season', startsOn: '2026-01-01', chapter } as const;
    const board = await store.sumBoard('team', during, EVERYBODY);
    expect(board.map((row) => [row.personId, row.quarters])).toEqual(expected);
  }
}

const chapterOf = (told: Told, post: number) => told.chapters.get(post) ?? (post % 3) + 1;

async function checkGroups(store: Store, told: Told): Promise<void> {
  const scores = PEOPLE.filter((person) => isShown(told, person)).flatMap((person) => {
    const isMember = told.firsts.some((each) => each.person === person);
    return isMember ? [{ person, quarters: windowOf(told, person) }] : [];
  });
  const members = [...told.groups].filter(([person]) => !told.gone.has(person));
  const names = [...new Set(members.map(([, group]) => group))].sort();
  const expected = names.map((name) => ({
    name,
    best: scores
      .filter(({ person }) => told.groups.get(person) === name)
      .map(({ quarters }) => quarters)
      .sort((a, b) => b - a)
      .slice(0, 5),
  }));
  const board = await store.groupBoard('team');
  // A group whose people were all forgotten may stand there empty until the next change.
  expect(board.filter(({ name }) => names.includes(name))).toEqual(expected);
}

/** The best 15 of the last 20 questions that were not withdrawn, by the lines alone. */
function windowOf(told: Told, person: string): number {
  const asked = Array.from({ length: QUESTIONS }, (_, index) => QUESTIONS - index);
  return asked
    .filter((post) => !told.withdrawn.has(post))
    .slice(0, 20)
    .map((post) =>
      told.lines
        .filter((line) => line.post === post && line.person === person)
        .reduce((sum, { quarters }) => sum + quarters, 0),
    )
    .sort((a, b) => b - a)
    .slice(0, 15)
    .reduce((sum, quarters) => sum + quarters, 0);
}

async function checkTotals(store: Store, told: Told): Promise<void> {
  const totals = new Map<string, { answered: number; firstTry: number }>();
  for (const { person, post, isRight } of told.firsts) {
    if (told.withdrawn.has(post) || !isShown(told, person)) continue;
    const { answered, firstTry } = totals.get(person) ?? { answered: 0, firstTry: 0 };
    totals.set(person, { answered: answered + 1, firstTry: firstTry + Number(isRight) });
  }
  const expected = [...totals]
    .sort(([a, x], [b, y]) => y.answered - x.answered || (a < b ? -1 : 1))
    .map(([personId, counts]) => ({ personId, name: personId, ...counts }));
  expect(await store.totals('team', EVERYBODY)).toEqual(expected);
  for (const person of PEOPLE) {
    const own = told.firsts.filter((each) => each.person === person && !told.gone.has(person));
    const tries = await store.firstTries('team', person);
    expect(tries.reduce((sum, { answered }) => sum + answered, 0)).toBe(own.length);
    expect(tries.reduce((sum, { right }) => sum + right, 0)).toBe(
      own.filter(({ isRight }) => isRight).length,
    );
  }
}

test('the sums are the plain sums of the ledger, whatever happened and in any order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 150 }), async (steps) => {
      const { store, recalculate, close } = openMemory();
      await setUp(store);
      const told: Told = {
        zone: 'UTC',
        hidden: new Set(),
        gone: new Set(),
        closed: new Set(),
        withdrawn: new Set(),
        chapters: new Map(),
        groups: new Map(),
        lines: [],
        firsts: [],
      };
      for (const each of steps) await take(store, told, each);

      await checkSums(store, told);
      await checkChapters(store, told);
      await checkGroups(store, told);
      await checkTotals(store, told);
      expect(await recalculate()).toEqual({ standings: 0, sums: 0 });
      close();
    }),
    { numRuns: runs(60) },
  );
});
