import type { App, BlockAction, MessageShortcut } from '@slack/bolt';
import { acknowledge, type Desk, type Heard, prepare } from './desk.ts';
import { listenToEvents } from './event-listeners.ts';
import { listenToForms } from './form-listener.ts';
import { actionOrigin, commandOrigin, shortcutOrigin } from './origin.ts';
import { actionSaid, commandSaid, shortcutSaid } from './requests.ts';
import { openForm, showReply } from './views.ts';

/** Registers everything that Slack may send. Retries are never dropped: the machine knows them. */
export function listen(app: App, desk: Desk) {
  listenToCommands(app, desk);
  listenToActions(app, desk);
  listenToForms(app, desk);
  listenToEvents(app, desk);
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
