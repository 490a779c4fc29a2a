import { expect, test } from 'vitest';
import { freeTextItem, singleItem } from '../../../support/items.ts';
import { createWorld, words } from '../../../support/world.ts';

test('setup once more for a channel and hour that run changes them and stops nothing', async () => {
  const world = createWorld();
  const { id, channel } = await world.setUp('time:09:00 zone:UTC days:weekdays');

  const reply = await world.ask(`setup channel:${channel} time:09:00 days:"mon wed"`, {
    admin: true,
  });

  expect(words(reply)).toContain('Schedule changed');
  expect(await world.store.schedule(id)).toMatchObject({ state: 'on', days: '13' });
});

test('setup without a channel or an hour changes the schedule that is there', async () => {
  const world = createWorld();
  const { id } = await world.setUp('time:10:00 zone:UTC days:weekdays');

  const reply = await world.ask('setup zone:berlin', { admin: true });

  expect(words(reply)).toContain('Schedule changed');
  expect(await world.store.schedulesOf(await world.teamId())).toHaveLength(1);
  expect(await world.store.schedule(id)).toMatchObject({ state: 'on', zone: 'Europe/Berlin' });
});

test('a paused schedule keeps its days off when it is set up once more', async () => {
  const world = createWorld();
  const { id, channel } = await world.setUp('time:09:00 zone:UTC days:weekdays');
  await world.ask('daily skip day:2026-03-04', { admin: true });
  await world.ask('daily pause', { admin: true });

  const reply = await world.ask(`setup channel:${channel} time:09:00`, { admin: true });

  expect(words(reply)).toContain(`Schedule ${id}: paused`);
  expect(await world.store.schedule(id)).toMatchObject({ daysOff: ['2026-03-04'] });
});

test('a schedule in another zone shows its own hour beside the time of the reader', async () => {
  const world = createWorld();
  await world.setUp('time:09:00 zone:Europe/Berlin days:weekdays');

  const panel = words(
    await world.ask('setup channel:other time:17:00 zone:America/New_York', {
      admin: true,
      zone: 'Europe/Berlin',
    }),
  );

  // In March before the change of clocks, New York is six hours behind Berlin.
  expect(panel).toContain('Next: 2026-03-02T22:00:00.000Z (17:00 in America/New_York)');
  expect(panel).toContain('09:00 Europe/Berlin');
});

test('a change of the difficulties keeps the chapters, and the other way round', async () => {
  const world = createWorld();
  const { id } = await world.setUp('time:09:00 zone:UTC days:weekdays chapters:"1 5"');

  await world.ask('setup change difficulty:easy,medium', { admin: true });
  const first = (await world.store.schedule(id))?.mix;
  await world.ask('setup change chapters:5', { admin: true });

  expect(first).toEqual({ difficulties: ['easy', 'medium'], chapters: [1, 5] });
  expect((await world.store.schedule(id))?.mix).toEqual({
    difficulties: ['easy', 'medium'],
    chapters: [5],
  });
});

/** Two weeks of Mondays and Wednesdays are behind the team; it is noon of a Friday. */
async function mondaysAndWednesdays() {
  const world = createWorld();
  await world.setUp('time:09:00 zone:UTC days:"mon wed"');
  for (const day of ['02', '04', '09', '11']) await world.comeTo(`2026-03-${day}T09:00:00Z`);
  await world.comeTo('2026-03-13T12:00:00Z');
  return world;
}

test('a day that is added was not missed before, and begins with its next hour', async () => {
  const world = await mondaysAndWednesdays();

  const told = words(await world.ask('setup change days:weekdays', { admin: true }));
  await world.tick();

  expect(told).toContain('Next question: 2026-03-16T09:00:00.000Z');
  expect(world.events.filter(({ kind }) => kind === 'missed')).toEqual([]);
  expect(world.fake.directs()).toEqual([]);
  expect(await world.store.openPosts(await world.teamId())).toEqual([]);
});

test.each([
  ['11:00', '2026-03-02T11:00:00.000Z', 0],
  ['09:00', "I'm posting today's now. Next question: 2026-03-03T09:00:00.000Z", 1],
])(
  "today's question that is still to come and is moved to %s comes once",
  async (time, told, now) => {
    const world = createWorld();
    await world.setUp('time:10:00 zone:UTC days:weekdays');
    await world.comeTo('2026-03-02T09:30:00Z');

    const reply = await world.ask(`setup change time:${time}`, { admin: true });
    await world.tick();

    expect(words(reply)).toContain(told);
    expect(world.fake.posts()).toHaveLength(now);
    await world.comeTo('2026-03-02T12:00:00Z');
    expect(world.fake.posts()).toHaveLength(1);
  },
);

/** A schedule that somebody has just turned off, with the card that says so. */
async function turnedOff() {
  const world = createWorld();
  const { id } = await world.setUp('time:09:00 zone:UTC days:weekdays');
  const card = await world.ask('setup off', { admin: true });
  return { world, id, card };
}

test.each(['daily pause', 'daily resume', 'daily now', 'daily skip', 'setup change open:off'])(
  'a schedule that is off is not there for %s, which says how to turn it on',
  async (line) => {
    const { world, id } = await turnedOff();

    const told = words(await world.ask(`${line} schedule:${id}`, { admin: true }));
    await world.tick();

    expect(told).toContain(`Schedule ${id} is off. To turn it on, run setup.`);
    expect(await world.store.schedule(id)).toMatchObject({ state: 'off', daysOff: [] });
    expect(world.fake.posts()).toEqual([]);
  },
);

test('a schedule that is off is shown with off, and setup on alone turns it on again', async () => {
  const { world, id } = await turnedOff();

  const card = await world.press(await world.ask('setup', { admin: true }), 'Schedule', {
    admin: true,
  });
  await world.ask('setup on', { admin: true });

  expect(words(card)).toContain(`Schedule ${id}: off`);
  expect(words(card)).toContain('[Turn on] [Delete]');
  expect(await world.store.schedule(id)).toMatchObject({ state: 'on' });
});

test.each(['daily pause', 'setup change time:10:00'])(
  'when all that is set up is off, %s says so',
  async (line) => {
    const { world, id } = await turnedOff();

    const told = words(await world.ask(line, { admin: true }));

    expect(told).toContain(`Schedule ${id} is off. To turn it on, run setup.`);
  },
);

test('a move to the hour of a schedule that is off names it and how to turn it on', async () => {
  const { world, id } = await turnedOff();
  const second = await world.setUp('time:17:00 zone:UTC days:weekdays');

  const told = words(await world.ask('setup change time:09:00', { admin: true }));

  expect(told).toContain(`Schedule ${id} already has this channel and time, but it's off.`);
  expect(told).toContain('To turn it on, run setup.');
  expect(await world.store.schedule(second.id)).toMatchObject({ time: '17:00' });
});

test.each(['setup on', 'daily resume'])(
  '%s leaves the schedule of another team alone',
  async (line) => {
    const { world, id } = await turnedOff();

    const told = words(await world.ask(`${line} schedule:${id}`, { admin: true, team: 'T2' }));

    expect(told).toContain(`There's no schedule ${id}.`);
    expect(await world.store.schedule(id)).toMatchObject({ state: 'off' });
  },
);

test.each([
  ['some', [singleItem('q1'), freeTextItem('s1')], true],
  ['none', [singleItem('q1')], false],
])('a day for an open question can be chosen where %s fits', async (_, questions, isOffered) => {
  const world = createWorld({ questions });

  const panel = words(await world.ask('setup channel:daily time:17:00', { admin: true }));

  expect(panel.includes('Weekly free-text question')).toBe(isOffered);
});

test.each(['slack', 'discord'] as const)(
  'a channel typed by name on %s is refused, and nothing is stored',
  async (platform) => {
    const world = createWorld({ platform });

    const reply = await world.ask('setup plan channel:#general time:09:00', { admin: true });

    expect(words(reply)).toContain('I can\'t tell which channel "general" is');
    expect(await world.store.scheduleDrafts(await world.teamId())).toEqual([]);
  },
);

test('a new schedule asks easy and medium questions; hard ones are for an admin to add', async () => {
  const questions = (['easy', 'medium', 'hard'] as const).map((difficulty) =>
    singleItem(`q-${difficulty}`, { difficulty }),
  );
  const world = createWorld({ questions });

  const { id } = await world.setUp('time:09:00 zone:UTC days:weekdays');

  expect((await world.store.schedule(id))?.mix.difficulties).toEqual(['easy', 'medium']);
});
