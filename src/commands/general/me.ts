import { z } from 'zod';
import { type Context, defineCommand } from '../../bot/command.ts';
import { UserError } from '../../bot/errors.ts';
import { type Reply, say } from '../../bot/reply.ts';
import { workspaceOfOne } from '../../bot/request.ts';
import { formatPoints } from '../../core/scoring/points.ts';
import { streakOf } from '../../core/scoring/streak.ts';
import { isZone } from '../../core/time.ts';

export const me = defineCommand({
  name: 'me',
  summary: 'See your stats, export or delete your data, hide your name',
  example: 'me export',
  visibility: 'private',
  input: z.object({
    action: z
      .enum(['show', 'hide', 'unhide', 'export', 'delete', 'zone'])
      .default('show')
      .describe('What to do'),
    zone: z
      .string()
      .max(64)
      .meta({ suggests: 'zones' })
      .optional()
      .describe('Your time zone, like Europe/Berlin'),
    confirm: z.boolean().optional().describe('Confirm the deletion'),
  }),

  run({ action, zone, confirm }, context) {
    switch (action) {
      case 'show':
        return zone ? setZone(zone, context) : show(context);
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

async function show({ store, team, person, zone }: Context): Promise<Reply> {
  const standing = await store.standing(team.id, person.id);
  const streak = streakOf(await store.streakEntries(team.id, person.id, person.createdAt));
  const tries = await store.firstTries(team.id, person.id);
  const answered = tries.reduce((sum, each) => sum + each.answered, 0);
  const right = tries.reduce((sum, each) => sum + each.right, 0);
  const spoken = await store.spokenSince(team.id, person.id, person.createdAt);
  const inWords = spoken.filter(({ answerId }) => answerId !== null).length;
  return {
    title: person.name,
    blocks: [
      {
        kind: 'fields',
        fields: [
          {
            label: 'Rank',
            value: standing ? `${standing.rank} of ${standing.of}` : 'no answers yet',
          },
          { label: 'Points', value: formatPoints(standing?.quarters ?? 0) },
          { label: 'Answered', value: String(answered) },
          {
            label: 'Correct on the first try',
            value: answered > 0 ? `${Math.round((100 * right) / answered)}%` : 'none yet',
          },
          ...(spoken.length > 0
            ? [
                {
                  label: 'Free-text questions',
                  value: `${inWords} of ${spoken.length} answered (streak only)`,
                },
              ]
            : []),
          { label: 'Streak', value: `${streak.current} (longest ${streak.longest})` },
          { label: 'Streak freezes', value: `${streak.shields} of 2` },
          { label: 'Time zone', value: zone },
          { label: 'Default GPU', value: person.gpu ?? 'none' },
          { label: 'Leaderboard', value: person.isHidden ? 'hidden' : 'shown' },
        ],
      },
      ...chapterTable(tries),
      {
        kind: 'buttons',
        buttons: [
          { label: 'Explain my score', run: 'why' },
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

function chapterTable(
  tries: { chapter: number | null; answered: number; right: number }[],
): Reply['blocks'] {
  const rows = tries.filter(({ chapter }) => chapter !== null);
  if (rows.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: 'Correct on the first try, by chapter',
      columns: [
        { label: 'Chapter', align: 'right' },
        { label: 'Answered', align: 'right' },
        { label: 'Correct', align: 'right' },
      ],
      rows: rows.map(({ chapter, answered, right }) => [
        String(chapter),
        String(answered),
        String(right),
      ]),
    },
  ];
}

async function hide(isHidden: boolean, { store, person, wake }: Context): Promise<Reply> {
  await store.hide(person.id, isHidden);
  wake();
  return say(
    isHidden
      ? [
          "You're hidden from all leaderboards, and your points are kept. To come back, run ",
          { command: 'me unhide' },
          '.',
        ]
      : "You're on the leaderboards again.",
  );
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

async function forget({ store, person, clock, emit, wake }: Context): Promise<Reply> {
  const accounts = await store.accountsOf(person.id);
  const alone = accounts.map(({ id }) => workspaceOfOne(id));
  await store.forget(person.id, { at: clock.now(), alone });
  wake();
  emit({ kind: 'forgotten', person: person.id });
  return {
    ...say(
      "All your data is deleted, except codes without your name. They're kept for 180 days so no question earns points twice. If you answer again, you'll start from scratch.",
    ),
    update: true,
  };
}

async function setZone(zone: string | undefined, { store, person }: Context): Promise<Reply> {
  if (!zone || !isZone(zone))
    throw new UserError([
      `I don't know the time zone "${zone ?? ''}".`,
      ' Use a name like Europe/Berlin: ',
      { command: 'me zone:Europe/Berlin' },
    ]);
  await store.setPersonZone(person.id, zone);
  return say(`Your time zone is now ${zone}.`);
}
