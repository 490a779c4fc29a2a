import { type LivePlace, rankScores } from '../../core/live/standings.ts';
import type { Block } from '../../spine/reply.ts';
import type { LiveTally } from './queries/tally.ts';

/** How many people the standings name. */
const SHOWN = 10;

/** So many names share the first place in one sentence. */
const MAX_WINNERS = 3;

/** A number with what it counts. */
export const countOf = (count: number, what: string) =>
  count === 1 ? `1 ${what}` : `${count} ${what}s`;

/** How many people. */
export const peopleText = (count: number) => (count === 1 ? '1 person' : `${count} people`);

/** The ten best after some questions. */
export function standingsBlocks(
  { scores }: Pick<LiveTally, 'scores'>,
  asked: number,
  { hasWinners = false }: { hasWinners?: boolean } = {},
): Block[] {
  const ranked = rankScores(scores);
  if (ranked.length === 0) return [];
  const left = ranked.length - SHOWN;
  return [
    ...(hasWinners ? [{ kind: 'text', text: winnersText(ranked, asked) } satisfies Block] : []),
    {
      kind: 'table',
      caption: `Standings after ${countOf(asked, 'question')}`,
      columns: [
        { label: '#', align: 'right' },
        { label: 'Name' },
        { label: 'Correct', align: 'right' },
        { label: 'Answered', align: 'right' },
      ],
      rows: ranked
        .slice(0, SHOWN)
        .map(({ place, name, right, answered }) => [
          String(place),
          name,
          String(right),
          `${answered} of ${asked}`,
        ]),
    },
    ...(left > 0
      ? [
          {
            kind: 'note',
            text: `${left} more ${left === 1 ? 'person takes' : 'people take'} part. Equal scores share a place.`,
          } satisfies Block,
        ]
      : []),
  ];
}

function winnersText(ranked: readonly LivePlace[], asked: number): string {
  if (ranked[0]?.right === 0) return 'No one had a correct answer this time.';
  const first = ranked.filter(({ place }) => place === 1);
  const reached = `${ranked[0]?.right ?? 0} of ${asked} correct`;
  const names = first.map(({ name }) => name);
  if (first.length === 1) return `Winner: ${names[0]} (${reached}).`;
  return first.length <= MAX_WINNERS
    ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)} share first place (${reached}).`
    : `${first.length} people share first place (${reached}).`;
}
