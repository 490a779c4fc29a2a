import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markLines } from '../../src/pictures/marks.ts';
import { createDraw } from '../../src/pictures/png.ts';
import { chartSvg } from '../../src/pictures/svg.ts';
import type { Chart } from '../../src/spine/reply.ts';

const bars: Chart = {
  shape: 'bars',
  title: 'Llama-3.1-8B on one RTX 4090',
  unit: 'GiB',
  bars: [
    {
      label: 'BF16',
      segments: [
        { label: 'Weights', value: 14.96 },
        { label: 'KV cache', value: 1 },
        { label: 'Activations', value: 0.1 },
        { label: 'Overhead', value: 1.7 },
      ],
    },
  ],
  limit: { label: 'RTX 4090', value: 24 },
};

/** The grey values of a PNG of eight-bit RGBA, enough to count what is drawn. */
function pixels(png: Uint8Array): { width: number; dark: number; light: number } {
  const buffer = Buffer.from(png);
  const width = buffer.readUInt32BE(16);
  const height = buffer.readUInt32BE(20);
  const parts: Buffer[] = [];
  for (let at = 8; at < buffer.length; ) {
    const length = buffer.readUInt32BE(at);
    if (buffer.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(buffer.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const raw = inflateSync(Buffer.concat(parts));
  const rows = unfilter(raw, width * 4, height);
  let dark = 0;
  let light = 0;
  for (let at = 0; at < rows.length; at += 4) {
    const grey = ((rows[at] ?? 0) + (rows[at + 1] ?? 0) + (rows[at + 2] ?? 0)) / 3;
    if (grey < 60) dark += 1;
    if (grey > 230) light += 1;
  }
  return { width, dark, light };
}

function unfilter(raw: Buffer, stride: number, height: number): Uint8Array {
  const out = new Uint8Array(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const value = raw[y * (stride + 1) + 1 + x] ?? 0;
      const a = x >= 4 ? (out[y * stride + x - 4] ?? 0) : 0;
      const b = y > 0 ? (out[(y - 1) * stride + x] ?? 0) : 0;
      const c = x >= 4 && y > 0 ? (out[(y - 1) * stride + x - 4] ?? 0) : 0;
      const p = a + b - c;
      const paeth =
        Math.abs(p - a) <= Math.abs(p - b) && Math.abs(p - a) <= Math.abs(p - c)
          ? a
          : Math.abs(p - b) <= Math.abs(p - c)
            ? b
            : c;
      const predicted = [0, a, b, (a + b) >> 1, paeth][filter ?? 0] ?? 0;
      out[y * stride + x] = (value + predicted) & 255;
    }
  }
  return out;
}

test.each(['light', 'dark'] as const)('a %s picture holds text, not only shapes', async (theme) => {
  const failures: unknown[] = [];
  const draw = await createDraw((error) => failures.push(error));
  const untitled = { ...bars, title: '', bars: bars.bars.map((bar) => ({ ...bar, label: '' })) };

  const full = await draw(bars, theme);
  const bare = await draw(untitled, theme);

  expect(failures).toEqual([]);
  if (!full || !bare) throw new Error('Nothing was drawn');
  const ink = theme === 'light' ? 'dark' : 'light';
  // Twice the pixels of a card on a large screen.
  expect(pixels(full).width).toBe(1000);
  // The title and the label are some hundreds of pixels of ink.
  expect(pixels(full)[ink] - pixels(bare)[ink]).toBeGreaterThan(500);
});

test('any title and label gives well-formed SVG without markup of theirs', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (title) => {
      const svg = chartSvg({ ...bars, title }, 'dark');
      expect(svg).not.toMatch(/<script|<\/?[a-z]+ on/i);
      expect([...svg.matchAll(/<text/g)].length).toBe([...svg.matchAll(/<\/text>/g)].length);
    }),
  );
});

test('twenty pictures at once are all drawn', async () => {
  const draw = await createDraw(() => {});

  const drawn = await Promise.all(Array.from({ length: 20 }, () => draw(bars)));

  expect(drawn.every((png) => png && png.length > 5000)).toBe(true);
});

test('what lies far above the limit leaves the picture and presses nothing to the ground', () => {
  const svg = chartSvg(
    {
      shape: 'lines',
      title: 'Memory',
      unit: 'GiB',
      x: { label: 'Context', values: [1024, 2048] },
      series: [
        { label: 'one', values: [10, 12] },
        { label: 'many', values: [10, 1000] },
      ],
      limit: { label: 'Card', value: 20 },
    },
    'light',
  );

  // The axis ends at two and a half times the limit.
  expect(svg).toContain('>50</text>');
  expect(svg).not.toContain('>1,000</text>');
  expect(svg).toContain('clip-path="url(#plot)"');
  expect(svg.indexOf('>many</text>')).toBeGreaterThan(0);
});

test('every line is seen to begin, and the lowest to end, where nothing fits', () => {
  const svg = chartSvg(
    {
      shape: 'lines',
      title: 'Memory',
      unit: 'GiB',
      x: { label: 'Context', values: [1024, 1_048_576] },
      series: [
        { label: 'one', values: [55, 65] },
        { label: 'many', values: [80, 1000] },
      ],
      limit: { label: 'Card', value: 22 },
    },
    'light',
  );

  expect(svg).toContain('>80</text>');
  expect(svg).not.toContain('>1,000</text>');
  expect(svg).toContain('>1M</text>');
});

test('what a bar has room for is outlined, and red when it is short', () => {
  const withLimit = (value: number) =>
    chartSvg({ ...bars, limit: { label: 'GPU', value } } as Chart, 'light');
  const [fits, short] = [withLimit(24), withLimit(12)];
  const red = /fill="#b3261e"/g;

  // 328 wide: all of it is room, of which 17.76 of 24 GiB are taken; or 12 of 17.76 GiB are room.
  expect(fits).toContain('width="328" height="28" fill="none"');
  expect(short).toContain('width="221.6" height="28" fill="none"');
  expect(fits).not.toMatch(red);
  // The title, the part that is over, and its row in the legend.
  expect(short.match(red)).toHaveLength(3);
  expect(short).toContain('>5.76 GiB</text>');
});

test('an option that nobody chose takes no room for a bar', () => {
  const heightOf = (counts: number[]) => {
    const all = counts.map((value) => ({ label: 'A', segments: [{ label: 'people', value }] }));
    const svg = chartSvg({ shape: 'bars', title: '', unit: 'people', bars: all }, 'light');
    return Number(/ height="(\d+)"/.exec(svg)?.[1]);
  };

  expect(heightOf([1, 2, 1, 1]) - heightOf([1, 2, 0, 0])).toBe(56);
});

/** The width of a picture in a card of a phone of 360 pixels. */
const PHONE_CARD = 250;

const growth: Chart = {
  shape: 'lines',
  title: 'Llama 3.1 8B in BF16: memory by context',
  unit: 'GiB',
  x: { label: 'Context', values: [1024, 2048, 4096], logarithmic: true },
  series: [
    { label: '1 sequence', values: [10, 12, 16], note: 'all fit' },
    { label: '64 sequences', values: [10, 20, 40], note: 'to 2,048' },
  ],
  limit: { label: 'RTX 4090 usable', value: 20 },
};

const result = {
  shape: 'result',
  title: 'Konstantinos Papadopoulos-Fernandez: live round',
  verdict: '12 of 20 correct',
  marks: Array.from({ length: 20 }, (_, at) => ({
    label: String(at + 1),
    mark: (['right', 'wrong', 'done', 'none'] as const)[at % 4] ?? 'none',
  })),
  facts: [{ label: 'Place', value: '112 of 200' }],
} satisfies Chart;

test.each([
  ['bars', bars],
  ['lines', growth],
  ['result', result],
])('every letter of %s is 11 pixels high on a phone, and inside', (_, chart) => {
  const svg = chartSvg(chart, 'light');

  const [, width = 0, height = 0] = (/width="(\d+)" height="(\d+)"/.exec(svg) ?? []).map(Number);
  const texts = [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*font-size="([\d.]+)"/g)];
  expect(texts.length).toBeGreaterThan(5);
  for (const [, , y, size] of texts) {
    expect((Number(size) * PHONE_CARD) / width).toBeGreaterThanOrEqual(11);
    expect(Number(y)).toBeLessThan(height);
  }
  if ('verdict' in chart) expect(svg).toContain(`>${chart.verdict}</text>`);
});

test('signs of a result stand apart, inside the picture, and differ without their color', () => {
  const svg = chartSvg(result, 'dark');
  const boxes = [...svg.matchAll(/translate\(([\d.]+) ([\d.]+)\)/g)].map(([, x, y]) => ({
    x: Number(x),
    y: Number(y),
  }));
  const shapes = new Set([...svg.matchAll(/<path d="([^"]+)"/g)].map(([, path]) => path));

  expect(boxes).toHaveLength(20);
  expect(shapes.size).toBe(4);
  for (const [at, one] of boxes.entries()) {
    expect(one.x + 30).toBeLessThanOrEqual(360 - 16);
    const overlaps = boxes
      .slice(at + 1)
      .filter((each) => Math.abs(each.x - one.x) < 30 && Math.abs(each.y - one.y) < 30);
    expect(overlaps).toEqual([]);
  }
});

test('in words the signs of a result stand in as many rows as in the picture', () => {
  const [first, second, more] = markLines(result);

  expect(first).toMatch(/^1 ✓ · 2 ✗ · 3 • · 4 – · 5 ✓/);
  expect(second).toMatch(/^11 • .* 20 –$/);
  expect(more).toBeUndefined();
});

test('the place where a line meets the limit is marked', () => {
  const circles = (chart: Chart) => [...chartSvg(chart, 'light').matchAll(/r="7"/g)].length;

  expect(circles(growth)).toBe(1);
  expect(circles({ ...growth, limit: { label: 'H100', value: 80 } })).toBe(0);
});

test('a long title goes on in a second line', () => {
  const title = 'Nemotron 3 Nano 30B A3B in INT4, groups of 128: memory by context';
  const svg = chartSvg({ ...growth, title }, 'light');

  expect(svg).toContain('>Nemotron 3 Nano 30B A3B in</text>');
  expect(svg).toContain('>INT4, groups of 128: memory by</text>');
});

const heat: Chart = {
  shape: 'heat',
  title: 'Recall by chapter, weeks ago',
  unit: '%',
  rowLabel: 'Chapter',
  columns: ['2w', '1w', 'now'],
  rows: [
    { label: 'KV cache and inference', values: [undefined, 62, 97] },
    { label: 'Attention', values: [8, 34, 71] },
  ],
  foot: { label: 'Streak days', values: [undefined, 3, 7] },
};

const HEAT_WORDS = ['KV cache and inference', 'Streak days', '3', '&#60;50%', '90%+'];

test('every cell of a heat map shows its value, and a dot where there is none', () => {
  const svg = chartSvg(heat, 'dark');

  for (const shown of ['62', '97', '8', '34', '71', '·', '2w', 'now', ...HEAT_WORDS])
    expect(svg).toContain(`>${shown}</text>`);
});

test('cells of a heat map stand apart and inside the picture', () => {
  const boxes = [
    ...chartSvg(heat, 'light').matchAll(/<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"/g),
  ].map(([, x, y, width]) => ({ x: Number(x), y: Number(y), end: Number(x) + Number(width) }));

  // Three rows of three, and five colors of the legend.
  expect(boxes).toHaveLength(3 * 3 + 5);
  for (const [at, one] of boxes.entries()) {
    expect(one.end).toBeLessThanOrEqual(360 - 16);
    const overlaps = boxes
      .slice(at + 1)
      .filter((other) => other.y === one.y && other.x < one.end && one.x < other.end);
    expect(overlaps).toEqual([]);
  }
});
