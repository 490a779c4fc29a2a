import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCatalog } from '../../../../src/catalog.ts';
import {
  readDelimited,
  writeDelimited,
} from '../../../../src/core/questions/exchange/delimited.ts';
import { readUpload } from '../../../../src/core/questions/exchange/read.ts';
import { TEXT_FORMATS, writeBank } from '../../../../src/core/questions/exchange/write.ts';
import { formatProblem } from '../../../../src/core/questions/read-bank.ts';
import type { Question } from '../../../../src/core/questions/schema.ts';
import { singleItem } from '../../../support/items.ts';

/** The whole bank leaves and comes back in `question-exchange.test.ts`. */
const tenth = readCatalog().catalog.questions.filter((_, at) => at % 10 === 0);

const read = (text: string, file = 'upload') => readUpload({ file, text }, 2_000);
const problems = (text: string) => read(text).problems.map(formatProblem);

describe.each(TEXT_FORMATS)('%s', (format) => {
  test('a tenth of the bank comes back as it left', () => {
    const upload = read(writeBank(tenth, format));

    expect(upload.problems).toEqual([]);
    expect(upload.rewritten).toEqual([]);
    expect(upload.questions).toEqual(tenth);
  });

  test('any text comes back as it left', () => {
    // What the schema trims is trimmed before; the rest may be anything, marks of every format too.
    const words = fc
      .oneof(
        fc.string({ minLength: 1, maxLength: 70 }),
        fc.string({ minLength: 1, maxLength: 70, unit: 'grapheme' }),
        fc
          .array(
            fc.constantFrom(
              '|',
              '\\',
              '\n',
              '"',
              "'",
              '=',
              ',',
              '\t',
              ' ',
              '[x]',
              '<b>',
              '&amp;',
              'n',
              '-',
              '#',
              ':',
              '\r',
            ),
            { minLength: 1, maxLength: 30 },
          )
          .map((parts) => parts.join('')),
      )
      .map((text) => text.trim() || 'x');
    fc.assert(
      fc.property(
        fc.uniqueArray(words, {
          minLength: 9,
          maxLength: 9,
          selector: (text) => text.toLowerCase(),
        }),
        (texts) => {
          const [prompt = '', explanation = '', hint = '', why = '', title = '', ...options] =
            texts;
          const item = {
            ...singleItem('any'),
            prompt,
            explanation,
            hints: [hint, why, title],
            references: [{ title, year: 2024, url: 'https://example.org/a', where: hint }],
            options: options.map((text, index) => ({
              text: text.slice(0, 70).trim() || 'y',
              correct: index === 0,
              why,
              ...(index > 0 ? { misconception: title } : {}),
            })),
          } as Question;

          expect(read(writeBank([item], format)).questions).toEqual([item]);
        },
      ),
      { numRuns: 200 },
    );
  });
});

test('an empty bank is an empty file of each format', () => {
  for (const format of TEXT_FORMATS)
    expect(read(writeBank([], format))).toEqual({
      questions: [],
      problems: [],
      links: [],
      rewritten: [],
    });
});

test('cells of a table file may hold quotes, separators and line ends', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 5 }), { maxLength: 8 }),
      fc.constantFrom(',', ';', '\t'),
      (rows, separator) => {
        const kept = rows.filter((row) => row.some((cell) => cell !== ''));

        const { rows: back, problems: found } = readDelimited(
          writeDelimited(rows, separator),
          separator,
        );

        expect(found).toEqual([]);
        expect(back.map(({ cells }) => cells)).toEqual(kept);
      },
    ),
  );
});

test('a spreadsheet finds no formula in an export', () => {
  const item = { ...singleItem('a'), prompt: '=HYPERLINK("https://evil.example","x")' } as Question;

  const csv = writeBank([item], 'csv');
  const cells = readDelimited(csv, ',').rows.flatMap((row) => row.cells);

  expect(cells.filter((cell) => /^[=+@\t\r]|^-(?!\d)/.test(cell))).toEqual([]);
  expect(read(csv).questions).toEqual([item]);
});

test('a table written by hand in a country of semicolons is read', () => {
  const table = [
    'id;chapter;difficulty;format;prompt;options;explanation',
    'own-x;5;easy;single;What is cached?;"[x] Keys and values | they are read again',
    '[ ] Queries | used once',
    '[ ] Scores | made anew";Keys and values are stored.',
  ].join('\r\n');

  const { questions, problems: found } = read(table);

  expect(found).toEqual([]);
  expect(questions[0]).toMatchObject({
    id: 'own-x',
    format: 'single',
    chapter: 5,
    options: [
      { text: 'Keys and values', correct: true, why: 'they are read again' },
      { text: 'Queries', correct: false, why: 'used once' },
      { text: 'Scores', correct: false, why: 'made anew' },
    ],
  });
});

describe('a malformed file tells every problem with its line and a fix', () => {
  test('yaml', () => {
    const text = [
      '- id: own-one',
      '  chapter: 99',
      '  difficulty: medum',
      '  format: single',
      '  prompt: Which?',
      '  explanation: Because.',
      '  options:',
      '    - text: A',
      '      correct: true',
      '      why: Yes.',
      '    - text: B',
      '    - text: C',
      '      why: No.',
      '- id: own-one',
      '  format: numeric',
    ].join('\n');

    const found = read(text).problems;

    expect(found.map(({ line, path }) => `${line} ${path}`)).toEqual(
      expect.arrayContaining([
        '2 chapter',
        '3 difficulty',
        '11 options.1.why',
        '14 id',
        '14 answer',
        '14 prompt',
      ]),
    );
    expect(found.every(({ fix }) => fix.length > 0)).toBe(true);
  });

  test('json, with tabs and a slip of syntax', () => {
    expect(problems('[\n\t{"id": "own-a",\n\t"format": "single" "chapter": 5}\n]')[0]).toMatch(
      /^upload:3 .*valid JSON/,
    );
  });

  test('csv', () => {
    const text = [
      'id,chapter,dificulty,format,prompt',
      'own-a,5,easy,numeric,"How many?"',
      'own-b,x,easy,numeric,What,too,many',
      'own-c,5,easy,numeric,"never closed',
    ].join('\n');

    const found = problems(text);

    expect(found).toContainEqual(
      expect.stringMatching(/^upload:1 .*dificulty.*did you mean "difficulty"/),
    );
    expect(found).toContainEqual(expect.stringMatching(/^upload:2 .*own-a.*answer: is missing/));
    expect(found).toContainEqual(expect.stringMatching(/^upload:3 .*7 cells for 5 columns/));
    expect(found).toContainEqual(expect.stringMatching(/^upload:3 .*own-b.*chapter/));
    expect(found).toContainEqual(expect.stringMatching(/^upload:4 .*isn't closed/));
  });

  test('cards that were made elsewhere', () => {
    const found = problems('#separator:tab\n#html:true\nguid1\tFront\tBack\t\n');

    expect(found).toEqual([
      "upload:3  Item: is a card that Warmup didn't export; fix: write the question in the form for a new question (other cards have no wrong answers)",
    ]);
  });

  test('a link to an item that is nowhere', () => {
    const item = { ...singleItem('a'), enemyOf: ['gone', 'there', 'a'] } as Question;
    const upload = read(writeBank([item], 'json'));

    expect(upload.problems.map(({ message }) => message)).toEqual(['names the question itself']);
    expect(upload.links.map(({ to, problem }) => [to, problem.message])).toEqual([
      ['gone', 'there is no question "gone"'],
      ['there', 'there is no question "there"'],
    ]);
  });
});

test('a card that was rewritten in Anki is read from its item, and named', () => {
  const text = writeBank([singleItem('a'), singleItem('b')], 'anki-tsv');

  const upload = read(text.replace('What does a ask?</p>', 'Something else?</p>'));

  expect(upload.questions.map(({ prompt }) => prompt)).toEqual([
    'What does a ask?',
    'What does b ask?',
  ]);
  expect(upload.rewritten).toEqual(['a']);
});

test.each([
  ['open brackets', '['.repeat(50_000)],
  ['quotes', '"'.repeat(50_000)],
  ['empty lines', '\n'.repeat(100_000)],
  ['empty cells', `id,prompt,format\n${','.repeat(300_000)}`],
  ['quoted cells', `id,prompt,format\n${'"",'.repeat(100_000)}`],
  ['aliases', 'a: *b\n'.repeat(10_000)],
  ['nested lists', '- {'.repeat(5_000)],
  ['bars', `id,format,options\na,single,"${'[x] \\|'.repeat(50_000)}"`],
  ['open tags', `#html:true\n${'<p'.repeat(50_000)}`],
])('a file of nothing but %s ends in words, not in a crash', (_, text) => {
  const { questions } = read(text);

  expect(questions).toEqual([]);
});

test('a file with more questions than anybody writes is refused', () => {
  const many = Array.from({ length: 2_001 }, (_, index) => singleItem(`own-${index}`));

  expect(problems(writeBank(many, 'csv'))).toEqual([
    'upload:1  has 2001 questions, and the limit is 2000; fix: split the file',
  ]);
});

test.each([
  ['rows', 'a,b\n'.repeat(10_002), 'has more than 10000 rows'],
  ['cells', ','.repeat(101), 'has more than 100 cells'],
])('a table with more %s than any has is not read on', (_, text, message) => {
  const { rows, problems } = readDelimited(text, ',');

  expect(rows).toEqual([]);
  expect(problems).toMatchObject([{ message }]);
});

test('slips with quotes are told until they are only echoing', () => {
  const { problems } = readDelimited('"a"b\n'.repeat(1000), ',');

  expect(problems).toHaveLength(20);
});
