import { expect, test } from 'vitest';
import { freeTextItem } from '../../../support/items.ts';
import { createWorld, words } from '../../../support/world.ts';

const DIRECT = { isDirect: true };
const inChapter = (chapter: number, ...ids: string[]) =>
  ids.map((id) => freeTextItem(id, { chapter, topics: [`c${chapter}.01`] }));

test.each([
  ['the chapter that it was about', inChapter(5, 'a', 'b', 'c', 'd', 'e', 'f')],
  [
    'others when that has no more',
    [...inChapter(5, 'a', 'b', 'c', 'd'), ...inChapter(3, 'x', 'y')],
  ],
])('three questions are to be tried next, from %s', async (_, questions) => {
  const world = createWorld({ questions });
  for (const line of ['mock 15 chapters:5', 'mock go', 'mock skip']) await world.ask(line, DIRECT);

  const report = words(await world.ask('mock end confirm:yes', DIRECT));

  const planned = (await world.store.interview(1))?.plan.questions.map((each) => each.questionId);
  const rest = questions.map(({ id }) => id).filter((id) => !planned?.includes(id));
  expect(rest).toHaveLength(3);
  for (const id of rest) expect(report).toContain(`(${id})`);
});

test.each(['5-6', '5 – 6', '"5 to 6"'])('an interview about chapters:%s', async (typed) => {
  const questions = [
    ...inChapter(4, 'd'),
    ...inChapter(5, 'e'),
    ...inChapter(6, 'f'),
    ...inChapter(7, 'g'),
  ];
  const world = createWorld({ questions });

  await world.ask(`mock 15 chapters:${typed}`, DIRECT);

  const planned = (await world.store.interview(1))?.plan.questions.map((each) => each.questionId);
  expect(planned?.toSorted()).toEqual(['e', 'f']);
});
