import type {
  AckFn,
  App,
  BlockAction,
  MessageShortcut,
  RespondArguments,
  SlashCommand,
} from '@slack/bolt';
import { listenToEvents, refreshHome } from './event-listeners.ts';
import { listenToForms } from './form-listener.ts';
import {
  acknowledge,
  answer,
  type DeskOf,
  type IncomingEvent,
  isFault,
  type ListenerContext,
  NOT_STORED,
  safe,
} from './listener-context.ts';
import { actionOrigin, commandOrigin, shortcutOrigin } from './origin.ts';
import { actionInput, commandInput, shortcutInput } from './requests.ts';
import { show } from './views.ts';

/**
 * Registers everything that Slack may send. An acknowledgement means that the work is done or stored,
 * since Slack sends neither commands nor presses again. Retries are never dropped: the machine knows
 * them.
 */
export function listen(app: App, deskOf: DeskOf) {
  listenToCommands(app, deskOf);
  listenToActions(app, deskOf);
  listenToForms(app, deskOf);
  listenToEvents(app, deskOf);
}

/**
 * Answers a command. What is ready in time is said in the acknowledgement itself: a message of its own would take
 * Slack and us a second request.
 */
async function performCommand(
  heard: IncomingEvent,
  ack: AckFn<RespondArguments>,
  desk: ListenerContext,
) {
  const answering = answer(heard, desk);
  if ((await safe(answering, heard, desk)) === 'done') {
    const made = await answering;
    const words =
      made.kind === 'reply'
        ? desk.inAcknowledgement(made.reply, made.visibility, heard.origin)
        : undefined;
    if (words) {
      return ack(words).catch((error: unknown) => {
        desk.report('slack ack', error);
        return show(heard, made, desk);
      });
    }
  }
  await acknowledge(ack, desk);
  await show(heard, await answering, desk);
}

/** Answers a press or a message action, whose acknowledgement says nothing: Slack marks what failed. */
async function perform(heard: IncomingEvent, ack: AckFn<void>, desk: ListenerContext) {
  const answering = answer(heard, desk);
  const how = await safe(answering, heard, desk);
  if (how === 'done' && isFault(await answering)) {
    await show(heard, await answering, desk);
    throw NOT_STORED;
  }
  await acknowledge(ack, desk);
  await show(heard, await answering, desk);
  await refreshHome(heard, desk);
}

function commandEvent(body: SlashCommand, desk: ListenerContext): IncomingEvent {
  return {
    origin: commandOrigin(body),
    name: body.user_name,
    delivery: `trigger:${body.trigger_id}`,
    said: commandInput(body, desk.team),
    trigger: body.trigger_id,
  };
}

function listenToCommands(app: App, deskOf: DeskOf) {
  app.command(/.+/, async ({ ack, body, context }) => {
    const desk = await deskOf(context);
    return desk.track(performCommand(commandEvent(body, desk), ack, desk));
  });

  app.shortcut<MessageShortcut>({ type: 'message_action' }, async ({ ack, body, context }) => {
    const desk = await deskOf(context);
    const said = shortcutInput(body, desk.bot.commands, desk.team);
    if (!said) return ack();
    const { trigger_id: trigger, user } = body;
    const origin = shortcutOrigin(body);
    const heard = { origin, name: user.name, delivery: `trigger:${trigger}`, said, trigger };
    return desk.track(perform(heard, ack, desk));
  });
}

function listenToActions(app: App, deskOf: DeskOf) {
  app.action<BlockAction>(/^/, async ({ ack, body, context }) => {
    const said = actionInput(body);
    if (!said) return ack();
    const desk = await deskOf(context);
    const { trigger_id: trigger, user } = body;
    const name = user.name ?? user.username;
    const heard = {
      origin: actionOrigin(body),
      name,
      delivery: `trigger:${trigger}`,
      said,
      trigger,
    };
    return desk.track(perform(heard, ack, desk));
  });
}
