import { isOver, type StepResult, stepOf } from '../../core/practice/session.ts';
import { dayIn } from '../../core/time.ts';
import type { Context } from '../../spine/command.ts';
import { type Reply, say } from '../../spine/reply.ts';
import type { Practice } from '../../store/schema.ts';
import { leftToday } from './daily-load.ts';
import { without } from './moving.ts';
import { withNext } from './path-placement.ts';
import { listed } from './path-plan.ts';
import { type ChapterAt, pathAt } from './path-progress.ts';
import { type Results, resultsCard, TO_PATH } from './results-card.ts';
import { findPractice, isPlacement, isSilent, type PracticeStep, stepAt } from './step.ts';
import { stepCard } from './step-card.ts';
import { explanationOf, resultCard } from './step-result.ts';

/** The question in hand, or the results when all are behind. A question that is gone from the bank is passed over. */
export async function showPractice(practice: Practice, context: Context): Promise<Reply> {
  if (practice.endedAt || isOver(practice.state)) return showResults(practice, context);
  const at = await stepAt(practice, context);
  if (!at) return passOver(practice, context);
  const { catalog } = context;
  return stepCard(at, {
    chapter: catalog.chapter(at.question.chapter),
    minutes: minutesOf(practice, context),
  });
}

/** Shows how a step that is behind went, or all there is to say of it, else where the practice is now. */
export async function showStep(
  id: number,
  number: number | undefined,
  context: Context,
  more = false,
): Promise<Reply> {
  const practice = await findPractice(id, context);
  const step = number === undefined ? undefined : number - 1;
  const result = step === undefined ? undefined : practice.state.results[step];
  const mayShow = practice.endedAt !== null || !isSilent(practice);
  const at = result && mayShow ? await stepAt(practice, context, step) : undefined;
  if (!at || !result) return showPractice(practice, context);
  if (!more) return showResult(at, result, practice, context);
  const chapter = context.catalog.chapter(at.question.chapter);
  return explanationOf(at, result, { chapter, grade: gradeOf(at, result, context) });
}

/** How a step that is behind went. */
export const showResult = (
  at: PracticeStep,
  result: StepResult,
  { state }: Practice,
  context: Context,
): Reply => resultCard(at, result, { state, grade: gradeOf(at, result, context) });

function gradeOf(at: PracticeStep, { answer }: StepResult, { catalog }: Context) {
  return at.kind === 'closed' || answer === undefined
    ? undefined
    : catalog.grade(at.question, answer);
}

/** Ends a practice before its last question; what was answered counts. */
export async function endPractice(id: number, context: Context): Promise<Reply> {
  const practice = await findPractice(id, context);
  await context.store.endPractice(id, context.clock.now());
  return showResults({ ...practice, endedAt: practice.endedAt ?? context.clock.now() }, context);
}

const nothingAnswered = (hasPath: boolean): Reply => ({
  update: true,
  blocks: [
    { kind: 'text', text: 'You answered nothing, so there are no results.' },
    {
      kind: 'buttons',
      buttons: [
        ...(hasPath ? [TO_PATH] : []),
        { label: 'New quiz', run: 'quiz new:yes', opens: true },
        { label: 'Review', run: 'review', opens: true },
      ],
    },
  ],
});

async function showResults(practice: Practice, context: Context): Promise<Reply> {
  const { store, person, clock, zone } = context;
  const hasPath = (await store.pathOf(person.id)) !== undefined;
  if (practice.state.results.length === 0) return nothingAnswered(hasPath);
  const wrong: Results['wrong'] = [];
  for (const [step, { recall }] of practice.state.results.entries()) {
    if (recall !== 'again') continue;
    const at = await stepAt(practice, context, step);
    if (at && !wrong.some(({ prompt }) => prompt === at.question.prompt))
      wrong.push({ step, prompt: at.question.prompt });
  }
  return resultsCard({
    practice,
    hasPath,
    placed: isPlacement(practice) ? await placedAs(practice, context) : undefined,
    wrong,
    minutes: minutesOf(practice, context),
    due: Math.min(
      await leftToday(context),
      await store.dueCount(person.id, dayIn(clock.now(), zone)),
    ),
  });
}

/** Which chapters a path skips by its placement, and where it starts. */
async function placedAs({ id }: Practice, context: Context): Promise<string | undefined> {
  const at = await pathAt(context);
  if (at?.placement?.id !== id) return undefined;
  const named = (chapters: readonly ChapterAt[]) =>
    listed(chapters.map(({ chapter }) => context.catalog.chapterTitle(chapter)));
  const known = at.steps.flatMap(({ chapters }) => chapters).filter(({ isKnown }) => isKnown);
  const skips =
    known.length === 0
      ? 'No chapter is skipped.'
      : `You know ${named(known)}: your path skips ${known.length === 1 ? 'it' : 'them'}.`;
  const next = at.next?.chapters.filter(({ tasks }) => tasks.length > 0) ?? [];
  return next.length === 0 ? skips : `${skips} Start here: ${named(next)}.`;
}

async function passOver(practice: Practice, context: Context): Promise<Reply> {
  const { store, clock } = context;
  const { state } = practice;
  const step = stepOf(state);
  const isMoved = await store.movePractice({
    id: practice.id,
    from: { step, tried: state.tried.length, hints: state.hints },
    state: await withNext(without(state, step), practice, context),
    at: clock.now(),
  });
  if (!isMoved) return say('This practice has moved on.');
  return showPractice(await findPractice(practice.id, context), context);
}

function minutesOf({ startedAt, endedAt }: Practice, { clock }: Context): number {
  return Math.max(
    1,
    Math.round(((endedAt ?? clock.now()).getTime() - startedAt.getTime()) / 60_000),
  );
}
