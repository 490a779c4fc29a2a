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
  says: [
    {
      like: [
        'who won this {view}',
        'who won',
        'top players',
        'who is the best',
        'standings of this {view}',
        'high scores',
        'who is on top',
        'how is the team doing',
        'points of everyone',
        'ranking of the {view}',
        'show the leaderboard',
        'show the ranking',
        'who is winning',
        'who has the most points',
        'who is first',
        'leaderboard of the {view}',
        'points of this {view}',
        'scores this {view}',
        'who leads the {view}',
      ],
      label: 'Show leaderboard',
      shows: true,
    },
    {
      like: [
        'show only me the leaderboard',
        'leaderboard just for me',
        'show me the leaderboard privately',
        'leaderboard that only i can see',
      ],
      needs: ['only', 'just', 'privately', 'private'],
      values: { private: 'yes' },
      takes: ['view'],
      label: 'Show me the leaderboard',
      shows: true,
    },
    {
      like: [
        'best of all time',
        'overall totals',
        'all time leaderboard',
        'all time totals',
        'totals of all time',
      ],
      values: { view: 'all-time' },
      label: 'Show all-time',
      shows: true,
    },
  ],
  visibility: 'public',
  slackAlias: true,
  mayBePrivate: true,
  input: z.object({
    view: z
      .enum(['rank', 'week', 'month', 'season', 'all-time'])
      .meta({ also: { weekly: 'week', monthly: 'month' } })
      .default('rank')
      .describe('Ranks, points of a week or month, the season, or all-time totals'),
  }),

  async run({ view, private: isPrivate }, context) {
    const { person, place } = context;
    const isAlone = isPrivate === true || place.kind === 'direct';
    // What everyone reads is the same for everyone: nobody's own place is in it.
    const reply = await boardOf(view, isAlone ? person.id : undefined, context);
    if (isAlone) return reply;
    const mine: Block = {
      kind: 'buttons',
      buttons: [{ label: 'My rank', run: `leaderboard view:${view} private:yes` }],
    };
    return { ...reply, blocks: [...reply.blocks, mine] };
  },
});

type View = 'rank' | 'week' | 'month' | 'season' | 'all-time';

/** @param me Whose own row is marked and always shown; nobody's when absent. */
function boardOf(view: View, me: string | undefined, context: Context): Promise<Reply> {
  if (view === 'rank') return rankBoard(me, context);
  if (view === 'season') return seasonBoard(me, context);
  if (view === 'all-time') return allTime(me, context);
  return sumBoard(view, me, context);
}

async function rankBoard(
  own: string | undefined,
  { store, team, person }: Context,
): Promise<Reply> {
  const top = rankAll(await store.topOf(team.id, TOP));
  const me = !own || person.isHidden ? undefined : await store.rankOf(team.id, person.id);
  const rows = top.map((row) => toRow(row, own));
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
    rows.push(...ranksAround(around, me.rank, me.quarters).map((row) => toRow(row, own)));
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

async function sumBoard(
  period: 'week' | 'month',
  me: string | undefined,
  context: Context,
): Promise<Reply> {
  const { store, team, person, clock, locale } = context;
  const { from, until } = periodOf(dayIn(clock.now(), team.zone), period);
  const shown = { limit: TOP, personId: person.id };
  const rows = await store.sumBoard(team.id, { period, startsOn: from }, shown);
  return board({
    title: `Leaderboard: this ${period}`,
    caption: 'Points from closed questions',
    rows: shorten(rows, me),
    note: `Total points for questions that closed from ${formatDay(from, locale)} to ${formatDay(addDays(until, -1), locale)}.`,
    empty: `No questions have closed this ${period} yet.`,
  });
}

async function seasonBoard(
  me: string | undefined,
  { store, team, person, clock }: Context,
): Promise<Reply> {
  const today = dayIn(clock.now(), team.zone);
  const rows = await store.seasonBoard(team.id, { limit: TOP, personId: person.id });
  return board({
    title: `Season ${seasonName(today)}`,
    caption: 'Points so far',
    rows: shorten(rows, me),
    note: `Current standings. The person in first place after the season's last question wins.`,
    empty: 'No one has answered this season yet.',
  });
}

async function allTime(me: string | undefined, { store, team, person }: Context): Promise<Reply> {
  const totals = await store.totals(team.id, { limit: TOP, personId: person.id });
  const shown = totals.filter((row, index) => index < TOP || row.personId === me);
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
                nameText(row.name, row.personId === me),
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
  me: string | undefined,
): Row[] {
  return rows
    .filter((row, index) => index < TOP || row.personId === me)
    .map((row) => toRow(row, me));
}

function toRow(
  row: { personId: string; name: string; quarters: number; rank: number },
  me: string | undefined,
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
