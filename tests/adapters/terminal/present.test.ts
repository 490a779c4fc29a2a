import { expect, test } from 'vitest';
import { type Choice, present } from '../../../src/adapters/terminal/present.ts';
import type { Block } from '../../../src/spine/reply.ts';

const look = { isColorful: false, zone: 'UTC', locale: 'en-GB' };
const select = (labels: string[], max?: number): Block => ({
  kind: 'select',
  label: 'Did you say one of these?',
  run: 'mock tick interview:1 item:1',
  option: 'points',
  choices: labels.map((label, index) => ({ label, value: `p${index}` })),
  ...(max === undefined ? {} : { max }),
});
const long = 'MQA can lose quality; GQA with a few groups comes close to multi-head.';

test('a list from which one is chosen is a row of numbered presses', () => {
  const { lines, choices } = present({ blocks: [select(['First', long])] }, look);

  expect(lines).toEqual(['  Did you say one of these?', `    [1] First   [2] ${long}`]);
  expect(choices[1]).toEqual<Choice>({
    kind: 'press',
    label: long,
    run: 'mock tick interview:1 item:1',
    values: { points: 'p1' },
  });
});

test('of a list from which several are chosen, long labels get letters', () => {
  const { lines } = present({ blocks: [select([long, `MQA ${long}`], 2)] }, look);

  expect(lines[0]).toBe('  Did you say one of these? enter letters, like A,B');
  expect(lines[1]).toBe(`    A  ${long}`);
  expect(lines[2]).toMatch(/^ {4}B {2}MQA MQA can/);
});

test('labels with letters of their own are not shown twice', () => {
  const { lines } = present({ blocks: [select(['A. one', 'B. two', 'C. three'], 3)] }, look);

  expect(lines).toEqual(['  Did you say one of these? enter letters, like A,B']);
});

test('the legend of several bars names their segments without the values of one of them', () => {
  const bar = (label: string, values: number[]) => ({
    label,
    segments: values.map((value, index) => ({ label: ['Weights', 'Cache'][index] ?? '', value })),
  });
  const chart = { shape: 'bars' as const, title: 'Memory', unit: 'GiB' };
  const legendOf = (bars: ReturnType<typeof bar>[]) =>
    present({ blocks: [{ kind: 'chart', chart: { ...chart, bars }, alt: '' }] }, look).lines.slice(
      1 + bars.length,
    );

  expect(legendOf([bar('A', [3, 1])])).toEqual(['  █ Weights 3 GiB', '  ▓ Cache 1 GiB']);
  expect(legendOf([bar('A', [9]), bar('B', [3, 1])])).toEqual(['  █ Weights', '  ▓ Cache']);
});

const words = (count: number) => Array.from({ length: count }, (_, at) => `word${at}`).join(' ');
const linesOf = (...blocks: Block[]) => present({ blocks }, look).lines;
const widest = (lines: readonly string[]) => Math.max(...lines.map(({ length }) => length));

test('tables and fields break at words, and a file stays as it is', () => {
  const columns = [{ label: 'Question' }, { label: 'Answer' }, { label: 'Points' }];

  const table = linesOf({
    kind: 'table',
    caption: 'Newest first',
    columns,
    rows: [[words(20), words(12), '10']],
  });
  const fields = linesOf({ kind: 'fields', fields: [{ label: 'Depth', value: words(30) }] });
  const file = linesOf({ kind: 'file', name: 'a.txt', mime: 'text/plain', content: words(40) });

  for (const lines of [table, fields]) {
    expect(widest(lines)).toBeLessThanOrEqual(88);
    expect(lines.join(' ')).toContain('word11');
  }
  expect(file).toEqual(['  [a.txt]', `  ${words(40)}`]);
  expect(table[2]).toMatch(/ 10$/);
  expect(fields[1]).toMatch(/^ {9}word/);
});
