import { z } from 'zod';
import type { Catalog } from '../../../core/catalog.ts';
import type { InterviewLength } from '../../../core/interview/plan.ts';
import type { Chosen } from '../../../core/interview/state.ts';
import { CHAPTER_REWRITES, chaptersOfPath, readChapters } from '../../../session/chapter-input.ts';
import { runLine } from '../../../spine/button.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import type { Reply } from '../../../spine/reply.ts';
import type { Interview } from '../../../store/schema.ts';
import { invitationBlocks, lobbyButton } from '../../peers/cards.ts';
import { invite } from '../../peers/inviting.ts';
import { caseList } from '../cases/list-card.ts';
import { otherWays, unmatchedArgsError } from '../mock-args.ts';
import { levelAndShare } from '../score-words.ts';
import { startInterview } from '../start-interview.ts';

export const mock = defineCommand({
  name: 'mock',
  summary: 'Start a mock interview, alone or with a teammate',
  example: 'mock 30 chapters:"3 5 8" style:coaching',
  says: [
    {
      like: [
        'grill me',
        'quiz me',
        'test me',
        'i want to be interviewed',
        'i want an interview',
        'start interview practice',
        'prepare me for an interview',
        'interview questions',
        'begin an interview',
        'i have an interview soon',
        'practice for my interview',
        'can we do an interview',
        'start a mock interview',
        'interview me',
        'practice interviewing',
        'give me an interview',
        'do a mock interview',
      ],
      values: { mode: 'solo' },
      takes: ['minutes', 'style', 'level', 'path', 'chapters', 'public'],
      label: 'Start interview',
    },
    {
      like: [
        'interview without comments in between',
        'interview with feedback only at the end',
        'interview without feedback after each question',
      ],
      values: { mode: 'solo', style: 'strict' },
      takes: ['minutes', 'level', 'path', 'chapters', 'public'],
      label: 'Start strict interview',
    },
    {
      like: ['interview with feedback after each question', 'interview with comments in between'],
      values: { mode: 'solo', style: 'coaching' },
      takes: ['minutes', 'level', 'path', 'chapters', 'public'],
      label: 'Start coached interview',
    },
    {
      like: ['short interview', 'quick mock interview', 'the shortest interview'],
      values: { mode: 'solo', minutes: '15' },
      takes: ['style', 'level', 'path', 'chapters', 'public'],
      label: 'Start short interview',
    },
    {
      like: ['interview in a public thread', 'public interview that everyone can read'],
      values: { mode: 'solo', public: 'yes' },
      takes: ['minutes', 'style', 'level', 'path', 'chapters'],
      label: 'Start public interview',
    },
    {
      like: ['interview on the beginner path', 'beginner interview'],
      values: { mode: 'solo', path: 'a' },
      takes: ['minutes', 'style', 'level'],
      label: 'Start path A interview',
    },
    {
      like: ['interview on the production path'],
      values: { mode: 'solo', path: 'c' },
      takes: ['minutes', 'style', 'level'],
      label: 'Start path C interview',
    },
    {
      like: [
        'ask {with} for a mock interview',
        'do a mock with {with}',
        'pair me with {with}',
        'practice interviews with {with}',
        'book an interview with {with}',
        'schedule an interview with {with}',
        'challenge {with}',
        '{with} and i want to interview each other',
        'invite {with}',
        'send {with} an invitation',
        'interview {with}',
        'practice with {with}',
        'interview with {with}',
        'invite {with} to a mock interview',
        'let {with} interview me',
        'peer interview with {with}',
      ],
      values: { mode: 'peer' },
      takes: ['with', 'level'],
      label: 'Invite teammate',
    },
    {
      like: [
        'which interviews have i done',
        'how did i do in my interviews',
        'show my old interviews',
        'show my interview results',
        'report of my last interview',
        'show my past interviews',
        'interview history',
        'how did my last interviews go',
        'my interview reports',
      ],
      values: { mode: 'history' },
      takes: [],
      label: 'Show interviews',
    },
    {
      like: [
        'case interview',
        'system design interview',
        'design interview',
        'debug an incident',
        'practice a system design',
      ],
      values: { mode: 'case' },
      takes: [],
      label: 'Choose a case',
    },
  ],
  visibility: 'public',
  onlyShows: ({ mode }) => mode === 'history' || mode === 'case',
  slackAlias: true,
  // "with feedback" names nobody.
  rewrites: [...CHAPTER_REWRITES, [/\bwith (?:feedback|comments)$/i, 'coaching']],
  async asks(given, context) {
    if (given['ask'] === true) return ['with', 'level'];
    if (Object.keys(given).length > 0 || (await hasOpenInterview(context))) return undefined;
    return ['minutes', 'style', 'level', 'chapters', 'public'];
  },
  input: z.object({
    mode: z
      .enum(['solo', 'case', 'peer', 'history'])
      .default('solo')
      .describe('Solo, a case, with a teammate, or past interviews'),
    with: z
      .string()
      .max(80)
      .meta({ kind: 'person', label: 'Teammate' })
      .optional()
      .describe('For peer: your teammate, like @name'),
    unread: z
      .string()
      .max(200)
      .meta({ typed: true })
      .optional()
      .describe('Words that belong to no other option'),
    minutes: z
      .enum(['15', '30', '45'])
      .meta({ words: ['min', 'm'] })
      .default('30')
      .describe('Length in minutes'),
    style: z
      .enum(['coaching', 'strict'])
      .default('coaching')
      .describe('Feedback after each question, or only at the end'),
    level: z
      .enum(['easy', 'medium', 'hard'])
      .optional()
      .describe('Difficulty of the core questions'),
    path: z
      .enum(['a', 'b', 'c'])
      .optional()
      .describe('Learning path: a beginner, b interview, c production'),
    chapters: z
      .string()
      .max(60)
      .meta({ suggests: 'chapters' })
      .optional()
      .describe('Chapters, like 3 5 8 or 3-6. Default: all.'),
    public: z.boolean().optional().describe('Use a public thread instead of a private one'),
    ask: z.boolean().meta({ typed: true }).optional().describe('Ask for the teammate first'),
  }),

  run(
    { mode, minutes, style, level, path, chapters, public: isPublic, with: partner, unread },
    context,
  ) {
    if (mode === 'case') return caseList(context);
    if (mode === 'history') return history(context);
    // Who names a colleague wants no interview alone.
    if (partner) {
      // Nobody is invited by a line that was only half understood.
      if (unread !== undefined)
        throw unmatchedArgsError(unread, { minutes, style, level }, context);
      return invite(partner, level, context);
    }
    // Without hours in them, the words behind "peer" are a name: `mock peer Mira`.
    if (mode === 'peer' && unread && !/\d/.test(unread)) return invite(unread, level, context);
    if (unread !== undefined) throw unmatchedArgsError(unread, { minutes, style, level }, context);
    if (mode === 'peer') {
      const wanted = level ? { level } : {};
      throw new UserError('Which teammate? Choose a person, or get matched.', {
        option: 'with',
        buttons: [
          { label: 'Choose teammate', run: runLine('mock', { mode, ...wanted, ask: 'yes' }) },
          lobbyButton(wanted),
        ],
      });
    }
    return startInterview(
      {
        minutes: Number(minutes) as InterviewLength,
        style,
        isPublic: isPublic ?? false,
        chosen: { ...(level ? { level } : {}), ...chosenScope(path, chapters, context) },
      },
      context,
    );
  },
});

async function hasOpenInterview({ store, person }: Context): Promise<boolean> {
  return (await store.openInterviewOf(person.id)) !== undefined;
}

/** Chapters that are named count, also beside a path. */
function chosenScope(
  path: string | undefined,
  typed: string | undefined,
  context: Context,
): Pick<Chosen, 'path' | 'chapters' | 'isPathIdle'> {
  const named = typed === undefined ? undefined : readChapters(typed, context);
  if (path === undefined) return named ? { chapters: named } : {};
  return named
    ? { path, chapters: named, isPathIdle: true }
    : { path, chapters: chaptersOfPath(path, context) };
}

function resultOf(interview: Interview): string {
  if (interview.state !== 'ended') return 'Open';
  if (interview.score === null) return 'Ended before the first answer';
  return levelAndShare(interview.score / 1000);
}

/** What an interview is about, short enough for a phone. */
function chaptersIn({ plan }: Interview, catalog: Catalog): string {
  const found = plan.questions.flatMap(
    ({ questionId }) => catalog.question(questionId)?.chapter ?? [],
  );
  const chapters = [...new Set(found)].sort((a, b) => a - b);
  const [first, ...others] = chapters.map(catalog.chapterTitle);
  if (first === undefined) return '';
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

async function history(context: Context): Promise<Reply> {
  const { store, person, catalog } = context;
  const list = await store.interviewsOf(person.id, 10);
  const invitations = await invitationBlocks(context);
  if (list.length === 0) {
    const met = await store.peerSessionsOf(person.id, new Date(0));
    const hadPeers = met.some(({ state }) => state === 'feedback' || state === 'ended');
    return {
      visibility: 'private',
      blocks: [
        ...invitations,
        {
          kind: 'text',
          text: hadPeers
            ? "You haven't had a solo interview yet. Feedback on peer interviews comes in a direct message."
            : "You haven't had an interview yet.",
        },
        {
          kind: 'buttons',
          buttons: [
            { label: 'Start interview', run: 'mock mode:solo', style: 'primary' },
            ...otherWays(),
          ],
        },
      ],
    };
  }
  const done = list.filter(({ state, score }) => state === 'ended' && score !== null);
  return {
    title: 'Your interviews',
    visibility: 'private',
    blocks: [
      ...invitations,
      {
        kind: 'table',
        caption: 'Newest first',
        columns: [
          { label: 'No.', align: 'right' },
          { label: 'When' },
          { label: 'About' },
          { label: 'Result' },
        ],
        rows: list.map((interview) => [
          String(interview.id),
          { time: interview.createdAt, show: 'day' },
          chaptersIn(interview, catalog),
          resultOf(interview),
        ]),
      },
      {
        kind: 'buttons',
        buttons: [
          ...list
            .filter(({ state }) => state !== 'ended')
            .map(({ id }) => ({
              label: `Continue interview ${id}`,
              run: `mock show interview:${id}`,
              style: 'primary' as const,
            })),
          ...done
            .slice(0, 4)
            .map(({ id }) => ({ label: `See report ${id}`, run: `mock report interview:${id}` })),
          ...otherWays(),
        ],
      },
    ],
  };
}
