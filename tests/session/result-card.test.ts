import { expect, test } from 'vitest';
import { readCatalog } from '../../src/catalog.ts';
import { isScored, letterOf, type ScoredQuestion } from '../../src/core/questions/check-answer.ts';
import { recapCard } from '../../src/features/daily/recap-card.ts';
import { personalOrder } from '../../src/session/answer-card.ts';
import { explanationReply, resultBlocks } from '../../src/session/result-card.ts';
import { type Block, plain } from '../../src/spine/reply.ts';
import { multiItem, orderItem, singleItem } from '../support/items.ts';

const { catalog } = readCatalog();

const lines = (blocks: readonly Block[]) =>
  blocks.flatMap((block) => (block.kind === 'text' ? [plain(block.text)] : []));

/** Every wrong or right answer worth trying: each option alone, all of them, the steps turned round. */
function answersTo(question: ScoredQuestion): string[] {
  if (question.format === 'numeric')
    return [
      '1e9',
      String(question.answer),
      ...(question.slips ?? []).map(({ answer }) => String(answer)),
    ];
  const parts = question.format === 'order' ? question.steps : question.options;
  const letters = parts.map((_, index) => letterOf(index));
  if (question.format === 'order') return [letters.join(','), letters.toReversed().join(',')];
  return [...letters, ...(question.format === 'multi' ? [letters.join(',')] : [])];
}

test('a result of every question fits one screen of a phone, with its verdict above it', () => {
  const drawn = catalog.generators.map((generator) => generator.draw('a1'));
  const long = [...catalog.questions.filter(isScored), ...drawn].flatMap((question) => {
    const order = personalOrder(question, 'somebody');
    return answersTo(question).flatMap((answer, _, all) =>
      [[answer], [all[0] ?? '', answer]].map((answers) => ({
        id: question.id,
        answers,
        size: lines(resultBlocks({ question, order, answers })).join('\n\n').length,
      })),
    );
  });

  // "Partly correct: +12.5 points · 104th of 128" stands above it.
  expect(long.filter(({ size }) => size > 600 - 50)).toEqual([]);
  expect(long.length).toBeGreaterThan(2000);
});

test('a result names the letters that this person saw', () => {
  const question = singleItem('q1');
  const order = ['d', 'b', 'a', 'c'];

  const wrong = lines(resultBlocks({ question, order, answers: ['a'] }));
  const second = lines(resultBlocks({ question, order, answers: ['a', 'b'] }));
  const shown = lines(resultBlocks({ question, order, answers: [] }));

  expect(wrong[0]).toMatch(/^Your answer, C: /);
  expect(wrong[1]).toMatch(/^B The right one\. /);
  expect(second[0]).toMatch(/^B The right one\. /);
  expect(second[1]).toMatch(/^Your first try, C: /);
  expect(shown).toHaveLength(1);
});

test('several chosen options are named in the order that this person saw', () => {
  const order = ['d', 'b', 'a', 'c'];
  const [mistake] = lines(resultBlocks({ question: multiItem('m1'), order, answers: ['a,b,d'] }));

  expect(mistake).toMatch(/^Your answer, A, B, C/);
});

test('the explanation has every option in the order and with the letters that this person saw', () => {
  const question = singleItem('q1');
  const order = ['d', 'b', 'a', 'c'];
  const { blocks } = explanationReply({ question, order, answers: [] }, undefined);

  const options = lines(blocks).filter((line) => /^[A-D] {2}/.test(line));
  expect(options.map((line) => line.charAt(0))).toEqual(['A', 'B', 'C', 'D']);
  expect(options[1]).toMatch(/^B {2}✓ Correct: The right one/);
});

test('an order that went wrong shows the right one by its letters', () => {
  const question = orderItem('o1');
  const answers = ['b,a,c,d'];
  const told = lines(resultBlocks({ question, order: ['d', 'c', 'b', 'a'], answers }));

  expect(told[0]).toMatch(/^Your answer: CDBA\. Out of place: [CD]\.$/);
  expect(told.slice(1).map((line) => line.charAt(0))).toEqual(['D', 'C', 'B', 'A']);
});

test('of several options a wrong choice is explained and all right ones are named', () => {
  const question = multiItem('m1');
  if (!('options' in question)) throw new Error('It has options');
  const order = question.options.map((_, index) => letterOf(index));
  const wrong = question.options.findIndex(({ correct }) => !correct);
  const right = question.options.findIndex(({ correct }) => correct);
  const answers = [[letterOf(wrong), letterOf(right)].sort().join(',')];

  const [mine, ...keys] = lines(resultBlocks({ question, order, answers }));

  expect(mine).toContain(question.options[wrong]?.why);
  expect(keys).toHaveLength(question.options.filter(({ correct }) => correct).length);
});

test('a recap of every question fits one screen of a phone, below its picture', () => {
  const drawn = catalog.generators.map((generator) => generator.draw('a1'));
  const long = [...catalog.questions.filter(isScored), ...drawn].flatMap((question) =>
    answersTo(question).map((answer) => {
      const counts = [{ answer, count: 3, isRight: false }];
      const { blocks } = recapCard({ id: 1, question }, counts);
      return { id: question.id, size: lines(blocks).join('\n\n').length };
    }),
  );

  expect(long.filter(({ size }) => size > 600)).toEqual([]);
  expect(long.length).toBeGreaterThan(1000);
});
