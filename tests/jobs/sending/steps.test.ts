import { beforeAll, expect, test } from 'vitest';
import type { Outgoing, Sent } from '../../../src/spine/platform.ts';
import { freeTextItem, singleItem } from '../../support/items.ts';
import { busy, createWorld, refused, unknown } from '../../support/world.ts';

/** What a question brings, by the beginning of its key: the question, its thread, and its end. */
const STEPS = ['question:', 'thread:', 'recap:', 'closing:', 'answers:'] as const;
type Step = (typeof STEPS)[number];

const FAILURES = { 'told to wait': busy, 'not answered': unknown, refused } as const;
type Failure = keyof typeof FAILURES;

/** Three days, one of them with a free-text question, in which a step fails whenever it is done for the first time. */
async function play(failing?: { step: Step; how: Sent }) {
  const world = createWorld({ questions: [singleItem('q1'), freeTextItem('s1')] });
  const { send } = world.fake.platform;
  const tried = new Set<string>();
  let isFixed = false;
  world.fake.platform.send = (outgoing: Outgoing) => {
    const { key } = outgoing;
    const fails = failing && !isFixed && key.startsWith(failing.step) && !tried.has(key);
    if (fails) world.fake.next(failing.how);
    tried.add(key);
    return send(outgoing);
  };
  await world.setUp('time:09:00 zone:UTC days:"every day" open:tuesday');
  for (let day = 2; day <= 4; day += 1) {
    for (const minute of ['00', '01', '20']) await world.comeTo(`2026-03-0${day}T09:${minute}:00Z`);
    await world.ask(`answer post:${day - 1} try:1 choice:b`, { as: 'bo' });
    await world.ask(`answer words post:${day - 1} shown:yes text:"It saves work."`, { as: 'cy' });
  }
  const team = await world.teamId();
  return {
    world,
    fix: () => {
      isFixed = true;
    },
    /** To which posts it was shown, each as often as it was. */
    shown: (step: Step) =>
      world.fake.sent
        .flatMap(({ key }) => (key.startsWith(step) ? [key.split(':')[1]] : []))
        .sort(),
    problems: async () => (await world.store.recentProblems(team, 50)).map(({ key }) => key),
  };
}

let whole: Awaited<ReturnType<typeof play>>;
beforeAll(async () => {
  whole = await play();
});

const others = (step: Step) => STEPS.filter((other) => other !== step);

test.each(
  others('question:').flatMap((step) =>
    (['told to wait', 'not answered', 'refused'] as const).map((how) => [step, how] as const),
  ),
)('a step "%s" that is %s keeps no other from being done', async (step, how: Failure) => {
  const { shown, problems, world, fix } = await play({ step, how: FAILURES[how] });

  for (const other of others(step)) expect(shown(other), other).toEqual(whole.shown(other));
  // Doing an edit or a thread a second time shows nothing twice; a message is said once at the most.
  const isRepeatable = step === 'thread:' || step === 'closing:';
  const resumes = how === 'told to wait' || (how === 'not answered' && isRepeatable);
  expect((await problems()).length > 0).toBe(!resumes);
  expect(world.fake.directs().length > 0).toBe(!resumes);
  expect(new Set(shown(step)).size > 0).toBe(how !== 'refused');
  if (!isRepeatable) expect(shown(step).length).toBeLessThanOrEqual(whole.shown(step).length);
  if (resumes) expect(new Set(shown(step))).toEqual(new Set(whole.shown(step)));
  if (how !== 'refused') return;

  // What was refused is done when the admin asks for it, and nothing else with it.
  fix();
  const before = others(step).map(shown);
  const post = (await problems())[0]?.split(':')[1];
  await world.ask(`daily fix post:${post} do:again`, { admin: true });
  await world.tick();
  expect(shown(step)).toEqual([post]);
  expect(others(step).map(shown)).toEqual(before);
});

test('a question that is refused brings no thread and no recap; a second attempt brings both', async () => {
  const { shown, world, fix } = await play({ step: 'question:', how: refused });
  expect(STEPS.map((step) => shown(step).length)).toEqual([0, 0, 0, 0, 0]);
  expect(world.fake.directs()).toHaveLength(3);
  fix();

  await world.ask('daily fix post:3 do:again', { admin: true });
  await world.tick();
  await world.comeTo('2026-03-05T09:00:00Z');

  for (const step of ['question:', 'thread:', 'recap:'] as const)
    expect(shown(step), step).toContain('3');
});
