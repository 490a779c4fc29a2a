import { setTimeout as wait } from 'node:timers/promises';
import type { App, BlockAction, MessageShortcut, ViewSubmitAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Bot, Step } from '../../bot/command.ts';
import { say } from '../../bot/reply.ts';
import type { Said } from '../../bot/request.ts';
import { FORM } from './form.ts';
import {
  actionOrigin,
  commandOrigin,
  type Origin,
  placeAt,
  readMetadata,
  shortcutOrigin,
} from './origin.ts';
import type { Profile } from './people.ts';
import type { Deliver } from './replies.ts';
import {
  actionSaid,
  commandSaid,
  formSaid,
  shortcutSaid,
  slackRequest,
  type Team,
  wordsSaid,
} from './requests.ts';
import {
  answerInWindow,
  answerLate,
  askAgain,
  keepOpen,
  openForm,
  publishHome,
  refuse,
  type Submission,
  showReply,
} from './views.ts';

/** All that the listeners need. */
export type Desk = {
  bot: Bot;
  team: Team;
  /** The app's own user. */
  botUser: string;
  api: WebClient;
  profileOf(user: string, fallbackName: string): Promise<Profile>;
  deliver: Deliver;
  /** Remembers that a channel is a direct message with this app. */
  learnDirect(channel: string): void;
  report(where: string, error: unknown): void;
  /** Keeps the process from stopping in the middle of some work. */
  track<T>(work: Promise<T>): Promise<T>;
};

/** Registers everything that Slack may send. Retries are never dropped: the machine knows them. */
export function listen(app: App, desk: Desk) {
  listenToCommands(app, desk);
  listenToActions(app, desk);
  listenToForms(app, desk);
  listenToEvents(app, desk);
}

type Heard = { origin: Origin; name: string; delivery: string; said: Said };

/** Nothing is read before the acknowledgement but what the request itself says. */
async function prepare({ origin, name, delivery, said }: Heard, desk: Desk): Promise<Step> {
  const { bot, team, profileOf } = desk;
  const { user, place, message } = origin;
  const profile = await profileOf(user, name);
  return bot.prepare(slackRequest({ team, user, profile, place, message, delivery, said }));
}

/** Work that goes on although Slack did not take the acknowledgement: it may be the only delivery. */
async function acknowledge(ack: () => Promise<void>, { report }: Desk) {
  await ack().catch((error: unknown) => report('slack ack', error));
}

async function perform(heard: Heard, trigger: string, desk: Desk) {
  const { origin } = heard;
  const step = await prepare(heard, desk);
  if (step.kind === 'nothing') return;
  if (step.kind === 'form') return openForm(step.form, origin, trigger, desk);
  const { visibility } = step;
  const reply = await step.run();
  if (origin.surface === 'message') await desk.deliver(reply, visibility, origin);
  else await showReply(reply, { visibility, origin, trigger }, desk);
}

function listenToCommands(app: App, desk: Desk) {
  app.command(/.+/, ({ ack, body }) =>
    desk.track(
      (async () => {
        await acknowledge(ack, desk);
        const heard = {
          origin: commandOrigin(body),
          name: body.user_name,
          delivery: `trigger:${body.trigger_id}`,
          said: commandSaid(body, desk.team),
        };
        await perform(heard, body.trigger_id, desk);
      })(),
    ),
  );

  app.shortcut<MessageShortcut>({ type: 'message_action' }, ({ ack, body }) =>
    desk.track(
      (async () => {
        await acknowledge(ack, desk);
        const said = shortcutSaid(body, desk.bot.commands, desk.team);
        if (!said) return;
        const origin = shortcutOrigin(body);
        const delivery = `trigger:${body.trigger_id}`;
        await perform({ origin, name: body.user.name, delivery, said }, body.trigger_id, desk);
      })(),
    ),
  );
}

function listenToActions(app: App, desk: Desk) {
  app.action<BlockAction>(/^/, ({ ack, body }) =>
    desk.track(
      (async () => {
        await acknowledge(ack, desk);
        const said = actionSaid(body);
        if (!said) return;
        const origin = actionOrigin(body);
        const delivery = `trigger:${body.trigger_id}`;
        const name = body.user.name ?? body.user.username;
        await perform({ origin, name, delivery, said }, body.trigger_id, desk);
      })(),
    ),
  );
}

/** A submission must be acknowledged within three seconds; this much of it may go into the work. */
const PATIENCE_MS = 1500;

function listenToForms(app: App, desk: Desk) {
  app.view<ViewSubmitAction>(FORM, ({ ack, body }) => {
    const until = performance.now() + PATIENCE_MS;
    const metadata = readMetadata(body.view.private_metadata);
    if (!metadata) return ack();
    const { origin } = metadata;
    const heard = {
      origin,
      name: body.user.name,
      delivery: `trigger:${body.trigger_id ?? `${body.view.id}/${body.view.hash}`}`,
      said: formSaid(body, metadata, desk.team),
    };
    const submission = { origin, view: body.view.id, ack, until };
    return desk.track(receiveForm(heard, submission, askedFields(body), desk));
  });
}

async function receiveForm(heard: Heard, submission: Submission, asked: string[], desk: Desk) {
  const { ack, origin, until } = submission;
  const preparing = prepare(heard, desk);
  const left = until - performance.now();
  const step = await Promise.race([preparing, wait(left, undefined, { ref: false })]);
  if (!step) {
    await keepOpen(submission, desk);
    return finishForm(await preparing, submission, desk);
  }
  if (step.kind === 'nothing') return ack();
  if (step.kind === 'form') return ack(refuse(step.form, asked, origin));
  const { visibility } = step;
  if (origin.surface !== 'message') return answerInWindow(step.run(), visibility, submission, desk);
  await acknowledge(ack, desk);
  await desk.deliver(await step.run(), visibility, origin);
}

async function finishForm(step: Step, submission: Submission, desk: Desk) {
  if (step.kind === 'form') return askAgain(step.form, submission, desk);
  if (step.kind === 'run') await answerLate(await step.run(), step.visibility, submission, desk);
}

function askedFields({ view }: ViewSubmitAction): string[] {
  return view.blocks.flatMap(({ type, block_id }) =>
    type === 'input' && block_id ? [block_id] : [],
  );
}

function listenToEvents(app: App, desk: Desk) {
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
