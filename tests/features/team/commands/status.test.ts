import { expect, test } from 'vitest';
import { createWorld, words } from '../../../support/world.ts';

const ADMIN = { admin: true };

test('status lists the drafts of a person, to continue or delete', async () => {
  const world = createWorld();
  await world.ask('setup channel:#random time:10:00 zone:UTC', ADMIN);
  await world.ask('question stash prompt:"Why is decode slow?"', ADMIN);

  const status = await world.ask('setup status', ADMIN);

  expect(words(status)).toContain('Your drafts');
  expect(words(status)).toContain('Why is decode slow?');
  const panel = await world.press(status, 'Continue schedule 1', ADMIN);
  expect(words(panel)).toContain('10:00');
  await world.press(status, 'Delete draft 1', ADMIN);
  const sure = await world.press(status, 'Delete schedule 1', ADMIN);
  await world.press(sure, 'Delete schedule', ADMIN);
  expect(words(await world.ask('setup status', ADMIN))).not.toContain('Your drafts');
});

test('what others began is not among the drafts of a person', async () => {
  const world = createWorld();
  await world.ask('setup channel:#random time:10:00 zone:UTC', ADMIN);
  await world.ask('question stash prompt:"Why is decode slow?"', ADMIN);

  expect(words(await world.ask('setup status', { as: 'bo' }))).not.toContain('drafts');
});

test('home says that an invitation waits, and takes the answer', async () => {
  const world = createWorld({ platform: 'slack' });
  const bo = { as: 'T1/bo' };
  await world.ask('help', bo);
  await world.ask('mock peer with:slack:T1/bo', { as: 'T1/ana' });

  const home = await world.ask('home', bo);

  expect(words(home)).toContain('An invitation waits for you');
  await world.press(home, 'Decline', bo);
  expect(words(await world.ask('home', bo))).not.toContain('invitation');
});

test('admins see who changed which setting; nobody else does, and it goes with the person', async () => {
  const world = createWorld();
  const { id } = await world.setUp('time:09:00 zone:UTC days:weekdays');
  const cleo = { as: 'cleo', admin: true };
  await world.ask(`setup change schedule:${id} time:10:30 days:"mon tue"`, cleo);
  await world.ask(`setup change schedule:${id} time:10:30`, cleo);
  await world.ask('daily skip', ADMIN);
  await world.ask(`setup off schedule:${id}`, ADMIN);

  const seen = words(await world.ask('setup status', ADMIN));

  expect(seen).toMatch(/ana[^\n]*Schedule 1, state: on → off/);
  expect(seen).toMatch(/ana[^\n]*Schedule 1, skipped days: none → 2026-03-/);
  expect(seen).toMatch(/cleo[^\n]*Schedule 1, time: 09:00 → 10:30/);
  expect(seen).toMatch(/cleo[^\n]*Schedule 1, days: weekdays → Mondays, Tuesdays/);
  expect(words(await world.ask('setup status', { as: 'bo' }))).not.toContain('cleo');
  const changes = await world.store.settingChangesOf(await world.teamId(), 20);
  expect(changes.map(({ setting }) => setting).sort()).toEqual([
    'days',
    'skipped days',
    'state',
    'state',
    'time',
  ]);

  await world.press(await world.ask('me delete', cleo), 'Delete my data', cleo);
  const left = await world.store.settingChangesOf(await world.teamId(), 20);
  expect(new Set(left.map(({ name }) => name))).toEqual(new Set(['ana']));
});
