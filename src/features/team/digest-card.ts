import type { Catalog } from '../../core/catalog.ts';
import { formatPoints } from '../../core/scoring/points.ts';
import { rankAll } from '../../core/scoring/window.ts';
import { dayIn, daysBetween, periodOf, seasonName } from '../../core/time.ts';
import type { Store } from '../../queries.ts';
import { cut } from '../../session/question-card.ts';
import type { BarChart, Block, Reply } from '../../spine/reply.ts';
import type { DigestKind, Team } from '../../store/schema.ts';
import { count } from '../practice/path-plan.ts';
import { groupsBoard } from './boards.ts';
import type { ClosedQuestion } from './queries/digests.ts';

const WEEK_MS = 7 * 24 * 3_600_000;

/** Names that a digest shows, and rows of a board. */
const NAMES = 12;
const TOP = 10;

/** With fewer answers than this a question isn't called the most missed one. */
const LEAST = 3;

type Parts = { store: Store; catalog: Catalog; team: Team; now: Date };

/** What a team has posted by itself; undefined when there is nothing to tell. */
export function digestCard(what: DigestKind, parts: Parts): Promise<Reply | undefined> {
  return what === 'digest' ? weekCard(parts) : boardCard(parts);
}

/** How the questions of a week went, whom it kept going, and one thing to talk about. */
async function weekCard({ store, catalog, team, now }: Parts): Promise<Reply | undefined> {
  const after = new Date(now.getTime() - WEEK_MS);
  const closed = await store.closedBetween(team.id, { after, until: now });
  const rated = closed.filter(({ isRated, answered }) => isRated && answered > 0);
  if (rated.length === 0) return undefined;
  const missed = mostMissed(rated);
  const all = await store.answeredAll(closed.map(({ id }) => id));
  const answered = total(rated, 'answered');
  const right = total(rated, 'right');
  return {
    title: 'Weekly digest',
    blocks: [
      {
        kind: 'text',
        text: `${count(closed.length, 'question')} closed this week. ${percent(right, answered)} of first tries were correct (${right} of ${answered}).`,
      },
      chapterChart(rated, catalog),
      ...missedBlocks(missed),
      ...keptBlocks(all, team),
      ...(await seasonBlocks({ store, team, now })),
      {
        kind: 'buttons',
        buttons: [
          ...(missed ? [{ label: 'Practice it', run: `answer post:${missed.id}` }] : []),
          { label: 'Turn off', run: 'setup digest action:off what:digest' },
        ],
      },
    ],
  };
}

const total = (questions: readonly ClosedQuestion[], of: 'answered' | 'right') =>
  questions.reduce((sum, each) => sum + each[of], 0);

const percent = (right: number, of: number) => `${Math.round((100 * right) / of)}%`;

/** The question with the smallest share of right first tries; none when all was right. */
function mostMissed(questions: readonly ClosedQuestion[]): ClosedQuestion | undefined {
  const [worst] = questions
    .filter(({ answered, right }) => answered >= LEAST && right < answered)
    .sort((one, other) => one.right / one.answered - other.right / other.answered);
  return worst;
}

function chapterChart(questions: readonly ClosedQuestion[], catalog: Catalog): Block {
  const chapters = [...new Set(questions.map(({ chapter }) => chapter ?? 0))].sort((a, b) => a - b);
  const bars = chapters.map((chapter) => {
    const own = questions.filter((each) => (each.chapter ?? 0) === chapter);
    const share = Math.round((100 * total(own, 'right')) / total(own, 'answered'));
    return {
      label: catalog.chapterTitle(chapter),
      segments: [{ label: 'Correct', value: share }],
    };
  });
  return {
    kind: 'chart',
    chart: { shape: 'bars', title: 'Correct on the first try, by chapter', unit: '%', bars },
    alt: `Correct on the first try, by chapter: ${bars.map(({ label, segments }) => `${label} ${segments[0]?.value ?? 0}%`).join(', ')}`,
  };
}

function missedBlocks(missed: ClosedQuestion | undefined): Block[] {
  const question = missed?.question;
  if (!missed || !question) return [];
  const [followUp] = question.followUps;
  return [
    {
      kind: 'text',
      text: [
        { bold: 'Most missed: ' },
        cut(question.prompt, 200),
        ` (${missed.right} of ${missed.answered} correct on the first try)`,
      ],
    },
    ...(followUp
      ? [{ kind: 'text', text: [{ bold: 'To discuss: ' }, followUp.ask] } satisfies Block]
      : []),
  ];
}

/** Those who missed nothing; who did miss something is never named. */
function keptBlocks(all: readonly { name: string }[], team: Team): Block[] {
  if (all.length === 0) return [];
  const names = all.slice(0, NAMES).map(({ name }) => cut(name, 40));
  const more = all.length > NAMES ? ` and ${all.length - NAMES} more` : '';
  const people = all.length === 1 ? '1 person' : `${all.length} people`;
  return [
    {
      kind: 'text',
      text: [
        { bold: 'Answered every question: ' },
        team.boards === 'names' ? `${names.join(', ')}${more}` : people,
      ],
    },
  ];
}

/** The winner of a season that has just ended. */
async function seasonBlocks({ store, team, now }: Omit<Parts, 'catalog'>): Promise<Block[]> {
  const today = dayIn(now, team.zone);
  const { from } = periodOf(today, 'season');
  if (team.boards !== 'names' || daysBetween(from, today) >= 7) return [];
  const badges = await store.badgesOf(team.id, NAMES);
  const newest = badges[0]?.season;
  const won = badges.filter(({ season }) => season === newest && newest < from);
  if (!newest || won.length === 0) return [];
  return [
    {
      kind: 'text',
      text: [
        { bold: `Winner of season ${seasonName(newest)}: ` },
        won.map(({ name }) => cut(name, 40)).join(', '),
      ],
    },
  ];
}

/** The board as a picture, with the same as text. Where names are off, groups are all that is shown. */
async function boardCard({ store, team }: Parts): Promise<Reply | undefined> {
  const turnOff = { label: 'Turn off', run: 'setup digest action:off what:leaderboard' };
  const end = (label: string, run: string): Block => ({
    kind: 'buttons',
    buttons: [{ label, run }, turnOff],
  });
  if (team.boards === 'off') return undefined;
  if (team.boards === 'places') {
    if ((await store.groupBoard(team.id)).length === 0) return undefined;
    const groups = await groupsBoard({ store, team });
    return { ...groups, blocks: [...groups.blocks, end('My place', 'leaderboard view:place')] };
  }
  const rows = rankAll(await store.topOf(team.id, TOP)).filter(({ quarters }) => quarters > 0);
  if (rows.length === 0) return undefined;
  const bars = rows.map(({ rank, name, quarters }) => ({
    label: `${rank}. ${cut(name, 40)}`,
    segments: [{ label: 'Points', value: Number(formatPoints(quarters)) }],
  }));
  return {
    title: 'Leaderboard',
    blocks: [
      {
        kind: 'chart',
        chart: {
          shape: 'bars',
          title: 'Best 15 of the last 20 questions',
          unit: 'points',
          unitOfOne: 'point',
          bars,
        },
        alt: barsText(bars),
      },
      end('My rank', 'leaderboard view:rank private:yes'),
    ],
  };
}

/** A board in words. */
export const barsText = (bars: BarChart['bars']) =>
  `Points from the best 15 of the last 20 questions: ${bars.map(({ label, segments }) => `${label} ${segments[0]?.value ?? 0}`).join(', ')}`;
