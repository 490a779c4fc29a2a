import { beforeStep, stepOf } from '../../core/practice/session.ts';
import { runLine } from '../../spine/button.ts';
import type { Context } from '../../spine/command.ts';
import type { Reply } from '../../spine/reply.ts';
import type { Practice } from '../../store/schema.ts';
import { inHand, reviseStep } from './answering.ts';
import { changeOf, movePractice, without } from './moving.ts';
import { showPractice, showResult, showStep } from './showing.ts';
import { findPractice, keyOf, type PracticeStep, stepAt } from './step.ts';

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
  await movePractice(at, without(practice.state, step), change, context);
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
