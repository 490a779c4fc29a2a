import { expect, test } from 'vitest';
import type { Report } from '../../../src/core/interview/report.ts';
import { introCard } from '../../../src/features/interview/cards.ts';
import { fullReport, reportReply } from '../../../src/features/interview/report.ts';
import { freeTextItem } from '../../support/items.ts';
import { createWorld, words } from '../../support/world.ts';

const REPORT: Report = {
  items: [],
  dimensions: [],
  score: 0.51,
  level: 2,
  ms: 59_600,
  hints: 0,
  judged: { by: 0, of: 0 },
  isTimed: false,
  isOverTime: false,
  isExtended: false,
  chapters: [],
};

const shown = (change: Partial<Report>, earlier: number[]) =>
  words(
    reportReply(
      { ...REPORT, ...change },
      { interview: 1, chapterTitle: () => 'A chapter', next: [], before: new Map(), earlier },
    ),
  );

test('a time that rounds up to a minute is a minute', () => {
  expect(shown({}, [])).toContain('in 1:00, untimed');
});

test('one point of difference is one point', () => {
  expect(shown({}, [0.5])).toContain("That's 1 point above your last interview");
});

test('the questions to try next are opened by a choice', async () => {
  const next = ['s1', 's2'].map((id) => freeTextItem(id));
  const world = createWorld({ questions: next });
  const report = fullReport(REPORT, {
    interview: 1,
    chapterTitle: () => 'A chapter',
    next,
    before: new Map(),
    earlier: [],
  });

  const [select] = report.blocks.filter((block) => block.kind === 'select');
  const opened = await world.ask(`${select?.run} ${select?.option}:s2`);

  expect(opened.title).toBe('Question s2');
});

test('an interview of one question says so', () => {
  const plan = {
    questions: [{ questionId: 'q', round: 'core' as const, minutes: 5 }],
    minutes: 15 as const,
    style: 'strict' as const,
  };

  expect(words(introCard(plan, { interview: 1, at: 0 }))).toContain('1 question, 15 minutes,');
});
