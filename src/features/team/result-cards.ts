import { rankScores } from '../../core/live/standings.ts';
import { streakOf } from '../../core/scoring/streak.ts';
import { addDays, type Day, dayIn, formatDay, isDay, seasonName } from '../../core/time.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import type { Block, Mark, ResultChart } from '../../spine/reply.ts';
import type { OwnDay } from './queries/shares.ts';

/** What can be shown to others, each of one person alone. */
export const CARD_KINDS = ['week', 'live', 'season'] as const;
export type CardKind = (typeof CARD_KINDS)[number];

/** A card with its id, such as `live-3`, and the channel that it belongs to, where it has one. */
export type ResultCard = {
  id: string;
  title: string;
  chart: ResultChart;
  place?: { channel: string; thread?: string };
};

const DAYS = 7;

/**
 * Finds what a person may show.
 *
 * @param id Of a card that was seen before; what is newest of its kind when absent.
 * @throws UserError when there is nothing to show.
 */
export function resultCard(
  kind: CardKind,
  id: string | undefined,
  context: Context,
): Promise<ResultCard> {
  const named = id?.slice(kind.length + 1);
  switch (kind) {
    case 'live':
      return liveCard(named, context);
    case 'week':
      return weekCard(named, context);
    case 'season':
      return seasonCard(named, context);
  }
}

async function liveCard(named: string | undefined, context: Context): Promise<ResultCard> {
  const { store, team, person } = context;
  const round = named
    ? (await store.liveRound(Number(named)))?.round
    : await store.lastLiveOf(team.id, person.id);
  if (round?.teamId !== team.id)
    throw new UserError(['You have no live round to share. Run ', { command: 'live' }, '.']);
  if (!round.endedAt) throw new UserError('You can share your result when the live round is over.');
  const { id, position, channel, thread } = round;
  const answers = await store.liveAnswersOf(id, person.id);
  if (answers.length === 0)
    throw new UserError("You didn't answer in this live round, so there's nothing to share.");
  const right = answers.filter(({ isRight }) => isRight).length;
  const ranked = rankScores(
    await store.liveScores({ roundId: id, upTo: position, personId: person.id }),
  );
  const place = ranked.find(({ personId }) => personId === person.id)?.place ?? ranked.length;
  return {
    id: `live-${id}`,
    title: 'Live round',
    place: { channel, ...(thread ? { thread } : {}) },
    chart: {
      shape: 'result',
      title: `${person.name}: live round`,
      verdict: `${right} of ${position} correct`,
      marks: Array.from({ length: position }, (_, at) => ({
        label: String(at + 1),
        mark: markOf(answers.find(({ number }) => number === at + 1)?.isRight),
      })),
      facts: [
        { label: 'Place', value: `${place} of ${ranked.length}` },
        { label: 'Date', value: formatDay(dayIn(round.endedAt, team.zone)) },
      ],
    },
  };
}

const markOf = (isRight: boolean | null | undefined): Mark =>
  isRight ? 'right' : isRight === false ? 'wrong' : 'none';

async function weekCard(named: Day | undefined, context: Context): Promise<ResultCard> {
  const { store, team, person, clock } = context;
  const until = named && isDay(named) ? named : dayIn(clock.now(), team.zone);
  const from = addDays(until, 1 - DAYS);
  const own = await store.ownDays(team.id, person.id, {
    from,
    until,
    joinedAt: person.createdAt,
  });
  const answered = own.filter(isAnswered);
  if (answered.length === 0)
    throw new UserError("You haven't answered a daily question in these 7 days.", {
      buttons: [{ label: "Today's question", run: 'daily' }],
    });
  const asked = own.filter((each) => each.isClosed || isAnswered(each)).length;
  const tried = own.filter(({ tries }) => tries.length > 0);
  const right = tried.filter(({ tries }) => tries[0]).length;
  const streak = streakOf(await store.streakEntries(team.id, person.id, person.createdAt));
  return {
    id: `week-${until}`,
    title: 'Week',
    chart: {
      shape: 'result',
      title: `${person.name}: 7 days`,
      verdict: `${answered.length} of ${asked} daily questions answered`,
      marks: Array.from({ length: DAYS }, (_, at) => {
        const day = addDays(from, at);
        return {
          label: formatDay(day).slice(0, 3),
          mark: markOfDay(own.filter((each) => each.day === day)),
        };
      }),
      facts: [
        ...(tried.length > 0
          ? [{ label: 'Correct on first try', value: `${right} of ${tried.length}` }]
          : []),
        { label: 'Streak', value: String(streak.current) },
        { label: 'Until', value: formatDay(until) },
      ],
    },
  };
}

const isAnswered = ({ tries, isFreeText }: OwnDay) => tries.length > 0 || isFreeText;

/** The best of a day with several questions, on whatever try; blank where nothing was asked. */
function markOfDay(own: readonly OwnDay[]): Mark {
  if (own.length === 0) return 'blank';
  if (own.some(({ tries }) => tries.includes(true))) return 'right';
  if (own.some(({ isFreeText }) => isFreeText)) return 'done';
  return own.some(({ tries }) => tries.length > 0) ? 'wrong' : 'none';
}

async function seasonCard(named: Day | undefined, context: Context): Promise<ResultCard> {
  const { store, team, person } = context;
  const won = await store.seasonsWon(team.id, person.id);
  const season = named === undefined ? won[0] : won.find((day) => day === named);
  if (!season)
    throw new UserError("You haven't won a season yet.", {
      buttons: [{ label: 'Share my week', run: 'leaderboard share what:week' }],
    });
  return {
    id: `season-${season}`,
    title: 'Season won',
    chart: {
      shape: 'result',
      title: person.name,
      verdict: `Winner of season ${seasonName(season)}`,
      marks: [],
      facts: [{ label: 'Team', value: team.name }],
    },
  };
}

const WORDS: Record<Mark, string> = {
  right: 'correct',
  wrong: 'incorrect',
  done: 'answered in your own words',
  none: 'no answer',
  blank: '',
};

/** The picture with the same in words. */
export function resultBlock({ chart }: ResultCard): Block {
  const { title, verdict, marks, facts } = chart;
  const said = [
    ...facts.map(({ label, value }) => `${label}: ${value}`),
    ...(marks.length > 0
      ? [
          marks
            .filter(({ mark }) => mark !== 'blank')
            .map(({ label, mark }) => `${label} ${WORDS[mark]}`)
            .join(', '),
        ]
      : []),
  ];
  return { kind: 'chart', chart, alt: `${[title, verdict, ...said].join('. ')}.` };
}
