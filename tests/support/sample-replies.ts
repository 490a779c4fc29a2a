import type { Reply } from '../../src/spine/reply.ts';

/** 1 December 2026, 09:00 UTC. */
const NINE = new Date('2026-12-01T09:00:00Z');

const sentence =
  'Grouped-query attention shares each key and value head among several query heads. ';

/** One of each way to hurt a chat: mentions, markup, turned and hidden text, controls. */
export const HOSTILE =
  '@everyone @here <@1> <@&2> <#3> <!channel> <!subteam^S1> **bold** _it_ ~~no~~ ||spoiler|| ' +
  '`code` ```js\nblock``` [x](https://evil.example) <https://evil.example|y> &lt; \u202Edesrever\u202C ' +
  'zero\u200Bwidth null\u0000 bell\u0007 # head\n# head\n> quote\n- item\n1. one\n-# small \\ end';

/** The same replies are shown on every platform. */
export const SAMPLE_REPLIES: Record<string, Reply> = {
  'daily card': {
    title: 'Daily question',
    blocks: [
      {
        kind: 'text',
        text: ['Attention · ', { bold: 'medium' }, ' · closes ', { time: NINE, show: 'relative' }],
      },
      { kind: 'text', text: 'Why does grouped-query attention make the KV cache smaller?' },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Answer', run: 'answer post:1042', style: 'primary' },
          { label: 'Report', run: 'question report question:1042', style: 'danger' },
        ],
      },
      { kind: 'note', text: 'Your answer is private.' },
    ],
  },
  'every inline': {
    blocks: [
      {
        kind: 'text',
        text: [
          'plain ',
          { bold: 'bold' },
          { italic: 'italic' },
          ' ',
          { code: 'softmax(QKᵀ/√d)' },
          ' ',
          { command: 'kv llama-3.1-8b' },
          ' ',
          { link: 'paper', to: 'https://arxiv.org/abs/2305.13245' },
          ' at ',
          { time: NINE },
          ', on ',
          { time: NINE, show: 'day' },
          ', by ',
          { time: NINE, show: 'clock' },
        ],
      },
    ],
  },
  'fields and code': {
    title: 'KV cache of llama-3-8b',
    blocks: [
      {
        kind: 'fields',
        fields: [
          { label: 'fp16', value: '1.00 GiB' },
          { label: 'fp8', value: ['0.50 GiB, ', { italic: 'with care' }] },
        ],
      },
      { kind: 'code', code: '2 × 32 × 8 × 128 × 8192 × 2 bytes\n= 1,073,741,824 bytes' },
    ],
  },
  'narrow table': {
    title: 'Board',
    blocks: [
      {
        kind: 'table',
        caption: 'Best 15 of the last 20',
        columns: [
          { label: '#', align: 'right' },
          { label: 'Name' },
          { label: 'Points', align: 'right' },
        ],
        rows: [
          ['1', 'Ada', '120.5'],
          ['2', '日本 Łukasz', '98'],
          ['10', { bold: 'You' }, '3.75'],
        ],
      },
    ],
  },
  'wide table': {
    blocks: [
      {
        kind: 'table',
        caption: 'Cards that hold it',
        columns: [{ label: 'Card' }, { label: 'Memory', align: 'right' }, { label: 'Verdict' }],
        rows: [
          ['NVIDIA H100 SXM', '80 GB', 'fits with 12 GB to spare for more sequences'],
          ['NVIDIA L4', '24 GB', 'does not fit, even in four bits'],
        ],
      },
    ],
  },
  'bar chart': {
    blocks: [
      {
        kind: 'chart',
        alt: 'fp16 needs 16 GiB of weights and 4 GiB of cache, int4 needs 4 and 4; a card holds 24.',
        chart: {
          shape: 'bars',
          title: 'Memory of one card',
          unit: 'GiB',
          bars: [
            {
              label: 'fp16',
              segments: [
                { label: 'weights', value: 16 },
                { label: 'KV cache', value: 4 },
              ],
            },
            {
              label: 'int4',
              segments: [
                { label: 'weights', value: 4 },
                { label: 'KV cache', value: 4 },
              ],
            },
          ],
          limit: { label: 'one L4', value: 24 },
        },
      },
    ],
  },
  'line chart': {
    blocks: [
      {
        kind: 'chart',
        alt: 'The cache grows from 0.125 GiB at 1,024 tokens to 1 GiB at 8,192.',
        chart: {
          shape: 'lines',
          title: 'KV cache by length',
          unit: 'GiB',
          x: { label: 'tokens', values: [1024, 2048, 4096, 8192], logarithmic: true },
          series: [{ label: 'fp16', values: [0.125, 0.25, 0.5, 1] }],
        },
      },
    ],
  },
  'many buttons and a menu': {
    title: 'Settings',
    blocks: [
      { kind: 'text', text: 'What would you like to change?' },
      {
        kind: 'buttons',
        buttons: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].map((label) => ({
          label,
          run: `setup days:${label.toLowerCase()}`,
        })),
      },
      {
        kind: 'select',
        label: 'Chapters',
        run: 'setup',
        option: 'chapters',
        min: 1,
        max: 2,
        choices: [
          { label: 'Attention', value: 'attention', description: 'Heads, masks and caches' },
          { label: 'Serving', value: 'serving' },
          { label: 'Evaluation', value: 'evaluation' },
        ],
      },
    ],
  },
  files: {
    blocks: [
      { kind: 'text', text: 'Everything I hold about you.' },
      { kind: 'file', name: 'my data.json', mime: 'application/json', content: '{"points":5}' },
      {
        kind: 'file',
        name: 'card.png',
        mime: 'image/png',
        content: new Uint8Array([0x89, 0x50, 0x4e, 0x47]),
        alt: 'Your progress: 12 of 20 questions',
      },
    ],
  },
  'long text': {
    title: 'A long explanation',
    blocks: [
      { kind: 'text', text: sentence.repeat(70) },
      { kind: 'code', code: 'q = x @ wq\nk = x @ wk\n'.repeat(60) },
      { kind: 'buttons', buttons: [{ label: 'Next', run: 'question list page:7' }] },
    ],
  },
  'hostile text': {
    title: HOSTILE,
    blocks: [
      { kind: 'text', text: [HOSTILE, { bold: HOSTILE }, { italic: HOSTILE }, { code: HOSTILE }] },
      { kind: 'text', text: { link: HOSTILE, to: 'javascript:alert(1)' } },
      { kind: 'code', code: HOSTILE },
      { kind: 'fields', fields: [{ label: HOSTILE, value: HOSTILE }] },
      {
        kind: 'table',
        caption: HOSTILE,
        columns: [{ label: 'Name' }, { label: 'Points' }],
        rows: [[HOSTILE, '1']],
      },
      { kind: 'buttons', buttons: [{ label: HOSTILE, run: 'answer post:1' }] },
      {
        kind: 'select',
        label: HOSTILE,
        run: 'answer post:1',
        option: 'choice',
        choices: [{ label: HOSTILE, value: 'a', description: HOSTILE }],
      },
      { kind: 'file', name: `../${HOSTILE}.txt`, mime: 'text/plain', content: HOSTILE },
      { kind: 'note', text: HOSTILE },
    ],
  },
  'private update': {
    visibility: 'private',
    update: true,
    blocks: [
      { kind: 'text', text: ['Not quite. ', { bold: 'B' }, ' counts query heads.'] },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Try again', run: 'answer post:1042', style: 'primary' },
          { label: 'Hint', run: 'answer hint post:1042' },
          { label: 'Show me', run: 'answer reveal post:1042' },
        ],
      },
    ],
  },
};

/** Those whose snapshots are read in review; the others try limits, which have tests of their own. */
export const REVIEWED: readonly [name: string, reply: Reply][] = Object.entries(
  SAMPLE_REPLIES,
).filter(([name]) =>
  [
    'daily card',
    'every inline',
    'narrow table',
    'bar chart',
    'many buttons and a menu',
    'files',
  ].includes(name),
);
