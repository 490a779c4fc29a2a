import type {
  App,
  BlockAction,
  MessageShortcut,
  RespondArguments,
  SlashCommand,
} from '@slack/bolt';
import { listenToEvents, refreshHome } from './event-listeners.ts';
import { listenToForms } from './form-listener.ts';
import {
  type Answer,
  acknowledge,
  answer,
  type IncomingEvent,
  isFault,
  type ListenerContext,
  NOT_STORED,
  safe,
} from './listener-context.ts';
import { actionOrigin, commandOrigin, shortcutOrigin } from './origin.ts';
import { presentMessage } from './present.ts';
import { actionSaid, commandSaid, shortcutSaid } from './requests.ts';
import { show } from './views.ts';

/**
 * Registers everything that Slack may send. An acknowledgement means that the work is done or stored,
 * since Slack sends neither commands nor presses again. Retries are never dropped: the machine knows
 * them.
 */
export function listen(app: App, desk: ListenerContext) {
  listenToCommands(app, desk);
  listenToActions(app, desk);
  listenToForms(app, desk);
  listenToEvents(app, desk);
}

type Ways = {
  ack(): Promise<void>;
  /** How Slack is answered when nothing was stored. */
  fail(answer: Answer): Promise<void>;
};

async function perform(heard: IncomingEvent, { ack, fail }: Ways, desk: ListenerContext) {
  const answering = answer(heard, desk);
  const how = await safe(answering, heard, desk);
  if (how === 'done') {
    const made = await answering;
    if (isFault(made)) return fail(made);
  }
  await acknowledge(ack, desk);
  await show(heard, await answering, desk);
  await refreshHome(heard, desk);
}

/** A command's acknowledgement may carry words, which are the last that its person hears of it. */
const inWords = (made: Answer): RespondArguments | undefined =>
  made.kind === 'reply' ? { response_type: 'ephemeral', ...presentMessage(made.reply) } : undefined;

function commandHeard(body: SlashCommand, desk: ListenerContext): IncomingEvent {
  return {
    origin: commandOrigin(body),
    name: body.user_name,
    delivery: `trigger:${body.trigger_id}`,
    said: commandSaid(body, desk.team),
    trigger: body.trigger_id,
  };
}

/** A press has no words in its acknowledgement: they come as a message, and Slack marks the button. */
const withoutWords = (heard: IncomingEvent, desk: ListenerContext) => async (made: Answer) => {
  await show(heard, made, desk);
  throw NOT_STORED;
};

function listenToCommands(app: App, desk: ListenerContext) {
  app.command(/.+/, ({ ack, body }) => {
    const heard = commandHeard(body, desk);
    const fail = (made: Answer) => ack(inWords(made)).catch(() => show(heard, made, desk));
    return desk.track(perform(heard, { ack, fail }, desk));
  });

  app.shortcut<MessageShortcut>({ type: 'message_action' }, ({ ack, body }) => {
    const said = shortcutSaid(body, desk.bot.commands, desk.team);
    if (!said) return ack();
    const { trigger_id: trigger, user } = body;
    const origin = shortcutOrigin(body);
    const heard = { origin, name: user.name, delivery: `trigger:${trigger}`, said, trigger };
    return desk.track(perform(heard, { ack, fail: withoutWords(heard, desk) }, desk));
  });
}

function listenToActions(app: App, desk: ListenerContext) {
  app.action<BlockAction>(/^/, ({ ack, body }) => {
    const said = actionSaid(body);
    if (!said) return ack();
    const { trigger_id: trigger, user } = body;
    const name = user.name ?? user.username;
    const heard = {
      origin: actionOrigin(body),
      name,
      delivery: `trigger:${trigger}`,
      said,
      trigger,
    };
    return desk.track(perform(heard, { ack, fail: withoutWords(heard, desk) }, desk));
  });
}
