import type { App, Context } from '@slack/bolt';
import type { Removal } from './installing/removing.ts';
import {
  answer,
  type DeskOf,
  type IncomingEvent,
  isFault,
  type ListenerContext,
  NOT_STORED,
  safe,
} from './listener-context.ts';
import { placeAt } from './origin.ts';
import { messageInput } from './requests.ts';
import { show } from './views.ts';

/** Hears messages and mentions, and opens the App Home. */
export function listenToEvents(app: App, deskOf: DeskOf) {
  acknowledgeAfterwards(app);
  app.event('app_home_opened', async ({ event, body, context }) => {
    const desk = await deskOf(context);
    desk.learnDirect(event.channel);
    if (event.tab === 'messages') return;
    return take(homeRequest(event.user, `event:${body.event_id}`), context, desk);
  });

  app.event('app_mention', async ({ event, context }) =>
    hear(event, context, await deskOf(context)),
  );
  app.event('message', async ({ event, context }) => {
    const desk = await deskOf(context);
    const isOurs = event.channel_type === 'im';
    if (isOurs) desk.learnDirect(event.channel);
    const isInThread = 'thread_ts' in event && event.thread_ts !== undefined;
    if (isOurs || isInThread) await hear(event, context, desk);
  });
}

/** What follows when the app is removed; see `createRemoving` for what an organization does. */
export type Leaving = {
  drop(removal: Removal): Promise<void>;
  revoke?(teams: readonly string[]): Promise<void>;
  grant?(teams: readonly string[], organization: string | undefined): Promise<void>;
};

/** Notices when the app is removed. Bolt finds no token for these events. */
export function listenToRemovals(
  app: App,
  { drop, revoke, grant }: Leaving,
  track: ListenerContext['track'],
) {
  app.event('app_uninstalled', ({ body }) => track(drop(body)));
  app.event('tokens_revoked', async ({ event, body }) => {
    if (event.tokens.bot?.length) await track(drop(body));
  });
  if (revoke) app.event('team_access_revoked', ({ event }) => track(revoke(event.team_ids)));
  if (grant)
    app.event('team_access_granted', ({ event, body }) =>
      track(grant(event.team_ids, body.enterprise_id)),
    );
}

/** Bolt acknowledges an event before its listeners run; Slack would not send it again. */
function acknowledgeAfterwards(app: App) {
  const process = app.processEvent.bind(app);
  app.processEvent = async (event) => {
    if (event.body['type'] !== 'event_callback') return process(event);
    await process({ ...event, ack: async () => {} });
    await event.ack();
  };
}

/** Slack sends an event three times more; then the person has to know that it came to nothing. */
const LAST_RETRY = 3;

/** Resolves when the event is answered or stored; the reply goes its own way. */
async function take(heard: IncomingEvent, { retryNum = 0 }: Context, desk: ListenerContext) {
  const answering = answer(heard, desk);
  const how = await safe(answering, heard, desk);
  if (how === 'done' && isFault(await answering) && retryNum < LAST_RETRY) throw NOT_STORED;
  desk
    .track(answering.then((made) => show(heard, made, desk)))
    .catch((error: unknown) => desk.report('slack event', error));
}

/** The App Home of a person, as they opened it or as it is after what they did there. */
function homeRequest(user: string, delivery: string): IncomingEvent {
  return {
    origin: { user, place: { channel: user, kind: 'direct' }, surface: 'home' },
    name: user,
    delivery,
    said: { kind: 'command', command: 'home', values: {} },
  };
}

/** The home follows what its person did in it, or in a window above it. */
export async function refreshHome(
  { origin, delivery }: IncomingEvent,
  desk: ListenerContext,
): Promise<void> {
  if (origin.surface === 'message') return;
  const home = homeRequest(origin.user, `home:${delivery}`);
  try {
    await show(home, await answer(home, desk), desk);
  } catch (error) {
    desk.report('slack home', error);
  }
}

/** A message or a mention; both tell of the same words, so both have the same key. */
type Words = {
  channel: string;
  ts: string;
  user?: string | undefined;
  text?: string | undefined;
  thread_ts?: string | undefined;
  bot_id?: string | undefined;
  subtype?: string | undefined;
};

async function hear(event: Words, context: Context, desk: ListenerContext) {
  const { channel, ts, user, text, thread_ts: thread, bot_id, subtype } = event;
  if (!user || !text || bot_id || (subtype && subtype !== 'thread_broadcast')) return;
  const place = placeAt(channel, thread, ts);
  const heard: IncomingEvent = {
    origin: { user, place, surface: 'message' },
    name: user,
    delivery: `message:${channel}/${ts}`,
    said: messageInput({ text, ts, isDirect: place.kind === 'direct' }, desk),
  };
  await take(heard, context, desk);
}
