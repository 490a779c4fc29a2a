import { z } from 'zod';
import { freeTextText } from '../../../session/free-text-input.ts';
import { defineCommand } from '../../../spine/command.ts';
import { freeTextPostHere, submitFreeText } from '../../daily/free-text-answers.ts';
import { questionAbove } from '../../daily/question-above.ts';
import { answerForm, askedNow, giveAnswer } from '../interviewing.ts';
import { isInterviewRoom } from '../room.ts';
import { pressedBy } from '../typing.ts';

export const mockAnswer = defineCommand({
  name: 'mock answer',
  summary: 'Your answer',
  example: 'mock answer text:"The cache holds keys and values of past tokens"',
  visibility: 'public',
  hidden: true,
  meanwhile: 'Reading your answer…',
  message: { title: 'Use as my answer', fills: 'text', isOwn: true },
  input: z.object({
    interview: z
      .int()
      .min(1)
      .optional()
      .describe('Interview number. Default: your current interview.'),
    asked: z.int().min(1).optional().describe('Question or follow-up number, counted from 1'),
    text: freeTextText(),
  }),

  /** The question that is asked now. */
  async formAbout({ interview }, context) {
    if (interview === undefined) {
      const post = await freeTextPostHere(context);
      if (post) return questionAbove(post.id, context);
    }
    return askedNow(Number(interview) || undefined, context);
  },

  /** An answer that was taken back. */
  async prefill({ interview, asked }, context) {
    if (interview === undefined && (await freeTextPostHere(context))) return {};
    return answerForm(
      { interview: Number(interview) || undefined, asked: Number(asked) || undefined },
      context,
    );
  },

  /**
   * Plain words in the room of an open interview are an answer, unless they name what can be pressed there; words that the
   * platform keeps from us get what is asked, with how to answer, or the way to the report of one that is over.
   */
  async hears(text, context) {
    const { store, person, place } = context;
    const isKept = text.trim() === '';
    const open = await store.openInterviewOf(person.id);
    const [last] = open || !isKept ? [open] : await store.interviewsOf(person.id, 1);
    if (!last || !isInterviewRoom(last, place)) return undefined;
    if (isKept) return { run: `mock show interview:${last.id}` };
    if (last.state !== 'open') return undefined;
    return (await pressedBy(text, last.id, context)) ?? { values: { interview: last.id, text } };
  },

  /** A message in the channel of an open question is an answer to it. */
  async run({ interview, asked, text }, context) {
    const post = interview === undefined ? await freeTextPostHere(context) : undefined;
    if (!post) return giveAnswer({ interview, asked }, text, context);
    const reply = await submitFreeText({ postId: post.id, text, isShown: undefined }, context);
    // The message that was used is somebody's own and stays as it is.
    return { ...reply, update: false };
  },
});
