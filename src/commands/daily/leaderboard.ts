import { z } from 'zod';
import { type Context, defineCommand } from '../../bot/command.ts';
import type { Block, Reply, Text } from '../../bot/reply.ts';
import { formatPoints } from '../../core/scoring/points.ts';
import { rankAll, WINDOW } from '../../core/scoring/window.ts';
import { addDays, dayIn, formatDay, periodOf, seasonName } from '../../core/time.ts';

/** Rows shown from the top, and on each side of one's own. */
const TOP = 10;
const NEIGHBOURS = 2;

const NO_ANSWERS: Text = [
  'No one has answered yet. Run ',
  { command: 'daily' },
  ' to be the first.',
];

type Row = { rank: number; name: string; points: string; isMe: boolean };

export const leaderboard = defineCommand({
  name: 'leaderboard',
  summary: 'Show the team leaderboard',
  example: 'leaderboard week',
  visibility: 'public',
  slackAlias: true,
  input: z.object({
    view: z
      .enum(['rank', 'week', 'month', 'season', 'all-time'])
      .default('rank')
      .describe('Ranks, points of a week or month, the season, or all-time totals'),
  }),

  run({ view }, context) {
    if (view === 'rank') return rankBoard(context);
    if (view === 'season') return seasonBoard(context);
    if (view === 'all-time') return allTime(context);
    return sumBoard(view, context);
  },
});

async function rankBoard({ store, team, person }: Context): Promise<Reply> {
  const top = rankAll(await store.topOf(team.id, TOP));
  const me = person.isHidden ? undefined : await store.rankOf(team.id, person.id);
  const rows = top.map((row) => toRow(row, person.id));
  if (me && !top.some((row) => row.personId === person.id)) {
    const near = await store.neighbors(
      team.id,
      { personId: person.id, quarters: me.quarters },
      NEIGHBOURS,
    );
    const before = near.above.filter(
      (row) => !top.some((shown) => shown.personId === row.personId),
    );
    const mine = { personId: person.id, name: person.name, quarters: me.quarters };
    const around = [...before, mine, ...near.below];
    rows.push(...ranksAround(around, me.rank, me.quarters).map((row) => toRow(row, person.id)));
  }
  return board({
    title: 'Leaderboard',
    caption: `Best ${WINDOW.best} of the last ${WINDOW.questions} questions`,
    rows,
    note: [
      "Easy 10, Medium 20, Hard 30. Second try: half. Each hint: −25%, up to −50%. Practice doesn't count. Run ",
      { command: 'why' },
      ' to see how your score adds up.',
    ],
    empty: NO_ANSWERS,
  });
}

/** Ranks of the rows around mine: those above count up from me, those below count down. */
function ranksAround<T extends { quarters: number }>(rows: T[], myRank: number, mine: number) {
  const better = rows.filter((row) => row.quarters > mine);
  return rows.map((row, index) => {
    if (row.quarters === mine) return { ...row, rank: myRank };
    if (row.quarters > mine) {
      const sameOrWorse = better.slice(
        better.findIndex((each) => each.quarters === row.quarters),
      ).length;
      return { ...row, rank: myRank - sameOrWorse };
    }
    const ahead = rows
      .slice(0, index)
      .filter((each) => each.quarters > row.quarters && each.quarters <= mine).length;
    return { ...row, rank: myRank + ahead };
  });
}

async function sumBoard(period: 'week' | 'month', context: Context): Promise<Reply> {
  const { store, team, person, clock, locale } = context;
  const { from, until } = periodOf(dayIn(clock.now(), team.zone), period);
  const shown = { limit: TOP, personId: person.id };
  const rows = await store.sumBoard(team.id, { period, startsOn: from }, shown);
  return board({
    title: `Leaderboard: this ${period}`,
    caption: 'Points from closed questions',
    rows: shorten(rows, person.id),
    note: `Total points for questions that closed from ${formatDay(from, locale)} to ${formatDay(addDays(until, -1), locale)}.`,
    empty: `No questions have closed this ${period} yet.`,
  });
}

async function seasonBoard({ store, team, person, clock }: Context): Promise<Reply> {
  const today = dayIn(clock.now(), team.zone);
  const rows = await store.seasonBoard(team.id, { limit: TOP, personId: person.id });
  return board({
    title: `Season ${seasonName(today)}`,
    caption: 'Points so far',
    rows: shorten(rows, person.id),
    note: `Current standings. The person in first place after the season's last question wins.`,
    empty: 'No one has answered this season yet.',
  });
}

async function allTime({ store, team, person }: Context): Promise<Reply> {
  const totals = await store.totals(team.id, { limit: TOP, personId: person.id });
  const shown = totals.filter((row, index) => index < TOP || row.personId === person.id);
  const share = (right: number, of: number) => `${Math.round((100 * right) / of)}%`;
  return {
    title: 'All time',
    blocks:
      shown.length === 0
        ? [
            {
              kind: 'text',
              text: NO_ANSWERS,
            },
          ]
        : [
            {
              kind: 'table',
              caption: 'Questions answered, and correct on the first try',
              columns: [
                { label: 'Name' },
                { label: 'Answered', align: 'right' },
                { label: 'First try', align: 'right' },
                { label: 'Badge' },
              ],
              rows: shown.map((row) => [
                nameText(row.name, row.personId === person.id),
                String(row.answered),
                share(row.firstTry, row.answered),
                badge(row.answered),
              ]),
            },
            { kind: 'note', text: "These totals don't affect your rank." },
          ],
  };
}

function badge(answered: number): string {
  if (answered >= 200) return 'Converged';
  if (answered >= 100) return 'Fine-tuned';
  if (answered >= 50) return 'Pretrained';
  return answered >= 10 ? 'Warmed up' : '';
}

/** The first rows, and one's own wherever it stands. */
function shorten(
  rows: { personId: string; name: string; quarters: number; rank: number }[],
  me: string,
): Row[] {
  return rows
    .filter((row, index) => index < TOP || row.personId === me)
    .map((row) => toRow(row, me));
}

function toRow(
  row: { personId: string; name: string; quarters: number; rank: number },
  me: string,
): Row {
  return {
    rank: row.rank,
    name: row.name,
    points: formatPoints(row.quarters),
    isMe: row.personId === me,
  };
}

function nameText(name: string, isMe: boolean): Text {
  if (!isMe) return name;
  return name.toLowerCase() === 'you' ? { bold: name } : [{ bold: name }, ' (you)'];
}

function board({
  title,
  caption,
  rows,
  note,
  empty,
}: {
  title: string;
  caption: string;
  rows: Row[];
  note: Text;
  empty: Text;
}): Reply {
  const blocks: Block[] =
    rows.length === 0
      ? [{ kind: 'text', text: empty }]
      : [
          {
            kind: 'table',
            caption,
            columns: [
              { label: 'Rank', align: 'right' },
              { label: 'Name' },
              { label: 'Points', align: 'right' },
            ],
            rows: rows.map((row) => [String(row.rank), nameText(row.name, row.isMe), row.points]),
          },
        ];
  return { title, blocks: [...blocks, { kind: 'note', text: note }] };
}
