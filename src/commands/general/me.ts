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
  summary: 'My numbers, my data, hide me, forget me',
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
      .describe('My time zone, such as Europe/Berlin'),
    confirm: z.boolean().optional().describe('Really delete me'),
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
  const right = tries.filter((each) => each.isRight).length;
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
            value: standing ? `${standing.rank} of ${standing.of}` : 'no answer yet',
          },
          { label: 'Points', value: formatPoints(standing?.quarters ?? 0) },
          { label: 'Answered', value: String(tries.length) },
          {
            label: 'Right on the first try',
            value: tries.length > 0 ? `${Math.round((100 * right) / tries.length)} %` : 'none yet',
          },
          ...(spoken.length > 0
            ? [
                {
                  label: 'Open questions',
                  value: `${inWords} of ${spoken.length} answered, for the streak alone`,
                },
              ]
            : []),
          { label: 'Streak', value: `${streak.current} (longest ${streak.longest})` },
          { label: 'Shields', value: `${streak.shields} of 2` },
          { label: 'Time zone', value: zone },
          { label: 'Default GPU', value: person.gpu ?? 'none' },
          { label: 'On the boards', value: person.isHidden ? 'hidden' : 'shown' },
        ],
      },
      ...chapterTable(tries),
      {
        kind: 'buttons',
        buttons: [
          { label: 'Why this score', run: 'why' },
          person.isHidden
            ? { label: 'Show me again', run: 'me unhide' }
            : { label: 'Hide me', run: 'me hide' },
          { label: 'My data', run: 'me export' },
          { label: 'Delete me', run: 'me delete', style: 'danger' },
        ],
      },
    ],
  };
}

function chapterTable(
  tries: { question: { chapter: number } | null; isRight: boolean }[],
): Reply['blocks'] {
  const chapters = new Map<number, { answered: number; right: number }>();
  for (const { question, isRight } of tries) {
    if (!question) continue;
    const entry = chapters.get(question.chapter) ?? { answered: 0, right: 0 };
    entry.answered += 1;
    if (isRight) entry.right += 1;
    chapters.set(question.chapter, entry);
  }
  if (chapters.size === 0) return [];
  return [
    {
      kind: 'table',
      caption: 'Right on the first try, by chapter',
      columns: [
        { label: 'Chapter', align: 'right' },
        { label: 'Answered', align: 'right' },
        { label: 'Right', align: 'right' },
      ],
      rows: [...chapters]
        .sort(([a], [b]) => a - b)
        .map(([chapter, { answered, right }]) => [
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
      ? 'You are off every board. Your points are kept; "me unhide" brings you back.'
      : 'You are on the boards again.',
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
        text: `Everything that is kept about you: ${count} rows in ${Object.keys(rows).length} tables.`,
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
    title: 'Delete everything about you?',
    blocks: [
      {
        kind: 'text',
        text: "This deletes your answers, votes, points, streak, and settings right away, including answers that others can see. You can't undo it. Export your data first if you want a copy.",
      },
      {
        kind: 'text',
        text: 'One thing stays for 180 days: for each open question that you answered or opened help for, and each team question that you wrote or saw, a code that proves that your account knew it. It gives no points a second time. The code holds no name and no answer.',
      },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Delete me', run: 'me delete confirm:yes', style: 'danger' },
          { label: 'Export first', run: 'me export' },
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
      'All data about you is deleted. Only codes without your name stay for 180 days, so that nobody answers a question twice for points. If you answer again, you start from zero.',
    ),
    update: true,
  };
}

async function setZone(zone: string | undefined, { store, person }: Context): Promise<Reply> {
  if (!zone || !isZone(zone))
    throw new UserError(
      `I do not know the time zone "${zone ?? ''}". Type it like Europe/Berlin: me zone:Europe/Berlin`,
    );
  await store.setPersonZone(person.id, zone);
  return say(`I show you times in ${zone} from now on.`);
}
