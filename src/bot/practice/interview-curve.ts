import { buildReport } from '../../core/interview/report.ts';
import { dayIn, formatDay } from '../../core/time.ts';
import type { Interview } from '../../store/schema.ts';
import type { Context } from '../command.ts';
import { percent } from '../interviews/cards.ts';
import { loadSession, questionOf } from '../interviews/interview-session.ts';
import type { Block } from '../reply.ts';

/** Interviews on the curve, the newest ones. */
const MAX_INTERVIEWS = 8;

/** The scores of interviews over time, with their owner's marks beside them where those change anything. */
export async function interviewBlocks(context: Context): Promise<Block[]> {
  const { store, person, zone, locale } = context;
  const all = await store.interviewsOf(person.id, MAX_INTERVIEWS);
  const held = all
    .flatMap((interview) =>
      interview.state === 'ended' && interview.score !== null
        ? [{ interview, score: interview.score / 1000 }]
        : [],
    )
    .reverse();
  const [first, ...more] = held;
  if (!first) return [];
  const dayOf = ({ createdAt }: Interview) => formatDay(dayIn(createdAt, zone), locale);
  if (more.length === 0)
    return [
      {
        kind: 'text',
        text: `Your interview on ${dayOf(first.interview)}: ${percent(first.score)}. The next one starts your curve.`,
      },
    ];
  const own: number[] = [];
  for (const { interview } of held) own.push(await withOwnMarks(interview, context));
  const inPercent = (shares: readonly number[]) => shares.map((share) => Math.round(share * 100));
  const graded = inPercent(held.map(({ score }) => score));
  const marked = inPercent(own);
  const isMarked = marked.some((share, at) => share !== graded[at]);
  return [
    {
      kind: 'chart',
      chart: {
        shape: 'lines',
        title: 'Your interviews',
        unit: '%',
        x: { label: 'Interview', values: held.map((_, at) => at + 1) },
        series: [
          { label: 'Graded', values: graded },
          ...(isMarked ? [{ label: 'With your marks', values: marked }] : []),
        ],
      },
      alt: `Your interviews: ${held.map(({ interview, score }, at) => `${dayOf(interview)} ${percent(score)}${isMarked ? ` (${marked[at]}% with your marks)` : ''}`).join(', ')}`,
    },
  ];
}

async function withOwnMarks(interview: Interview, context: Context): Promise<number> {
  const session = await loadSession(interview.id, context);
  return buildReport(session.state, (id) => questionOf(id, session)).selfAssessed;
}
