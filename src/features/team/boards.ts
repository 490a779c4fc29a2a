import { rankGroups } from '../../core/scoring/groups.ts';
import { FEWEST, topShare } from '../../core/scoring/place.ts';
import { formatPointCount, QUARTERS } from '../../core/scoring/points.ts';
import { seasonName } from '../../core/time.ts';
import type { Context } from '../../spine/command.ts';
import { type Block, type Reply, say } from '../../spine/reply.ts';
import type { Boards } from '../../store/schema.ts';
import type { Badge } from './queries/seasons.ts';

/** Group against group: the mean of the best of each. */
export async function groupsBoard({
  store,
  team,
}: Pick<Context, 'store' | 'team'>): Promise<Reply> {
  const { counted, ranked } = rankGroups(await store.groupBoard(team.id));
  const title = 'Leaderboard: groups';
  if (ranked.length === 0)
    return {
      title,
      blocks: [
        {
          kind: 'text',
          text: [
            'There are no groups yet. To start one, run ',
            { command: 'leaderboard group join blue' },
            '.',
          ],
        },
      ],
    };
  return {
    title,
    blocks: [
      {
        kind: 'table',
        caption: `Mean of the best ${counted} people in each group`,
        columns: [
          { label: 'Rank', align: 'right' },
          { label: 'Group' },
          { label: 'Points', align: 'right' },
        ],
        rows: ranked.map(({ name, rank, quarters }) => [
          rank === undefined ? '' : String(rank),
          name,
          rank === undefined ? 'needs 3 people' : formatMean(quarters),
        ]),
      },
      {
        kind: 'note',
        text: [
          'A group needs 3 people who answer. People hidden from leaderboards are left out. Every group counts as many people as the smallest one, up to 5. Run ',
          { command: 'leaderboard group' },
          ' to join one.',
        ],
      },
    ],
  };
}

/** A mean of points with one digit behind the point at most. */
const formatMean = (quarters: number) => String(Math.round((10 * quarters) / QUARTERS) / 10);

/** Where somebody stands in the team, without anybody's name. */
export async function ownPlace({ store, team, person }: Context): Promise<Reply> {
  const standing = await store.standing(team.id, person.id);
  const isPrivate = { visibility: 'private' } as const;
  if (!standing)
    return { ...say(['Answer a question first. Run ', { command: 'daily' }, '.']), ...isPrivate };
  const share = topShare(standing);
  if (share === undefined)
    return {
      ...say(`Your place is shown once ${FEWEST} people in your team have answered.`),
      ...isPrivate,
    };
  const half = (await store.scoreAt(team.id, Math.ceil(standing.of / 2) - 1)) ?? 0;
  const gap = half - standing.quarters;
  return {
    title: 'Your place',
    ...isPrivate,
    blocks: [
      {
        kind: 'text',
        text:
          gap <= 0
            ? `You're in the top ${Math.min(50, share)}% of ${standing.of} people, with ${formatPointCount(standing.quarters)}.`
            : `You have ${formatPointCount(standing.quarters)}. ${formatPointCount(gap)} more would put you in the top half of ${standing.of} people.`,
      },
      { kind: 'note', text: 'Shares are rounded up to 5%.' },
    ],
  };
}

/** The winners of the seasons before, a season a line. */
export function pastSeasons(badges: readonly Badge[]): Block[] {
  const seasons = [...new Set(badges.map(({ season }) => season))];
  if (seasons.length === 0) return [];
  return [
    {
      kind: 'fields',
      fields: seasons.map((season) => ({
        label: `Winner ${seasonName(season)}`,
        value: badges
          .filter((each) => each.season === season)
          .map(({ name }) => name)
          .join(', '),
      })),
    },
  ];
}

/** What everybody sees from now on, as an admin says. */
export async function showBoards(boards: Boards, { store, team }: Context): Promise<Reply> {
  await store.setBoards(team.id, boards);
  const before = team.boards;
  return {
    visibility: 'private',
    update: true,
    blocks: [
      { kind: 'text', text: SHOWN[boards] },
      ...(before === boards
        ? []
        : [
            {
              kind: 'buttons' as const,
              buttons: [{ label: 'Undo', run: `leaderboard show:${before}` }],
            },
          ]),
    ],
  };
}

const SHOWN: Record<Boards, string> = {
  names: 'Leaderboards show names and points again.',
  places: 'Leaderboards no longer show names. Everyone can see only their own place.',
  off: 'Leaderboards are off. Points, streaks, and reviews go on.',
};
