import type { Answered } from '../adapters/web/world.ts';
import { isScored, letterOf } from '../core/questions/check-answer.ts';
import type { ChoiceQuestion, FreeTextQuestion } from '../core/questions/schema.ts';
import { randomFrom } from '../core/random.ts';
import { personalOrder } from '../session/answer-card.ts';
import { shownLetter } from '../session/question-card.ts';
import { runLine } from '../spine/button.ts';
import type { Post } from '../store/schema.ts';

type OrderQuestion = Extract<NonNullable<Post['question']>, { format: 'order' }>;

/** The saved command that answers a post so, with the letters that this person sees. */
export function lineFor(post: Post, how: Answered, personId: string | undefined) {
  if (post.question?.format === 'order') return orderLine(post.id, post.question, how, personId);
  const line = answerLine(post, how !== 'wrong', randomFrom(post.day));
  // Of several right options, the first alone.
  return how === 'partly' ? line?.replace(/,.*$/, '') : line;
}

function orderLine(
  id: number,
  question: OrderQuestion,
  how: Answered,
  personId: string | undefined,
): string {
  const shown = personalOrder(question, `${id} ${personId}`);
  const letters = question.steps.map((_, index) => shownLetter(shown.indexOf(letterOf(index))));
  const given = how === 'right' ? letters : letters.reverse();
  return `answer order post:${id} try:1 letters:${given.join('')}`;
}

/** The answer a colleague gives: the key, or one of the wrong options. */
export function answerLine(post: Post, isRight: boolean, random: () => number): string | undefined {
  const { question } = post;
  if (!question) return undefined;
  if (question.format === 'numeric')
    return `answer number post:${post.id} try:1 value:${isRight ? question.answer : question.answer * 2}`;
  if (question.format === 'order') return undefined;
  if (!isScored(question)) return wordsLine(post.id, question, isRight, random);
  return `answer post:${post.id} try:1 choice:${choiceOf(question, isRight, random)}`;
}

/** The letters of the right options, or of one that is wrong. */
export function choiceOf({ options }: ChoiceQuestion, isRight: boolean, random: () => number) {
  const letters = options.flatMap(({ correct }, index) =>
    correct === isRight ? [letterOf(index)] : [],
  );
  return isRight ? letters.join(',') : letters[Math.floor(random() * letters.length)];
}

/** Some sentences of the model answer, or one that says little. */
function wordsLine(
  post: number,
  { modelAnswer }: FreeTextQuestion,
  isRight: boolean,
  random: () => number,
): string {
  const sentences = modelAnswer.split(/(?<=[.;]) /);
  const from = Math.floor(random() * Math.max(1, sentences.length - 1));
  const text = isRight
    ? sentences.slice(from, from + 2).join(' ')
    : 'I would measure it first, to be honest.';
  return runLine('answer words', { post, text, shown: true });
}
