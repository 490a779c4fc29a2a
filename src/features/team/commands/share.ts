import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { CARD_KINDS } from '../result-cards.ts';
import { shareCard } from '../sharing.ts';

export const share = defineCommand({
  name: 'leaderboard share',
  summary: 'Share a card with your result in the channel',
  example: 'leaderboard share week',
  says: [
    {
      like: ['share my week', 'show my week to the team', 'post my result'],
      values: { what: 'week' },
      takes: [],
      label: 'Share my week',
    },
  ],
  visibility: 'private',
  onlyShows: ({ confirm }) => !confirm,
  input: z.object({
    what: z
      .enum(CARD_KINDS)
      .default('week')
      .describe('Your last 7 days, your last live round, or a season you won'),
    card: z
      .string()
      .max(40)
      .regex(/^(week|live|season)-[\d-]+$/)
      .optional()
      .describe('An earlier one, like live-3'),
    confirm: z.boolean().default(false).describe('Confirm sharing'),
  }),

  run({ what, card, confirm }, context) {
    const kind = CARD_KINDS.find((each) => card?.startsWith(`${each}-`)) ?? what;
    return shareCard({ kind, id: card, confirm }, context);
  },
});
