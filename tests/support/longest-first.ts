import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest in their suite though they are not the largest, and plays on every platform; the longest first. */
const LONGEST = [
  'core/grading/figures.test.ts',
  'adapters/web/gallery.test.ts',
  'faults/postgres.test.ts',
  'faults/crash.test.ts',
  'faults/acknowledged.test.ts',
  'browser/access-dark.test.ts',
  'browser/access-light.test.ts',
  'tests/scenarios/',
  'tests/limits.test.ts',
  'grammar/estimates/cross-product.test.ts',
  'features/estimates/commands/limits.test.ts',
  'lab/lint-bank.test.ts',
];

/** Of the files on PostgreSQL, which stand together: a worker that changes projects loads everything again. */
const POSTGRES = 1;

function place({ moduleId, project }: TestSpecification): number {
  if (project.name === 'postgres') return POSTGRES;
  const at = LONGEST.findIndex((name) => moduleId.includes(name));
  return at < 0 ? LONGEST.length : at;
}

/** Without a run to learn from, files begin by size; a long one that begins last keeps a single core busy at the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.sort((one, other) => place(one) - place(other));
  }
}
