import { expect, test } from 'vitest';
import { readCatalog } from '../../../../src/catalog.ts';
import { samplesSchema } from '../../../../src/core/questions/catalog-schema.ts';
import { createWorld, words } from '../../../support/world.ts';

const { catalog } = readCatalog();
const { samples, questions } = catalog;
const world = () => createWorld({ questions, samples });

test.each(samples)('a grade of sample $id is answered with its own reason', async (sample) => {
  const told = words(await world().ask(`mock grade sample:${sample.id} grade:2`));

  expect(told).toContain(sample.why);
  expect(told).not.toContain('(you said:');
  for (const { said } of sample.points) if (said) expect(told).toContain(`(they said: "${said}")`);
});

test('a false claim is named, and no point of it counts as half said', async () => {
  const told = words(await world().ask('mock grade sample:s1 grade:2'));

  expect(told).toContain('Reference: 1 (Getting started)');
  expect(told).toContain('1 − 0.6³ is the chance of at least one right chain');
  expect(told).toMatch(/✗ They got this wrong: Output cost grows .*√k times the tokens/);
  expect(told).toMatch(/○ Not heard: A systematic mistake/);
  expect(told).not.toContain('◐');
});

test('each key point of a sample has a verdict, with words of the answer unless it is missing', () => {
  for (const { question: id, answer, points } of samples) {
    const question = catalog.question(id);
    if (!question || !('keyPoints' in question)) throw new Error(`${id} is answered in words`);

    expect(points.map((point) => point.id)).toEqual(question.keyPoints.map((point) => point.id));
    for (const { verdict, said } of points) {
      expect(said === undefined).toBe(verdict === 'missed');
      expect(answer).toContain(said ?? '');
    }
  }
});

test('the verdicts of a sample allow its grade; only false claims and bare lists take more away', () => {
  const credit = { covered: 1, partly: 0.5, missed: 0, contradicted: 0 };
  for (const { question: id, grade, points } of samples) {
    const question = catalog.question(id);
    if (!question || !('keyPoints' in question)) throw new Error(`${id} is answered in words`);
    const earned = question.keyPoints.reduce((sum, { weight }, index) => {
      const point = points[index];
      return sum + (point ? weight * credit[point.verdict] : 0);
    }, 0);
    const isFalse = points.some(({ verdict }) => verdict === 'contradicted');

    expect(Math.round(earned * 4) - grade).toBeLessThanOrEqual(isFalse ? 1 : 0);
    expect(Math.round(earned * 4)).toBeGreaterThanOrEqual(grade);
  }
});

test('a sample without a reason of its own is refused', () => {
  const [first, second] = samples;
  if (!first || !second) throw new Error('there are samples');
  const { why: _, ...bare } = first;

  for (const list of [[bare], [{ ...first, why: '' }], [first, { ...second, why: first.why }]])
    expect(samplesSchema.safeParse(list).success).toBe(false);
  expect(samplesSchema.safeParse([first, second]).success).toBe(true);
});

test('after the reference was shown the first grade stands', async () => {
  const { ask, press } = world();
  const card = await ask('mock grade');

  await press(card, '0 ');
  const again = words(await press(card, '4 '));

  expect(again).toContain('You: 0 (Not yet).');
});
