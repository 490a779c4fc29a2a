import type { z } from 'zod';
import { formatIssue } from './issue-words.ts';
import { type FileProblem, located, readYamlList, type TextFile } from './read-yaml.ts';

/** Reads a list file whose entries all have one shape; a bad row is told and left out. */
export function readTable<S extends z.ZodType>(
  file: TextFile,
  schema: S,
): { rows: z.output<S>[]; problems: FileProblem[] } {
  const { entries, problems } = readYamlList(file);
  const rows: z.output<S>[] = [];

  for (const entry of entries) {
    const result = schema.safeParse(entry.value);
    if (result.success) rows.push(result.data);
    else {
      const troubles = result.error.issues.flatMap((issue) => formatIssue(issue, entry.value));
      problems.push(...troubles.map((trouble) => located(file.file, entry, trouble)));
    }
  }
  return { rows, problems };
}
