import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { claimsIn } from '../../../lab/bank-lint/claims.ts';
import { countTable, FORMATS } from '../../../lab/bank-lint/coverage.ts';
import { runsSharedWith } from '../../../lab/bank-lint/duplicate-rules.ts';
import { lintBank } from '../../../lab/bank-lint/lint.ts';
import {
  chapterSchema,
  claimSchema,
  conceptSchema,
  pathSchema,
  recentTopicSchema,
  targetSchema,
} from '../../../src/core/questions/catalog-schema.ts';
import { readTable } from '../../../src/core/questions/read-table.ts';
import { choice, open, single, sound } from './lint-fixtures.ts';

const file = (name: string) => ({
  file: `data/${name}`,
  text: readFileSync(new URL(`../../../data/${name}`, import.meta.url), 'utf8'),
});
const chapters = readTable(file('chapters.yaml'), chapterSchema);
const paths = readTable(file('paths.yaml'), pathSchema);
const concepts = readTable(file('concepts.yaml'), conceptSchema);
const claims = readTable(file('claims.yaml'), claimSchema);
const recentTopics = readTable(file('recent-topics.yaml'), recentTopicSchema);
const targets = readTable(file('targets.yaml'), targetSchema);

describe('the shipped tables', () => {
  test('can be read', () => {
    const tables = [chapters, paths, concepts, claims, recentTopics, targets];

    expect(tables.flatMap(({ problems }) => problems)).toEqual([]);
  });

  test('fit together', () => {
    const input = { ...sound, chapters: chapters.rows, paths: paths.rows, concepts: concepts.rows };

    expect(lintBank(input).filter(({ rule }) => rule === 'syllabus')).toEqual([]);
  });

  // The order of the three paths is part of the course that the bank follows.
  test('hold the three paths', () => {
    const steps = Object.fromEntries(
      paths.rows.map(({ id, steps }) => [
        id,
        steps.map((step) => step.chapters.join('+')).join(' '),
      ]),
    );

    expect(steps).toEqual({ a: '1 2 3 4 11', b: '1+2 3 5 7 8 12', c: '5 8 10 9' });
  });

  test('name every claim once, in order', () => {
    expect(claims.rows.map(({ claim }) => claim)).toEqual(
      Array.from({ length: claims.rows.length }, (_, index) => index + 1),
    );
  });

  test('aim at as many items by difficulty as by format', () => {
    for (const { easy, medium, hard, ...row } of targets.rows) {
      const byFormat = FORMATS.reduce((sum, format) => sum + row[format], 0);
      expect(byFormat, `chapter ${row.chapter}`).toBe(easy + medium + hard);
    }
  });

  test('refer recent topics to known concepts', () => {
    const known = new Set(concepts.rows.map(({ id }) => id));

    const unknown = recentTopics.rows.flatMap((topic) =>
      topic.concepts.filter((id) => !known.has(id)),
    );

    expect(unknown).toEqual([]);
  });
});

test('a bad row of a table is told with its line', () => {
  const { problems, rows } = readTable(
    { file: 'x.yaml', text: '- { id: c1.01, title: A }\n- { id: c99, title: B }\n' },
    conceptSchema,
  );

  expect(rows).toHaveLength(1);
  expect(problems).toEqual([
    expect.objectContaining({ line: 2, path: 'id', fix: 'write a concept ID, like c5.09' }),
  ]);
});

test.each([
  ['claim 21', [21]],
  ['claims 19 and 20', [19, 20]],
  ['claims 3-5: the order', [3, 4, 5]],
  ['Claim 7, 9', [7, 9]],
  ['c5.03', []],
  ['claims are wrong', []],
])('%j names the claims %j', (misconception, numbers) => {
  const item = choice('*a', 'b', 'c');

  item.options = item.options.map((option, index) =>
    index === 1 ? { ...option, misconception } : option,
  );

  expect(claimsIn(item)).toEqual(numbers);
});

test('the table of counts stands beside the targets', () => {
  const target = {
    chapter: 1,
    easy: 1,
    medium: 2,
    hard: 0,
    single: 2,
    multi: 0,
    numeric: 0,
    open: 1,
    bug: 0,
    order: 0,
    scenario: 0,
  };

  const rows = countTable([single, open], [target])
    .split('\n')
    .map((row) => row.trim().split(/\s+/));

  expect(rows).toContainEqual(['medium', '1', '0', '0', '1', '0', '0', '0', '2/2']);
  expect(rows).toContainEqual([
    'chapter',
    '1',
    '1/2',
    '0/0',
    '0/0',
    '1/1',
    '0/0',
    '0/0',
    '0/0',
    '2/3',
  ]);
  expect(rows).toContainEqual(['easy', '0/1']);
});

test('a run of eight words shared with an outside text is found whole', () => {
  const item = {
    ...single,
    explanation: 'Here one two three four five six seven eight nine ends.',
  };

  expect(runsSharedWith('One, two three four five six seven; eight nine!', item)).toEqual([
    'one two three four five six seven eight nine',
  ]);
  expect(runsSharedWith('one two three four five six seven', item)).toEqual([]);
});
