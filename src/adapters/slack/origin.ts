import type { BlockAction, MessageShortcut, SlashCommand } from '@slack/bolt';
import type { Place } from '../../spine/request.ts';
import { LIMITS } from './limits.ts';

/** Where something was said, and so where its answer goes. */
export type Origin = {
  user: string;
  place: Place;
  /** The pressed message. */
  message?: string;
  /** Only this person sees the pressed message. */
  isEphemeral?: boolean;
  /** Takes five messages within 30 minutes. */
  responseUrl?: string;
  surface: 'message' | 'home' | 'window';
  /** The window in which a button was pressed. */
  view?: string;
};

/** A channel in which two people or a person and an app talk. */
function isDirect(channel: string): boolean {
  return channel.startsWith('D');
}

/** A place in Slack; a message that opens a thread is not in it. */
export function placeAt(channel: string, thread?: string, message?: string): Place {
  if (isDirect(channel))
    return { channel, ...(isIn(thread, message) ? { thread } : {}), kind: 'direct' };
  if (isIn(thread, message)) return { channel, thread, kind: 'thread' };
  return { channel, kind: 'channel' };
}

function isIn(thread: string | undefined, message: string | undefined): thread is string {
  return thread !== undefined && thread !== message;
}

/** Where a slash command was typed: never inside a thread, Slack does not allow it. */
export function commandOrigin(body: SlashCommand): Origin {
  return {
    user: body.user_id,
    place: placeAt(body.channel_id),
    responseUrl: body.response_url,
    surface: 'message',
  };
}

/** Where a message action was used. */
export function shortcutOrigin(body: MessageShortcut): Origin {
  const { thread_ts: thread } = body.message;
  return {
    user: body.user.id,
    place: placeAt(body.channel.id, thread, body.message_ts),
    responseUrl: body.response_url,
    surface: 'message',
  };
}

/** What Slack says of the thing that held a pressed button. */
type Container = {
  type?: string;
  message_ts?: string;
  channel_id?: string;
  thread_ts?: string;
  is_ephemeral?: boolean;
  view_id?: string;
};

/** Where a button was pressed: on a message, in the App Home or in a window. */
export function actionOrigin(body: BlockAction): Origin {
  const user = body.user.id;
  const container: Container = body.container;
  const channel = container.channel_id ?? body.channel?.id;
  if (body.view || !channel) {
    const isHome = body.view?.type !== 'modal';
    return {
      user,
      place: { channel: user, kind: 'direct' },
      surface: isHome ? 'home' : 'window',
      ...(body.view ? { view: body.view.id } : {}),
    };
  }
  const message = container.message_ts ?? body.message?.ts;
  // Bolt leaves all but a few properties of a message without a type.
  const shown = body.message as { thread_ts?: string } | undefined;
  const thread = container.thread_ts ?? shown?.thread_ts;
  return {
    user,
    place: placeAt(channel, thread, message),
    surface: 'message',
    ...(message ? { message } : {}),
    ...(container.is_ephemeral ? { isEphemeral: true } : {}),
    ...(body.response_url ? { responseUrl: body.response_url } : {}),
  };
}

/** What a form carries with it: the saved command, and where it was opened. */
export type FormMetadata = { form: string; origin: Origin };

/** Writes what a form carries with it, without the address for answers when it does not fit. */
export function packMetadata({ form, origin }: FormMetadata): string {
  const packed = JSON.stringify({ form, origin });
  if (packed.length <= LIMITS.privateMetadata) return packed;
  const { responseUrl: _, ...rest } = origin;
  return JSON.stringify({ form, origin: rest });
}

/** Reads what `packMetadata` wrote; undefined for anything else. */
export function readMetadata(text: string): FormMetadata | undefined {
  try {
    // The view is ours and signed by Slack, so its metadata has the shape that we gave it.
    const found = JSON.parse(text) as Partial<FormMetadata>;
    return found.form !== undefined && found.origin
      ? { form: found.form, origin: found.origin }
      : undefined;
  } catch {
    return undefined;
  }
}
