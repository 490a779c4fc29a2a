import { formatIssue } from './issue-words.ts';
import {
  type FileProblem,
  idIn,
  located,
  readYamlList,
  type TextFile,
  type Trouble,
  type YamlEntry,
} from './read-yaml.ts';
import { type Question, questionSchema } from './schema.ts';
import { questionProblems } from './validate-question.ts';

/** Where an item stands, to point at it in a message. */
type Place = { file: string; lineOf(path: readonly PropertyKey[]): number };

/** The bank as it was read, with what is wrong in it. */
export type Bank = {
  /** The items without a problem, in the order of the files. */
  questions: Question[];
  problems: FileProblem[];
  /** Where each item of `questions` stands, by id. */
  places: ReadonlyMap<string, Place>;
};

/**
 * Reads the bank out of its files and finds everything that would keep it from working: syntax,
 * fields, sizes, ids and links between items. A flaw in one item leaves the others usable.
 */
export function readBank(files: readonly TextFile[]): Bank {
  const problems: FileProblem[] = [];
  const accepted: { question: Question; place: Place }[] = [];
  const firstPlaces = new Map<string, string>();

  for (const { file, text } of files) {
    const list = readYamlList({ file, text });
    problems.push(...list.problems);
    for (const entry of list.entries) {
      const { question, troubles } = readItem(entry);
      const id = idIn(entry.value);
      if (id !== undefined) {
        const first = firstPlaces.get(id);
        if (first) {
          const message = `"${id}" is already used by ${first}`;
          troubles.push({ path: ['id'], message, fix: 'choose another ID' });
        } else firstPlaces.set(id, `${file}:${entry.lineOf(['id'])}`);
      }
      problems.push(...troubles.map((trouble) => located(file, entry, trouble)));
      if (question && troubles.length === 0) {
        accepted.push({ question, place: { file, lineOf: entry.lineOf } });
      }
    }
  }

  // Ids in a file that cannot be read are unknown, so a link to one is not a mistake yet.
  const isWhole = !problems.some(({ id, path }) => id === undefined && path === '');
  if (isWhole) {
    const named = problems.flatMap(({ id }) => id ?? []);
    problems.push(...brokenLinks(accepted, new Set([...firstPlaces.keys(), ...named])));
  }

  return {
    questions: accepted.map(({ question }) => question),
    problems,
    places: new Map(accepted.map(({ question, place }) => [question.id, place])),
  };
}

/** One line a problem: `data/questions/x.yaml:41  c5-foo  options.2.why: is missing; fix: …`. */
export function formatProblem({ file, line, id, path, message, fix }: FileProblem): string {
  const where = [`${file}:${line}`, id].filter(Boolean).join('  ');
  return `${where}  ${path ? `${path}: ` : ''}${message}; fix: ${fix}`;
}

function readItem(entry: YamlEntry): { question?: Question; troubles: Trouble[] } {
  const result = questionSchema.safeParse(entry.value);
  if (result.success) return { question: result.data, troubles: questionProblems(result.data) };
  return { troubles: result.error.issues.flatMap((issue) => formatIssue(issue, entry.value)) };
}

function brokenLinks(
  items: readonly { question: Question; place: Place }[],
  ids: ReadonlySet<string>,
): FileProblem[] {
  return items.flatMap(({ question: { id, enemyOf = [], notDuplicateOf = [] }, place }) =>
    Object.entries({ enemyOf, notDuplicateOf }).flatMap(([field, targets]) =>
      targets.flatMap((target, index) => {
        if (target !== id && ids.has(target)) return [];
        const path = [field, index];
        return [
          {
            file: place.file,
            line: place.lineOf(path),
            id,
            path: path.join('.'),
            message:
              target === id ? 'names the question itself' : `there is no question "${target}"`,
            fix: 'write the ID of another question, or remove the line',
          },
        ];
      }),
    ),
  );
}
