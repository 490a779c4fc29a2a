import type { ViewResponseAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Form } from '../../spine/form.ts';
import { type Reply, say, type Visibility } from '../../spine/reply.ts';
import { formView, problemFields } from './form.ts';
import type { Answer, IncomingEvent } from './listener-context.ts';
import { type Origin, packMetadata } from './origin.ts';
import { presentHome, presentWindow, RICHNESS, type Richness } from './present.ts';
import { failureOf } from './problems.ts';
import type { Replies } from './replies.ts';

type Tools = Pick<Replies, 'deliver'> & {
  api: WebClient;
  report(where: string, error: unknown): void;
};

/** Said where words ask for a form: only what carries a trigger can open one. */
function noForm({ said }: IncomingEvent): Reply {
  const command = said.kind === 'text' || said.kind === 'words' ? said.text : 'help';
  return say([
    "That command needs a form, and Slack can't open one from a message. Run ",
    { command },
    ' instead.',
  ]);
}

/** Shows what came of a request wherever its answer goes; also long after it was acknowledged. */
export async function show(heard: IncomingEvent, answer: Answer, tools: Tools) {
  const { origin, trigger, view } = heard;
  if (answer.kind === 'nothing') return;
  if (answer.kind === 'form') {
    if (view) return askAgain(answer.form, { origin, view }, tools);
    if (trigger) return openForm(answer.form, origin, trigger, tools);
    return tools.deliver(noForm(heard), 'private', origin);
  }
  const { reply, visibility } = answer;
  if (view) return answerLate(reply, visibility, { origin, view }, tools);
  if (origin.surface === 'message') return tools.deliver(reply, visibility, origin);
  if (!trigger) return publishHome(reply, origin.user, tools);
  return showReply(reply, { visibility, origin, trigger }, tools);
}

/** Said when a window came too late: a trigger lives three seconds. */
const TOO_LATE = say("The form didn't open in time. Run the command again.");

/** Opens a form as a window, or says that it came too late. */
async function openForm(form: Form, origin: Origin, trigger: string, tools: Tools) {
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
async function showReply(
  reply: Reply,
  { visibility, origin, trigger }: { visibility: Visibility; origin: Origin; trigger: string },
  tools: Tools,
) {
  const { api, deliver, report } = tools;
  try {
    await plainer((richness) => {
      const view = presentWindow(reply, richness);
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
async function publishHome(reply: Reply, user: string, { api }: Pick<Tools, 'api'>) {
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

const working = () => presentWindow({ title: 'One moment', ...say("I'm working on it.") });
const FINISHED = say('Done. You can close this window.');

/** Acknowledges a sent form: Slack closes it, or shows what it is told. */
export type Ack = (response?: ViewResponseAction) => Promise<void>;

/** A sent form: where it was opened, and its window. */
type Submission = { origin: Origin; view: string };

/** Keeps a form open that takes longer than Slack waits for. */
export async function keepOpen(ack: Ack, { report }: Tools) {
  await ack({ response_action: 'update', view: working() }).catch((error: unknown) =>
    report('slack ack', error),
  );
}

/** What a form asks for after it was kept open. */
async function askAgain(form: Form, { origin, view }: Submission, { api }: Tools) {
  const metadata = packMetadata({ form: form.id, origin });
  await api.views.update({ view_id: view, view: formView(form, metadata) });
}

/** The answer to a form that was kept open: in its window, or where the form was opened. */
async function answerLate(
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

/** Answers a form in its own window, with its acknowledgement. */
export async function answerInWindow(
  { reply, visibility }: Extract<Answer, { kind: 'reply' }>,
  { ack, ...submission }: Submission & { ack: Ack },
  tools: Tools,
) {
  try {
    await ack({ response_action: 'update', view: presentWindow(reply) });
  } catch (error) {
    tools.report('slack ack', error);
    await answerLate(reply, visibility, submission, tools);
  }
}
