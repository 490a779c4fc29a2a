import { z } from 'zod';
import { type Context, defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import type { Reply } from '../../../spine/reply.ts';
import { loadSession, present } from '../interview-session.ts';
import { showStatus } from '../room.ts';

export const mockHere = defineCommand({
  name: 'mock here',
  summary: 'Continue the interview in this channel',
  example: 'mock here interview:3',
  visibility: 'public',
  hidden: true,
  input: z.object({
    interview: z
      .int()
      .min(1)
      .optional()
      .describe('Interview number. Default: your current interview.'),
  }),
  run: ({ interview }, context) => holdHere(interview, context),
});

/** Holds an interview without a room in this place. One that has a room stays there. */
async function holdHere(id: number | undefined, context: Context): Promise<Reply> {
  const { store, place } = context;
  const session = await loadSession(id, context);
  const { interview } = session;
  if (interview.channel !== '' || interview.state === 'ended') return showStatus(session, context);
  const row = await store.roomRowOf(interview.id);
  if (row?.state === 'due' || row?.state === 'sending')
    throw new UserError("Your interview opens in a moment. Try again if it doesn't.");
  const to = {
    channel: place.channel,
    thread: place.thread ?? null,
    isPrivate: place.kind === 'direct',
  };
  const moved = await store.moveInterview({ id: interview.id, to });
  return present(moved ? { ...session, interview: moved } : session);
}
