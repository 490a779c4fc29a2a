import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { shuffled } from '../../../../src/core/random.ts';
import { quarterPoints } from '../../../../src/core/scoring/points.ts';
import { attemptOf, singleItem } from '../../../support/items.ts';
import { openMemory, runs } from '../../../support/stores.ts';

const at = new Date('2026-03-01T09:00:00Z');
const DAYS = 24;
/** Random teams: 40 in CI, `RUNS=1000` before a release. */
const RUNS = Number(process.env['RUNS'] ?? 40);
const dayAfter = (days: number) => new Date(at.getTime() + days * 86_400_000);
const PEOPLE = ['ana', 'bo', 'cy'];

const { store, close } = openMemory();
afterAll(() => close());

/** A team of its own for each case, with a hard question on each of its days. */
let teams = 0;
async function askedTeam(): Promise<{ team: string; posts: number[] }> {
  teams += 1;
  const team = `team-${teams}`;
  for (const id of PEOPLE)
    await store.meet({
      account: `slack:T${teams}/${id}`,
      name: id,
      workspace: `slack:T${teams}`,
      workspaceName: team,
      newPersonId: `${team}-${id}`,
      newTeamId: team,
      at,
    });
  const schedule = await store.addSchedule({
    teamId: team,
    platform: 'slack',
    channel: 'daily',
    time: '09:00',
    zone: 'UTC',
    days: '1234567',
    mix: { difficulties: [], chapters: [] },
    state: 'on',
    daysOff: [],
    startsOn: '2026-03-01',
    createdAt: at,
  });
  if (!schedule) throw new Error('No schedule');
  const posts: number[] = [];
  for (let day = 0; day < DAYS; day += 1) {
    const postId = await store.claimSlot({
      schedule,
      day: dayAfter(day).toISOString().slice(0, 10),
      state: 'claimed',
      dueAt: dayAfter(day),
      question: singleItem(`q${day}`, { difficulty: 'hard' }),
      announce: () => [],
    });
    if (postId === undefined) throw new Error('The day is taken');
    await store.provePosted({
      postId,
      channel: 'daily',
      message: `m${day}`,
      at: dayAfter(day),
      closesAt: dayAfter(DAYS),
    });
    posts.push(postId);
  }
  return { team, posts };
}

type Answer = { person: string; day: number; share: number };

/** The rule of docs/scoring.md in plain words: of the last 20 questions, the best 15. */
function expectedBoard(answers: readonly Answer[], withdrawn: readonly number[]) {
  const counted = Array.from({ length: DAYS }, (_, day) => day)
    .filter((day) => !withdrawn.includes(day))
    .slice(-20);
  return PEOPLE.map((name) => {
    const scores = answers
      .filter(({ person, day }) => person === name && counted.includes(day))
      .map(({ share }) => quarterPoints({ difficulty: 'hard', share, attempt: 1, hints: 0 }))
      .sort((a, b) => b - a);
    return { name, quarters: scores.slice(0, 15).reduce((sum, score) => sum + score, 0) };
  }).filter(({ quarters }) => quarters > 0);
}

/** Equal points share a rank, and the next one skips. */
const withRanks = (rows: readonly { name: string; quarters: number }[]) =>
  rows.map((row) => ({
    ...row,
    rank: 1 + rows.filter(({ quarters }) => quarters > row.quarters).length,
  }));

const answers = fc.uniqueArray(
  fc.record({
    person: fc.constantFrom(...PEOPLE),
    day: fc.nat(DAYS - 1),
    share: fc.constantFrom(0.25, 0.5, 0.75, 1),
  }),
  { minLength: 30, maxLength: 72, selector: ({ person, day }) => `${person} ${day}` },
);

test(
  'answers in any order, each delivered twice, give the board that the rule gives',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        answers,
        fc.uniqueArray(fc.nat(DAYS - 1), { maxLength: 6 }),
        fc.boolean(),
        fc.string(),
        async (some, withdrawn, isTie, seed) => {
          const { team, posts } = await askedTeam();
          const anas = some.filter(({ person }) => person === 'ana');
          const given = isTie
            ? [
                ...some.filter(({ person }) => person !== 'bo'),
                ...anas.map((each) => ({ ...each, person: 'bo' })),
              ]
            : some;
          for (const { person, day, share } of shuffled([...given, ...given], seed))
            await store.recordAttempt(
              attemptOf({
                postId: posts[day] ?? 0,
                personId: `${team}-${person}`,
                isRight: share === 1,
                share,
                at: dayAfter(day),
              }),
            );
          for (const day of withdrawn)
            await store.withdrawPost({
              postId: posts[day] ?? 0,
              note: 'wrong key',
              at: dayAfter(DAYS),
              rows: () => [],
            });

          const byName = <R extends { name: string; quarters: number }>(rows: readonly R[]) =>
            rows
              .filter(({ quarters }) => quarters > 0)
              .sort((a, b) => (a.name < b.name ? -1 : 1))
              .map(({ personId, ...row }: R & { personId?: string }) => row);
          const expected = expectedBoard(given, withdrawn);
          expect(byName(await store.seasonBoard(team, { limit: 10, personId: '' }))).toEqual(
            withRanks(expected),
          );
          expect(byName(await store.topOf(team, 10))).toEqual(expected);
          for (const { name, rank } of withRanks(expected))
            expect((await store.rankOf(team, `${team}-${name}`))?.rank).toBe(rank);
        },
      ),
      { numRuns: runs(RUNS) },
    );
  },
  60_000 + RUNS * 5_000,
);
