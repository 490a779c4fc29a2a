import { outcomeInWords, type Recall, recallOf } from '../../core/practice/memory.ts';
import {
  afterStep,
  beforeStep,
  isOver,
  type PracticeState,
  type StepResult,
  stepOf,
} from '../../core/practice/session.ts';
import { checkStored, type Verdict } from '../../core/questions/check-answer.ts';
import { dayIn } from '../../core/time.ts';
import type { CardChange } from '../../store/queries/practice/card-steps.ts';
import type { CardStep, Practice } from '../../store/schema.ts';
import { cardChange } from '../bank/card-change.ts';
import { assertNotLive } from '../bank/spoiler-guard.ts';
import { runLine } from '../button.ts';
import type { Context } from '../command.ts';
import { UserError } from '../errors.ts';
import { type Reply, say } from '../reply.ts';
import { type Results, resultsCard } from './results-card.ts';
import { findPractice, keyOf, type PracticeStep, stepAt } from './step.ts';
import { pointsOf, resultCard, stepCard, tryAgainCard } from './step-card.ts';

/** A closed question takes so many answers; then its solution is shown. */
const TRIES = 2;

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

/** Shows a step that is behind with its solution, else where the practice is now. */
export async function showStep(
  id: number,
  number: number | undefined,
  context: Context,
): Promise<Reply> {
  const practice = await findPractice(id, context);
  const step = number === undefined ? undefined : number - 1;
  const result = step === undefined ? undefined : practice.state.results[step];
  const mayShow = practice.endedAt !== null || !isSilent(practice);
  const at = result && mayShow ? await stepAt(practice, context, step) : undefined;
  return at && result ? showResult(at, result, practice, context) : showPractice(practice, context);
}

/** @returns The step that a press is about, or where the practice is now when that is behind. */
async function inHand(
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
    { share: verdict.share, answer, recall: recallOf({ outcome, tries, hints: state.hints }) },
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
  const isMoved = await move(at, { ...state, tried: [...state.tried, answer] }, undefined, context);
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
  return finishStep(at, spokenResult(at, { answer: press.text, marked: [] }, context), context);
}

/** What an answer in words comes to, with its owner's own marks. */
function spokenResult(
  at: Exclude<PracticeStep, { kind: 'closed' }>,
  { answer, marked }: { answer: string; marked: string[] },
  { catalog }: Context,
): StepResult {
  const grade = catalog.grade(at.question, answer);
  const credit = new Map(grade.points.map((point) => [point.id, point.credit]));
  const points = pointsOf(at, { marked }, grade);
  const weight = points.reduce((sum, point) => sum + point.weight, 0);
  const found = points.reduce((sum, { id, weight: each, isSelfAssessed, isTakenBack }) => {
    const own = isSelfAssessed ? 1 : isTakenBack ? 0 : (credit.get(id) ?? 0);
    return sum + each * own;
  }, 0);
  const share = found / weight;
  const recall = recallOf({
    outcome: outcomeInWords(share),
    tries: 1,
    hints: at.practice.state.hints,
  });
  return { share, answer, recall, ...(marked.length > 0 ? { marked } : {}) };
}

/** Turns round the verdict on key points of an answer, by its owner's word. */
export async function markStep(
  press: { id: number; step: number; points: readonly string[] },
  context: Context,
): Promise<Reply> {
  const practice = await findPractice(press.id, context);
  const before = practice.state.results[press.step - 1];
  const at = before ? await stepAt(practice, context, press.step - 1) : undefined;
  if (!at || at.kind === 'closed' || before?.answer === undefined)
    return showPractice(practice, context);
  const turned = new Set(before.marked ?? []);
  for (const point of press.points) if (!turned.delete(point)) turned.add(point);
  const result = {
    ...spokenResult(at, { answer: before.answer, marked: [...turned] }, context),
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
    await move(at, { ...state, hints: press.number }, undefined, context);
  return showPractice(await findPractice(press.id, context), context);
}

/** What an owner says of a card, beside the answer. */
export type CardWord = 'good' | 'easy' | 'again' | 'done' | 'suspend' | 'bury' | 'undo';

/** Does what its owner says with the card of a step. */
export async function changeCard(
  press: { id: number; step: number; word: CardWord },
  context: Context,
): Promise<Reply> {
  const { id, step, word } = press;
  const practice = await findPractice(id, context);
  const result = practice.state.results[step - 1];
  if (!result) {
    const found = await inHand(press, context);
    if ('reply' in found || word !== 'bury') return showPractice(practice, context);
    return bury(found.at, context);
  }
  if (word === 'undo') return undoStep(practice, step - 1, context);
  const at = await stepAt(practice, context, step - 1);
  if (!at) return showPractice(practice, context);
  if (word === 'good' || word === 'easy' || word === 'again')
    return reviseStep(at, { ...result, recall: word }, word, context);
  if (word === 'bury') return showPractice(practice, context);
  const what = word === 'done' ? 'done' : 'suspended';
  await context.store.changeCard(changeOf(at, what, undefined, context, `${keyOf(at)} ${what}`));
  const reply = await showResult(at, result, practice, context);
  return { ...reply, blocks: [...reply.blocks, { kind: 'note', text: SAID[what] }] };
}

const SAID = {
  done: "You won't be asked this again. Undo brings it back.",
  suspended: 'This stays out of your review until you resume it. Undo brings it back.',
} as const;

const buryKey = (practice: Practice, card: string) => `bury ${practice.id} ${card}`;

/** Leaves the card in hand for tomorrow. */
async function bury(at: PracticeStep, context: Context): Promise<Reply> {
  const { practice, card, step } = at;
  const change = changeOf(at, 'buried', undefined, context, buryKey(practice, card));
  await move(at, without(practice.state, step), change, context);
  const reply = await showPractice(await findPractice(practice.id, context), context);
  const undo = runLine('practice bring', { in: practice.id, card });
  return {
    ...reply,
    blocks: [
      ...reply.blocks,
      { kind: 'note', text: 'The question before this one comes back tomorrow.' },
      { kind: 'buttons', buttons: [{ label: 'Ask it today', run: undo }] },
    ],
  };
}

/** Takes back that a card was left for tomorrow, and asks it now. */
export async function bringBack(id: number, card: string, context: Context): Promise<Reply> {
  const { store, person, clock } = context;
  const practice = await findPractice(id, context);
  const { state } = practice;
  const at = stepOf(state);
  const cards = [...state.cards.slice(0, at), card, ...state.cards.slice(at)];
  const key = buryKey(practice, card);
  const isThere = await store.undoCardChange(person.id, key);
  if (isThere)
    await store.undoStep({
      id,
      personId: person.id,
      key,
      state: { ...state, cards, tried: [], hints: 0 },
      at: clock.now(),
    });
  return showPractice(await findPractice(id, context), context);
}

const without = (state: PracticeState, step: number): PracticeState => ({
  ...state,
  cards: state.cards.filter((_, index) => index !== step),
  tried: [],
  hints: 0,
});

const TOO_LATE = 'Only the last answer can be undone. Everything before it stays.';

/** Takes back the last thing that was done: what was said of its card, else its answer, to be asked again. */
async function undoStep(practice: Practice, step: number, context: Context): Promise<Reply> {
  const { store, person, clock } = context;
  const at = await stepAt(practice, context, step);
  const key = keyOf({ practice, step });
  for (const word of ['done', 'suspended'] as const)
    if (await store.undoCardChange(person.id, `${key} ${word}`))
      return showStep(practice.id, step + 1, context);
  const isLast = step === practice.state.results.length - 1;
  if (!at || !isLast) {
    const reply = await showStep(practice.id, step + 1, context);
    return { ...reply, blocks: [...reply.blocks, { kind: 'note', text: TOO_LATE }] };
  }
  const state = beforeStep(practice.state);
  await store.undoStep({ id: practice.id, personId: person.id, key, state, at: clock.now() });
  return showPractice(await findPractice(practice.id, context), context);
}

/** Changes what came of a step that is behind. */
async function reviseStep(
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

async function finishStep(at: PracticeStep, result: StepResult, context: Context): Promise<Reply> {
  const { practice, step } = at;
  const state = afterStep(practice.state, result, practice.settings);
  const change = changeOf(at, result.recall, result.share, context);
  const isMoved = await move(at, state, change, context);
  if (!isMoved) return showStep(practice.id, step + 1, context);
  const moved = await findPractice(practice.id, context);
  if (isSilent(practice)) return showPractice(moved, context);
  return showResult(at, result, moved, context);
}

function move(
  at: PracticeStep,
  state: PracticeState,
  change: CardChange | undefined,
  { store, clock }: Context,
): Promise<boolean> {
  const { tried, hints } = at.practice.state;
  return store.movePractice({
    id: at.practice.id,
    from: { step: at.step, tried: tried.length, hints },
    state,
    change,
    at: clock.now(),
  });
}

const changeOf = (
  at: PracticeStep,
  what: CardStep,
  share: number | undefined,
  context: Context,
  key = keyOf(at),
): CardChange => cardChange(at.question, { card: at.card, key, what, share }, context);

/** An exam says nothing until its end. */
const isSilent = ({ settings, endedAt }: Practice) =>
  settings.kind === 'quiz' && settings.mode === 'exam' && endedAt === null;

async function showResult(
  at: PracticeStep,
  result: StepResult,
  practice: Practice,
  { catalog }: Context,
): Promise<Reply> {
  const { answer } = result;
  const grade =
    at.kind === 'closed' || answer === undefined ? undefined : catalog.grade(at.question, answer);
  return resultCard(at, result, {
    chapter: catalog.chapter(at.question.chapter),
    state: practice.state,
    ...(grade ? { grade } : {}),
  });
}

/** Ends a practice before its last question; what was answered counts. */
export async function endPractice(id: number, context: Context): Promise<Reply> {
  const practice = await findPractice(id, context);
  await context.store.endPractice(id, context.clock.now());
  return showResults({ ...practice, endedAt: practice.endedAt ?? context.clock.now() }, context);
}

const NOTHING_ANSWERED: Reply = {
  update: true,
  blocks: [
    { kind: 'text', text: 'You answered nothing, so there are no results.' },
    {
      kind: 'buttons',
      buttons: [
        { label: 'New quiz', run: 'quiz new:yes', opens: true },
        { label: 'Review', run: 'review', opens: true },
      ],
    },
  ],
};

async function showResults(practice: Practice, context: Context): Promise<Reply> {
  if (practice.state.results.length === 0) return NOTHING_ANSWERED;
  const { store, person, clock, zone, catalog } = context;
  const wrong: Results['wrong'] = [];
  for (const [step, { recall }] of practice.state.results.entries()) {
    if (recall !== 'again') continue;
    const at = await stepAt(practice, context, step);
    if (at && !wrong.some(({ prompt }) => prompt === at.question.prompt))
      wrong.push({
        step,
        prompt: at.question.prompt,
        chapter: catalog.chapter(at.question.chapter),
      });
  }
  return resultsCard({
    practice,
    wrong,
    minutes: minutesOf(practice, context),
    due: await store.dueCount(person.id, dayIn(clock.now(), zone)),
  });
}

async function passOver(practice: Practice, context: Context): Promise<Reply> {
  const { store, clock } = context;
  const { state } = practice;
  const step = stepOf(state);
  const isMoved = await store.movePractice({
    id: practice.id,
    from: { step, tried: state.tried.length, hints: state.hints },
    state: without(state, step),
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
