import { setTimeout as wait } from 'node:timers/promises';
import type { ViewResponseAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Form } from '../../bot/form.ts';
import { type Reply, say, type Visibility } from '../../bot/reply.ts';
import { formView, problemFields } from './form.ts';
import { type Origin, packMetadata } from './origin.ts';
import { presentHome, presentWindow } from './present.ts';
import { failureOf } from './problems.ts';
import type { Deliver } from './replies.ts';

type Tools = { api: WebClient; deliver: Deliver; report(where: string, error: unknown): void };

/** Said when a window came too late: a trigger lives three seconds. */
const TOO_LATE = say('Slack did not open the form in time. Please try again.');

/** Opens a form as a window, or says that it came too late. */
export async function openForm(form: Form, origin: Origin, trigger: string, tools: Tools) {
  const { api, deliver, report } = tools;
  const view = formView(form, packMetadata({ form: form.id, origin }));
  try {
    if (origin.surface === 'window') await api.views.push({ trigger_id: trigger, view });
    else await api.views.open({ trigger_id: trigger, view });
  } catch (error) {
    // Used already: this is the same request once more, and its form is open.
    if (failureOf(error, '').error === 'exchanged_trigger_id') return;
    report('slack views.open', error);
    await deliver(TOO_LATE, 'private', origin);
  }
}

/** Shows a reply to a button pressed in the App Home or in a window; a message when it cannot. */
export async function showReply(
  reply: Reply,
  { visibility, origin, trigger }: { visibility: Visibility; origin: Origin; trigger: string },
  tools: Tools,
) {
  const { api, deliver, report } = tools;
  const view = presentWindow(reply);
  try {
    if (origin.surface === 'home' && reply.update) {
      await api.views.publish({ user_id: origin.user, view: presentHome(reply) });
    } else if (origin.surface === 'window' && origin.view) {
      await api.views.update({ view_id: origin.view, view });
    } else {
      await api.views.open({ trigger_id: trigger, view });
    }
  } catch (error) {
    // A trigger that died of age is no fault: the answer just comes as a message.
    if (!/trigger/.test(failureOf(error, '').error)) report('slack views', error);
    await deliver(reply, visibility, origin);
  }
}

/** Publishes the App Home of one person. */
export async function publishHome(reply: Reply, user: string, { api }: Pick<Tools, 'api'>) {
  try {
    await api.views.publish({ user_id: user, view: presentHome(reply) });
  } catch (error) {
    if (!failureOf(error, '').isAboutBlocks) throw error;
    await api.views.publish({ user_id: user, view: presentHome(reply, 'simple') });
  }
}

/** What a refused form answers: words under a field, or the form anew when it asks for others. */
export function refuse(form: Form, asked: string[], origin: Origin): ViewResponseAction {
  const errors = problemFields(form, asked);
  if (errors) return { response_action: 'errors', errors };
  const view = formView(form, packMetadata({ form: form.id, origin }));
  return { response_action: 'update', view };
}

/** A submission must be acknowledged within three seconds; this much of it may go into the work. */
const PATIENCE_MS = 1500;

const WORKING: ModalView = presentWindow({ title: 'One moment', ...say('I am working on it.') });

/** Answers a form in its own window: with the reply, or with a pause and then the reply. */
export async function answerInWindow(
  {
    running,
    visibility,
    origin,
    view,
  }: {
    running: Promise<Reply>;
    visibility: Visibility;
    origin: Origin;
    view: string;
  },
  ack: (response: ViewResponseAction) => Promise<void>,
  tools: Tools,
) {
  const quick = await Promise.race([running, wait(PATIENCE_MS, undefined, { ref: false })]);
  await ack({ response_action: 'update', view: quick ? presentWindow(quick) : WORKING });
  if (quick) return;
  const reply = await running;
  await showReply(
    reply,
    { visibility, origin: { ...origin, surface: 'window', view }, trigger: '' },
    tools,
  );
}
