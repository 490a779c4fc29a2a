import { z } from 'zod';
import type { Question } from '../../../core/questions/schema.ts';
import { type Draft, draftOf, questionOf } from '../../../core/questions/team-form.ts';
import { assertNotLive } from '../../../session/spoiler-guard.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import { type Reply, say } from '../../../spine/reply.ts';
import { checkQuestion, draftFields, draftValues, typedDraft } from '../question-form.ts';
import {
  findSuggestion,
  isBankAdmin,
  problemBlocks,
  suggestedQuestion,
} from '../question-review.ts';
import { publish, stash, suggest } from '../question-saving.ts';

export const questionEdit = defineCommand({
  name: 'question edit',
  summary: 'Edit a question',
  example:
    'question edit c5-cache-contents prompt:"What is cached?" right:"Keys and values" wrong:"Queries\\nScores" explanation:"They are read again." place:"5 easy"',
  says: [
    {
      like: [
        'edit {id}',
        'change {id}',
        'rewrite question {id}',
        'update {id}',
        'correct the text of {id}',
        'change suggestion {suggestion}',
        'edit question {id}',
        'change the question {id}',
        'fix the text of {id}',
        'edit {suggestion}',
        'edit draft {suggestion}',
      ],
      label: 'Edit question',
    },
  ],
  visibility: 'private',
  input: z
    .object({
      id: z.string().max(64).meta({ suggests: 'question-ids' }).optional().describe('Question ID'),
      suggestion: z.int().min(1).optional().describe('Draft or suggestion number'),
      ...draftFields,
    })
    .superRefine((typed, context) => {
      // A draft may lack something; an item of the bank may not.
      if (typed.suggestion === undefined) checkQuestion(typed, context);
    }),

  async prefill({ id, suggestion }, context) {
    const { store, person } = context;
    if (typeof suggestion === 'number') {
      const { draft, questionId } = (await findSuggestion(suggestion, context)).suggestion;
      await store.markUnranked([questionId], person.id);
      return draftValues(draft);
    }
    const { item, isOwn } = await findItem(id, context);
    const draft = draftOf(item);
    if (!draft)
      throw new UserError([
        `Questions with the format ${item.format} can't be edited in a form. Run `,
        { command: 'question export' },
        ', edit the file, then run ',
        { command: 'question import' },
        '.',
      ]);
    // The form holds the solution.
    if (isOwn) await store.markUnranked([item.id], person.id);
    return draftValues(draft);
  },

  async run({ id, suggestion, ...fields }, context) {
    const draft = typedDraft(fields);
    if (suggestion !== undefined) return editSuggestion(suggestion, draft, context);
    const { item } = await findItem(id, context);
    const read = questionOf(draft, { id: item.id, base: item });
    if ('problems' in read)
      throw new UserError(
        read.problems.map(({ field, message }) => `${field}: ${message}`).join('\n'),
      );
    const teamId = context.team.id;
    return (await isBankAdmin(teamId, context))
      ? publish(read.question, context)
      : suggest({ draft, questionId: item.id, teamId }, context);
  },
});

/** An item of the team or of the bank, switched off or not. */
async function findItem(
  id: unknown,
  context: Context,
): Promise<{ item: Question; isOwn: boolean }> {
  const { store, team, catalog } = context;
  if (typeof id !== 'string')
    throw new UserError([
      'Which question? Add its ID, like ',
      { command: 'question edit c5-cache-contents' },
      '.',
    ]);
  const wanted = id.trim().toLowerCase();
  const own = await store.ownQuestion(team.id, wanted);
  const item = own?.question ?? catalog.shipped(wanted);
  if (!item)
    throw new UserError([
      `I can't find the question "${id}". Run `,
      { command: 'ask' },
      ' to look for it.',
    ]);
  await assertNotLive(item.id, context);
  return { item, isOwn: own?.question !== undefined };
}

async function editSuggestion(id: number, draft: Draft, context: Context): Promise<Reply> {
  const { store, clock } = context;
  const { suggestion, isMine } = await findSuggestion(id, context);
  const { questionId, teamId, state } = suggestion;
  if (!isMine) {
    if (!(await store.redraftSuggestion(id, draft, clock.now())))
      return say([
        'This suggestion was already reviewed. Run ',
        { command: 'question list' },
        ' to see it.',
      ]);
    return {
      visibility: 'private',
      blocks: [
        { kind: 'text', text: 'Suggestion updated. It still needs a review.' },
        {
          kind: 'buttons',
          buttons: [
            { label: 'Review', run: `question preview suggestion:${id}`, style: 'primary' },
          ],
        },
      ],
    };
  }
  if (state === 'draft') return stash({ draft, questionId, teamId }, context);
  const read = await suggestedQuestion({ ...suggestion, draft }, context);
  if (!('problems' in read)) return suggest({ draft, questionId, teamId }, context);
  // Nothing that was typed is lost: it goes on as a draft.
  const kept = await stash({ draft, questionId, teamId }, context);
  return {
    ...kept,
    title: 'Saved as a draft: not complete yet',
    blocks: [...problemBlocks(read.problems), ...kept.blocks],
  };
}
