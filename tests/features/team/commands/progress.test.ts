import { expect, test } from 'vitest';
import { readCatalog } from '../../../../src/catalog.ts';
import type { Recall } from '../../../../src/core/practice/memory.ts';
import { dayIn } from '../../../../src/core/time.ts';
import type { Block, HeatChart, Reply } from '../../../../src/spine/reply.ts';
import { HINTED } from '../../../scenarios/mock.ts';
import { freeTextItem } from '../../../support/items.ts';
import { createWorld, runOf, type World, words } from '../../../support/world.ts';

const { questions } = readCatalog().catalog;
const world = () => createWorld({ at: '2026-11-30T09:00:00Z', questions });

async function answer(
  { store, clock, personId }: World,
  card: string,
  { chapter, daysAgo, what = 'good' }: { chapter: number; daysAgo: number; what?: Recall },
) {
  const at = new Date(clock.now().getTime() - daysAgo * 86_400_000);
  await store.changeCard({
    personId: await personId(),
    card,
    chapter,
    key: `test ${card} ${daysAgo}`,
    what,
    share: what === 'again' ? 0 : 1,
    day: dayIn(at, 'UTC'),
    at,
  });
}

const chartOf = (reply: Reply, shape: string) =>
  reply.blocks
    .filter((block): block is Extract<Block, { kind: 'chart' }> => block.kind === 'chart')
    .find(({ chart }) => chart.shape === shape);

const idOf = (chapter: number, at = 0) =>
  questions.filter((question) => question.chapter === chapter)[at]?.id ?? '';

test('recall is shown for each chapter, and the weakest one is a press away', async () => {
  const here = world();
  await here.ask('me');
  await answer(here, idOf(5), { chapter: 5, daysAgo: 1 });
  await answer(here, idOf(8), { chapter: 8, daysAgo: 41 });
  await answer(here, idOf(8), { chapter: 8, daysAgo: 40, what: 'again' });
  await answer(here, idOf(9), { chapter: 9, daysAgo: 1, what: 'again' });

  const reply = await here.ask('me progress');

  expect(chartOf(reply, 'heat')?.alt).toMatch(
    /: Chapter title 5 9\d%, Chapter title 8 from \d\d% to \d\d%$/,
  );
  expect(chartOf(reply, 'bars')).toBeUndefined();
  expect(words(reply)).toMatch(
    /Today, you would remember about \d\d% of the 2 questions you answered correctly/,
  );
  expect(runOf(reply, 'Quiz weakest chapter')).toBe('quiz chapter:8 count:5');
  expect(runOf(reply, 'Review')).toBe('review');
});

test('the map has a row for each chapter and a column for each of the last weeks', async () => {
  const here = world();
  await here.ask('me');
  await answer(here, idOf(5), { chapter: 5, daysAgo: 20 });
  await answer(here, idOf(5), { chapter: 5, daysAgo: 0 });
  await answer(here, idOf(8), { chapter: 8, daysAgo: 0 });

  const chart = chartOf(await here.ask('me progress'), 'heat')?.chart as HeatChart;

  expect(chart.columns).toEqual(['5w', '4w', '3w', '2w', '1w', 'now']);
  // First answered 20 days ago, which is after the column of 3 weeks; FSRS-6 recalls 90% after 2.3 days, and less later.
  const [five = [], eight = []] = chart.rows.map(({ values }) => values);
  expect(five.slice(0, 3)).toEqual([undefined, undefined, undefined]);
  expect(five[3]).toBeLessThan(90);
  expect(five[4]).toBeLessThan(five[3] ?? 0);
  // What was answered today is shown as of tomorrow: nobody has forgotten it yet.
  expect(five[5]).toBeGreaterThan(95);
  expect(eight).toEqual([...Array(5).fill(undefined), 95]);
  expect(chart.rows.map(({ label }) => label)).toEqual(['Chapter title 5', 'Chapter title 8']);
});

test('first answers stand against the latest, those changed last first', async () => {
  const here = world();
  await here.ask('me');
  await answer(here, idOf(5), { chapter: 5, daysAgo: 9, what: 'again' });
  await answer(here, idOf(5), { chapter: 5, daysAgo: 8 });
  await answer(here, idOf(8), { chapter: 8, daysAgo: 9 });
  await answer(here, idOf(8), { chapter: 8, daysAgo: 2 });
  await answer(here, idOf(9), { chapter: 9, daysAgo: 2 });

  const reply = await here.ask('me progress');

  expect(words(reply)).toContain(
    'You answered 2 questions more than once: 50% correct at first, 100% now.',
  );
  const table = reply.blocks.find((block) => block.kind === 'table');
  expect(table?.kind === 'table' && table.rows.map(([, ...shares]) => shares)).toEqual([
    ['100%', '100%'],
    ['0%', '100%'],
  ]);
});

/** Two interviews of one question each: one answered in part with a point marked by its owner, one skipped. */
async function interviewed() {
  const here = createWorld({
    isDirect: true,
    at: '2026-11-30T09:00:00Z',
    questions: ['s1', 's2', 's3'].map((id) => freeTextItem(id)),
  });
  const { ask } = here;
  await ask('mock 15');
  await ask('mock go interview:1');
  await ask(`mock answer interview:1 text:"${HINTED}"`);
  await ask('mock end interview:1 confirm:yes');
  await ask('mock tick interview:1 item:1 points:linear');
  return here;
}

test('the curve of interviews has the grades, and what their owner marked in them', async () => {
  const { ask } = await interviewed();
  await ask('mock 15');
  await ask('mock go interview:2');
  await ask('mock skip interview:2');
  await ask('mock end interview:2 confirm:yes');

  const curve = chartOf(await ask('me progress'), 'lines');

  if (curve?.chart.shape !== 'lines') throw new Error('no curve');
  const [score, ...others] = curve.chart.series;
  expect(curve.chart.x.values).toEqual([1, 2]);
  expect(score?.label).toBe('Score');
  // 0.4 that was said, and 0.3 that was marked.
  expect(score?.values).toEqual([70, 0]);
  expect(others).toEqual([]);
  expect(curve.alt).toMatch(/^Your interviews: Mon, 30 Nov 2026 \d+%, /);
});
