import { expect, test } from 'vitest';
import type { PointReport } from '../../../src/core/interview/item-report.ts';
import { feedbackBlocks } from '../../../src/features/interview/feedback.ts';
import { words } from '../../support/world.ts';

const point = (change: Partial<PointReport>): PointReport => ({
  id: 'a',
  text: 'Keys and values of past tokens are stored, not computed again.',
  label: 'What is stored',
  weight: 0.3,
  verdict: 'missed',
  isMarked: false,
  evidence: '',
  ...change,
});

test('a card counts what was heard and quotes only that, briefly', () => {
  const shown = words({
    title: 'Question 1',
    blocks: feedbackBlocks({
      points: [
        point({ verdict: 'covered', evidence: 'keys and values are stored '.repeat(4) }),
        point({ label: 'Linear growth', isMarked: true, verdict: 'partly', evidence: 'it grows' }),
        point({ label: 'Fewer heads', verdict: 'partly', evidence: 'fewer' }),
      ],
      followUps: [],
    }),
  });

  expect(shown).toContain('Heard 2 of 3');
  expect(shown).toMatch(/✓ What is stored "[^"]{30,60}"/);
  expect(shown).toContain('☑ Marked by you: Linear growth');
  expect(shown).toContain('Fewer heads');
  expect(shown).not.toMatch(/it grows|"fewer"|not computed again/);
});
