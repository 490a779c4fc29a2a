import { setTimeout as wait } from 'node:timers/promises';
import type { ViewResponseAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Form } from '../../bot/form.ts';
import { type Reply, say, type Visibility } from '../../bot/reply.ts';
import { formView, problemFields } from './form.ts';
import { type Origin, packMetadata } from './origin.ts';
import { presentHome, presentWindow, RICHNESS, type Richness } from './present.ts';
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
  try {
    await plainer((richness) => {
      const view = presentWindow(reply, richness);
      if (origin.surface === 'home' && reply.update)
        return api.views.publish({ user_id: origin.user, view: presentHome(reply, richness) });
      if (origin.surface === 'window' && origin.view)
        return api.views.update({ view_id: origin.view, view });
      return api.views.open({ trigger_id: trigger, view });
    });
  } catch (error) {
    // A trigger that died of age is no fault: the answer just comes as a message.
    if (!/trigger/.test(failureOf(error, '').error)) report('slack views', error);
    await deliver(reply, visibility, origin);
  }
}

/** Publishes the App Home of one person. */
export async function publishHome(reply: Reply, user: string, { api }: Pick<Tools, 'api'>) {
  await plainer((richness) =>
    api.views.publish({ user_id: user, view: presentHome(reply, richness) }),
  );
}

/** Shows plainer blocks while Slack refuses them. */
async function plainer(show: (richness: Richness) => Promise<unknown>): Promise<void> {
  for (const richness of RICHNESS) {
    try {
      await show(richness);
      return;
    } catch (error) {
      if (richness === RICHNESS.at(-1) || !failureOf(error, '').isAboutBlocks) throw error;
    }
  }
}

/** What a refused form answers: words under a field, or the form anew when it asks for others. */
export function refuse(form: Form, asked: string[], origin: Origin): ViewResponseAction {
  const errors = problemFields(form, asked);
  if (errors) return { response_action: 'errors', errors };
  const view = formView(form, packMetadata({ form: form.id, origin }));
  return { response_action: 'update', view };
}

const working = () => presentWindow({ title: 'One moment', ...say('I am working on it.') });
const FINISHED = say('Done. You can close this window.');

type Ack = (response?: ViewResponseAction) => Promise<void>;

/** A sent form that Slack still waits for: how to acknowledge it, and until when. */
export type Submission = { origin: Origin; view: string; ack: Ack; until: number };

/** Keeps a form open that takes longer than Slack waits for. */
export async function keepOpen({ ack }: Submission, { report }: Tools) {
  await ack({ response_action: 'update', view: working() }).catch((error: unknown) =>
    report('slack ack', error),
  );
}

/** What a form asks for after it was kept open. */
export async function askAgain(form: Form, { origin, view }: Submission, { api }: Tools) {
  const metadata = packMetadata({ form: form.id, origin });
  await api.views.update({ view_id: view, view: formView(form, metadata) });
}

/** The answer to a form that was kept open: in its window, or where the form was opened. */
export async function answerLate(
  reply: Reply,
  visibility: Visibility,
  { origin, view }: Submission,
  tools: Tools,
) {
  const window: Origin = { ...origin, surface: 'window', view };
  if (origin.surface !== 'message')
    return showReply(reply, { visibility, origin: window, trigger: '' }, tools);
  await tools.deliver(reply, visibility, origin);
  await tools.api.views.update({ view_id: view, view: presentWindow(FINISHED) });
}

/** Answers a form in its own window: with the reply, or with a pause and then the reply. */
export async function answerInWindow(
  running: Promise<Reply>,
  visibility: Visibility,
  submission: Submission,
  tools: Tools,
) {
  const left = Math.max(0, submission.until - performance.now());
  const quick = await Promise.race([running, wait(left, undefined, { ref: false })]);
  if (quick) {
    const isTaken = await submission
      .ack({ response_action: 'update', view: presentWindow(quick) })
      .then(
        () => true,
        (error: unknown) => tools.report('slack ack', error),
      );
    if (isTaken) return;
  } else await keepOpen(submission, tools);
  await answerLate(await running, visibility, submission, tools);
}
