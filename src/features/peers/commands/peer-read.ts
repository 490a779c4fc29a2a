import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { readFeedback } from '../feedback.ts';

export const peerRead = defineCommand({
  name: 'peer read',
  summary: "Read your partner's feedback",
  example: 'peer read session:3',
  visibility: 'private',
  hidden: true,
  input: z.object({ session: z.int().min(1).describe('Peer interview number') }),
  run: ({ session }, context) => readFeedback(session, context),
});
