import { expect, test } from 'vitest';
import { freeTextItem } from '../../../support/items.ts';
import { createWorld, words } from '../../../support/world.ts';

const questions = Array.from({ length: 6 }, (_, at) => freeTextItem(`s${at}`));
const STORED = 'Keys and values of past tokens are stored, not computed again.';
const LINEAR = 'It grows linearly with the context length.';
const HEADS = 'Fewer key heads than query heads make the cache smaller.';
const FULL = `${STORED} ${HEADS} ${LINEAR}`;

async function interview(answer: string) {
  const world = createWorld({ questions });
  return { world, report: await hold(world, 1, answer) };
}

/** Answers the first question and leaves the others. */
async function hold(world: ReturnType<typeof createWorld>, id: number, answer: string) {
  const say = (line: string) => world.ask(line, { isDirect: true });
  await say('mock 15 style:strict');
  await say('mock go');
  await say(`mock answer text:${JSON.stringify(answer)}`);
  await say('mock end confirm:yes');
  return say(`mock report interview:${id}`);
}

test('a report ends in a plan: what was missed is reviewed at once, each point once a day', async () => {
  const { world, report } = await interview(LINEAR);
  expect(words(report)).toContain('You missed 2 key points. They come back in your review');

  let card = await world.press(report, 'Review missed points');
  expect(card.title).toBe('Review 1 of 2');
  expect((await world.press(report, 'Review missed points')).title).toBe('Review 1 of 2');
  for (const [step, text] of [STORED, HEADS].entries()) {
    const result = await world.ask(
      `practice words in:1 step:${step + 1} text:${JSON.stringify(text)}`,
    );
    expect(result.title).toMatch(/^Correct/);
    card = await world.press(result, step === 1 ? 'See results' : 'Next question');
  }

  expect(words(card)).toContain('2 of 2 correct');
  expect(words(await world.press(report, 'Review missed points'))).toContain(
    'You reviewed these points today.',
  );
});

test('a point that was missed and then said shows as progress, in a review as in an interview', async () => {
  const { world } = await interview(LINEAR);
  await world.comeTo('2026-03-04T08:00:00Z');
  await world.ask('review');
  await world.ask(`practice words in:1 step:1 text:${JSON.stringify(FULL)}`);

  const progress = words(await world.ask('me progress'));

  expect(progress).toContain(
    'You answered 1 question more than once: 0% correct at first, 100% now',
  );
  expect(progress).toContain('| 0% | 100%');
});

test('the next interview comes back to what was missed with another question', async () => {
  const { world } = await interview(LINEAR);
  const first = await world.store.interview(1);
  const asked = first?.plan.questions.map(({ questionId }) => questionId) ?? [];
  await world.comeTo('2026-03-05T08:00:00Z');

  // Asked for twice, and begun once.
  await world.ask('mock 30', { isDirect: true });
  const intro = await world.ask('mock 15 style:strict', { isDirect: true });
  expect(words(intro)).toContain('1 question comes back to points you missed in the last 7 days');
  const second = await world.store.interview(3);
  const planned = second?.plan.questions ?? [];
  expect(planned.map(({ questionId }) => questionId)).not.toContain(asked[0]);
  expect(planned.flatMap(({ follows = [] }) => follows)).toEqual([asked[0]]);
  for (const line of ['go', `answer text:${JSON.stringify(FULL)}`, 'end confirm:yes'])
    await world.ask(`mock ${line}`, { isDirect: true });

  const report = words(await world.ask('mock report interview:3', { isDirect: true }));
  expect(report).toMatch(/came back to points you missed before: \d+% then, \d+% now/);

  // What was asked again isn't asked a third time, and after a week it's all over.
  await world.comeTo('2026-03-20T08:00:00Z');
  const later = words(await world.ask('mock 15', { isDirect: true }));
  expect(later).not.toContain('in the last 7 days');
});

test('a point that its owner says they made leaves the review', async () => {
  const { world } = await interview(LINEAR);
  const before = (await world.store.interview(1))?.personId ?? '';
  const count = () => world.store.dueCount(before, '2026-03-09');
  expect(await count()).toBe(2);

  await world.ask('mock tick interview:1 item:1 points:fewer-heads', { isDirect: true });
  expect(await count()).toBe(1);
});
