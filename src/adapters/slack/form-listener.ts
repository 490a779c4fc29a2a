import type { App, ViewSubmitAction } from '@slack/bolt';
import { PATIENCE_MS } from '../../bot/deliveries.ts';
import { FORM } from './form.ts';
import { refreshHome } from './home.ts';
import {
  acknowledge,
  answer,
  type IncomingEvent,
  isFault,
  type ListenerContext,
  safe,
} from './listener-context.ts';
import { readMetadata } from './origin.ts';
import { formSaid } from './requests.ts';
import { type Ack, answerInWindow, keepOpen, refuse, show } from './views.ts';

/** Takes forms that were sent. */
export function listenToForms(app: App, desk: ListenerContext) {
  app.view<ViewSubmitAction>(FORM, ({ ack, body }) => {
    const until = performance.now() + PATIENCE_MS;
    const metadata = readMetadata(body.view.private_metadata);
    if (!metadata) return ack();
    const heard = {
      origin: metadata.origin,
      name: body.user.name,
      delivery: `trigger:${body.trigger_id ?? `${body.view.id}/${body.view.hash}`}`,
      said: formSaid(body, metadata, desk.team),
      view: body.view.id,
    };
    return desk.track(
      receiveForm(heard, { ack, asked: askedFields(body), until }, desk).then(() =>
        refreshHome(heard, desk),
      ),
    );
  });
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
