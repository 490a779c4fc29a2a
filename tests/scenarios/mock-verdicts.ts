import { expect } from 'vitest';
import type { Machine } from '../support/machine.ts';
import type { Actor, Message } from '../support/stage.ts';
import { message } from './daily.ts';
import { answer, HINTED, openInterview } from './mock.ts';

const LINEAR = 'It grows linearly with the context length.';
const BY_WORD = `Marked by you: ${LINEAR}`;

/** Answers in part and leaves the follow-up, so that one point is partly there. */
async function answerInPart(ana: Actor, card: Message): Promise<Message> {
  const followUp = await answer(ana, card, HINTED);
  return message(await ana.press(followUp, 'Skip follow-up'));
}

/** A point is marked, which counts, and the card that was open all the time goes on with one press. */
export async function playVerdicts(machine: Machine): Promise<void> {
  const { stage } = machine;
  const ana = stage.actor('ana');
  const intro = await openInterview(machine, ana);
  let card = message(await ana.press(intro, 'Start'));

  const feedback = await answerInPart(ana, card);
  expect(feedback.text).toContain(`Partly: ${LINEAR}`);
  const ticked = message(await ana.choose(feedback, 'I also said …', LINEAR));
  expect(ticked.text).toContain(BY_WORD);
  card = message(await ana.press(ticked, 'Next question'));

  expect(card.text).toContain('Question 2 of 3');
  const skipped = message(await ana.press(card, 'Skip'));
  expect(skipped.selects).toEqual([]);
  expect(stage.complaints()).toEqual([]);
}

/** After a strict interview each question is looked at again from the report, and its verdicts too. */
export async function playReview(machine: Machine): Promise<void> {
  const { stage } = machine;
  const ana = stage.actor('ana');
  const intro = await openInterview(machine, ana, { style: 'strict' });
  const card = message(await ana.press(intro, 'Start'));
  const thanks = await answerInPart(ana, card);
  await ana.press(message(await ana.press(thanks, 'Next question')), 'Skip');
  // The card is an old one by now.
  const shown = message(await ana.press(message(await ana.press(card, 'End')), 'End interview'));

  const list = message(await ana.press(shown, 'Review a question'));
  const [questions] = list.selects;
  expect(questions?.choices.map((choice) => choice.split(':')[0])).toEqual([
    '1. Partly there',
    '2. Skipped',
  ]);
  const review = message(await ana.choose(list, 'Question to review', questions?.choices[0] ?? ''));
  expect(review.isPrivate).toBe(true);
  expect(review.text).toContain(`Your answer: ${HINTED}`);
  expect(review.text).toContain(`Partly: ${LINEAR}`);
  expect(message(await ana.press(review, 'Show model answer')).text).toContain(
    'Decoding reads one',
  );
  const ticked = message(await ana.choose(review, 'I also said …', LINEAR));
  expect(ticked.text).toContain(BY_WORD);
  expect(ticked.isPrivate).toBe(true);
  expect(stage.complaints()).toEqual([]);
}
