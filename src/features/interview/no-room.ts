import type { Context } from '../../spine/command.ts';
import { type Button, type Reply, spans, type Text } from '../../spine/reply.ts';
import { runAt } from './cards.ts';
import { cardAt, type InterviewSession } from './interview-session.ts';

/** The button that holds an interview in the channel in which it is selected. */
export const useChannelButton = (interview: number): Button => ({
  label: 'Use this channel',
  run: `mock here interview:${interview}`,
  style: 'primary',
});

/** What became of the room of an interview that has none: it opens, could not be opened, or is gone. */
export async function withoutRoom(
  session: InterviewSession,
  { store, place }: Context,
): Promise<Reply> {
  const { interview } = session;
  const row = await store.roomRowOf(interview.id);
  const end = { label: 'End interview', run: runAt('end', cardAt(session)) };
  const way = (text: Text, button: Button): Reply => ({
    visibility: 'private',
    blocks: [
      { kind: 'text', text },
      { kind: 'buttons', buttons: [button, end] },
    ],
  });
  if (row?.state === 'due' || row?.state === 'sending')
    return way('Your interview opens in a moment.', {
      label: 'Go to interview',
      run: `mock show interview:${interview.id}`,
      style: 'primary',
    });
  const why: Text =
    row?.state === 'sent'
      ? 'The thread of your interview was deleted. Your answers are kept.'
      : ["I couldn't open a thread for your interview. ", ...spans(row?.problem ?? '')];
  const inChannel = place.kind !== 'direct' ? ' Everyone in this channel could read along.' : '';
  const where = ` Continue in your direct messages with me, or here.${inChannel}`;
  return way([...spans(why), where], useChannelButton(interview.id));
}
