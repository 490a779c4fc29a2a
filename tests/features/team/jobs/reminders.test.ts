import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isQuiet } from '../../../../src/core/reminding.ts';
import { dayIn, formatClock } from '../../../../src/core/time.ts';
import { buttonId } from '../../../../src/spine/button.ts';
import { singleItem } from '../../../support/items.ts';
import { busy, createWorld, refused, unknown, words } from '../../../support/world.ts';

async function reminded(options: Parameters<typeof createWorld>[0] = {}) {
  const world = createWorld(options);
  await world.setUp('time:09:00 zone:UTC days:weekdays');
  return world;
}

const off = { kind: 'button', id: buttonId('me remind action:off').id } as const;
const reminders = (world: ReturnType<typeof createWorld>) =>
  world.fake.directs().filter(({ key }) => key.startsWith('reminder:'));

test('the same question comes in private at the own time, and its answer counts for the team', async () => {
  const world = await reminded();
  const on = await world.ask('me remind 17:30', { as: 'bo', zone: 'Asia/Tokyo' });
  expect(words(on)).toContain('at 17:30 (Asia/Tokyo) on weekdays');

  // 17:30 in Tokyo is before the question of the day, so it comes as soon as that is there.
  await world.comeTo('2026-03-02T08:30:00Z');
  expect(reminders(world)).toEqual([]);
  await world.comeTo('2026-03-02T09:00:00Z');
  await world.comeTo('2026-03-02T09:30:00Z');
  const [message] = reminders(world);
  expect(message?.account).toBe('terminal:bo');
  expect(words(message?.reply ?? { blocks: [] })).toContain('Open until');
  const card = await world.press(message?.reply ?? { blocks: [] }, 'Answer', {
    as: 'bo',
    isDirect: true,
  });
  expect(words(card)).toContain('Worth 20 points');
  await world.ask('answer 1 choice:b', { as: 'bo', isDirect: true });
  expect(words(await world.ask('leaderboard'))).toContain('bo');

  for (let hour = 10; hour < 15; hour += 1) await world.comeTo(`2026-03-02T${hour}:00:00Z`);
  expect(reminders(world)).toHaveLength(1);
});

test('nobody who has answered is reminded, nor anybody at the weekend without reviews', async () => {
  const world = await reminded();
  await world.ask('me remind time:10:00 about:daily', { as: 'bo', zone: 'UTC' });
  await world.comeTo('2026-03-02T09:00:00Z');
  await world.ask('answer 1 choice:b', { as: 'bo' });
  await world.comeTo('2026-03-02T10:00:00Z');
  await world.comeTo('2026-03-02T10:30:00Z');
  await world.comeTo('2026-03-07T10:00:00Z');

  expect(reminders(world)).toEqual([]);
});

test('reviews that are due come in the same message, or alone', async () => {
  const world = await reminded();
  await world.ask('me remind 10:00', { as: 'bo', zone: 'UTC' });
  await world.ask('question later q5', { as: 'bo' });
  await world.comeTo('2026-03-03T09:00:00Z');
  await world.comeTo('2026-03-03T10:00:00Z');

  const said = words(reminders(world).at(-1)?.reply ?? { blocks: [] });
  expect(said).toContain('[Answer]');
  expect(said).toContain('1 question is due for review.');

  await world.ask('me remind about:reviews', { as: 'bo', zone: 'UTC' });
  await world.comeTo('2026-03-04T10:00:00Z');
  expect(words(reminders(world).at(-1)?.reply ?? { blocks: [] })).toMatch(/^Time to review/);
});

test('one that is kept waiting until it is quiet is dropped, and the next day has its own', async () => {
  const world = await reminded();
  await world.ask('me remind 20:00', { as: 'bo', zone: 'UTC' });
  await world.comeTo('2026-03-02T09:00:00Z');
  world.fake.next(busy, busy, busy, busy, busy, busy);
  await world.comeTo('2026-03-02T20:00:00Z');
  await world.comeTo('2026-03-02T21:59:00Z');
  await world.comeTo('2026-03-02T22:00:00Z');
  await world.comeTo('2026-03-03T08:00:00Z');
  expect(reminders(world)).toEqual([]);
  world.fake.next();
  await world.comeTo('2026-03-03T09:00:00Z');
  await world.comeTo('2026-03-03T20:00:00Z');
  await world.comeTo('2026-03-03T20:30:00Z');
  expect(reminders(world)).toHaveLength(1);
});

test.each(['me remind off', 'me zone:Asia/Tokyo', 'me remind 21:00 quiet:08:00-20:00'])(
  'one that waits for a busy platform does not come after %s',
  async (line) => {
    const world = await reminded();
    await world.ask('me remind 10:00', { as: 'bo', zone: 'UTC' });
    await world.comeTo('2026-03-02T09:00:00Z');
    world.fake.next(busy);
    await world.comeTo('2026-03-02T10:00:00Z');
    await world.ask(line, { as: 'bo' });
    await world.comeTo('2026-03-02T10:05:00Z');

    expect(reminders(world)).toEqual([]);
  },
);

test('the time until the next one counts from when one arrived', async () => {
  const world = await reminded();
  await world.ask('me remind 10:00', { as: 'bo', zone: 'UTC' });
  await world.comeTo('2026-03-02T09:00:00Z');
  world.fake.next(busy);
  await world.comeTo('2026-03-02T10:00:00Z');
  await world.comeTo('2026-03-02T17:00:00Z');

  expect(reminders(world)).toHaveLength(1);
  const reminder = await world.store.reminderOf(await world.personId('bo'));
  expect(reminder?.lastAt).toEqual(new Date('2026-03-02T17:00:00Z'));
});

test('one whose arrival is unknown is not sent again, and one that is refused ends them', async () => {
  const world = await reminded({ platform: 'slack' });
  await world.ask('me remind 10:00', { as: 'bo', zone: 'UTC' });
  await world.comeTo('2026-03-02T09:00:00Z');
  world.fake.next(unknown);
  await world.comeTo('2026-03-02T10:00:00Z');
  await world.comeTo('2026-03-02T12:00:00Z');
  expect(reminders(world)).toHaveLength(1);

  await world.comeTo('2026-03-03T09:00:00Z');
  world.fake.next(refused);
  await world.comeTo('2026-03-03T10:00:00Z');
  expect(words(await world.ask('me remind', { as: 'bo' }))).toContain('Reminders are off.');
});

test('a time in the quiet hours is refused with a way out, and turning off what is off is no error', async () => {
  const world = await reminded();
  expect(words(await world.ask('me remind 23:00', { as: 'bo' }))).toContain(
    'quiet hours (22:00–07:00)',
  );
  expect(words(await world.ask('me remind 23:00 quiet:none', { as: 'bo' }))).toContain('at 23:00');
  const step = await world.prepare(off, { as: 'cy', isDirect: true });
  expect(step.kind === 'run' && words(await step.run())).toContain('Reminders are off.');
});

test('whoever leaves five of them unused gets no sixth, and an answer begins the count again', async () => {
  const questions = Array.from({ length: 20 }, (_, at) => singleItem(`q${at}`));
  const world = await reminded({ questions, isUnlimited: true });
  await world.ask('me remind 10:00', { as: 'bo', zone: 'UTC' });
  const days = ['02', '03', '04', '05', '06', '09', '10', '11', '12', '13', '16', '17'];
  for (const [at, day] of days.entries()) {
    await world.comeTo(`2026-03-${day}T09:00:00Z`);
    await world.comeTo(`2026-03-${day}T10:00:00Z`);
    if (at === 2) await world.ask('answer 3 try:1 choice:b', { as: 'bo' });
  }

  expect(reminders(world)).toHaveLength(8);
  const last = reminders(world).at(-1)?.reply ?? { blocks: [] };
  expect(words(last)).toContain('this is the last one');
  await world.press(last, 'Keep reminders', { as: 'bo', isDirect: true, zone: 'UTC' });
  await world.comeTo('2026-03-18T09:00:00Z');
  await world.comeTo('2026-03-18T10:00:00Z');
  expect(reminders(world)).toHaveLength(9);
});

/** What bo or the team does at some moment; each line is typed, `press` and `busy` are not. */
const act = fc.oneof(
  fc.constantFrom(
    'nothing',
    'press',
    'busy',
    'me remind off',
    'me remind on',
    'me remind about:both days:everyday quiet:none',
    'me remind about:reviews',
    'me remind about:daily days:weekdays',
    'me remind quiet:22:00-07:00 time:21:00',
    'me remind quiet:23:30-06:00 time:23:00',
    'me remind quiet:12:00-13:00 time:11:30',
    'question later q5',
    'review',
    'quiz',
    'mock 15',
    'answer 1 try:1 choice:b',
    'setup digest on days:everyday time:16:00 zone:UTC',
    'setup digest on what:leaderboard days:everyday time:16:00 zone:UTC',
  ),
  fc
    .constantFrom('Asia/Tokyo', 'America/Los_Angeles', 'Europe/Berlin', 'Pacific/Kiritimati')
    .map((zone) => `me zone:${zone}`),
  fc.integer({ min: 0, max: 23 }).map((hour) => `me remind time:${hour}:15 days:everyday`),
);

/** About five days from two days before summer time begins in Berlin, some hours at a time with an act before them. */
const story = fc.array(fc.record({ minutes: fc.integer({ min: 20, max: 480 }), act }), {
  minLength: 25,
  maxLength: 30,
});

/** More runs than `npm test` has time for, by hand: REMINDER_RUNS=200. */
const RUNS = Number(process.env['REMINDER_RUNS'] ?? 2);

const APART_MS = 12 * 3_600_000;

test(
  'whatever is switched on, one message a day comes at most, none when it is quiet, none once it is off',
  async () => {
    await fc.assert(fc.asyncProperty(story, live), { numRuns: RUNS, endOnFailure: true });
  },
  20_000 + RUNS * 3_000,
);

type Step = { minutes: number; act: string };

/** Plays a story, and looks at each direct message to bo at the moment when it comes. */
async function live(steps: readonly Step[]): Promise<void> {
  const world = await reminded({ at: '2026-03-27T08:00:00Z', isUnlimited: true });
  const bo = { as: 'bo', admin: true };
  await world.ask('me remind 10:00 days:everyday', { ...bo, zone: 'UTC' });
  const person = await world.personId('bo');
  const toBo = () => world.fake.directs().filter(({ account }) => account === 'terminal:bo');
  let last: Date | undefined;
  let count = 0;

  const look = async () => {
    const come = toBo().slice(count);
    count += come.length;
    if (come.length === 0) return;
    expect(come).toHaveLength(1);
    const now = world.clock.now();
    const reminder = await world.store.reminderOf(person);
    if (!reminder) throw new Error('A reminder came that is not on');
    expect(isQuiet(formatClock(now, reminder.zone), reminder)).toBe(false);
    if (last) {
      expect(dayIn(now, reminder.zone)).not.toBe(dayIn(last, reminder.zone));
      expect(now.getTime() - last.getTime()).toBeGreaterThanOrEqual(APART_MS);
    }
    last = now;
  };

  for (const { minutes, act: line } of steps) {
    const newest = toBo().at(-1)?.reply;
    if (line === 'busy') world.fake.next(busy, busy, busy);
    else if (line === 'press' && newest && words(newest).includes('[Turn off reminders]'))
      await world.press(newest, 'Turn off reminders', { ...bo, isDirect: true });
    else if (line !== 'press' && line !== 'nothing') await world.ask(line, bo);
    const isOff = (await world.store.reminderOf(person))?.nextDueAt === null;
    const before = count;
    world.clock.moveTo(new Date(world.clock.now().getTime() + minutes * 60_000));
    await world.tick();
    await look();
    if (isOff) expect(count).toBe(before);
  }
  world.close();
}
