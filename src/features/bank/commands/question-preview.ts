import { z } from 'zod';
import { type Context, defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import type { Button, Reply } from '../../../spine/reply.ts';
import type { OwnQuestion } from '../../../store/schema.ts';
import type { NamedSuggestion } from '../queries/suggestions.ts';
import {
  findSuggestion,
  isBankAdmin,
  previewCard,
  problemBlocks,
  suggestedQuestion,
} from '../question-review.ts';

export const questionPreview = defineCommand({
  name: 'question preview',
  summary: 'Preview a team question as people will see it',
  example: 'question preview own-k3m9x2pq',
  says: [
    {
      like: [
        'show {id} as others will see it',
        'preview my question {id}',
        'preview draft {suggestion}',
        'see how {id} looks',
        'preview question {id}',
        'preview {id}',
        'preview {suggestion}',
        'what will question {id} look like',
        'how will my question {id} look',
      ],
      label: 'Preview question',
    },
  ],
  visibility: 'private',
  input: z.object({
    id: z.string().max(64).meta({ suggests: 'question-ids' }).optional().describe('Question ID'),
    suggestion: z.int().min(1).optional().describe('Draft or suggestion number'),
  }),

  async run({ id, suggestion }, context) {
    if (suggestion !== undefined) return previewSuggestion(suggestion, context);
    if (id === undefined)
      throw new UserError([
        'Which question? Run ',
        { command: 'question list' },
        ' and select one.',
      ]);
    return previewOwn(id.trim().toLowerCase(), context);
  },
});

async function previewOwn(id: string, context: Context): Promise<Reply> {
  const { store, team, person, catalog } = context;
  const own = await store.ownQuestion(team.id, id);
  const isForStaff = await isBankAdmin(team.id, context);
  if (!own?.question || !(isForStaff || own.authorId === person.id))
    throw new UserError(
      catalog.question(id)
        ? ['This is a built-in question. To see it, run ', { command: `question show ${id}` }, '.']
        : [
            `Your team doesn't have a question "${id}". Run `,
            { command: 'question list' },
            ' to see them.',
          ],
    );
  await store.markUnranked([id], person.id);
  return previewCard(own.question, {
    title: own.state === 'active' ? 'Preview' : 'Disabled',
    chapter: catalog.chapter(own.question.chapter),
    facts: [catalog.shipped(id) ? "your team's version of a built-in question" : "your team's own"],
    buttons: isForStaff ? adminButtons(own, catalog.shipped(id) !== undefined) : [],
  });
}

function adminButtons({ questionId, state }: OwnQuestion, isShipped: boolean): Button[] {
  return [
    { label: 'Edit', run: `question edit id:${questionId}` },
    state === 'active'
      ? { label: 'Disable', run: `question disable id:${questionId}` }
      : { label: 'Enable', run: `question enable id:${questionId}` },
    ...(isShipped ? [{ label: 'Restore original', run: `question reset id:${questionId}` }] : []),
  ];
}

async function previewSuggestion(id: number, context: Context): Promise<Reply> {
  const { store, person, catalog } = context;
  const { suggestion, isMine, isForStaff } = await findSuggestion(id, context);
  const read = await suggestedQuestion(suggestion, context);
  const buttons = suggestionButtons(suggestion, { isMine, isForStaff });
  if ('problems' in read)
    return {
      title: 'Not complete yet',
      visibility: 'private',
      blocks: [
        { kind: 'text', text: suggestion.draft.prompt },
        ...problemBlocks(read.problems),
        {
          kind: 'buttons',
          buttons: buttons.filter(({ label }) => !/^(Approve|Suggest|Add)/.test(label)),
        },
      ],
    };
  await store.markUnranked([suggestion.questionId], person.id);
  const { state, author, reason, questionId } = suggestion;
  return previewCard(read.question, {
    title: state === 'draft' ? 'Draft' : state === 'declined' ? 'Declined' : 'In review',
    chapter: catalog.chapter(read.question.chapter),
    facts: [
      isMine ? 'written by you' : `written by ${author}`,
      ...(catalog.shipped(questionId) ? [`changes ${questionId}`] : []),
      ...(reason ? [`declined: ${reason}`] : []),
    ],
    buttons,
  });
}

function suggestionButtons(
  { id, state, changedAt }: NamedSuggestion,
  { isMine, isForStaff }: { isMine: boolean; isForStaff: boolean },
): Button[] {
  const decide: Button[] = [
    {
      label: 'Approve',
      run: `question approve suggestion:${id} seen:${changedAt.getTime()}`,
      style: 'primary',
    },
    { label: 'Decline', run: `question decline suggestion:${id}` },
  ];
  const suggest: Button = {
    label: isForStaff ? 'Add question' : 'Suggest question',
    run: `question suggest suggestion:${id}`,
    style: 'primary',
  };
  return [
    ...(isForStaff && state === 'suggested' ? decide : []),
    ...(isMine && state !== 'suggested' ? [suggest] : []),
    { label: 'Edit', run: `question edit suggestion:${id}` },
    ...(isMine
      ? [
          {
            label: 'Delete',
            run: `question drop suggestion:${id}`,
            style: 'danger',
          } satisfies Button,
        ]
      : []),
  ];
}
