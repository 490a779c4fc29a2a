import { z } from 'zod';
import { formatIssue } from './issue-words.ts';
import type { Trouble } from './read-yaml.ts';
import { type Question, questionSchema } from './schema.ts';
import { questionProblems } from './validate-question.ts';

const [single, multi, numeric, order, open, bug, scenario] = questionSchema.options;

/** What the bank demands of an item and a team may leave out. */
const relaxed = {
  topics: z.array(single.shape.topics.element).max(3).default([]),
  references: z.array(single.shape.references.element).default([]),
  hints: z.array(z.string().trim().min(1).max(300)).max(3).default([]),
  followUps: z.array(single.shape.followUps.element).default([]),
  related: z.array(single.shape.related.element).default([]),
  minutes: single.shape.minutes.default(1),
  seniority: single.shape.seniority.default('mid'),
};

/**
 * An item that a team adds. Formats that are scored by themselves may lack sources, hints and
 * follow-ups; those that are answered in words need everything, since interviews live on it.
 */
const teamQuestionSchema = z.discriminatedUnion('format', [
  single.extend(relaxed),
  multi.extend(relaxed),
  numeric.extend(relaxed),
  order.extend(relaxed),
  open,
  bug,
  scenario,
]);

/** Far above any real item; a guard against files that only fill the database. */
const MAX_ITEM = 40_000;

/** Checks an item of a team: fields, sizes and sense; every problem at once. */
export function readTeamQuestion(value: unknown): { question: Question } | { troubles: Trouble[] } {
  const result = teamQuestionSchema.safeParse(value);
  if (!result.success)
    return { troubles: result.error.issues.flatMap((issue) => formatIssue(issue, value)) };
  // Only the number of hints, sources and follow-ups is freer; whoever shows them takes what is there.
  const question = result.data as Question;
  const troubles = questionProblems(question);
  const length = JSON.stringify(question).length;
  if (length > MAX_ITEM) {
    const message = `has ${length} characters, and the limit is ${MAX_ITEM}`;
    troubles.push({ path: [], message, fix: 'shorten the question' });
  }
  return troubles.length > 0 ? { troubles } : { question };
}
