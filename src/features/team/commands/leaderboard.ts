import { z } from 'zod';
import { LAST_OWN_CHAPTER } from '../../../core/questions/schema.ts';
import { formatPoints } from '../../../core/scoring/points.ts';
import { rankAll, WINDOW } from '../../../core/scoring/window.ts';
import { addDays, dayIn, formatDay, periodOf, seasonName } from '../../../core/time.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import { type Block, type Reply, say, type Text } from '../../../spine/reply.ts';
import { groupsBoard, ownPlace, pastSeasons, showBoards } from '../boards.ts';
import type { Badge } from '../queries/seasons.ts';

/** Rows shown from the top, and on each side of one's own. */
const TOP = 10;
const NEIGHBOURS = 2;

const NO_ANSWERS: Text = [
  'No one has answered yet. Run ',
  { command: 'daily' },
  ' to be the first.',
];

const VIEWS = [
  'rank',
  'week',
  'month',
  'season',
  'all-time',
  'groups',
  'chapter',
  'place',
] as const;

type Row = { rank: number; name: string; points: string; isMe: boolean };

export const leaderboard = defineCommand({
  name: 'leaderboard',
  alone: 'show',
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
      takes: ['view', 'chapter'],
      label: 'Show leaderboard',
    },
    {
      like: [
        'who has the most points of all time',
        'best of all time',
        'overall totals',
        'all time leaderboard',
        'all time totals',
        'totals of all time',
      ],
      values: { view: 'all-time' },
      takes: [],
      label: 'Show all-time',
    },
    {
      like: ['which group is ahead', 'group against group', 'compare the groups'],
      values: { view: 'groups' },
      takes: [],
      label: 'Show groups',
    },
    {
      like: ['what percentile am i in', 'am i in the top half', 'my place without names'],
      values: { view: 'place' },
      takes: [],
      label: 'Show my place',
    },
  ],
  visibility: 'private',
  onlyShows: ({ show }) => show === undefined,
  slackAlias: true,
  formerly: {
    why: 'leaderboard why',
    group: 'leaderboard group',
    share: 'leaderboard share',
  },
  mayBePosted: true,
  access: ({ show }) => (show ? 'admin' : 'everybody'),
  input: z.object({
    view: z
      .enum(VIEWS)
      .meta({ also: { weekly: 'week', monthly: 'month', group: 'groups', percentile: 'place' } })
      .default('rank')
      .describe('Ranks, a week, month, season, or chapter, groups, or only your own place'),
    chapter: z.int().min(1).max(LAST_OWN_CHAPTER).optional().describe('Chapter, for its season'),
    show: z
      .enum(['names', 'places', 'off'])
      .optional()
      .describe('What leaderboards show: names, only your own place, or nothing (admins)'),
  }),

  async run({ view, chapter, show, private: isPrivate }, context) {
    if (show) return showBoards(show, context);
    const { person, team } = context;
    if (team.boards === 'off') return OFF;
    if (view === 'groups') return groupsBoard(context);
    if (view === 'place' || team.boards === 'places') return ownPlace(context);
    // What everyone reads is the same for everyone: nobody's own place is in it.
    const me = isPrivate === false ? undefined : person.id;
    const reply = await (view === 'chapter' || chapter !== undefined
      ? chapterBoard(chapter, me, context)
      : boardOf(view, me, context));
    const digest: Block = {
      kind: 'buttons',
      buttons: [{ label: 'Weekly digest', run: 'setup digest' }],
    };
    return { ...reply, blocks: [...reply.blocks, digest] };
  },
});

type View = (typeof VIEWS)[number];

const OFF: Reply = {
  ...say(['Leaderboards are off in this team. Your own numbers are in ', { command: 'me' }, '.']),
  visibility: 'private',
};

/** @param me Whose own row is marked and always shown; nobody's when absent. */
function boardOf(view: View, me: string | undefined, context: Context): Promise<Reply> {
  if (view === 'week' || view === 'month') return sumBoard(view, me, context);
  if (view === 'season') return seasonBoard(me, context);
  return view === 'all-time' ? allTime(me, context) : rankBoard(me, context);
}

/** Points of one chapter in this season: a newcomer begins it with everybody else. */
async function chapterBoard(
  chapter: number | undefined,
  me: string | undefined,
  { store, team, person, clock, catalog }: Context,
): Promise<Reply> {
  if (chapter === undefined)
    throw new UserError(['Add a chapter, like ', { command: 'leaderboard chapter:3' }, '.']);
  const today = dayIn(clock.now(), team.zone);
  const during = { period: 'season', startsOn: periodOf(today, 'season').from, chapter } as const;
  const rows = await store.sumBoard(team.id, during, { limit: TOP, personId: person.id });
  return board({
    title: `Leaderboard: ${catalog.chapterTitle(chapter)}`,
    caption: 'Points from closed questions',
    rows: shorten(rows, me),
    note: `Points from questions of this chapter that closed in season ${seasonName(today)}.`,
    empty: 'No questions of this chapter have closed this season yet.',
  });
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
      { command: 'leaderboard why' },
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
  const reply = board({
    title: `Season ${seasonName(today)}`,
    caption: 'Points so far',
    rows: shorten(rows, me),
    note: `Current standings. The person in first place after the season's last question gets a badge that stays.`,
    empty: 'No one has answered this season yet.',
  });
  return { ...reply, blocks: [...reply.blocks, ...pastSeasons(await store.badgesOf(team.id, 4))] };
}

async function allTime(me: string | undefined, { store, team, person }: Context): Promise<Reply> {
  const totals = await store.totals(team.id, { limit: TOP, personId: person.id });
  const shown = totals.filter((row, index) => index < TOP || row.personId === me);
  const won = await store.badgesOf(team.id, MOST_BADGES);
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
                [badge(row.answered), ...seasonsOf(row.personId, won)].filter(Boolean).join(', '),
              ]),
            },
            { kind: 'note', text: "These totals don't affect your rank." },
          ],
  };
}

/** Badges of seasons that one board looks through. */
const MOST_BADGES = 100;

const seasonsOf = (person: string, won: readonly Badge[]) =>
  won
    .filter(({ personId }) => personId === person)
    .map(({ season }) => `Winner ${seasonName(season)}`);

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
              { label: '#', align: 'right' },
              { label: 'Name', oneLine: true },
              { label: 'Points', align: 'right' },
            ],
            // Where the name is cut, or nothing is bold, the arrow still marks the row.
            rows: rows.map(({ rank, name, points, isMe }) => [
              isMe ? `→ ${rank}` : String(rank),
              nameText(name, isMe),
              points,
            ]),
          },
        ];
  return { title, blocks: [...blocks, { kind: 'note', text: note }] };
}
