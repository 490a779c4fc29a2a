import { expect } from 'vitest';
import { createCatalog } from '../../src/core/catalog.ts';
import { singleItem } from '../support/items.ts';
import { type Machine, smallCatalog } from '../support/machine.ts';
import { letterOf, message } from './daily.ts';

/** Two steps over three chapters, with enough questions for a placement. */
export const CATALOG = createCatalog({
  ...smallCatalog(
    [1, 2, 3].flatMap((chapter) =>
      Array.from({ length: 6 }, (_, at) => singleItem(`c${chapter}-q${at}`, { chapter })),
    ),
  ),
  paths: [
    {
      id: 'b',
      title: 'Interview',
      for: 'People with an interview soon.',
      summary: 'Two steps.',
      steps: [
        { chapters: [1, 2], goal: 'Explain both.' },
        { chapters: [3], goal: 'Explain the third.' },
      ],
    },
  ],
});

/**
 * A path on any platform: its plan to a date, a date that is too near, the minutes that would do, a question of the
 * placement, and progress. The bot restarts in the middle, and another person has no part in it.
 */
export async function playPath(machine: Machine): Promise<void> {
  const { stage } = machine;
  const ana = stage.actor('ana');

  const begun = message(await ana.command('path', { start: 'b', date: '2026-03-12', minutes: 15 }));
  expect(begun.isPrivate).toBe(true);
  expect(begun.text).toContain('in 10 days. 15 minutes a day.');
  expect(begun.text).toContain('Everything fits before then.');
  expect(begun.text).toContain('Explain both.');

  const plan = message(await ana.press(begun, 'Show plan'));
  expect(plan.text).toContain('4 questions on Chapter title 1');
  await machine.restart();

  const form = await ana.press(plan, 'Change date');
  if (form.kind !== 'form') throw new Error('A date must be asked for');
  expect(form.fields.map(({ name, value }) => [name, value])).toEqual([
    ['date', '2026-03-12'],
    ['minutes', '15'],
  ]);
  const near = message(await ana.fill(form, { date: 'in 2 days', minutes: '15' }));
  expect(near.text).toMatch(/At 15 minutes a day, Chapter title .*3 do(?:es)?n't fit before/);
  const more = near.buttons.find((label) => label.startsWith('Use '));
  const fits = message(await ana.press(near, more ?? ''));
  expect(fits.text).toContain('Everything fits before then.');

  const placed = message(await ana.press(fits, 'Find what I know'));
  expect(placed.text).toContain('question 1');
  await machine.restart();
  const second = message(await ana.press(placed, letterOf(placed, 'The right one')));
  expect(second.text).toContain('question 2');

  const path = message(await ana.command('path'));
  expect(path.buttons).toContain('Continue placement');
  const progress = message(await ana.command('me', { action: 'progress' }));
  expect(progress.text).toMatch(
    /you would remember about \d\d% of the 1 question you answered correctly/,
  );
  expect(progress.buttons.some((label) => label.startsWith('Quiz weakest'))).toBe(true);

  const other = message(await stage.actor('eve').command('path'));
  expect(other.text).toContain('Choose a path');
  expect(stage.complaints()).toEqual([]);
}
