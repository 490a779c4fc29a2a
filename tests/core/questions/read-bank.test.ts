import { describe, expect, test } from 'vitest';
import { formatProblem, readBank } from '../../../src/core/questions/read-bank.ts';

const SINGLE = `
- id: c5-cache-holds
  chapter: 5
  topics: [c5.03]
  difficulty: easy
  format: single
  prompt: What does the KV cache of a decoder hold?
  options:
    - text: Keys and values of past tokens
      correct: true
      why: Later tokens attend to them in each layer.
    - text: Attention scores of past tokens
      why: Scores depend on the new query.
      misconception: c5.03
    - text: The text of past tokens
      why: Text would have to be computed again.
      misconception: c5.03
  explanation: Each new token needs the keys and values of the tokens before it.
  references:
    - title: Fast Transformer Decoding
      year: 2019
      url: arXiv:1911.02150
      where: section 2
  hints: [Think of one decode step, What does attention read, Which of Q K V are old]
  followUps:
    - ask: Why not queries?
      expect: A query is used once.
    - ask: How large is it?
      expect: Two vectors a layer, KV head and token.
  related: [chapter 3]
  minutes: 1
  seniority: junior
`;

const OPEN = `
- id: c5-why-slow
  chapter: 5
  topics: [c5.01]
  difficulty: medium
  format: open
  prompt: Why is decoding slow?
  keyPoints:
    - { id: reads, text: Weights are read each step, weight: 0.5, phrasings: [a, b, c] }
    - { id: small, text: The batch is small, weight: 0.3, phrasings: [a, b, c] }
    - { id: serial, text: Steps are serial, weight: 0.2, phrasings: [a, b, c] }
  redFlags:
    - { text: It is compute, phrasings: [flops] }
  modelAnswer: Each step reads all weights.
  levels: { weak: a, solid: b, excellent: c }
  reviewBank: true
  explanation: Each step reads all weights.
  references:
    - { title: A paper, year: 2020, url: 'https://example.org/a', where: page 2 }
  hints: [a, b, c]
  followUps:
    - { ask: a, expect: b }
    - { ask: c, expect: d }
  related: [c3.12]
  minutes: 3
  seniority: mid
`;

const NUMERIC = `
- id: c5-bytes
  chapter: 5
  topics: [c5.02]
  difficulty: medium
  format: numeric
  prompt: How many KiB a token?
  answer: 128
  unit: KiB
  tolerance: { relative: 0.02 }
  slips:
    - { answer: 64, why: The factor 2 is missing. }
  working: 2 × 32 × 8 × 128 × 2 bytes
  explanation: Two vectors for each layer and head.
  references:
    - { title: A paper, year: 2020, url: 'https://example.org/a', where: page 2 }
  hints: [a, b, c]
  followUps:
    - { ask: a, expect: b }
    - { ask: c, expect: d }
  related: [c3.12]
  minutes: 3
  seniority: mid
`;

const read = (...texts: string[]) =>
  readBank(
    texts.map((text, index) => ({ file: `data/questions/${index}.yaml`, text: text.trimStart() })),
  );
const said = (...texts: string[]) => read(...texts).problems.map(formatProblem);
/** Line of a text in a file, counted from 1, as an editor counts. */
const lineOf = (text: string, part: string) =>
  text.trimStart().slice(0, text.trimStart().indexOf(part)).split('\n').length;

test('an empty file has no items and no problems', () => {
  expect(read('# nothing yet\n')).toMatchObject({ questions: [], problems: [] });
});

test('places give the line of a field', () => {
  const place = read(SINGLE).places.get('c5-cache-holds');

  expect(place?.lineOf(['options', 2, 'why'])).toBe(lineOf(SINGLE, 'why: Text would'));
});

test('a missing field is told at the line of what should hold it', () => {
  const text = SINGLE.replace('      why: Scores depend on the new query.\n', '');

  expect(said(text)).toEqual([
    `data/questions/0.yaml:${lineOf(text, 'text: Attention')}  c5-cache-holds  options.1.why: is missing; fix: add the field`,
  ]);
});

test('every problem of every item is told at once', () => {
  const single = SINGLE.replace('easy', 'simple').replace('minutes: 1', 'minutes: 60');
  const open = OPEN.replace('seniority: mid', 'seniorty: mid');

  expect(read(single, open).problems.map(({ file, path }) => [file, path])).toEqual([
    ['data/questions/0.yaml', 'difficulty'],
    ['data/questions/0.yaml', 'minutes'],
    ['data/questions/1.yaml', 'seniority'],
    ['data/questions/1.yaml', 'seniorty'],
  ]);
});

test('one bad item leaves the others usable', () => {
  const bank = read(SINGLE.replace('format: single', 'format: guess') + OPEN);

  expect(bank.questions.map(({ id }) => id)).toEqual(['c5-why-slow']);
  expect(bank.problems).toHaveLength(1);
});

describe('a fix says what to write', () => {
  test.each([
    ['a misspelt field', SINGLE.replace('seniority:', 'seniorty:'), 'did you mean "seniority"?'],
    ['an unknown field', SINGLE.replace('minutes:', 'colour: red\n  minutes:'), 'remove it'],
    ['a wrong word', SINGLE.replace('easy', 'simple'), 'write one of: easy, medium, hard'],
    [
      'a wrong format',
      SINGLE.replace('format: single', 'format: x'),
      'write one of: single, multi',
    ],
    ['a bare number', SINGLE.replace('The text of past tokens', '16'), 'put the text in quotes'],
    ['a quoted number', SINGLE.replace('minutes: 1', "minutes: '1'"), 'write a number'],
    [
      'a text that is too long',
      SINGLE.replace('Why not queries?', 'a'.repeat(304)),
      'remove 4 char',
    ],
    ['a bad topic', SINGLE.replace('[c5.03]', '[c12.03]'), 'concept IDs, like c5.09'],
    ['two hints', SINGLE.replace(', Which of Q K V are old', ''), 'write three hints'],
    ['a bad link', SINGLE.replace('arXiv:1911.02150', 'http://x.org'), 'https link'],
    ['a bad tolerance', NUMERIC.replace('relative', 'percent'), 'write `relative: 0.02`'],
    ['a bad day', SINGLE.replace('minutes', 'reviewBy: soon\n  minutes'), 'a day, like'],
  ])('%s', (_, text, fix) => {
    expect(said(text).join('\n')).toContain(fix);
  });
});

describe('what the product needs beyond the fields', () => {
  test.each([
    ['no right option', SINGLE.replace('      correct: true\n', ''), 'has 0 correct options'],
    [
      'two right options of a single',
      SINGLE.replace('      misconception: c5.03\n', '      correct: true\n'),
      'has 2 correct options',
    ],
    [
      'one right option of a multi',
      SINGLE.replace('format: single', 'format: multi').replace(
        '  explanation',
        '    - { text: Queries, why: They are used once. }\n  explanation',
      ),
      'mark 2 to 4',
    ],
    [
      'the same option twice',
      SINGLE.replace('The text of past tokens', 'attention scores of past tokens '),
      'options.2: repeats an earlier one',
    ],
    [
      'a long option without letters',
      SINGLE.replace('The text of past tokens', 'w'.repeat(76)),
      'remove 1 characters, or set `letters: true`',
    ],
    ['weights that do not sum to 1', OPEN.replace('weight: 0.3', 'weight: 0.4'), 'add up to 1.1'],
    [
      'a key point with the id of a follow-up',
      OPEN.replace('id: small', 'id: follow-up'),
      "keyPoints.1.id: is Warmup's own name for a follow-up",
    ],
    ['a repeated key point', OPEN.replace('id: small', 'id: reads'), 'keyPoints.1: repeats'],
    ['a share of zero', NUMERIC.replace('answer: 128', 'answer: 0'), 'write `absolute: …`'],
    ['a slip that is right', NUMERIC.replace('answer: 64', 'answer: 130'), '130 would be correct'],
    [
      'a fault on an empty line',
      OPEN.replace('format: open', 'format: bug\n  code: "a\\nb"\n  faultLine: 3'),
      'write a line number from 1 to 2',
    ],
  ])('%s', (_, text, message) => {
    expect(said(text).join('\n')).toContain(message);
  });

  test('a long option is fine with letters', () => {
    const text = SINGLE.replace('The text of past tokens', 'w'.repeat(76));

    expect(said(text.replace('  minutes', '  letters: true\n  minutes'))).toEqual([]);
  });
});

describe('links between items', () => {
  test('an id may stand once in all files', () => {
    expect(said(OPEN, SINGLE, OPEN)).toEqual([
      'data/questions/2.yaml:1  c5-why-slow  id: "c5-why-slow" is already used by data/questions/0.yaml:1; fix: choose another ID',
    ]);
  });

  test('an enemy must exist and be another item', () => {
    const text = SINGLE.replace(
      '  minutes',
      '  enemyOf: [c5-why-slow, c5-gone, c5-cache-holds]\n  minutes',
    );

    expect(read(text, OPEN).problems.map(({ path, message }) => `${path} ${message}`)).toEqual([
      'enemyOf.1 there is no question "c5-gone"',
      'enemyOf.2 names the question itself',
    ]);
  });

  test('a link to an item that has a problem of its own is not a second problem', () => {
    const text = SINGLE.replace('  minutes', '  notDuplicateOf: [c5-why-slow]\n  minutes');
    const doubled = OPEN.replace('  minutes: 3', '  minutes: 3\n  minutes: 4');

    expect(read(text, doubled).problems.map(({ message }) => message)).toEqual(['appears twice']);
  });
});

describe('files that are not a list of plain items', () => {
  test('a field given twice is told at its second line', () => {
    const text = SINGLE.replace('  minutes: 1', '  minutes: 1\n  minutes: 2');

    expect(said(text)).toEqual([
      `data/questions/0.yaml:${lineOf(text, 'minutes: 2')}  c5-cache-holds  minutes: appears twice; fix: keep one of them`,
    ]);
  });

  test('a tab as indent', () => {
    expect(said('- id: a\n\tchapter: 1\n').join()).toContain("0.yaml:2  isn't valid YAML");
    expect(said('- id: a\n\tchapter: 1\n').join()).toContain('fix: indent with spaces');
  });

  test('aliases are refused and never expanded', () => {
    const levels = Array.from({ length: 30 }, (_, n) => `b${n + 1}: &b${n + 1} [*b${n}, *b${n}]`);
    const bomb = `- id: a\n  b0: &b0 [x, x]\n${levels.map((row) => `  ${row}\n`).join('')}`;

    const { problems, questions } = read(bomb + SINGLE);

    expect(problems).toHaveLength(60);
    expect(problems[0]).toMatchObject({ line: 3, message: 'uses the alias *b0' });
    expect(questions).toHaveLength(1);
  });

  test.each([
    ['a set of fields', 'id: a\n', "isn't a list"],
    ['a text', 'hello\n', "isn't a list"],
    ['a list of texts', '- hello\n', 'is the string "hello" but must be object'],
    ['two documents', '- id: a\n---\n- id: b\n', 'remove the line "---"'],
    ['an unclosed quote', '- id: "a\n', "isn't valid YAML"],
    ['a tag', '- !!js/function x\n', 'remove the tag'],
    ['open brackets', '['.repeat(100_000), 'is nested too deeply'],
    ['deep brackets', `${'['.repeat(50_000)}${']'.repeat(50_000)}`, 'fix: write a plain list'],
    ['a huge file', 'x'.repeat(10_000_001), 'split the file'],
  ])('%s', (_, text, message) => {
    expect(said(text).join('\n')).toContain(message);
  });

  test('a field named like the prototype is dropped', () => {
    const [question] = read(SINGLE.replace('  id', '  __proto__: { x: 1 }\n  id')).questions;

    expect(question).not.toHaveProperty('x');
  });

  test('a broken file hides its ids but not the problems of other files', () => {
    const text = SINGLE.replace('  minutes: 1', '  enemyOf: [c5-gone]\n  minutes: 60');

    expect(read(text, '- id: "a\n').problems.map(({ file }) => file)).toEqual([
      'data/questions/0.yaml',
      'data/questions/1.yaml',
    ]);
  });
});
