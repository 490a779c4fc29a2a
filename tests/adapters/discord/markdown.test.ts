import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  clean,
  codeBlock,
  escapeMarkdown,
  renderText,
} from '../../../src/adapters/discord/markdown.ts';
import { present } from '../../../src/adapters/discord/present.ts';
import type { Inline, Reply } from '../../../src/spine/reply.ts';
import { messageProblems } from '../../support/discord/rules.ts';
import { BODIES, schemaProblems } from '../../support/discord/schemas.ts';
import { visible } from '../../support/discord/visible.ts';
import { HOSTILE } from '../../support/sample-replies.ts';

test.each([
  ['snake_case', 'snake\\_case'],
  ['**bold**', '\\*\\*bold\\*\\*'],
  ['<@42> <#7> <t:1:R>', '\\<@42> \\<#7> \\<t:1:R>'],
  ['@everyone and me@here.example', '\\@everyone and me\\@here.example'],
  ['# head', '\\# head'],
  ['#1 of 5', '#1 of 5'],
  ['- item\n1. one', '\\- item\n1\\. one'],
  ['-5 and 1.50', '-5 and 1.50'],
  ['> quote', '\\> quote'],
  ['see https://a.example/x_y.', 'see <https://a.example/x_y>.'],
  ['[a](https://b.example)', '\\[a\\](<https://b.example>)'],
  ['C:\\temp', 'C:\\\\temp'],
])('%j is written %j', (text, markdown) => {
  expect(escapeMarkdown(text)).toBe(markdown);
});

test.each([
  ['a null', 'a\u0000b', 'ab'],
  ['a turned direction', 'a\u202Eb\u202C', 'ab'],
  ['a zero width', 'a\u200Bb\uFEFF', 'ab'],
  ['half a character', 'a\uD83Db', 'a\uFFFDb'],
  ['a Windows line end', 'a\r\nb', 'a\nb'],
  ['the joiner of an emoji', '👩\u200D💻', '👩\u200D💻'],
  ['Arabic letters', 'سؤال', 'سؤال'],
])('%s is made safe', (_name, text, safe) => {
  expect(clean(text)).toBe(safe);
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .array(
      fc.constantFrom(
        '*',
        '_',
        '`',
        '~',
        '|',
        '<',
        '>',
        '@everyone',
        '<@1>',
        '#',
        '\\',
        '[a](b)',
        '\n',
        ' ',
        '-',
        '1.',
        'x',
        '```',
        '||',
        '\u202E',
      ),
      { maxLength: 60 },
    )
    .map((parts) => parts.join('')),
);

test('no mention, heading or block survives the escaping', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const shown = escapeMarkdown(text)
        .replace(/\\[^0-9A-Za-z\s]/g, 'X')
        .replace(/<https?:[^>\s]+>/g, '');
      expect(shown).not.toMatch(/<[@#:t]|@everyone|@here|[*_`~|]|^\s*(?:#{1,3}|[>+-]|-#)\s/m);
    }),
    { numRuns: 2000 },
  );
});

const anyInline: fc.Arbitrary<Inline> = fc.oneof(
  anyText,
  anyText.map((bold) => ({ bold })),
  anyText.map((italic) => ({ italic })),
  anyText.map((code) => ({ code })),
  fc.tuple(anyText, anyText).map(([link, to]) => ({ link, to })),
);

test('a text never grows over its room', () => {
  fc.assert(
    fc.property(fc.array(anyInline, { maxLength: 6 }), fc.nat(300), (parts, room) => {
      expect(renderText(parts, room).text.length).toBeLessThanOrEqual(room);
    }),
    { numRuns: 1000 },
  );
});

test('code never ends its block early', () => {
  expect(codeBlock(['`````']).text.slice(4, -4)).not.toContain('```');
  fc.assert(
    fc.property(anyText, fc.nat(300), (code, room) => {
      const { text } = codeBlock(code.split('\n'), room);
      const inside = text.slice(4, -4);
      expect(inside).not.toContain('```');
    }),
  );
});

test('a cut never leaves a mark open', () => {
  expect(renderText(['see ', { bold: 'one two three' }], 14).text).toBe('see **one**…');
});

const anyReply: fc.Arbitrary<Reply> = fc.record({
  title: anyText,
  blocks: fc.array(
    fc.oneof(
      fc.record({
        kind: fc.constant('text' as const),
        text: fc.array(anyInline, { maxLength: 4 }),
      }),
      fc.record({ kind: fc.constant('code' as const), code: anyText }),
      fc.record({ kind: fc.constant('note' as const), text: anyText }),
      fc.record({
        kind: fc.constant('fields' as const),
        fields: fc.array(fc.record({ label: anyText, value: anyText }), { maxLength: 4 }),
      }),
      fc.record({
        kind: fc.constant('table' as const),
        caption: anyText,
        columns: fc.constant<{ label: string }[]>([{ label: 'a' }, { label: 'b' }]),
        rows: fc.array(fc.array(anyText, { minLength: 2, maxLength: 2 }), { maxLength: 4 }),
      }),
      fc.record({
        kind: fc.constant('buttons' as const),
        buttons: fc.array(fc.record({ label: anyText, run: fc.stringMatching(/^[a-z]{1,20}$/) }), {
          minLength: 1,
          maxLength: 30,
        }),
      }),
      fc.record({
        kind: fc.constant('file' as const),
        name: anyText,
        mime: fc.constantFrom('text/plain', 'image/png'),
        content: anyText,
        alt: anyText,
      }),
    ),
    { maxLength: 12 },
  ),
});

test('Discord would take any reply', () => {
  fc.assert(
    fc.property(anyReply, (reply) => {
      const { body, files } = present(reply);
      const json = JSON.parse(JSON.stringify(body));
      const rules = { path: [], files: files.map(({ name }) => name) };
      expect([
        ...schemaProblems(BODIES['create message'], json),
        ...messageProblems(json, rules),
      ]).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['5,000 characters', 'word '.repeat(1000)],
  ['5,000 characters without a blank', 'x'.repeat(5000)],
  ['5,000 marks', '*'.repeat(5000)],
  ['5,000 hostile characters', HOSTILE.repeat(20).slice(0, 5000)],
])('%s fit and nothing is lost', (_name, text) => {
  const { body, files } = present({ title: 't', blocks: [{ kind: 'text', text }] });

  const rules = { path: [], files: files.map(({ name }) => name) };
  expect(messageProblems(JSON.parse(JSON.stringify(body)), rules)).toEqual([]);
  expect(new TextDecoder().decode(files[0]?.content)).toContain(clean(text));
});

test('a message with more buttons than fit says so', () => {
  const buttons = Array.from({ length: 45 }, (_, at) => ({ label: `${at}`, run: `go ${at}` }));

  const { body } = present({
    blocks: [
      { kind: 'text', text: 'Choose' },
      { kind: 'buttons', buttons },
    ],
  });

  const seen = visible({ components: body.components, content: '', attachments: [] });
  expect(seen.text).toContain("Some buttons or files didn't fit");
  expect(seen.buttons.length).toBeGreaterThan(25);
});

test('a reply without anything to say is still a message', () => {
  const { body } = present({ blocks: [] });

  expect(visible({ components: body.components, content: '', attachments: [] }).text).toBe('Done.');
});

test.each(['```js', 'a ``` b ```', '`````'])(
  'code with backticks (%s) stays in its line',
  (code) => {
    const { text } = renderText([{ code }]);

    // Three in a row anywhere would open a block.
    expect(text).not.toContain('```');
    expect(text.replaceAll('\u200b', '')).toContain(code);
  },
);
