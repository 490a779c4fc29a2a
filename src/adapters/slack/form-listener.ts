import type { App, BlockSuggestion, ViewSubmitAction } from '@slack/bolt';
import { PATIENCE_MS } from '../../spine/deliveries.ts';
import type { Place } from '../../spine/request.ts';
import { refreshHome } from './event-listeners.ts';
import { FORM, listOptions, pickedFor } from './form.ts';
import {
  acknowledge,
  answer,
  type DeskOf,
  type IncomingEvent,
  isFault,
  type ListenerContext,
  safe,
} from './listener-context.ts';
import { readMetadata } from './origin.ts';
import { formInput, slackRequest } from './requests.ts';
import { type Ack, answerInWindow, keepOpen, refuse, show } from './views.ts';

/** Takes forms that were sent, and fills the lists that people open in them. */
export function listenToForms(app: App, deskOf: DeskOf) {
  app.options<'block_suggestion'>(/^/, async ({ ack, body, context }) => {
    const desk = await deskOf(context);
    const command = pickedFor(body.action_id);
    const found = command ? suggested(command, body, desk) : Promise.resolve([]);
    return desk.track(found.then((options) => ack({ options })));
  });
  app.view<ViewSubmitAction>(FORM, async ({ ack, body, context }) => {
    const until = performance.now() + PATIENCE_MS;
    const desk = await deskOf(context);
    const metadata = readMetadata(body.view.private_metadata);
    if (!metadata) return ack();
    const heard = {
      origin: metadata.origin,
      name: body.user.name,
      delivery: `trigger:${body.trigger_id ?? `${body.view.id}/${body.view.hash}`}`,
      said: formInput(body, metadata, desk.team),
      view: body.view.id,
    };
    return desk.track(
      receiveForm(heard, { ack, asked: askedFields(body), until }, desk).then(() =>
        refreshHome(heard, desk),
      ),
    );
  });
}

async function suggested(
  command: string,
  { user, block_id: option, value: typed }: BlockSuggestion,
  { bot, team, report }: ListenerContext,
) {
  const place: Place = { channel: user.id, kind: 'direct' };
  // Only the account and the workspace decide what is on a list.
  const profile = { name: user.name ?? user.id, isAdmin: false };
  const said = { kind: 'command', command, values: {} } as const;
  const delivery = `list:${user.id}`;
  const request = slackRequest({ team, user: user.id, profile, place, delivery, said });
  try {
    return listOptions(await bot.suggest(request, command, option, typed));
  } catch (error) {
    report('slack suggestions', error);
    return [];
  }
}

async function receiveForm(
  heard: IncomingEvent & { view: string },
  { ack, asked, until }: { ack: Ack; asked: string[]; until: number },
  desk: ListenerContext,
) {
  const { origin, view } = heard;
  const answering = answer(heard, desk);
  const how = await safe(answering, heard, desk, until - performance.now());
  if (how === 'stored') {
    await keepOpen(ack, desk);
    return show(heard, await answering, desk);
  }
  const made = await answering;
  if (made.kind === 'nothing') return ack();
  if (made.kind === 'form') return ack(refuse(made.form, asked, origin));
  // What was not stored is told in the window, together with what was typed in it.
  if (origin.surface !== 'message' || isFault(made))
    return answerInWindow(made, { origin, view, ack }, desk);
  await acknowledge(ack, desk);
  await desk.deliver(made.reply, made.visibility, origin);
}

function askedFields({ view }: ViewSubmitAction): string[] {
  return view.blocks.flatMap(({ type, block_id }) =>
    type === 'input' && block_id ? [block_id] : [],
  );
}
