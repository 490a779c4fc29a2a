import { expect, test } from 'vitest';
import { CATALOG } from '../../scenarios/case.ts';
import { createWorld, words } from '../../support/world.ts';

const DESIGN = 'gpus:"4 x H100" layout:"TP 4" weights:bf16 cache:fp16 batch:4096';

const started = async (id = 'chat-70b') => {
  const world = createWorld({ catalog: CATALOG });
  await world.ask(`mock step start:${id}`);
  const stored = async () => (await world.store.casePlay(1))?.events;
  return { ...world, stored };
};

/** Answers steps in their order. */
async function answer(
  ask: (text: string) => Promise<unknown>,
  values: Readonly<Record<string, string>>,
  id = 1,
) {
  for (const [step, value] of Object.entries(values))
    await ask(`mock step case:${id} step:${step} value:${value}`);
}

test('two presses at once keep one answer', async () => {
  const { ask, stored } = await started();

  await Promise.all(['0', '1'].map((value) => ask(`mock step case:1 step:scope value:${value}`)));

  expect(await stored()).toHaveLength(1);
});

test("a press on a step that isn't asked yet shows the one that is", async () => {
  const { ask, stored } = await started();

  expect((await ask('mock step case:1 step:choice value:0')).title).toContain('Scope');
  expect(await stored()).toEqual([]);
});

test('nobody else can answer, read, or continue a case', async () => {
  const { ask, stored } = await started();
  const eve = { as: 'eve' };
  const tries = [
    'mock step case:1',
    'mock step case:1 log:yes',
    'mock step case:1 step:scope value:0',
    'mock number case:1 value:5',
    `mock design case:1 step:design ${DESIGN}`,
  ];

  for (const each of tries) expect(words(await ask(each, eve)), each).toContain("isn't yours");
  expect(words(await ask('mock case', eve))).not.toContain('Not finished');
  expect(await stored()).toEqual([]);
});

test('a check that is run once more costs nothing', async () => {
  const { ask, stored } = await started('p99-noon');
  await answer(ask, { scope: '0', estimate: '5', sensitivity: '1' });
  await ask('mock step case:1 check:cache');
  const events = await stored();

  const again = words(await ask('mock step case:1 check:cache'));

  expect(again).toContain('2 min spent');
  expect(await stored()).toEqual(events);
});

test('a design that breaks is refused with the number, and the cheapest one is shown', async () => {
  const { ask, stored } = await started();
  await answer(ask, { scope: '0', estimate: '5', sensitivity: '1' });

  const broken = words(await ask(`mock design case:1 step:design ${DESIGN}`));

  // 4,096 whole requests of a 70B model on 320 GB.
  expect(broken).toMatch(/breaks on: memory/);
  expect(broken).toMatch(/✗ Memory: [\d.,]+ GiB of 73\.3 GiB on each GPU/);
  expect(broken).toMatch(/Cheapest that would do, \$[\d,.]+ per hour/);
  expect((await stored())?.at(-1)).toMatchObject({ step: 'design', share: expect.any(Number) });
});

test.each([
  ['layout:"TP 4 DP 2"', 'TP × PP × DP must use all 4 GPUs'],
  ['layout:"sideways"', 'like TP 4 PP 1 DP 2'],
  ['gpus:"8 x T4"', 'Enter a number and one of'],
])('%s of a design is refused and nothing is kept', async (typed, why) => {
  const { ask, stored } = await started();
  await answer(ask, { scope: '0', estimate: '5', sensitivity: '1' });
  const [name = ''] = typed.split(':');
  const fields = DESIGN.replace(new RegExp(`${name}:"[^"]*"`), typed);

  expect(words(await ask(`mock design case:1 step:design ${fields}`))).toContain(why);
  expect(await stored()).toHaveLength(3);
});

test('a new case ends the open one, whose buttons then say so', async () => {
  const { ask } = await started();
  await ask('mock step case:1 step:scope value:0');

  await ask('mock step start:p99-noon');

  expect(words(await ask('mock step case:1 step:estimate value:5'))).toContain('another case');
  expect(words(await ask('mock case'))).toContain('Not finished: Slow answers since noon');
});

test('a case with wrong answers gets no hire, and its report names the rule', async () => {
  const { ask, store, clock } = await started();
  await ask('mock step start:p99-noon');
  const wrong = { scope: '0', estimate: '0.001', sensitivity: '7', cause: 'long', fix: '1' };
  await answer(ask, wrong, 2);

  const report = words(await ask('mock step case:2'));

  expect((await store.casePlay(2))?.endedAt).toEqual(clock.now());
  expect(report).toContain('No hire');
  expect(report).toContain('Strong hire: mean 85%, every part 60%.');
  expect(report.match(/\[/g)).toHaveLength(4);
});

test('words about cases lead to the list', async () => {
  const { ask } = await started();

  expect(words(await ask('practice a system design'))).toContain('Case interviews');
});
