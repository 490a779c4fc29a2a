import { setTimeout as wait } from 'node:timers/promises';
import { type REST, Routes } from 'discord.js';
import type { Visibility } from '../../spine/reply.ts';
import type { DiscordMessage } from './card.ts';
import { FLAG } from './limits.ts';
import { asPrivate, type presentForm } from './present.ts';
import { isAnswered, isFault } from './problems.ts';
import type { Answerable } from './requests.ts';
import { uploads } from './send.ts';

/** Types of a first response. @see https://docs.discord.com/developers/interactions/receiving-and-responding */
const CALLBACK = { message: 4, deferMessage: 5, deferUpdate: 6, update: 7, suggest: 8, modal: 9 };

/** A message on its way: who may see it, and whether it takes the place of the one pressed. */
export type Showing = { message: DiscordMessage; visibility: Visibility; update: boolean };

/** Where the answer to an interaction goes: plain data, so that another process can go on with it. */
export type Address = {
  id: string;
  /** Good for 15 minutes, and a secret as long. */
  token: string;
  applicationId: string;
  /** Who sees the message that was pressed; undefined where none was. */
  pressed?: Visibility;
};

/** Where the answer to an interaction goes. */
export function addressOf(interaction: Answerable): Address {
  const { id, token, applicationId } = interaction;
  const message = 'message' in interaction ? interaction.message : null;
  if (!message) return { id, token, applicationId };
  const pressed = message.flags.has(FLAG.ephemeral) ? 'private' : 'public';
  return { id, token, applicationId, pressed };
}

/** What a deferral has left in the place of the answer. */
type Kept = 'press' | Visibility;

/** The answering of one interaction, which Discord allows in a strict order. */
export type Answer = {
  isOpen(): boolean;
  /** Shows a reply, at once or in the place that `defer` kept. */
  show(showing: Showing): Promise<void>;
  /** Tells Discord that the reply takes longer; a press leaves its message as it is. */
  defer(visibility: Visibility): Promise<void>;
  /** Says privately beside a press what its reply waits for, until the promised function is called. */
  wait(message: DiscordMessage): Promise<() => Promise<unknown>>;
  /** Only possible as the first response, and not to a sent form. */
  ask(form: ReturnType<typeof presentForm>): Promise<void>;
  /** Shows a private message in whatever way is still left after an error. */
  apologize(message: DiscordMessage): Promise<void>;
};

/**
 * Opens the answering of an interaction, or goes on with one that was deferred. Errors of Discord
 * reach the caller.
 */
export function answerTo(
  address: Address,
  rest: REST,
  deferred?: Visibility,
  onAcknowledged = () => {},
): Answer {
  const { pressed } = address;
  const calls = callsFor(address, rest);
  let kept: 'nothing' | Kept = deferred ? keptBy(deferred, pressed) : 'nothing';
  let isOpen = !deferred;
  let isAcknowledged = !isOpen;

  async function respond(type: number, data?: object, files: DiscordMessage['files'] = []) {
    isOpen = false;
    await calls.respond(type, data, files);
    isAcknowledged = true;
    onAcknowledged();
  }

  async function showFirst(showing: Showing) {
    const isUpdate = replaces(showing, pressed);
    const { body, files } = isUpdate ? showing.message : fresh(showing);
    return respond(isUpdate ? CALLBACK.update : CALLBACK.message, body, files);
  }

  async function showKept(showing: Showing) {
    const isInPlace = kept === 'press' ? replaces(showing, pressed) : kept === showing.visibility;
    if (isInPlace) return calls.edit(showing.message);
    // Who may see a message is fixed when it is made, so the one that was kept has to go first.
    if (kept !== 'press') await calls.remove();
    return calls.followUp(fresh(showing));
  }

  return {
    isOpen: () => isOpen,
    async show(showing) {
      await (kept === 'nothing' ? showFirst(showing) : showKept(showing));
    },
    async defer(visibility) {
      kept = keptBy(visibility, pressed);
      if (pressed) return respond(CALLBACK.deferUpdate);
      const flags = visibility === 'private' ? { flags: FLAG.ephemeral } : undefined;
      return respond(CALLBACK.deferMessage, flags);
    },
    async wait(message) {
      // The first message after any other deferral takes the place of the reply.
      if (kept !== 'press') return async () => {};
      const { id } = (await calls.followUp(asPrivate(message))) as { id: string };
      return () => calls.remove(id);
    },
    ask: (form) => respond(CALLBACK.modal, form),
    async apologize(message) {
      const showing: Showing = { message, visibility: 'private', update: false };
      if (!isAcknowledged) await showFirst(showing);
      else await (kept === 'nothing' ? calls.followUp(fresh(showing)) : showKept(showing));
    },
  };
}

/** A press leaves its message as it is; anything else puts a message there that says it takes time. */
function keptBy(visibility: Visibility, pressed: Visibility | undefined): Kept {
  return pressed ? 'press' : visibility;
}

/** A public message is never replaced by what only one person may see. */
function replaces({ update, visibility }: Showing, pressed: Visibility | undefined): boolean {
  return update && pressed !== undefined && (visibility === 'public' || pressed === 'private');
}

/** The calls that Discord takes for one interaction: a first response, and what follows it. */
function callsFor({ id, token, applicationId }: Address, rest: REST) {
  const first = Routes.webhookMessage(applicationId, token);
  return {
    respond: (type: number, data: object | undefined, files: DiscordMessage['files']) =>
      insist(() =>
        rest.post(Routes.interactionCallback(id, token), {
          body: { type, ...(data ? { data } : {}) },
          files: uploads(files),
          auth: false,
        }),
      ),
    edit: ({ body, files }: DiscordMessage) =>
      insist(() => rest.patch(first, { body, files: uploads(files), auth: false })),
    remove: (message?: string) =>
      rest.delete(Routes.webhookMessage(applicationId, token, message), { auth: false }),
    followUp: ({ body, files }: DiscordMessage) =>
      rest.post(Routes.webhook(applicationId, token), { body, files: uploads(files), auth: false }),
  };
}

/** Between two attempts at an answer that Discord gives three seconds for. */
const AGAIN_MS = 250;

/**
 * Does once more what cannot have a second effect, after a fault on the way. When the first attempt
 * had arrived all the same, Discord says that the interaction is answered.
 */
async function insist(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!isFault(error)) throw error;
    await wait(AGAIN_MS);
    await call().catch((again: unknown) => {
      if (!isAnswered(again)) throw again;
    });
  }
}

function fresh({ message, visibility }: Showing): DiscordMessage {
  return visibility === 'private' ? asPrivate(message) : message;
}

/** Answers an option that is being typed. */
export async function suggestTo(
  { id, token }: { id: string; token: string },
  rest: REST,
  choices: { name: string; value: string }[],
): Promise<void> {
  await rest.post(Routes.interactionCallback(id, token), {
    body: { type: CALLBACK.suggest, data: { choices } },
    auth: false,
  });
}
