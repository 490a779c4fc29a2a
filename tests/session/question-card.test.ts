import { expect, test } from 'vitest';
import { readCatalog } from '../../src/catalog.ts';
import { isScored } from '../../src/core/questions/check-answer.ts';
import { answeredItemCard } from '../../src/features/bank/cards.ts';
import { recapCard } from '../../src/features/daily/recap-card.ts';
import { answerCard, exactnessText } from '../../src/session/answer-card.ts';
import { promptBlocks } from '../../src/session/question-card.ts';
import type { Block } from '../../src/spine/reply.ts';
import { plain } from '../../src/spine/reply.ts';

const { catalog } = readCatalog();

const labels = (blocks: readonly Block[]) =>
  blocks.flatMap((block) => {
    if (block.kind === 'buttons') return block.buttons.map(({ label }) => label);
    return block.kind === 'select' ? block.choices.map(({ label }) => label) : [];
  });

test('the lines of a bug item are numbered as its answer counts them', () => {
  for (const question of catalog.questions) {
    if (question.format !== 'bug') continue;
    const code = promptBlocks(question).find((block) => block.kind === 'code');
    const rows = code?.kind === 'code' ? code.code.split('\n') : [];
    const fault = rows[question.faultLine - 1] ?? '';
    expect(fault.trim(), question.id).toMatch(new RegExp(`^${question.faultLine}  +\\S`));
    expect(rows.at(-1)?.trim(), question.id).not.toBe('');
  }
});

test('the steps of a scenario stay beside its answer', () => {
  const scenario = catalog.questions.find(
    (question) => question.format === 'scenario' && (question.steps ?? []).length > 1,
  );
  if (scenario?.format !== 'scenario') throw new Error('The bank has such a scenario');
  const texts = answeredItemCard(scenario).blocks.map((block) =>
    block.kind === 'text' && typeof block.text === 'string' ? block.text : '',
  );
  expect(texts).toContain(`1. ${scenario.steps?.[0]}`);
});

test('a letter in a menu is parted from an option that begins with one', () => {
  const question = catalog.question('c4-expert-parallel-facts');
  if (!question || !isScored(question)) throw new Error('The bank has this question');
  const card = answerCard({
    post: { id: 1, question },
    seed: 's',
    next: 1,
    hints: 0,
  });
  expect(labels(card.blocks).filter((label) => /^[A-F]\. \S/.test(label))).toHaveLength(6);
});

test('a hint says that it costs nothing once half of the points are gone', () => {
  const question = catalog.question('c6-1f1b-change');
  if (!question || !isScored(question)) throw new Error('The bank has this question');
  const hint = (hints: number) =>
    labels(answerCard({ post: { id: 1, question }, seed: 's', next: 1, hints }).blocks).find(
      (label) => label.startsWith('Hint'),
    );
  expect([hint(0), hint(1), hint(2)]).toEqual(['Hint (−25%)', 'Hint (−25%)', 'Hint (free now)']);
});

test('options that begin alike have bars of their own in the recap', () => {
  const question = catalog.question('c6-1f1b-change');
  if (!question || !isScored(question)) throw new Error('The bank has this question');
  const { blocks } = recapCard({ id: 1, question }, [{ answer: 'a', count: 2, isRight: false }]);
  const chart = blocks.find((block) => block.kind === 'chart');
  const bars =
    chart?.kind === 'chart' && chart.chart.shape === 'bars'
      ? chart.chart.bars.map(({ label }) => label.slice(0, 20))
      : [];
  expect(new Set(bars).size).toBe(question.format === 'single' ? question.options.length : 0);
});

test('the recap names the most common mistake once, at its option', () => {
  const question = catalog.question('c6-1f1b-change');
  if (question?.format !== 'single') throw new Error('The bank has this question');
  const at = question.options.findIndex(({ correct }) => !correct);
  const mistake = question.options[at]?.text ?? '';
  const { blocks } = recapCard({ id: 1, question }, [
    { answer: 'abcd'.charAt(at), count: 2, isRight: false },
  ]);

  const texts = blocks.flatMap((block) => (block.kind === 'text' ? [plain(block.text)] : []));
  expect(texts.filter((text) => text.includes(mistake))).toEqual([
    `Most common mistake: ${at + 1}. ${mistake}. ${question.options[at]?.why}`,
  ]);
});

test('of two mistakes that as many made, the recap calls neither the most common', () => {
  const question = catalog.question('c6-1f1b-change');
  if (question?.format !== 'single') throw new Error('The bank has this question');
  const wrong = [...'abcd'].filter((_, index) => question.options[index]?.correct === false);
  const { blocks } = recapCard(
    { id: 1, question },
    wrong.slice(0, 2).map((answer) => ({ answer, count: 1, isRight: false })),
  );

  expect(JSON.stringify(blocks)).not.toContain('Most common mistake');
});

test('the card of a number says how exact it must be', () => {
  const note = (id: string) => {
    const question = catalog.question(id);
    if (question?.format !== 'numeric') throw new Error(`${id} is no number`);
    return exactnessText(question);
  };
  expect(note('c5-kv-bytes-qwen')).toBe('Answers within ±2% are correct.');
  expect(note('c8-affine-code')).toBe('Enter the exact number.');
});

test('a share that binary fractions cannot hold is written as it was meant', () => {
  const question = catalog.question('c5-kv-bytes-qwen');
  if (question?.format !== 'numeric') throw new Error('The bank has this number');

  const note = exactnessText({ ...question, tolerance: { relative: 0.07 } });

  expect(note).toBe('Answers within ±7% are correct.');
});
