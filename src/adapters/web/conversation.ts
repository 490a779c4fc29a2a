import type { Step } from '../../spine/command.ts';
import type { Form } from '../../spine/form.ts';
import { plain } from '../../spine/reply.ts';
import type { Request } from '../../spine/request.ts';
import { type Sending, show } from './platform.ts';
import { presentFormBoth } from './present.ts';
import type { Outcome, Said, ShownRank } from './protocol.ts';
import { gestureInput, placeOf } from './requests.ts';
import type { WebWorld } from './world.ts';

/** What answering a gesture needs. */
export type Conversation = Sending & { world(): WebWorld; board: ShownRank[] };

/** Does what somebody did; undefined when that somebody or that place does not exist. */
export async function converse(parts: Conversation, given: Said): Promise<Outcome | undefined> {
  const request = requestOf(parts, given);
  if (!request) return undefined;
  parts.world().tick();
  const deliveries = parts.faults.twice ? 2 : 1;
  const outcomes = await Promise.all(
    Array.from({ length: deliveries }, async () =>
      follow(parts, await parts.world().bot.prepare(request), given),
    ),
  );
  return outcomes.find(({ kind }) => kind !== 'nothing') ?? outcomes[0];
}

/** A gesture as the machine wants it; plain words are put on the page first. */
function requestOf(parts: Conversation, given: Said): Request | undefined {
  const { record } = parts;
  const world = parts.world();
  const speaker = world.speakers.find(({ account }) => account === given.account);
  const place = record.place(given.place);
  if (!speaker || !place) return undefined;
  const on = given.message ? record.message(given.message) : undefined;
  const said = typedWords(parts, given) ?? gestureInput(given.gesture, on, world.bot.commands);
  const [channel = ''] = world.channels;
  return (
    said && {
      delivery: `web:${given.delivery}`,
      platform: 'web',
      workspace: world.workspace,
      workspaceName: world.workspaceName,
      account: speaker.account,
      accountName: speaker.name,
      isAdmin: speaker.isAdmin,
      place: placeOf(place, channel),
      locale: world.locale,
      zone: world.zone,
      said,
      ...(given.message ? { message: given.message } : {}),
    }
  );
}

/** What an option that is being typed could become. */
export async function suggestTo(
  parts: Conversation,
  asked: { account: string; command: string; option: string; typed: string },
) {
  const { bot, channels } = parts.world();
  const [place = ''] = channels;
  const gesture = { kind: 'text', text: `/${asked.command}` } as const;
  const request = requestOf(parts, { delivery: '', account: asked.account, place, gesture });
  return request ? bot.suggest(request, asked.command, asked.option, asked.typed) : [];
}

/** What is typed without a slash is a message; the machine hears it where it listens. */
function typedWords({ record, now }: Conversation, { account, place, gesture }: Said) {
  if (gesture.kind !== 'text' || gesture.text.trimStart().startsWith('/')) return undefined;
  const id = record.newId();
  record.put({
    id,
    place,
    at: now().toISOString(),
    by: 'person',
    account,
    text: gesture.text,
  });
  // On the page there's nobody else to talk to: words in the channel are said to the bot.
  const isForBot = record.place(place)?.kind !== 'thread';
  return { kind: 'words', text: gesture.text, message: id, isForBot } as const;
}

async function follow(parts: Conversation, step: Step, given: Said): Promise<Outcome> {
  const { record } = parts;
  if (step.kind === 'nothing') return step;
  const pressed = given.message ? record.message(given.message) : undefined;
  if (step.kind === 'form') {
    return shownForm(step.form, given, pressed?.id);
  }
  const reply = await step.run();
  if (reply.form) return shownForm(reply.form, given, pressed?.id);
  const isPrivate =
    (step.visibility === 'private' || reply.visibility === 'private') &&
    record.place(given.place)?.kind !== 'direct';
  // A public message is never replaced by what only one person may see.
  const replaced = reply.update && pressed && (!isPrivate || pressed.only) ? pressed : undefined;
  const id = replaced?.id ?? record.newId();
  await show(parts, reply, {
    id,
    place: replaced?.place ?? given.place,
    ...(isPrivate ? { only: given.account } : {}),
    ...causeOf(given),
  });
  return { kind: 'shown', message: id, replaced: replaced !== undefined };
}

function shownForm(form: Form, { account }: Said, message: string | undefined): Outcome {
  const { id, title, problems = [] } = form;
  const problem = problems.map(({ text }) => plain(text)).join('\n');
  const problemsAt = problems.flatMap(({ field }) => field ?? []);
  return {
    kind: 'form',
    form: {
      id,
      title,
      ...presentFormBoth(form, account),
      ...(problem ? { problem, problemsAt } : {}),
      ...(message ? { message } : {}),
    },
  };
}

function causeOf({ gesture }: Said): { cause?: string } {
  if (gesture.kind === 'text' && gesture.text.startsWith('/')) return { cause: gesture.text };
  return gesture.kind === 'action' ? { cause: gesture.command } : {};
}
