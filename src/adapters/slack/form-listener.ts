import { setTimeout as wait } from 'node:timers/promises';
import type { App, ViewSubmitAction } from '@slack/bolt';
import type { Step } from '../../bot/command.ts';
import { acknowledge, type Desk, type Heard, prepare } from './desk.ts';
import { FORM } from './form.ts';
import { readMetadata } from './origin.ts';
import { formSaid } from './requests.ts';
import {
  answerInWindow,
  answerLate,
  askAgain,
  keepOpen,
  refuse,
  type Submission,
} from './views.ts';

/** A submission must be acknowledged within three seconds; this much of it may go into the work. */
const PATIENCE_MS = 1500;

/** Takes forms that were sent. */
export function listenToForms(app: App, desk: Desk) {
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
