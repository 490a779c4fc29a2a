import { afterResult, FIRST_RATING, type Rating } from '../../core/interview/rating.ts';
import { isScored, type Report } from '../../core/interview/report.ts';
import type { FreeTextQuestion } from '../../core/questions/schema.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import type { Reply } from '../../spine/reply.ts';
import type { Interview, NewOutboxRow } from '../../store/schema.ts';
import { endingTurns } from './grading.ts';
import {
  addTurns,
  type InterviewSession,
  loadSession,
  NO_SUCH_INTERVIEW,
  pressedBefore,
} from './interview-session.ts';
import { reportOf } from './missed.ts';
import { pointCards } from './point-cards.ts';
import { fullReport, type ReportView, reportReply } from './report.ts';
import { forItsOwner } from './room.ts';

/** Ends it and shows the report, once: who presses again is led to it. */
export async function finish(
  session: InterviewSession,
  why: 'finished' | 'ended' | 'idle',
  context: Context,
): Promise<Reply> {
  const { interview } = session;
  if (session.state.phase !== 'ended') {
    const added = await addTurns(session, await endingTurns(session, why, context), context);
    if (!added) return finish(await loadSession(interview.id, context), why, context);
  }
  const { isFirst } = await settle(interview, context);
  return isFirst
    ? showReport(interview.id, context)
    : pressedBefore(await loadSession(interview.id, context));
}

/** What ending needs: also of a job, which has no request. */
type Ending = Pick<Context, 'store' | 'clock' | 'catalogOf'> & { zone?: string };

/** Ends it in the store with its score and the rows that tell of it; the first to do so moves the ratings. */
export async function settle(
  interview: Interview,
  ending: Ending,
  rows: NewOutboxRow[] = [],
): Promise<{ report: Report; isFirst: boolean }> {
  const report = await reportOf(interview, ending);
  const isFirst = await ending.store.endInterview(interview.id, {
    score: isScored(report) ? Math.round(report.score * 1000) : null,
    at: ending.clock.now(),
    rows,
    cards: await pointCards(report, interview, ending),
  });
  if (isFirst) await rate(report, interview.personId, ending);
  return { report, isFirst };
}

/** The results move the silent ratings, once. */
async function rate(
  report: Report,
  personId: string,
  { store }: Pick<Context, 'store'>,
): Promise<void> {
  const answered = report.items.filter(
    ({ isSkipped, isUnanswered }) => !isSkipped && !isUnanswered,
  );
  if (answered.length === 0) return;
  const known = await store.itemRatingsOf(answered.map(({ question }) => question.id));
  let mine: Rating = (await store.personRating(personId)) ?? {
    value: FIRST_RATING.person,
    results: 0,
  };
  const items = new Map<string, Rating>();
  for (const { question, score } of answered) {
    const item = known.get(question.id) ?? { value: FIRST_RATING[question.difficulty], results: 0 };
    const after = afterResult({ person: mine, item, share: score });
    mine = after.person;
    items.set(question.id, after.item);
  }
  await store.saveRatings({ personId, person: mine, items });
}

/** The report of one's own interview, now or years later. */
export async function showReport(
  id: number | undefined,
  context: Context,
  show: 'short' | 'all' = 'short',
): Promise<Reply> {
  const { interview, report, view } = await findReport(id, context);
  const shown = show === 'all' ? fullReport : reportReply;
  const reply = isScored(report) ? shown(report, view) : emptyReport(report);
  return forItsOwner(reply, interview, context);
}

/** Of an interview in which nothing was answered or skipped. */
function emptyReport({ items }: Report): Reply {
  const when = items.length === 0 ? 'the first question' : 'the first answer';
  return {
    blocks: [
      {
        kind: 'text',
        text: `The interview ended before ${when}, so there's no report. Start another one any time.`,
      },
      { kind: 'buttons', buttons: [{ label: 'New interview', run: 'mock mode:solo' }] },
    ],
  };
}

/**
 * One's own interview that has ended, with all that its report shows.
 *
 * @throws UserError when it is somebody else's, gone, or goes on.
 */
export async function findReport(
  id: number | undefined,
  context: Context,
): Promise<{ interview: Interview; report: Report; view: ReportView }> {
  const { store, person, catalog } = context;
  const interview =
    id === undefined ? (await store.interviewsOf(person.id, 1))[0] : await store.interview(id);
  if (!interview || interview.personId !== person.id) throw new UserError(NO_SUCH_INTERVIEW);
  // It holds the model answers, also of the question that is being asked.
  if (interview.state !== 'ended')
    throw new UserError([
      "This interview isn't finished, and you get its report at the end. Run ",
      { command: 'mock history' },
      ' to continue it.',
    ]);
  const report = await reportOf(interview, context);
  const earlier = (await store.interviewsOf(person.id, 20)).filter(
    (each) => each.id < interview.id && each.score !== null,
  );
  const view = {
    interview: interview.id,
    chapterTitle: catalog.chapterTitle,
    next: await nextQuestions(report, context),
    before: await askedBefore(report, interview, context),
    earlier: earlier.map(({ score }) => (score ?? 0) / 1000),
  };
  return { interview, report, view };
}

/** What was earned on the earlier questions that this interview came back to, by their ids, 0 to 1. */
async function askedBefore(
  { items }: Report,
  interview: Interview,
  context: Context,
): Promise<Map<string, number>> {
  const wanted = items.flatMap(({ follows = [] }) => follows);
  const before = new Map<string, number>();
  if (wanted.length === 0) return before;
  const all = await context.store.interviewsOf(interview.personId, 50);
  for (const each of all
    .filter(({ id, state }) => id < interview.id && state === 'ended')
    .reverse())
    if (each.plan.questions.some(({ questionId }) => wanted.includes(questionId)))
      for (const { question, score } of (await reportOf(each, context)).items)
        before.set(question.id, score);
  return before;
}

/** Three questions that would help most: from the weakest chapters, none that were just asked. */
async function nextQuestions(
  report: Report,
  { store, catalog, person }: Context,
): Promise<FreeTextQuestion[]> {
  const recent = new Set(await store.recentlyAsked(person.id));
  const candidates = catalog.freeText.filter(({ id }) => !recent.has(id));
  const byNeed = [...report.chapters]
    .sort((a, b) => a.score - b.score)
    .map(({ chapter }) => candidates.filter((question) => question.chapter === chapter));
  const spread = byNeed.flatMap((chapter) => chapter.slice(0, 2));
  return [...new Set([...spread, ...byNeed.flat(), ...candidates])].slice(0, 3);
}
