import type { App } from '@slack/bolt';
import { say } from '../../bot/reply.ts';
import type { Said } from '../../bot/request.ts';
import { type Desk, prepare } from './desk.ts';
import { type Origin, placeAt } from './origin.ts';
import { wordsSaid } from './requests.ts';
import { publishHome } from './views.ts';

/** Hears messages and mentions, opens the App Home, and notices when the app is removed. */
export function listenToEvents(app: App, desk: Desk) {
  app.event('app_home_opened', ({ event, body }) => {
    desk.learnDirect(event.channel);
    if (event.tab === 'messages') return Promise.resolve();
    return desk.track(openHome(event.user, `event:${body.event_id}`, desk));
  });

  app.event('app_mention', ({ event }) => desk.track(hear(event, desk)));
  app.event('message', ({ event }) => {
    const isOurs = event.channel_type === 'im';
    if (isOurs) desk.learnDirect(event.channel);
    const isInThread = 'thread_ts' in event && event.thread_ts !== undefined;
    return isOurs || isInThread ? desk.track(hear(event, desk)) : Promise.resolve();
  });

  const left = () => desk.track(desk.bot.left(`slack:${desk.team.id}`));
  app.event('app_uninstalled', left);
  app.event('tokens_revoked', ({ event }) =>
    event.tokens.bot?.length ? left() : Promise.resolve(),
  );
}

async function openHome(user: string, delivery: string, desk: Desk) {
  const origin: Origin = { user, place: { channel: user, kind: 'direct' }, surface: 'home' };
  const said: Said = { kind: 'command', command: 'home', values: {} };
  const step = await prepare({ origin, name: user, delivery, said }, desk);
  if (step.kind === 'run') await publishHome(await step.run(), user, desk);
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

const NO_FORM = say('That needs a form. Please use the slash command or a button.');

async function hear(event: Words, desk: Desk) {
  const { channel, ts, user, text, thread_ts: thread, bot_id, subtype } = event;
  if (!user || !text || bot_id || (subtype && subtype !== 'thread_broadcast')) return;
  const origin: Origin = { user, place: placeAt(channel, thread, ts), surface: 'message' };
  const said = wordsSaid({ text, ts }, desk);
  const step = await prepare(
    { origin, name: user, delivery: `message:${channel}/${ts}`, said },
    desk,
  );
  if (step.kind === 'nothing') return;
  if (step.kind === 'form') return desk.deliver(NO_FORM, 'private', origin);
  await desk.deliver(await step.run(), step.visibility, origin);
}
