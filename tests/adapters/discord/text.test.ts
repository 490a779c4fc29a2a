import { expect, test } from 'vitest';
import { chartLines } from '../../../src/adapters/discord/monospace.ts';
import { type Pictures, present } from '../../../src/adapters/discord/present.ts';
import { tableLines } from '../../../src/adapters/discord/table.ts';
import type { Block, Chart } from '../../../src/spine/reply.ts';

const bars = (values: number[]) =>
  values.map((value, at) => ({ label: `${at + 1}.`, segments: [{ label: 'x', value }] }));
const widths = (lines: readonly string[]) => lines.map((line) => line.match(/█*/)?.[0].length ?? 0);

test('one person is no people', () => {
  const lines = chartLines({
    shape: 'bars',
    title: 'First answers',
    unit: 'people',
    unitOfOne: 'person',
    bars: bars([1, 2]),
  });

  expect(lines[1]).toMatch(/ 1 person$/);
  expect(lines[3]).toMatch(/ 2 people$/);
});

test('per cent are drawn against 100', () => {
  const chart = { shape: 'bars' as const, title: 'By chapter', unit: '%' };
  const of = (value: number) => widths(chartLines({ ...chart, bars: bars([value]) }))[1] ?? 0;

  expect(of(50)).toBe(of(100) / 2);
});

const card = (block: Block, pictures?: Pictures) =>
  JSON.stringify(present({ blocks: [block] }, pictures).body.components);
const shown = (block: Block) => {
  const [, text = ''] = /"content":"(.*?)(?<!\\)"/.exec(card(block)) ?? [];
  return JSON.parse(`"${text}"`) as string;
};

test('a name stays on one line, cut where a phone ends', () => {
  const lines = tableLines({
    columns: [
      { label: '#', align: 'right' },
      { label: 'Name', oneLine: true },
      { label: 'Points', align: 'right' },
    ],
    rows: [
      ['→ 1', 'Konstantinos Papadopoulos', '90'],
      ['2', 'Bo', '80'],
    ],
  });

  // 30 columns, of which 3 + 6 and two gaps are taken.
  expect(lines?.slice(2)).toEqual([
    '→ 1  Konstantinos Pap…      90',
    '  2  Bo                     80',
  ]);
});

test('a table that is a little too wide for a phone breaks its cells at words', () => {
  const lines = tableLines({
    columns: [{ label: 'Model' }, { label: 'Format' }, { label: 'Free', align: 'right' }],
    rows: [
      ['Nemotron 3 Nano', 'INT4', '3.91 GiB'],
      ['Yi 34B', 'INT4', '1.34 GiB'],
    ],
  });

  expect(lines).toEqual([
    'Model       Format      Free',
    '──────────  ──────  ────────',
    'Nemotron 3  INT4    3.91 GiB',
    '  Nano',
    'Yi 34B      INT4    1.34 GiB',
  ]);
});

test('a table of sentences is a list that says its labels once, and none for a name and its meaning', () => {
  const meaning = 'Estimate the speedup of speculative decoding';

  expect(
    shown({
      kind: 'table',
      caption: 'Commands',
      columns: [{ label: 'Command' }, { label: 'What it does' }],
      rows: [[{ command: '/speculate' }, meaning]],
    }),
  ).toBe(`**Commands**\n\`/speculate\` ${meaning}`);
  expect(
    shown({
      kind: 'table',
      caption: 'Newest first',
      columns: [{ label: 'No.' }, { label: 'Question' }, { label: 'Points' }],
      rows: [
        ['6', 'Beam search finds text with higher likelihood than sampling', '10'],
        ['5', 'In a flip test with 400 questions, 300 first answers changed', ''],
      ],
    }),
  ).toBe(
    [
      '**Newest first**',
      '*No. · Question · Points*',
      '**6** · Beam search finds text with higher likelihood than sampling · 10',
      '**5** · In a flip test with 400 questions, 300 first answers changed',
    ].join('\n'),
  );
});

test('times in a list stay in the zone of the reader', () => {
  const time = new Date('2026-12-01T09:00:00Z');
  const columns = [{ label: 'No.' }, { label: 'When' }, { label: 'Result' }];
  const table = { kind: 'table', caption: 'Interviews', columns } as const;

  expect(shown({ ...table, rows: [['1', { time, show: 'day' }, 'Solid']] })).toContain(
    '**1** · <t:1796115600:D> · Solid',
  );
});

const sweep: Chart = {
  shape: 'lines',
  title: 'Memory by context',
  unit: 'GiB',
  x: { label: 'Context', values: [16_384, 1_048_576], logarithmic: true },
  series: [{ label: '1 sequence', values: [18.7149, 1040.7149] }],
};

test('contexts are exact and amounts are rounded to three digits', () => {
  expect(chartLines(sweep).slice(2)).toEqual(['    16k        18.7', '     1M       1,041']);
});

test('what a picture shows is not drawn in letters besides', () => {
  const block: Block = { kind: 'chart', alt: 'From 18.7 to 1,041 GiB.', chart: sweep };

  const withPicture = card(block, new Map([[sweep, new Uint8Array([1])]]));

  expect(withPicture).not.toContain('16k');
  expect(withPicture).toContain('From 18.7 to 1,041 GiB.');
  expect(card(block)).toContain('16k');
});
