import { dayIn, formatDay } from '../../core/time.ts';
import type { Context } from '../../spine/command.ts';
import { type Reply, say } from '../../spine/reply.ts';
import { findReport } from '../interview/ending.ts';
import { missedPoints } from '../interview/missed.ts';
import { showPractice } from './showing.ts';

/**
 * Starts the review of what was missed in an interview, or goes on with it. It asks only what wasn't answered today and
 * wasn't put away.
 *
 * @throws UserError when the interview is somebody else's, gone, or not over.
 */
export async function reviewInterview(interview: number, context: Context): Promise<Reply> {
  const { store, person, team, clock, zone, locale } = context;
  const { report } = await findReport(interview, context);
  const open = await store.openPractice(person.id, 'review');
  if (open?.settings.kind === 'review' && open.settings.interview === interview)
    return showPractice(open, context);
  const missed = missedPoints(report);
  if (missed.length === 0) return say("You didn't miss any key points in this interview.");
  const today = dayIn(clock.now(), zone);
  const rows = await store.cardsNamed(
    person.id,
    missed.map(({ card }) => card),
  );
  const known = new Map(rows.map((row) => [row.card, row]));
  const left = oneByOne(missed).filter((card) => {
    const row = known.get(card);
    return row?.state === 'active' && row.reviewedOn !== today;
  });
  if (left.length === 0) {
    const days = rows.flatMap(({ state, dueOn }) => (state === 'active' ? [dueOn] : [])).sort();
    return say(
      days[0] === undefined
        ? 'You put all of these points away, so nothing is left to review.'
        : `You reviewed these points today. The next one comes back on ${formatDay(days[0], locale)}.`,
    );
  }
  const practice = await store.startPractice({
    personId: person.id,
    teamId: team.id,
    settings: { kind: 'review', interview },
    cards: left,
    at: clock.now(),
  });
  return showPractice(practice, context);
}

/** One card of each question in turn, so that other questions come between two points of the same one. */
function oneByOne(
  missed: readonly { item: { question: { id: string } }; card: string }[],
): string[] {
  const turns = new Map<string, number>();
  return missed
    .map(({ item: { question }, card }) => {
      const turn = turns.get(question.id) ?? 0;
      turns.set(question.id, turn + 1);
      return { card, turn };
    })
    .sort((a, b) => a.turn - b.turn)
    .map(({ card }) => card);
}
