import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { askEnd } from '../cards.ts';
import { finish } from '../ending.ts';
import { cardAt, loadSession } from '../interview-session.ts';
import { privateOutside } from '../room.ts';

export const mockEnd = defineCommand({
  name: 'mock end',
  summary: 'End the interview and get a report',
  example: 'mock end interview:3',
  visibility: 'public',
  hidden: true,
  input: z.object({
    interview: z
      .int()
      .min(1)
      .optional()
      .describe('Interview number. Default: your current interview.'),
    at: z.int().min(0).optional().describe('Step of the interview when the button was shown'),
    confirm: z.boolean().optional().describe('Confirm the end'),
  }),
  async run({ interview, at, confirm }, context) {
    const session = await loadSession(interview, context);
    const { state, moves } = session;
    const isOn = state.items.length > 0 && state.phase !== 'ended';
    const isOld = at !== undefined && at !== moves;
    if (isOn && (isOld || !confirm)) return askEnd(state, cardAt(session), isOld);
    const reply = await finish(session, 'ended', context);
    return privateOutside(reply, session.interview, context);
  },
});
