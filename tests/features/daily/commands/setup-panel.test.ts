import { expect, test } from 'vitest';
import type { Reply } from '../../../../src/spine/reply.ts';
import { freeTextItem, singleItem } from '../../../support/items.ts';
import { createWorld, refused, words } from '../../../support/world.ts';

const ADMIN = { admin: true };

/** What a phone shows without scrolling. */
const SCREEN = 800;

const controls = ({ blocks }: Reply): string[] =>
  blocks.flatMap((block) => {
    if (block.kind === 'buttons') return block.buttons.map(({ label }) => label);
    return block.kind === 'select' ? [block.label] : [];
  });

test('setup is one screen with at most five controls, and each leads to a card', async () => {
  const world = createWorld();
  await world.setUp('time:09:00 zone:UTC days:weekdays');
  await world.setUp('channel:#random time:17:00 zone:UTC', ADMIN);
  await world.ask('setup channel:#general time:10:00 zone:UTC', ADMIN);
  await world.ask('question report q1 text:"Two are right"', { as: 'bo' });

  const panel = await world.ask('setup', ADMIN);

  expect(words(panel).length).toBeLessThanOrEqual(SCREEN);
  expect(words(panel)).toContain('Open reports: 1');
  expect(words(panel).match(/Schedule \d: (on|draft)/g)).toHaveLength(3);
  const buttons = panel.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
  expect(controls(panel).length).toBeLessThanOrEqual(5);
  for (const { label } of buttons) await world.press(panel, label, ADMIN);
});

test('a schedule has at most five controls in each state, and the rest behind one of them', async () => {
  const world = createWorld({ questions: [singleItem('q1'), freeTextItem('s1')] });
  await world.ask('setup channel:daily time:09:00 zone:UTC', ADMIN);
  const counts = new Map<string, number>();
  const show = async (state: string) => {
    const card = await world.ask('setup switch schedule:1', ADMIN);
    counts.set(state, controls(card).length);
    return card;
  };

  await show('draft');
  await world.ask('setup on schedule:1', ADMIN);
  const more = await world.press(await show('on'), 'More', ADMIN);
  await world.ask('daily pause', ADMIN);
  await show('paused');
  await world.ask('setup off schedule:1', ADMIN);
  await show('off');

  expect([...counts].filter(([, count]) => count > 5)).toEqual([]);
  expect(controls(more)).toEqual([
    'Weekly free-text question',
    'Skip next',
    'Turn off',
    'Delete',
    'Add schedule',
  ]);
});

test('setup says what is missing in a channel, and its schedule says it too', async () => {
  const world = createWorld();
  await world.setUp('time:09:00 zone:UTC days:weekdays');
  world.fake.problems.push({ code: 'missing-permission', words: 'I need Send Messages.' });

  const panel = await world.ask('setup', ADMIN);

  expect(words(panel)).toContain('Missing: I need Send Messages.');
  const card = await world.press(panel, 'Schedule', ADMIN);
  expect(words(card)).toContain('Missing: I need Send Messages.');
});

test('a question that failed can be posted again from the errors', async () => {
  const world = createWorld();
  await world.setUp('time:09:00 zone:UTC days:weekdays');
  world.fake.next(refused);
  await world.comeTo('2026-03-02T09:00:00Z');

  const panel = await world.ask('setup', ADMIN);
  expect(words(panel)).toContain('Last error: daily question, ');
  const log = await world.press(panel, 'Errors and changes', ADMIN);
  await world.press(log, 'Post again', ADMIN);
  await world.tick();

  expect(world.fake.posts().map(({ reply }) => reply.title)).toEqual(['Daily question']);
  const after = await world.press(panel, 'Errors and changes', ADMIN);
  expect(after.blocks.some(({ kind }) => kind === 'buttons')).toBe(false);
});

test('admins see who changed which setting; nobody else does, and it goes with the person', async () => {
  const world = createWorld();
  const { id } = await world.setUp('time:09:00 zone:UTC days:weekdays');
  const cleo = { as: 'cleo', admin: true };
  await world.ask(`setup change schedule:${id} time:10:30 days:"mon tue"`, cleo);
  await world.ask(`setup change schedule:${id} time:10:30`, cleo);
  await world.ask('daily skip', ADMIN);
  await world.ask(`setup off schedule:${id}`, ADMIN);

  const log = await world.press(await world.ask('setup', ADMIN), 'Errors and changes', ADMIN);
  const seen = words(log);

  expect(seen).toMatch(/ana[^\n]*Schedule 1, state: on → off/);
  expect(seen).toMatch(/ana[^\n]*Schedule 1, skipped days: none → 2026-03-/);
  expect(seen).toMatch(/cleo[^\n]*Schedule 1, time: 09:00 → 10:30/);
  expect(seen).toMatch(/cleo[^\n]*Schedule 1, days: weekdays → Mondays, Tuesdays/);
  expect(words(await world.ask('setup log', { as: 'bo' }))).toContain('Only workspace admins');
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
