import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest in their suite, though they are not the largest. */
const LONGEST = [
  'core/grading/figures.test.ts',
  'adapters/web/gallery.test.ts',
  'faults/postgres.test.ts',
  'faults/crash.test.ts',
  'faults/acknowledged.test.ts',
  'browser/access-dark.test.ts',
  'browser/access-light.test.ts',
];

const isLong = ({ moduleId }: TestSpecification) => LONGEST.some((name) => moduleId.endsWith(name));

/** Without a run to learn from, files begin by size; a long one that begins last keeps a single core busy at the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
