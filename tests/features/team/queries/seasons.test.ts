import fc from 'fast-check';
import { expect, test } from 'vitest';
import { periodOf } from '../../../../src/core/time.ts';
import { attemptOf, singleItem } from '../../../support/items.ts';
import { openMemory, runs } from '../../../support/stores.ts';

const PEOPLE = ['ana', 'bo', 'cy'];
const DAY_MS = 24 * 3_600_000;
const START = Date.parse('2026-03-10T09:00:00Z');
const QUESTIONS = 26;
const at = (post: number) => new Date(START + (post - 1) * DAY_MS);
const dayOf = (post: number) => at(post).toISOString().slice(0, 10);

const answer = fc.record({
  post: fc.integer({ min: 1, max: QUESTIONS }),
  person: fc.constantFrom(...PEOPLE),
  share: fc.constantFrom(0, 0.5, 1),
});

async function seasonOf(
  given: { post: number; person: string; share: number }[],
  hidden: string[],
) {
  const { store, close } = openMemory();
  for (const id of PEOPLE)
    await store.meet({
      account: `slack:T1/${id}`,
      name: id,
      workspace: 'slack:T1',
      workspaceName: 'team',
      newPersonId: id,
      newTeamId: 'team',
      at: new Date(START),
    });
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
  for (const person of hidden) await store.hide(person, true);
  const lines: { person: string; post: number; quarters: number }[] = [];
  const badges: unknown[] = [];
  for (let id = 1; id <= QUESTIONS; id += 1) {
    await store.claimSlot({
      schedule,
      day: dayOf(id),
      state: 'claimed',
      dueAt: at(id),
      question: singleItem(`q${id}`),
      announce: () => [],
    });
    const closesAt = new Date(at(id).getTime() + DAY_MS - 1000);
    await store.provePosted({
      postId: id,
      channel: 'daily',
      message: `m${id}`,
      at: at(id),
      closesAt,
    });
    for (const { post, person, share } of given.filter((each) => each.post === id)) {
      const { attempts } = await store.progress(post, person);
      const recorded = await store.recordAttempt(
        attemptOf({
          postId: post,
          personId: person,
          try: attempts.length + 1,
          answer: String(share),
          isRight: share === 1,
          share,
          at: at(id),
        }),
      );
      if (recorded.kind === 'recorded') lines.push({ person, post, quarters: recorded.quarters });
    }
    await store.closePost(id, closesAt, []);
    await store.endSeason('team', closesAt);
    badges.push(await store.badgesOf('team', 9));
  }
  close();
  return { lines, badges };
}

test('a badge is for the highest rank score at the last question of the season, and stays', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(answer, { minLength: 10, maxLength: 120 }),
      fc.subarray(PEOPLE, { maxLength: 2 }),
      async (given, hidden) => {
        const { lines, badges } = await seasonOf(given, hidden);
        const last = Array.from({ length: QUESTIONS }, (_, index) => index + 1)
          .filter((post) => periodOf(dayOf(post), 'season').from === '2026-01-01')
          .at(-1);
        if (!last) throw new Error('No question in the season');
        const scores = PEOPLE.filter((person) => !hidden.includes(person)).map((person) => {
          const best = Array.from({ length: 20 }, (_, index) =>
            lines
              .filter((line) => line.person === person && line.post === last - index)
              .reduce((sum, { quarters }) => sum + quarters, 0),
          ).sort((a, b) => b - a);
          return { person, score: best.slice(0, 15).reduce((sum, each) => sum + each, 0) };
        });
        const most = Math.max(...scores.map(({ score }) => score));
        const expected = scores
          .filter(({ score }) => score === most && score > 0)
          .map(({ person }) => ({ season: '2026-01-01', personId: person, name: person }));

        // Before its end nobody has one; afterward nothing changes it.
        expect(badges[last - 2]).toEqual([]);
        expect(badges.at(-1)).toEqual(expected);
      },
    ),
    { numRuns: runs(10) },
  );
});
