import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  folderOf,
  GRADING_FOLDER,
  nameOf,
  readFitting,
  readHeldOut,
  readSets,
} from '../../../src/tools/grading/sets.ts';

const sets = readSets();
const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

test('the files of each set are those that were committed before anybody labelled or graded them', () => {
  for (const set of sets) {
    const { questions, answers } = set.sha256;
    expect(hashOf(`${folderOf(set)}answers.jsonl`)).toBe(answers);
    if (questions) expect(hashOf(`${folderOf(set)}questions.yaml`)).toBe(questions);
  }
});

test('every set is listed, and its answers have two labels each', () => {
  const answers = readHeldOut();

  expect(readdirSync(`${GRADING_FOLDER}sets`)).toHaveLength(sets.length);
  for (const set of sets) {
    const written = readFileSync(`${folderOf(set)}answers.jsonl`, 'utf8')
      .trim()
      .split('\n');
    expect(answers.filter((each) => each.set === nameOf(set))).toHaveLength(written.length);
  }
});

test('no weight is fitted on a set that nobody has read', () => {
  expect(sets.some(({ use }) => use === 'unseen')).toBe(true);
  expect(readFitting().filter(({ set }) => set.endsWith('unseen'))).toEqual([]);
});
