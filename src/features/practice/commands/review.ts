import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { say } from '../../../spine/reply.ts';
import { reviewInterview } from '../missed-review.ts';
import { startReview } from '../starting.ts';

export const review = defineCommand({
  name: 'review',
  summary: "Review what you're about to forget",
  example: 'review',
  says: [
    {
      like: [
        'review',
        'what am i about to forget',
        "i'm about to forget everything",
        'help me revise',
        'revise',
        'what should i review',
        'my reviews',
        'review my cards',
        'what is due',
        'what should i repeat today',
        'what is there to repeat',
        'flashcards',
        'show my cards',
        'cards for today',
        'what will i forget',
        'repeat old questions',
        'spaced repetition',
        'continue my review',
      ],
      takes: [],
      label: 'Start review',
    },
    {
      like: ['review {cards} cards a day', 'at most {cards} cards a day', 'limit my reviews'],
      takes: ['cards'],
      label: 'Set cards a day',
    },
    {
      like: ['{more} more cards today', 'more cards', 'give me {more} more cards today'],
      needs: ['more'],
      takes: ['more'],
      label: 'Add cards today',
    },
    {
      like: ['bring my suspended cards back', 'resume the cards i suspended'],
      values: { resume: 'yes' },
      takes: [],
      label: 'Bring cards back',
    },
  ],
  visibility: 'private',
  slackAlias: true,
  input: z.object({
    cards: z.int().min(1).max(200).optional().describe('The most cards a day, from now on'),
    more: z.int().min(1).max(50).optional().describe('Cards beyond that, today only'),
    interview: z
      .int()
      .min(1)
      .optional()
      .describe('Only what you missed in this interview (number)'),
    resume: z.boolean().optional().describe('Bring back the cards that you suspended'),
  }),

  async run({ cards, more, interview, resume }, context) {
    const { store, person } = context;
    if (cards !== undefined) {
      await store.setDailyCards(person.id, cards);
      return say(`Your review now asks at most ${cards} ${cards === 1 ? 'card' : 'cards'} a day.`);
    }
    // The report that led here stays.
    if (interview !== undefined)
      return { ...(await reviewInterview(interview, context)), update: false };
    if (resume) await store.resumeCards(person.id);
    return startReview(context, more);
  },
});
