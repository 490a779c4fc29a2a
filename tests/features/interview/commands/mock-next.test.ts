import { expect, test } from 'vitest';
import { freeTextItem } from '../../../support/items.ts';
import { createWorld } from '../../../support/world.ts';

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

  await world.ask('mock end confirm:yes', DIRECT);
  const { blocks } = await world.ask('mock report show:all', DIRECT);

  const planned = (await world.store.interview(1))?.plan.questions.map((each) => each.questionId);
  const rest = questions.map(({ id }) => id).filter((id) => !planned?.includes(id));
  expect(rest).toHaveLength(3);
  const offered = blocks.flatMap((block) => (block.kind === 'select' ? block.choices : []));
  expect(offered.map(({ value }) => value).toSorted()).toEqual(rest.toSorted());
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
