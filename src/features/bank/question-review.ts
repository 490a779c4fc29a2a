import type { Chapter } from '../../core/catalog.ts';
import type { Question } from '../../core/questions/schema.ts';
import { type DraftProblem, questionOf } from '../../core/questions/team-form.ts';
import { labelOf } from '../../session/question-card.ts';
import { solutionBlocks } from '../../session/solution.ts';
import { managesNow, managesTeam, unknownRole } from '../../spine/access/role.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import { accountOn, directRow } from '../../spine/outbox.ts';
import type { Block, Button, Reply, Text } from '../../spine/reply.ts';
import type { NewOutboxRow } from '../../store/schema.ts';
import { itemCard } from './cards.ts';
import type { NamedSuggestion } from './queries/suggestions.ts';

/** Items that one team may add or change. */
const MAX_OWN = 2_000;

/** The same for a person alone with the bot. */
export const MAX_ALONE = 50;

/** Items that the team of this request may add or change. */
export function mostOwn({ isAlone }: Pick<Context, 'isAlone'>): number {
  return isAlone ? MAX_ALONE : MAX_OWN;
}

/** Drafts and suggestions that one person may have in a team. */
export const MAX_WAITING = 30;

/** How formats are called. */
export const FORMAT_WORDS = {
  single: 'one correct option',
  multi: 'several correct options',
  numeric: 'a number',
  order: 'steps in order',
  open: 'free text',
  bug: 'find the bug',
  scenario: 'a scenario',
} as const;

/**
 * True for those who decide about a team's questions: its present admins, wherever they press.
 *
 * @throws UserError when the platform does not say who they are.
 */
export async function isBankAdmin(teamId: string, context: Context): Promise<boolean> {
  const isAdmin = await managesTeam(teamId, context);
  if (isAdmin === undefined) throw unknownRole(context);
  return isAdmin;
}

/**
 * A suggestion that this person may see: their own, or any when they decide about them.
 *
 * @throws UserError when it is gone, or somebody else's.
 */
export async function findSuggestion(
  id: number,
  context: Context,
): Promise<{ suggestion: NamedSuggestion; isMine: boolean; isForStaff: boolean }> {
  const suggestion = await context.store.suggestion(id);
  const isMine = suggestion?.authorId === context.person.id;
  const role = suggestion && (await managesTeam(suggestion.teamId, context));
  if (suggestion && !isMine && role === undefined) throw unknownRole(context);
  const isForStaff = role === true;
  if (!suggestion || !(isMine || (isForStaff && suggestion.state !== 'draft')))
    throw new UserError([
      `I can't find suggestion ${id} for you. It may have been reviewed already. Run `,
      { command: 'question list' },
      ' to see yours.',
    ]);
  return { suggestion, isMine, isForStaff };
}

/** The item that a suggestion would become, or what its draft lacks. */
export async function suggestedQuestion(
  { draft, questionId, teamId }: NamedSuggestion,
  { store, catalog }: Context,
): Promise<{ question: Question } | { problems: DraftProblem[] }> {
  const own = await store.ownQuestion(teamId, questionId);
  const base = own?.question ?? catalog.shipped(questionId);
  return questionOf(draft, { id: questionId, base });
}

/** What a draft lacks, in words. */
export function problemBlocks(problems: readonly DraftProblem[]): Block[] {
  return problems.map(({ field, message }) => ({
    kind: 'text',
    text: [{ bold: `${field.charAt(0).toUpperCase()}${field.slice(1)}: ` }, message],
  }));
}

/** An item as it will be asked, and what is shown afterwards. */
export function previewCard(
  question: Question,
  { title, chapter, facts, buttons }: PreviewParts,
): Reply {
  return {
    title,
    visibility: 'private',
    blocks: [
      ...itemCard(question).blocks.filter(({ kind }) => kind === 'text' || kind === 'code'),
      { kind: 'text', text: { bold: 'Shown after answering:' } },
      ...solutionBlocks(question, chapter),
      ...(buttons.length > 0 ? [{ kind: 'buttons', buttons } satisfies Block] : []),
      {
        kind: 'note',
        text: [
          `${labelOf(question, chapter)} · ${FORMAT_WORDS[question.format]} · ${question.id}, version ${question.version}`,
          ...facts.map((fact) => ` · ${fact}`),
        ],
      },
    ],
  };
}

type PreviewParts = {
  title: string;
  chapter?: Chapter | undefined;
  /** Small print: who wrote it, what state it is in. */
  facts: string[];
  buttons: Button[];
};

/**
 * Direct messages to those who keep a team's schedules and still manage it: what members write is for
 * nobody else. Nothing when nobody does.
 */
export async function notifyAdmins(
  context: Context,
  teamId: string,
  platform: Context['platform']['name'],
): Promise<{ count: number; rows(key: string, reply: Reply): NewOutboxRow[] }> {
  const { store, clock, person } = context;
  const keepers = new Map<string, string>();
  for (const { personId, account } of await store.keepersOf(teamId, platform))
    if (personId !== person.id && !keepers.has(personId)) keepers.set(personId, account);
  const others: [personId: string, account: string][] = [];
  for (const keeper of keepers)
    if (await managesNow(teamId, keeper[1], context)) others.push(keeper);
  const at = clock.now();
  return {
    count: others.length,
    rows: (key, reply) =>
      others.map(([personId, account]) =>
        directRow({
          key: `${key}:${personId}`,
          teamId,
          personId,
          fromId: person.id,
          platform,
          account,
          reply,
          at,
        }),
      ),
  };
}

/** A direct message to one person; nothing when it is whoever acts, or they left the platform. */
export async function notifyPerson(
  { store, clock, person }: Context,
  message: {
    personId: string;
    teamId: string;
    platform: Context['platform']['name'];
    key: string;
    reply: Reply;
  },
): Promise<NewOutboxRow[]> {
  if (message.personId === person.id) return [];
  const account = await accountOn(message.platform, message.personId, store);
  return account ? [directRow({ ...message, fromId: person.id, account, at: clock.now() })] : [];
}

/** A plain confirmation with buttons. */
export function done(text: Text, buttons: Button[] = []): Reply {
  return {
    visibility: 'private',
    blocks: [
      { kind: 'text', text },
      ...(buttons.length > 0 ? [{ kind: 'buttons', buttons } satisfies Block] : []),
    ],
  };
}
