import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { removeCard } from '../sharing.ts';

export const shareRemove = defineCommand({
  name: 'leaderboard unshare',
  summary: 'Remove a result you shared',
  example: 'leaderboard unshare card:live-3',
  visibility: 'private',
  hidden: true,
  input: z.object({
    card: z.string().max(40).describe('The card, like live-3'),
    by: z.string().max(64).optional().describe('Who shared it'),
  }),

  run: ({ card, by }, context) => removeCard({ card, by: by ?? context.person.id }, context),
});
