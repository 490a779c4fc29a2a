import { z } from 'zod';
import { nextReminder } from '../../../core/reminding.ts';
import { formatPoints } from '../../../core/scoring/points.ts';
import { streakOf } from '../../../core/scoring/streak.ts';
import { dayIn, seasonName } from '../../../core/time.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import { unshareRows } from '../../../spine/outbox.ts';
import { type Reply, say } from '../../../spine/reply.ts';
import { workspaceOfOne } from '../../../spine/request.ts';
import { readableBy, readZone } from '../../daily/schedule-input.ts';
import { levelAndShare } from '../../interview/score-words.ts';
import { progressCard } from '../../practice/progress-card.ts';
import { postsWithoutName } from '../without-name.ts';

export const me = defineCommand({
  name: 'me',
  alone: 'show',
  summary: 'See your stats and progress, export or delete your data, hide your name',
  example: 'me zone:Europe/Berlin',
  says: [
    {
      like: [
        'how many points do i have',
        'my score',
        'show me my results',
        'how long is my streak',
        'my results',
        'how many questions did i answer',
        'my account',
        'what is my streak',
        'my settings',
        'show my stats',
        'what are my stats',
        'where do i rank',
        'what is my rank',
        'how am i doing',
        'how am i doing so far',
        'my streak',
        'my rank',
        'my points',
        'show my profile',
      ],
      values: { action: 'show' },
      takes: [],
      label: 'Show my stats',
    },
    {
      like: [
        'show my progress',
        'my progress',
        'my learning progress',
        'what would i remember',
        'how much do i remember',
        'am i getting better',
        'how well do i know each chapter',
        'what have i learned',
        'what have i learned so far',
        'how much have i learned',
        'which chapters do i know',
        'my first and latest answers',
      ],
      values: { action: 'progress' },
      takes: [],
      label: 'Show my progress',
    },
    {
      like: [
        "don't show my name",
        "don't show me on the leaderboard",
        'my name should not be on the leaderboard',
        'hide me',
        'hide my points from others',
        "i don't want others to see my name",
        'make me invisible',
        'keep me private',
        'make me anonymous',
        'leave the leaderboard',
        'opt out of the leaderboard',
        'nobody should see my score',
        'hide me from the leaderboard',
        'hide my name',
        "i don't want to be on the leaderboard",
        'take me off the leaderboard',
        'remove me from the leaderboard',
      ],
      values: { action: 'hide' },
      takes: [],
      label: 'Hide my name',
    },
    {
      like: [
        'make me visible again',
        'show me again',
        'i want to be on the leaderboard',
        'join the leaderboard again',
        'undo hiding me',
        'show my name again',
        'unhide me',
        'put me back on the leaderboard',
        'show me on the leaderboard again',
        'stop hiding my name',
        "don't hide me from the leaderboard",
      ],
      values: { action: 'unhide' },
      takes: [],
      label: 'Show my name',
    },
    {
      like: [
        'which data do you store about me',
        'what data do you have about me',
        'show me the data you store',
        'copy of my data',
        'save my data',
        'gdpr export',
        'what have you stored about me',
        'send me my data',
        'export my data',
        'give me all the data you have about me',
        'download my data',
        'what do you know about me',
      ],
      values: { action: 'export' },
      takes: [],
      label: 'Export my data',
    },
    {
      like: [
        'delete all my data',
        'delete me',
        'remove all my data',
        'remove my account',
        'i want to be forgotten',
        'erase all about me',
        'gdpr delete',
        'delete my data',
        'forget me',
        'delete everything about me',
        'delete my account',
        'remove my data',
      ],
      values: { action: 'delete' },
      // "delete the schedule" is about something else.
      needs: ['me', 'my', 'data', 'account', 'i'],
      takes: [],
      label: 'Delete my data',
    },
    {
      like: [
        'i am in {zone} now',
        'my zone is {zone}',
        'use {zone} for me',
        'i am in {zone}',
        'i moved to {zone}',
        'time zone {zone}',
        'my time zone is {zone}',
        'set my time zone to {zone}',
        'change my timezone',
        'i live in {zone}',
        'set my timezone',
      ],
      values: { action: 'zone' },
      takes: ['zone'],
      label: 'Set my time zone',
    },
  ],
  visibility: 'private',
  formerly: { remind: 'me remind', server: 'me server' },
  onlyShows: ({ action, zone }) =>
    (action === 'show' || action === 'progress') && zone === undefined,
  input: z.object({
    action: z
      .enum(['show', 'progress', 'hide', 'unhide', 'export', 'delete', 'zone'])
      .default('show')
      .describe('What to do'),
    zone: z
      .string()
      .max(64)
      .superRefine(readableBy(readZone))
      .meta({ suggests: 'zones' })
      .optional()
      .describe('Your time zone, like Europe/Berlin'),
    confirm: z.boolean().optional().describe('Confirm the deletion'),
  }),

  run({ action, zone, confirm }, context) {
    switch (action) {
      case 'show':
        return zone ? setZone(zone, context) : show(context);
      case 'progress':
        return progressCard(context);
      case 'hide':
      case 'unhide':
        return hide(action === 'hide', context);
      case 'export':
        return exportMe(context);
      case 'delete':
        return confirm ? forget(context) : askToForget();
      case 'zone':
        return setZone(zone, context);
    }
  },
});

async function show(context: Context): Promise<Reply> {
  const { store, team, person, zone, clock, isElsewhere, platform, place } = context;
  const hasChoice = place.kind === 'direct' && platform.roleIn !== undefined;
  const standing = await store.standing(team.id, person.id);
  const streak = streakOf(await store.streakEntries(team.id, person.id, person.createdAt));
  const tries = await store.firstTries(team.id, person.id);
  const answered = tries.reduce((sum, each) => sum + each.answered, 0);
  const all = (await store.answeredCards(person.id)).length;
  const right = tries.reduce((sum, each) => sum + each.right, 0);
  const freeText = await store.freeTextSince(team.id, person.id, person.createdAt);
  const toReview = await store.dueCount(person.id, dayIn(clock.now(), zone));
  const interview = await latestInterview(context);
  const won = await store.seasonsWon(team.id, person.id);
  const group = await store.groupOf(team.id, person.id);
  const inWords = freeText.filter(({ answerId }) => answerId !== null).length;
  return {
    title: person.name,
    blocks: [
      {
        kind: 'fields',
        fields: [
          ...(team.boards === 'names'
            ? [
                {
                  label: 'Rank',
                  value: standing ? `${standing.rank} of ${standing.of}` : 'no answers yet',
                },
              ]
            : []),
          { label: 'Points', value: formatPoints(standing?.quarters ?? 0) },
          {
            label: 'Answered',
            value: `${answered} daily${all > answered ? `, ${all} with practice` : ''}`,
          },
          {
            label: 'Correct on the first try',
            value: answered > 0 ? `${Math.round((100 * right) / answered)}%` : 'none yet',
          },
          ...(freeText.length > 0
            ? [
                {
                  label: 'Free-text questions',
                  value: `${inWords} of ${freeText.length} answered (streak only)`,
                },
              ]
            : []),
          ...(interview ? [{ label: 'Latest interview', value: interview }] : []),
          {
            label: 'Streak',
            value: `${streak.current} (longest ${streak.longest}, ${streak.shields} of 2 freezes)`,
          },
          ...(won.length > 0
            ? [{ label: 'Seasons won', value: won.map((day) => seasonName(day)).join(', ') }]
            : []),
          ...(group ? [{ label: 'Group', value: group.name }] : []),
          ...(toReview > 0 ? [{ label: 'Due for review', value: String(toReview) }] : []),
          ...(isElsewhere ? [{ label: 'Team', value: team.name }] : []),
          { label: 'Time zone', value: zone },
          ...(person.gpu ? [{ label: 'Default GPU', value: person.gpu }] : []),
          ...(person.isHidden ? [{ label: 'Leaderboard', value: 'hidden' }] : []),
        ],
      },
      ...chapterTable(tries, context),
      {
        kind: 'buttons',
        buttons: [
          { label: 'Show my progress', run: 'me action:progress' },
          { label: 'Explain my score', run: 'leaderboard why' },
          ...(answered > 0 ? [{ label: 'Share my week', run: 'leaderboard share what:week' }] : []),
          ...(won.length > 0
            ? [{ label: 'Share my season', run: 'leaderboard share what:season' }]
            : []),
          ...(hasChoice ? [{ label: 'Change team', run: 'me server' }] : []),
          person.isHidden
            ? { label: 'Show my name', run: 'me action:unhide' }
            : { label: 'Hide my name', run: 'me action:hide' },
          { label: 'Export my data', run: 'me action:export' },
          { label: 'Delete my data', run: 'me action:delete', style: 'danger' },
        ],
      },
    ],
  };
}

/** How the latest interview that has a score went. */
async function latestInterview(context: Context): Promise<string | undefined> {
  const list = await context.store.interviewsOf(context.person.id, 10);
  const latest = list.find(({ state, score }) => state === 'ended' && score !== null);
  return latest && levelAndShare((latest.score ?? 0) / 1000);
}

function chapterTable(
  tries: { chapter: number | null; answered: number; right: number }[],
  { catalog }: Context,
): Reply['blocks'] {
  const rows = tries.flatMap(({ chapter, answered, right }) =>
    chapter === null ? [] : [[catalog.chapterTitle(chapter), String(answered), String(right)]],
  );
  if (rows.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: 'Correct on the first try, by chapter',
      columns: [
        { label: 'Chapter' },
        { label: 'Answered', align: 'right' },
        { label: 'Correct', align: 'right' },
      ],
      rows,
    },
  ];
}

async function hide(isHidden: boolean, { store, person, wake }: Context): Promise<Reply> {
  await store.hide(person.id, isHidden);
  wake();
  return {
    blocks: [
      {
        kind: 'text',
        text: isHidden
          ? "You're hidden from all leaderboards, and your points are kept."
          : "You're on the leaderboards again.",
      },
      {
        kind: 'buttons',
        buttons: [
          isHidden
            ? { label: 'Show my name', run: 'me action:unhide' }
            : { label: 'Hide my name', run: 'me action:hide' },
        ],
      },
    ],
  };
}

async function exportMe({ store, person }: Context): Promise<Reply> {
  const rows = await store.exportPerson(person.id);
  const count = Object.values(rows).reduce((sum, list) => sum + list.length, 0);
  return {
    title: 'Your data',
    blocks: [
      {
        kind: 'text',
        text: `All data stored about you: ${count} rows in ${Object.keys(rows).length} tables.`,
      },
      {
        kind: 'file',
        name: 'warmup-my-data.json',
        mime: 'application/json',
        content: JSON.stringify(rows, null, 2),
      },
    ],
  };
}

function askToForget(): Reply {
  return {
    title: 'Delete all your data?',
    blocks: [
      {
        kind: 'text',
        text: "This permanently deletes your answers (including shared ones), votes, points, streak, and settings. You can't undo it. To keep a copy, export your data first.",
      },
      {
        kind: 'text',
        text: 'Reports, results, and answers you shared are taken out of their channels. So is your name in digests, leaderboards I posted, and live round results of the last 30 days. Other messages stay where they were sent, like those in interview threads.',
      },
      {
        kind: 'text',
        text: "Codes that keep questions from earning points twice are kept for 180 days. There's one for every open question you answered or got help with, and every team question you wrote or saw. They contain no name and no answer.",
      },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Delete my data', run: 'me action:delete confirm:yes', style: 'danger' },
          { label: 'Export my data', run: 'me action:export' },
        ],
      },
    ],
  };
}

async function forget(context: Context): Promise<Reply> {
  const { store, person, clock, emit, wake } = context;
  const accounts = await store.accountsOf(person.id);
  const alone = accounts.map(({ id }) => workspaceOfOne(id));
  const rows = unshareRows(await store.sharesBy(person.id), clock.now());
  // Whoever hides is on no board, so what is written now has their name no more.
  await store.hide(person.id, true);
  const renamed = await postsWithoutName(context);
  await store.forget(person.id, { at: clock.now(), alone, rows, renamed });
  wake();
  emit({ kind: 'forgotten', person: person.id });
  return {
    ...say(
      "All your data is deleted, except codes without your name. They're kept for 180 days so no question earns points twice. If you answer again, you'll start from scratch.",
    ),
    update: true,
  };
}

async function setZone(
  typed: string | undefined,
  { store, person, clock }: Context,
): Promise<Reply> {
  if (typed === undefined)
    throw new UserError(['Which time zone? Run ', { command: 'me zone:Europe/Berlin' }, '.']);
  const zone = readZone(typed);
  await store.setPersonZone(person.id, zone);
  const reminder = await store.reminderOf(person.id);
  if (reminder?.nextDueAt) {
    const moved = { ...reminder, zone };
    await store.setReminder({
      ...moved,
      nextDueAt: nextReminder(moved, clock.now()) ?? reminder.nextDueAt,
    });
  }
  return say(`Your time zone is now ${zone}.`);
}
