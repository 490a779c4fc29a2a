import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chartBlock } from '../../../src/adapters/slack/chart.ts';
import {
  fallbackText,
  presentHome,
  presentMessage,
  presentWindow,
  RICHNESS,
} from '../../../src/adapters/slack/present.ts';
import type { Chart, Reply } from '../../../src/spine/reply.ts';
import { HOSTILE, REVIEWED, SAMPLE_REPLIES } from '../../support/sample-replies.ts';
import { messageBodyProblems, viewProblems } from '../../support/slack/blocks.ts';

const samples = Object.entries(SAMPLE_REPLIES);

const long: Reply = {
  title: `A title that is ${'very '.repeat(60)}long`,
  blocks: [
    { kind: 'text', text: 'heads share one key and value cache '.repeat(220) },
    { kind: 'code', code: `${'x'.repeat(79)}\n`.repeat(100) },
    {
      kind: 'table',
      caption: 'Many rows',
      columns: [{ label: 'n', align: 'right' }, { label: 'word' }],
      rows: Array.from({ length: 130 }, (_, index) => [String(index + 1), `word ${index + 1}`]),
    },
    { kind: 'buttons', buttons: [{ label: 'Still here', run: 'help' }] },
  ],
};

test.each(REVIEWED)('%s reads as reviewed', async (name, reply) => {
  await expect(JSON.stringify(presentMessage(reply), null, 2)).toMatchFileSnapshot(
    `__snapshots__/${name}.json`,
  );
});

describe.each(samples)('sample %s', (_, reply) => {
  test('is a message that Slack accepts', () => {
    for (const richness of RICHNESS) {
      expect(messageBodyProblems(presentMessage(reply, richness), 'post')).toEqual([]);
    }
  });

  test('is a home and a window that Slack accepts', () => {
    expect(viewProblems(presentHome(reply), 'home')).toEqual([]);
    expect(viewProblems(presentWindow(reply), 'modal')).toEqual([]);
  });
});

test('the simple form holds no rich text, table or chart', () => {
  const types = samples.flatMap(([, reply]) =>
    presentMessage(reply, 'simple').blocks.map(({ type }) => type),
  );

  expect([...new Set(types)].sort()).toEqual(['actions', 'context', 'header', 'section']);
});

test('text that does not fit is left out with a note, and buttons stay', () => {
  const message = presentMessage(long);
  const { blocks } = message;
  const text = JSON.stringify(blocks);

  expect(text).toContain('This reply was cut off');
  expect(text).toContain('Still here');
  expect(messageBodyProblems(message, 'post')).toEqual([]);
});

test('a cut text ends at a word', () => {
  const reply: Reply = { blocks: [{ kind: 'text', text: 'word '.repeat(4000) }] };

  const shown = presentMessage(reply).blocks.flatMap((block) =>
    block.type === 'rich_text' ? [JSON.stringify(block)] : [],
  );

  expect(shown.length).toBeGreaterThan(1);
  for (const text of shown) expect(text).toMatch(/"text":"(word )+"/);
});

test('one table is native, a second one stands in fixed width', () => {
  const table = {
    kind: 'table' as const,
    caption: 'Scores',
    columns: [{ label: 'Name' }, { label: 'Points', align: 'right' as const }],
    rows: [['Ada', '7.5']],
  };

  const { blocks } = presentMessage({ blocks: [table, table] });

  expect(blocks.map(({ type }) => type)).toEqual(['rich_text', 'table', 'rich_text', 'rich_text']);
  expect(JSON.stringify(blocks[3])).toContain('Name  Points\\n----  ------\\nAda      7.5');
});

test('numbers that Slack cannot draw become a table', () => {
  const { blocks } = presentMessage({
    blocks: [
      {
        kind: 'chart',
        alt: 'Without end.',
        chart: {
          shape: 'bars',
          title: 'Speed',
          unit: '',
          bars: [{ label: 'a', segments: [{ label: 'x', value: Number.POSITIVE_INFINITY }] }],
        },
      },
    ],
  });

  expect(blocks.map(({ type }) => type)).not.toContain('data_visualization');
  expect(JSON.stringify(blocks)).toContain('∞');
});

test('the fallback text is escaped exactly once', () => {
  expect(fallbackText({ blocks: [{ kind: 'text', text: '<!here> & &amp; <@U1>' }] })).toBe(
    '&lt;!here&gt; &amp; &amp;amp; &lt;@U1&gt;',
  );
});

test('the fallback text links a channel, which has a name there', () => {
  const text = ['Posted in ', { channel: 'C0123ABCD' }, ', not in #GPUS.'];

  expect(fallbackText({ blocks: [{ kind: 'text', text }] })).toBe(
    'Posted in <#C0123ABCD>, not in #GPUS.',
  );
});

test('a link with a dangerous address is only text', () => {
  const { blocks } = presentMessage({
    blocks: [{ kind: 'text', text: [{ link: 'click', to: 'javascript:alert(1)' }] }],
  });

  expect(blocks).toEqual([
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [{ type: 'text', text: 'click (javascript:alert(1))' }],
        },
      ],
    },
  ]);
});

test('a button carries its command, and a long command its hash', () => {
  const { blocks } = presentMessage({
    blocks: [
      {
        kind: 'buttons',
        buttons: [
          { label: 'Short', run: 'answer post:1042 choice:b' },
          { label: 'Long', run: `vram model:${'x'.repeat(200)}` },
        ],
      },
    ],
  });

  const text = JSON.stringify(blocks);
  expect(text).toContain('"value":"1:answer post:1042 choice:b"');
  expect(text).toMatch(/"value":"1#[\w-]{32}"/);
});

/** Every string of a payload that a reader sees. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(strings);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}

const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        HOSTILE,
        '<!channel>',
        '<!subteam^S1>',
        '\u202E',
        '\u0000',
        '\uDC00',
        ' ',
        '',
      ),
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ maxLength: 5000 }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(' '));

test('no text makes a payload that Slack refuses, pings anybody or hides characters', () => {
  fc.assert(
    fc.property(hostileText, hostileText, (first, second) => {
      const message = presentMessage({
        title: first,
        blocks: [
          { kind: 'text', text: [first, { bold: second }, { link: first, to: second }] },
          { kind: 'fields', fields: [{ label: first, value: second }] },
          { kind: 'code', code: second },
          { kind: 'table', caption: first, columns: [{ label: second }], rows: [[first]] },
          { kind: 'buttons', buttons: [{ label: first, run: 'help' }] },
          {
            kind: 'select',
            label: second,
            run: 'help',
            option: 'topic',
            choices: [{ label: first, value: 'a' }],
          },
          { kind: 'note', text: second },
        ],
      });

      expect(messageBodyProblems(message, 'post')).toEqual([]);
      expect(JSON.stringify(message)).not.toMatch(/"type":"(user|usergroup|broadcast|mrkdwn)"/);
      for (const text of strings(message)) {
        expect(text).not.toMatch(/(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]|\p{Cs}/u);
      }
    }),
    { numRuns: 1000 },
  );
});

test('contexts of a chart are exact, and its amounts are rounded', () => {
  const block = {
    kind: 'chart' as const,
    alt: '',
    chart: {
      shape: 'lines' as const,
      title: 'Memory by context',
      unit: 'GiB',
      x: { label: 'Context', values: [16_384, 1_048_576] },
      series: [{ label: '1 sequence', values: [18.714901, 1040.7149] }],
    },
  };

  const shown = JSON.stringify(presentMessage({ blocks: [block] }).blocks);

  expect(shown).toContain('{"label":"16k","value":18.7}');
  expect(shown).toContain('{"label":"1M","value":1041}');
});

test('a column without any value is left out', () => {
  const columns = [{ label: 'Name' }, { label: 'Badge' }];
  const rows = [['Ana', '']];

  const { blocks } = presentMessage({
    blocks: [{ kind: 'table', caption: 'Board', columns, rows }],
  });

  expect(JSON.stringify(blocks)).not.toContain('Badge');
});

test('bars whose labels would be cut on a phone are a table with their names whole', () => {
  const bars = (labels: string[]): Chart => ({
    shape: 'bars',
    title: 'Correct',
    unit: '%',
    bars: labels.map((label) => ({ label, segments: [{ label: 'Correct', value: 50 }] })),
  });

  expect(chartBlock(bars(['BF16', 'INT8', 'INT4']))).toBeDefined();
  expect(
    chartBlock(bars(['2. Transformer architecture', '3. Attention', '7. Fine-tuning'])),
  ).toBeUndefined();
});
