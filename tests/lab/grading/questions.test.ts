import { expect, test } from 'vitest';
import { byPrompt, withBank } from '../../../lab/grading/questions.ts';
import { freeTextBank } from '../../../lab/grading/sets.ts';

const bank = freeTextBank();
const bug = bank.find(({ format }) => format === 'bug');

test("an item that asks the bank's own question is graded with what the bank knows besides", () => {
  if (!bug) throw new Error('the bank has a question about faulty code');
  const item = {
    prompt: `${bug.prompt.replace(/ /g, '\n')}\n\nsome code`,
    keyPoints: bug.keyPoints.map(({ id, text, weight }) => ({ id, text, weight })),
  };

  const known = withBank(item, byPrompt(bank));

  expect(known).toMatchObject({ prompt: item.prompt, faultLine: expect.any(Number) });
  expect(known.keyPoints.map(({ wrong }) => wrong)).toEqual(
    bug.keyPoints.map(({ wrong }) => wrong),
  );
});

test('an item with a question of its own is graded as it stands', () => {
  const item = { prompt: 'Why?', keyPoints: [{ id: '1', text: 'Because.', weight: 1 }] };

  expect(withBank(item, byPrompt(bank))).toBe(item);
});
