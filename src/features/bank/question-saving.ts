import { revise } from '../../core/questions/revise.ts';
import type { Question } from '../../core/questions/schema.ts';
import type { Draft, DraftProblem } from '../../core/questions/team-form.ts';
import { cut } from '../../session/question-card.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import type { Reply } from '../../spine/reply.ts';
import type { Suggestion } from '../../store/schema.ts';
import type { NamedSuggestion } from './queries/suggestions.ts';
import {
  done,
  MAX_WAITING,
  mostOwn,
  notifyAdmins,
  notifyPerson,
  previewCard,
  problemBlocks,
  suggestedQuestion,
} from './question-review.ts';

/** Puts an item of the staff into the team's bank at once. */
export async function publish(question: Question, context: Context): Promise<Reply> {
  const { store, team, person, clock, catalog, emit } = context;
  const saved = await store.saveQuestions({
    teamId: team.id,
    questions: [question],
    personId: person.id,
    at: clock.now(),
    revise: reviser(context),
    most: mostOwn(context),
  });
  if (!saved) throw tooMany(context);
  if (saved.unchanged.length > 0)
    return done('Nothing changed.', [
      { label: 'Preview', run: `question preview id:${question.id}` },
    ]);
  const isNew = saved.added.length > 0 && !catalog.shipped(question.id);
  emit({ kind: 'question', question: question.id, step: isNew ? 'added' : 'changed' });
  const stored = await store.ownQuestion(team.id, question.id);
  return previewCard(stored?.question ?? question, {
    title: isNew ? 'Question added' : 'Question updated',
    chapter: catalog.chapter(question.chapter),
    facts: ["it won't earn you points because you've seen the answer"],
    buttons: [
      { label: 'Edit', run: `question edit id:${question.id}` },
      { label: 'Disable', run: `question disable id:${question.id}` },
    ],
  });
}

/** What an item becomes beside the team's own text of it, else beside the shipped one. */
export function reviser({ catalog }: Pick<Context, 'catalog'>) {
  return (question: Question, known: Question | undefined): Question | undefined => {
    const before = known ?? catalog.shipped(question.id);
    return before ? revise(before, question) : question;
  };
}

/** Hands an item to the staff of a team; only they see it until they decide. */
export async function suggest(
  { draft, questionId, teamId }: { draft: Draft; questionId: string; teamId: string },
  context: Context,
): Promise<Reply> {
  const { platform, clock, emit, person, wake } = context;
  const keepers = await notifyAdmins(context, teamId, platform.name);
  const saved = await keep({ draft, questionId, teamId, state: 'suggested' }, context, (id) =>
    keepers.rows(`suggested:${id}:${clock.now().getTime()}`, {
      title: 'New question suggestion',
      blocks: [
        { kind: 'text', text: [{ bold: person.name }, ' suggested: ', cut(draft.prompt, 300)] },
        {
          kind: 'buttons',
          buttons: [
            { label: 'Review', run: `question preview suggestion:${id}`, style: 'primary' },
            { label: 'Decline', run: `question decline suggestion:${id}` },
          ],
        },
      ],
    }),
  );
  wake();
  emit({ kind: 'question', question: questionId, step: 'suggested' });
  return done(
    keepers.count > 0
      ? "Suggestion sent. The schedule's admins will review it, and I'll message you with the decision."
      : "Suggestion sent. An admin will review it, and I'll message you with the decision.",
    [
      { label: 'Preview', run: `question preview suggestion:${saved.id}` },
      { label: 'Edit', run: `question edit suggestion:${saved.id}` },
    ],
  );
}

/** Keeps what is not ready; nobody else sees it. */
export async function stash(
  { draft, questionId, teamId }: { draft: Draft; questionId: string; teamId: string },
  context: Context,
): Promise<Reply> {
  const saved = await keep({ draft, questionId, teamId, state: 'draft' }, context, () => []);
  return done('Draft saved. Only you can see it.', [
    { label: 'Continue', run: `question edit suggestion:${saved.id}`, style: 'primary' },
    { label: 'Preview', run: `question preview suggestion:${saved.id}` },
    { label: 'Delete', run: `question drop suggestion:${saved.id}`, style: 'danger' },
  ]);
}

async function keep(
  given: Pick<Suggestion, 'draft' | 'questionId' | 'teamId' | 'state'>,
  { store, person, platform, clock }: Context,
  announce: Parameters<Context['store']['saveSuggestion']>[1]['announce'],
): Promise<Suggestion> {
  const saved = await store.saveSuggestion(
    { ...given, authorId: person.id, platform: platform.name, changedAt: clock.now() },
    { most: MAX_WAITING, announce },
  );
  if (!saved)
    throw new UserError([
      `You already have ${MAX_WAITING} drafts and suggestions. Run `,
      { command: 'question list' },
      ' and delete some first.',
    ]);
  return saved;
}

/** Puts what waits into the team's bank; both who wrote and who approved it know the answer. */
export async function approveSuggestion(
  suggestion: NamedSuggestion,
  context: Context,
): Promise<Reply> {
  const { store, team, person, clock, catalog, emit, wake } = context;
  const { id, teamId, questionId, changedAt, platform, authorId, author } = suggestion;
  const read = await suggestedQuestion(suggestion, context);
  if ('problems' in read) return incomplete(id, read.problems);
  const own = await store.ownQuestion(teamId, questionId);
  const revised = reviser({ catalog })(read.question, own?.question ?? undefined);
  const thanks = await notifyPerson(context, {
    personId: authorId,
    teamId,
    platform,
    key: `approved:${id}`,
    reply: thanksFor(read.question),
  });
  const isDone = await store.approve({
    suggestionId: id,
    seenAt: changedAt,
    question: revised ?? read.question,
    approverId: person.id,
    at: clock.now(),
    rows: thanks,
  });
  if (!isDone)
    return done([
      'This suggestion was already reviewed or changed. Run ',
      { command: 'question list' },
      ' to see it.',
    ]);
  wake();
  emit({ kind: 'question', question: questionId, step: 'approved' });
  return {
    ...done(
      authorId === person.id
        ? "Question added. It's now in rotation. It won't earn you points because you've seen the answer."
        : `Approved. The question is now in rotation, and I've told ${author}. It won't earn you points because you've seen the answer.`,
      // Only in its own team is it found by its id.
      team.id === teamId ? [{ label: 'Preview', run: `question preview id:${questionId}` }] : [],
    ),
    update: true,
  };
}

function incomplete(suggestion: number, problems: readonly DraftProblem[]): Reply {
  return {
    title: 'Not complete yet',
    visibility: 'private',
    blocks: [
      ...problemBlocks(problems),
      {
        kind: 'buttons',
        buttons: [{ label: 'Edit', run: `question edit suggestion:${suggestion}` }],
      },
    ],
  };
}

function thanksFor({ prompt }: Question): Reply {
  return {
    title: 'Your question was approved',
    blocks: [
      {
        kind: 'text',
        text: `Thanks! It's now in rotation, but it won't earn you points because you've seen the answer. Question: ${cut(prompt, 300)}`,
      },
    ],
  };
}

/** What to say when a team would have more items than it may. */
export function tooMany(context: Pick<Context, 'isAlone'>): UserError {
  const most = mostOwn(context);
  return new UserError(
    context.isAlone
      ? `In direct messages, you can add up to ${most} questions. Edit existing ones, or add more in a server or workspace.`
      : `A team can add up to ${most} questions. Import fewer, or edit existing ones.`,
  );
}
