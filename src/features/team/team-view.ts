import { FEWEST } from '../../core/scoring/place.ts';
import type { Context } from '../../spine/command.ts';
import type { Block, Reply } from '../../spine/reply.ts';
import { count } from '../practice/path-plan.ts';
import type { ChapterWeek } from './queries/digests.ts';

const WEEKS = 4;

/** How a team takes part and which chapters it misses: no names, and nothing of fewer than five people. */
export async function teamView({ store, team, clock, catalog }: Context): Promise<Reply> {
  const all = await store.chapterWeeks(team.id, WEEKS, clock.now());
  const shown = all.filter(({ people }) => people >= FEWEST);
  const note: Block = {
    kind: 'note',
    text: `No names, and nothing from fewer than ${FEWEST} people. Now means the last 7 days, and 1w the 7 days before them.`,
  };
  if (shown.length === 0)
    return {
      title: 'Your team',
      blocks: [
        { kind: 'text', text: `This fills up once ${FEWEST} people have answered in a week.` },
        note,
      ],
    };
  const chapters = shown.filter(({ chapter }) => chapter !== null);
  return {
    title: 'Your team',
    blocks: [
      participation(all.filter(({ chapter }) => chapter === null)),
      ...(chapters.length > 0 ? [heatMap(chapters, catalog), ...gaps(chapters, catalog)] : []),
      note,
    ],
  };
}

/** Short enough for four columns beside each other on a phone. */
const weekName = (week: number) => (week === 0 ? 'now' : `${week}w`);

function participation(weeks: readonly ChapterWeek[]): Block {
  const rows = Array.from({ length: WEEKS }, (_, week) => {
    const found = weeks.find((each) => each.week === week);
    const isShown = found && found.people >= FEWEST;
    return isShown
      ? [weekName(week), String(found.people), String(found.answered), share(found)]
      : [weekName(week), found ? `<${FEWEST}` : 'none', '', ''];
  });
  return {
    kind: 'table',
    caption: 'Participation by week',
    columns: [
      { label: 'Week' },
      { label: 'People', align: 'right' },
      { label: 'Answers', align: 'right' },
      { label: 'Correct', align: 'right' },
    ],
    rows,
  };
}

const share = ({ right, answered }: Pick<ChapterWeek, 'right' | 'answered'>) =>
  `${Math.round((100 * right) / answered)}%`;

function heatMap(cells: readonly ChapterWeek[], catalog: Context['catalog']): Block {
  const chapters = [...new Set(cells.map(({ chapter }) => chapter ?? 0))].sort((a, b) => a - b);
  const weeks = Array.from({ length: WEEKS }, (_, index) => WEEKS - 1 - index);
  const rows = chapters.map((chapter) => ({
    label: catalog.chapterTitle(chapter),
    values: weeks.map((week) => {
      const cell = cells.find((each) => each.chapter === chapter && each.week === week);
      return cell && Math.round((100 * cell.right) / cell.answered);
    }),
  }));
  const said = rows.map(
    ({ label, values }) =>
      `${label} ${values.map((value) => (value === undefined ? 'none' : `${value}%`)).join(', ')}`,
  );
  return {
    kind: 'chart',
    chart: {
      shape: 'heat',
      title: 'Correct on the first try, by chapter and week',
      unit: '%',
      rowLabel: 'Chapter',
      columns: weeks.map(weekName),
      rows,
    },
    alt: `Correct on the first try by chapter, from ${WEEKS - 1} weeks ago to now: ${said.join('; ')}`,
  };
}

/** Chapters that fit beside the picture, those with the fewest right answers first. */
const MOST_GAPS = 5;

function gaps(cells: readonly ChapterWeek[], catalog: Context['catalog']): Block[] {
  const chapters = [...new Set(cells.map(({ chapter }) => chapter ?? 0))].map((chapter) => {
    const own = cells.filter((each) => each.chapter === chapter);
    const sum = (of: 'right' | 'answered') => own.reduce((total, each) => total + each[of], 0);
    return { chapter, right: sum('right'), answered: sum('answered') };
  });
  const worst = chapters
    .sort((one, other) => one.right / one.answered - other.right / other.answered)
    .slice(0, MOST_GAPS);
  return [
    { kind: 'text', text: { bold: 'Chapters to work on' } },
    {
      kind: 'fields',
      fields: worst.map(({ chapter, ...counts }) => ({
        label: catalog.chapterTitle(chapter),
        value: `${share(counts)} of ${count(counts.answered, 'answer')} correct`,
      })),
    },
  ];
}
