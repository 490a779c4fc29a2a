import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { sendFeedback } from '../feedback.ts';
import { findPeer } from '../session.ts';

export const peerFeedback = defineCommand({
  name: 'peer feedback',
  summary: 'Give feedback',
  example: 'peer feedback session:3 overall:3 well:"clear" better:"numbers"',
  visibility: 'private',
  hidden: true,
  input: z.object({
    session: z.int().min(1).describe('Peer interview number'),
    overall: z.enum(['1', '2', '3', '4']).describe('1 Not yet, 2 Getting there, 3 Ready, 4 Strong'),
    well: z
      .string()
      .trim()
      .min(1, 'enter some text')
      .max(800)
      .meta({ multiline: true, label: 'What went well' })
      .describe('What to keep'),
    better: z
      .string()
      .trim()
      .min(1, 'enter some text')
      .max(800)
      .meta({ multiline: true, label: 'What to try next' })
      .describe('The one thing that would help most'),
  }),
  async prefill({ session }, context) {
    const { store, person } = context;
    // Nobody else writes one in vain.
    await findPeer(Number(session), context);
    const form = await store.peerFormOf(Number(session), person.id);
    return form ? { overall: String(form.overall), well: form.well, better: form.better } : {};
  },
  run: ({ session, overall, well, better }, context) =>
    sendFeedback(session, { overall: Number(overall), well, better }, context),
});
