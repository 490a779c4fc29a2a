import { dayIn, formatDay } from '../../core/time.ts';
import type { Context } from '../../spine/command.ts';
import type { Block } from '../../spine/reply.ts';
import type { Interview } from '../../store/schema.ts';
import { percent } from '../interview/cards.ts';

/** Interviews on the curve, the newest ones. */
const MAX_INTERVIEWS = 8;

/** The scores of interviews over time. */
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
  return [
    {
      kind: 'chart',
      chart: {
        shape: 'lines',
        title: 'Your interviews',
        unit: '%',
        x: { label: 'Interview', values: held.map((_, at) => at + 1) },
        series: [{ label: 'Score', values: held.map(({ score }) => Math.round(score * 100)) }],
      },
      alt: `Your interviews: ${held.map(({ interview, score }) => `${dayOf(interview)} ${percent(score)}`).join(', ')}`,
    },
  ];
}
