import type { Question } from '../../src/core/questions/schema.ts';
import { claimsIn } from './claims.ts';
import { cellsOf, itemsAbout } from './coverage.ts';
import { bankRule, type Flaw, isFreeText, itemRule, type LintInput, type Rule } from './rule.ts';

/** Fewer items do not make a bank. */
const FEWEST_ITEMS = 400;
/** The course that this bank follows has so many review questions. */
const FEWEST_REVIEW_ITEMS = 68;
const FEWEST_RECENT_ITEMS = 2;

/** Rules about what the bank must contain, and about the tables that say so. */
export const COVERAGE_RULES: readonly Rule[] = [
  itemRule('id', ({ id, chapter }) =>
    id.startsWith(`c${chapter}-`)
      ? []
      : [
          {
            path: ['id'],
            message: 'does not name its chapter',
            fix: `start it with "c${chapter}-"`,
          },
        ],
  ),
  itemRule('topics', ({ topics, related, chapter }, { concepts }) => {
    const known = new Set(concepts.map(({ id }) => id));
    const unknown = (path: string, names: readonly string[]): Flaw[] =>
      names.flatMap((name, index) =>
        known.has(name) || name.startsWith('chapter ')
          ? []
          : {
              path: [path, index],
              message: `${name} is not in data/concepts.yaml`,
              fix: 'name a concept of the list',
            },
      );
    return [
      ...unknown('topics', topics),
      ...unknown('related', related),
      ...(topics.some((topic) => chapterOf(topic) === chapter)
        ? []
        : [
            {
              path: ['topics'],
              message: `name nothing of chapter ${chapter}`,
              fix: 'add a concept of the chapter',
            },
          ]),
      ...(related.every((name) => topics.includes(name))
        ? [
            {
              path: ['related'],
              message: 'only repeat the topics',
              fix: 'name what lies beside the item',
            },
          ]
        : []),
    ];
  }),
  bankRule('concept-coverage', ({ questions, concepts }) => {
    const covered = new Set(questions.flatMap(({ topics }) => topics));
    return concepts
      .filter(({ id }) => !covered.has(id))
      .map(({ id, title }) => ({
        chapter: chapterOf(id),
        message: `no item about ${id}, "${title}"`,
        fix: 'write one, or add the concept to the topics of one',
      }));
  }),
  bankRule('claim-coverage', claimCoverage),
  bankRule('recent-topics', ({ questions, recentTopics }) =>
    recentTopics.flatMap((topic) => {
      const found = itemsAbout(topic, questions).length;
      return found >= FEWEST_RECENT_ITEMS
        ? []
        : {
            chapter: chapterOf(topic.concepts[0] ?? ''),
            message: `${found} items about "${topic.title}" (${topic.concepts.join(', ')})`,
            fix: 'write at least two',
          };
    }),
  ),
  bankRule('cross-references', ({ questions, chapters }) =>
    chapters.flatMap(({ number, crossReferences }) =>
      crossReferences.flatMap(({ chapter, about, concepts }) =>
        questions.some((question) => isLinked(question, number, concepts, chapter))
          ? []
          : {
              chapter: number,
              message: `no item about ${concepts.join(', ')} leads to chapter ${chapter} (${about})`,
              fix: `add "chapter ${chapter}" or one of its concepts to \`related\` of such an item`,
            },
      ),
    ),
  ),
  bankRule('counts', ({ questions, targets }) => [
    ...cellsOf(questions, targets).flatMap(({ chapter, kind, have, target }) =>
      have >= target
        ? []
        : {
            level: 'warning' as const,
            chapter,
            message: `has ${have} of ${target} ${kind} items`,
            fix: 'write the rest, or say in data/targets.yaml what is aimed at',
          },
    ),
    ...floor('items', questions.length, FEWEST_ITEMS),
    ...floor(
      'items that are answered in words',
      questions.filter(isFreeText).length,
      FEWEST_REVIEW_ITEMS,
    ),
  ]),
  bankRule('syllabus', syllabus),
];

function floor(what: string, have: number, least: number): Flaw[] {
  return have >= least
    ? []
    : [{ message: `${have} ${what}; at least ${least}`, fix: 'write more' }];
}

function chapterOf(concept: string): number {
  return Number(concept.match(/^c(\d+)\./)?.[1] ?? 0);
}

function claimCoverage({ questions, claims }: LintInput): Flaw[] {
  const used = new Set(questions.flatMap(claimsIn));
  const byId = new Map(questions.map((question) => [question.id, question]));
  const known = new Set(claims.map(({ claim }) => claim));
  return [
    ...claims.flatMap(({ claim, title, items = [] }) => {
      const gone = items.filter((id) => !byId.has(id));
      const holds = items.some((id) => byId.has(id));
      return [
        ...gone.map((id) => ({
          message: `claim ${claim} names the missing item ${id}`,
          fix: 'correct data/claims.yaml',
        })),
        ...(used.has(claim) || holds
          ? []
          : [
              {
                message: `claim ${claim} is not used: ${title}`,
                fix: `write \`misconception: claim ${claim}\` at a wrong option`,
              },
            ]),
      ];
    }),
    ...[...used]
      .filter((claim) => !known.has(claim))
      .map((claim) => ({
        message: `claim ${claim} is not in data/claims.yaml`,
        fix: 'correct the number',
      })),
  ];
}

function isLinked(
  { chapter, topics, related }: Question,
  from: number,
  concepts: readonly string[],
  to: number,
): boolean {
  return (
    chapter === from &&
    topics.some((topic) => concepts.includes(topic)) &&
    related.some((name) => name === `chapter ${to}` || chapterOf(name) === to)
  );
}

/** Whether chapters, paths and concepts fit together. */
function syllabus({ chapters, paths, concepts }: LintInput): Flaw[] {
  const flaws: Flaw[] = [];
  const say = (message: string, fix: string) => flaws.push({ message, fix });
  const numbers = chapters.map(({ number }) => number);
  if (numbers.some((number, index) => number !== index + 1)) {
    say(
      `chapters are numbered ${numbers.join(', ')}`,
      'number them 1, 2, 3 … in data/chapters.yaml',
    );
  }
  const grouped = chapters.flatMap(({ topics }) => topics.flatMap((topic) => topic.concepts));
  for (const { id } of concepts) {
    const times = grouped.filter((concept) => concept === id).length;
    if (times !== 1)
      say(`${id} stands in ${times} topics`, 'put it into one topic of data/chapters.yaml');
  }
  for (const { number, topics } of chapters) {
    for (const id of topics.flatMap((topic) => topic.concepts)) {
      if (chapterOf(id) !== number)
        say(`${id} stands in chapter ${number}`, 'move it to its chapter');
    }
  }
  for (const { id, steps } of paths) {
    for (const chapter of steps.flatMap((step) => step.chapters)) {
      if (!numbers.includes(chapter))
        say(`path ${id} leads to chapter ${chapter}`, 'name a chapter that exists');
    }
  }
  return flaws;
}
