import { isHeard } from '../../core/interview/item-report.ts';
import { outcomeInWords, type Recall, recallOf } from '../../core/practice/memory.ts';
import { afterStep, type StepResult, stepOf } from '../../core/practice/session.ts';
import { checkStored, type Verdict } from '../../core/questions/check-answer.ts';
import { assertNotLive } from '../../session/spoiler-guard.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import type { Reply } from '../../spine/reply.ts';
import { changeOf, movePractice } from './moving.ts';
import { withNext } from './path-placement.ts';
import { showPractice, showResult, showStep } from './showing.ts';
import { findPractice, isSilent, type PracticeStep, stepAt } from './step.ts';
import { tryAgainCard } from './step-card.ts';
import { pointsOf } from './step-result.ts';

/** A closed question takes so many answers; then its solution is shown. */
const TRIES = 2;

/** @returns The step that a press is about, or where the practice is now when that is behind. */
export async function inHand(
  { id, step }: { id: number; step: number },
  context: Context,
): Promise<{ at: PracticeStep } | { reply: Reply }> {
  const practice = await findPractice(id, context);
  if (practice.endedAt || stepOf(practice.state) !== step - 1)
    return { reply: await showStep(id, step, context) };
  const at = await stepAt(practice, context);
  if (!at) return { reply: await showPractice(practice, context) };
  await assertNotLive(at.question.id, context);
  return { at };
}

/** An answer to a closed question, as it is stored; undefined for one that it does not ask for. */
export type ReadAnswer = (at: Extract<PracticeStep, { kind: 'closed' }>) => string;

/**
 * Takes an answer to a closed question.
 *
 * @throws UserError for what answers no such question; it uses no try.
 */
export async function answerStep(
  press: { id: number; step: number; attempt: number; read: ReadAnswer },
  context: Context,
): Promise<Reply> {
  const found = await inHand(press, context);
  if ('reply' in found) return found.reply;
  const { at } = found;
  if (at.kind !== 'closed') return showPractice(at.practice, context);
  const { state } = at.practice;
  if (press.attempt !== state.tried.length + 1) return showPractice(at.practice, context);
  const answer = press.read(at);
  const verdict = checkStored(at.question, answer);
  if (!verdict) throw new UserError(`"${answer}" isn't an answer to this question.`);
  const tries = state.tried.length + 1;
  if (!verdict.right && tries < TRIES && !isSilent(at.practice))
    return tryAgain(at, answer, verdict, context);
  const outcome = verdict.right ? 'right' : 'wrong';
  return finishStep(
    at,
    {
      share: verdict.share,
      answer,
      recall: recallOf({ outcome, tries, hints: state.hints }),
      ...(state.tried[0] === undefined ? {} : { first: state.tried[0] }),
    },
    context,
  );
}

async function tryAgain(
  at: PracticeStep,
  answer: string,
  verdict: Verdict,
  context: Context,
): Promise<Reply> {
  const { state } = at.practice;
  const isMoved = await movePractice(
    at,
    { ...state, tried: [...state.tried, answer] },
    undefined,
    context,
  );
  return isMoved
    ? tryAgainCard(at, answer, verdict)
    : showStep(at.practice.id, at.step + 1, context);
}

/** Grades an answer in words. */
export async function answerInWords(
  press: { id: number; step: number; text: string },
  context: Context,
): Promise<Reply> {
  const found = await inHand(press, context);
  if ('reply' in found) return found.reply;
  const { at } = found;
  if (at.kind === 'closed') return showPractice(at.practice, context);
  const { hints } = at.practice.state;
  return finishStep(
    at,
    freeTextResult(at, { answer: press.text, marked: [], hints }, context),
    context,
  );
}

/** What an answer in words comes to, with its owner's own marks. A point that was found counts in full. */
function freeTextResult(
  at: Exclude<PracticeStep, { kind: 'closed' }>,
  { answer, marked, hints }: { answer: string; marked: string[]; hints: number },
  { catalog }: Context,
): StepResult {
  const grade = catalog.grade(at.question, answer);
  const credit = new Map(grade.points.map((point) => [point.id, point.credit]));
  const points = pointsOf(at, { marked }, grade);
  const weight = points.reduce((sum, point) => sum + point.weight, 0);
  const found = points.reduce(
    (sum, point) => sum + point.weight * (isHeard(point) ? 1 : (credit.get(point.id) ?? 0)),
    0,
  );
  const share = found / weight;
  const recall = recallOf({ outcome: outcomeInWords(share), tries: 1, hints });
  return {
    share,
    answer,
    recall,
    ...(hints > 0 ? { hints } : {}),
    ...(marked.length > 0 ? { marked } : {}),
  };
}

/** Counts key points of an answer as heard, by its owner's word. */
export async function markStep(
  press: { id: number; step: number; points: readonly string[] },
  context: Context,
): Promise<Reply> {
  const practice = await findPractice(press.id, context);
  const before = practice.state.results[press.step - 1];
  const at = before ? await stepAt(practice, context, press.step - 1) : undefined;
  if (!at || at.kind === 'closed' || before?.answer === undefined)
    return showPractice(practice, context);
  const result = {
    ...freeTextResult(
      at,
      {
        answer: before.answer,
        marked: [...new Set([...(before.marked ?? []), ...press.points])],
        hints: before.hints ?? 0,
      },
      context,
    ),
    ...(before.isRepeated ? { isRepeated: true as const } : {}),
  };
  return reviseStep(at, result, result.recall, context);
}

/** Shows the solution, or skips the question of an exam: either way it comes again. */
export async function giveUp(
  press: { id: number; step: number },
  context: Context,
): Promise<Reply> {
  const found = await inHand(press, context);
  if ('reply' in found) return found.reply;
  const { at } = found;
  const answer = at.practice.state.tried.at(-1);
  return finishStep(
    at,
    { share: 0, recall: 'again', ...(answer === undefined ? {} : { answer }) },
    context,
  );
}

/** Opens the next hint of the question in hand, once. */
export async function hintStep(
  press: { id: number; step: number; number: number },
  context: Context,
): Promise<Reply> {
  const found = await inHand(press, context);
  if ('reply' in found) return found.reply;
  const { at } = found;
  const { state } = at.practice;
  if (!isSilent(at.practice) && press.number === state.hints + 1)
    await movePractice(at, { ...state, hints: press.number }, undefined, context);
  return showPractice(await findPractice(press.id, context), context);
}

/** Ends the question in hand with what came of it, and shows that unless it is kept for the end. */
export async function finishStep(
  at: PracticeStep,
  result: StepResult,
  context: Context,
): Promise<Reply> {
  const { practice, step } = at;
  const state = await withNext(
    afterStep(practice.state, result, practice.settings),
    practice,
    context,
  );
  const change = changeOf(at, result.recall, result.share, context);
  const isMoved = await movePractice(at, state, change, context);
  if (!isMoved) return showStep(practice.id, step + 1, context);
  const moved = await findPractice(practice.id, context);
  if (isSilent(practice)) return showPractice(moved, context);
  return showResult(at, result, moved, context);
}

/** Changes what came of a step that is behind. */
export async function reviseStep(
  at: PracticeStep,
  result: StepResult,
  recall: Recall,
  context: Context,
): Promise<Reply> {
  const { practice, step } = at;
  const results = practice.state.results.map((each, index) => (index === step ? result : each));
  const state = { ...practice.state, results };
  await context.store.reviseStep({
    id: practice.id,
    state,
    change: changeOf(at, recall, result.share, context),
    at: context.clock.now(),
  });
  return showResult(at, result, { ...practice, state }, context);
}
