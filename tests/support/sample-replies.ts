import type { Reply } from '../../src/bot/reply.ts';

/** Text that people really paste to break bots: mentions, markup, direction marks, nulls, halves. */
export const HOSTILE =
  '<!everyone> @here <@U1> <#C1> <https://evil.example|bank> *b* _i_ `c` ```code``` & &amp; &lt; ' +
  '\u202Eoverride\u202C \u2066iso\u2069 zero\u200Bwidth nul\u0000l bell\u0007 half\uD83D <t:0:R> [x](y) || spoiler ||';

const WORDS = 'attention heads share one key and value cache per group of queries ';

/** Replies that hold every kind of block, short and long, kind and hostile. Names are stable. */
export const SAMPLE_REPLIES: Record<string, Reply> = {
  plain: { blocks: [{ kind: 'text', text: 'A plain line.' }] },

  spans: {
    title: 'Every span',
    blocks: [
      {
        kind: 'text',
        text: [
          'You scored ',
          { bold: '7.5' },
          ' of ',
          { italic: 'ten' },
          ', see ',
          { code: 'why' },
          ' or ',
          { link: 'the paper', to: 'https://arxiv.org/abs/2305.13245' },
          '.',
        ],
      },
      {
        kind: 'text',
        text: [
          'Posted ',
          { time: new Date('2026-11-02T08:00:00Z') },
          ', closes ',
          { time: new Date('2026-11-03T07:00:00Z'), show: 'relative' },
          ', on ',
          { time: new Date('2026-11-03T07:00:00Z'), show: 'day' },
          ' at ',
          { time: new Date('2026-11-03T07:00:00Z'), show: 'clock' },
        ],
      },
    ],
  },

  question: {
    title: 'Question of the day: the KV cache',
    blocks: [
      { kind: 'text', text: 'What grows with the length of the context?' },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Answer', run: 'answer 1042', style: 'primary' },
          { label: 'Hint', run: 'hint 1042' },
          { label: 'Give up', run: 'reveal 1042', style: 'danger' },
        ],
      },
      {
        kind: 'note',
        text: ['Closes ', { time: new Date('2026-11-03T07:00:00Z'), show: 'relative' }],
      },
    ],
  },

  choices: {
    blocks: [
      {
        kind: 'select',
        label: 'Your answer',
        run: 'answer 1042',
        option: 'choice',
        choices: [
          { label: 'The weights', value: 'a' },
          { label: 'The KV cache', value: 'b', description: 'Keys and values of every token' },
          {
            label:
              'The activations of the backward pass, which no server that only answers requests ever keeps',
            value: 'c',
          },
        ],
      },
      {
        kind: 'select',
        label: 'Days',
        run: 'setup days',
        option: 'days',
        choices: [
          { label: 'Monday', value: 'mon' },
          { label: 'Tuesday', value: 'tue' },
          { label: 'Wednesday', value: 'wed' },
        ],
        min: 1,
        max: 3,
      },
    ],
  },

  board: {
    title: 'Leaderboard',
    blocks: [
      {
        kind: 'table',
        caption: 'This week',
        columns: [
          { label: '#', align: 'right' },
          { label: 'Name' },
          { label: 'Points', align: 'right' },
        ],
        rows: [
          ['1', 'Ada', '37.5'],
          ['2', [{ bold: 'Grace' }], '30'],
          ['3', 'A name with a | bar', ''],
        ],
      },
      { kind: 'note', text: 'Best 15 of the last 20 questions.' },
    ],
  },

  memory: {
    title: 'Memory of llama-3-70b',
    blocks: [
      {
        kind: 'fields',
        fields: [
          { label: 'Weights', value: '131.4 GiB' },
          { label: 'KV cache', value: ['10.0 GiB ', { italic: 'at 32k tokens' }] },
        ],
      },
      {
        kind: 'chart',
        alt: 'fp16: weights 131.4, cache 10 GiB. fp8: weights 65.7, cache 5 GiB. Two H100 hold 149 GiB.',
        chart: {
          shape: 'bars',
          title: 'Memory by format',
          unit: 'GiB',
          bars: [
            {
              label: 'fp16',
              segments: [
                { label: 'weights', value: 131.4 },
                { label: 'cache', value: 10 },
              ],
            },
            {
              label: 'fp8',
              segments: [
                { label: 'weights', value: 65.7 },
                { label: 'cache', value: 5 },
              ],
            },
          ],
          limit: { label: 'two H100', value: 149 },
        },
      },
      { kind: 'code', code: '2 × layers × heads × size\n= 2 × 80 × 8 × 128' },
    ],
  },

  sweep: {
    title: 'Tokens a second',
    blocks: [
      {
        kind: 'chart',
        alt: 'From 40 tokens a second at batch 1 to 1,900 at batch 64.',
        chart: {
          shape: 'lines',
          title: 'Throughput by batch',
          unit: 'tokens/s',
          x: { label: 'batch', values: [1, 4, 16, 64], logarithmic: true },
          series: [
            { label: 'H100', values: [40, 155, 580, 1900] },
            { label: 'A100', values: [22, 85, 310, 900] },
          ],
        },
      },
      {
        kind: 'chart',
        alt: 'Eight cards, from 80 to 10.',
        chart: {
          shape: 'bars',
          title: 'A chart with more parts than most places draw',
          unit: '%',
          bars: [
            {
              label: 'all',
              segments: Array.from({ length: 8 }, (_, index) => ({
                label: `card ${index + 1}`,
                value: 80 - 10 * index,
              })),
            },
          ],
        },
      },
    ],
  },

  file: {
    blocks: [
      { kind: 'text', text: 'Everything that is stored about you.' },
      {
        kind: 'file',
        name: 'warmup-export.json',
        mime: 'application/json',
        content: '{\n  "answers": []\n}\n',
        alt: 'No answers yet.',
      },
      {
        kind: 'file',
        name: 'card.png',
        mime: 'image/png',
        content: new Uint8Array([137, 80, 78, 71]),
        alt: 'Ada: 37.5 points, third of 14.',
      },
    ],
  },

  long: {
    title: `A title that is ${'very '.repeat(60)}long`,
    blocks: [
      { kind: 'text', text: WORDS.repeat(120) },
      { kind: 'code', code: `${'x'.repeat(79)}\n`.repeat(100) },
      {
        kind: 'table',
        caption: 'Many rows',
        columns: [{ label: 'n', align: 'right' }, { label: 'word' }],
        rows: Array.from({ length: 130 }, (_, index) => [String(index + 1), `word ${index + 1}`]),
      },
      { kind: 'buttons', buttons: [{ label: 'Still here', run: 'help' }] },
    ],
  },

  hostile: {
    title: HOSTILE,
    blocks: [
      { kind: 'text', text: HOSTILE },
      { kind: 'text', text: [{ bold: HOSTILE }, { link: HOSTILE, to: 'javascript:alert(1)' }] },
      { kind: 'code', code: HOSTILE },
      { kind: 'fields', fields: [{ label: HOSTILE, value: HOSTILE }] },
      {
        kind: 'table',
        caption: HOSTILE,
        columns: [{ label: HOSTILE }],
        rows: [[HOSTILE], [[{ code: HOSTILE }]]],
      },
      { kind: 'buttons', buttons: [{ label: HOSTILE, run: 'help' }] },
      {
        kind: 'select',
        label: HOSTILE,
        run: 'help',
        option: 'topic',
        choices: [{ label: HOSTILE, value: 'a', description: HOSTILE }],
      },
      { kind: 'note', text: HOSTILE },
    ],
  },

  empty: { blocks: [] },

  changed: {
    blocks: [{ kind: 'text', text: 'This took the place of what you pressed.' }],
    update: true,
    visibility: 'private',
  },
};
