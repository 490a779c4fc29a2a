import { type Answer, refuse, refuseBody } from './answers.ts';
import { EPHEMERAL, type Json, messageProblems, modalProblems, V2 } from './rules.ts';
import { BODIES, type BodyProblem, callbackSchema, schemaProblems } from './schemas.ts';
import type { StoredFile, StoredMessage, User, World } from './world.ts';

/** What became of an interaction, once nothing more is owed. */
export type Outcome =
  | { kind: 'message'; message: StoredMessage; replaced: boolean }
  | { kind: 'modal'; modal: Json }
  | { kind: 'suggestions'; choices: { name: string; value: unknown }[] };

/** An interaction that Discord sent to the bot. */
export type Open = {
  id: string;
  token: string;
  type: 'command' | 'component' | 'autocomplete' | 'modal';
  user: User;
  channel: string;
  /** The message whose component was used, also before a modal. */
  pressed?: StoredMessage;
  at: number;
  /** The type of the first response, and how long it took by a clock that nobody sets. */
  acknowledged?: number;
  sent: number;
  acknowledgedMs?: number;
  /** What `@original` is. */
  original?: StoredMessage;
  /** A deferral that nothing has completed. */
  isOwed: boolean;
  done(outcome: Outcome): void;
};

const FIRST_REPLY_MS = 3000;
const TOKEN_MS = 15 * 60_000;

/** Keeps the interactions and lets each be answered in Discord's order only. */
export function createInteractions(world: World) {
  const open = new Map<string, Open>();

  /** A message from a response body; kept from all others when it is ephemeral. */
  function post(interaction: Open, data: Json, files: StoredFile[]): StoredMessage {
    const flags = Number(data.flags ?? 0);
    return world.addMessage({
      channel: interaction.channel,
      author: world.bot.id,
      content: String(data.content ?? ''),
      flags,
      components: (data.components ?? []) as unknown[],
      attachments: files,
      mentions: [],
      ...(flags & EPHEMERAL ? { only: interaction.user.id } : {}),
    });
  }

  function callback(interaction: Open, body: Json, files: StoredFile[]): Answer {
    if (interaction.acknowledged !== undefined) return refuse('alreadyAcknowledged');
    if (world.now() - interaction.at > FIRST_REPLY_MS) return refuse('unknownInteraction');
    const problems = callbackProblems(interaction, body, files);
    if (problems.length > 0) return refuseBody(problems);
    interaction.acknowledged = Number(body.type);
    interaction.acknowledgedMs = performance.now() - interaction.sent;
    acknowledge(interaction, (body.data ?? {}) as Json, files);
    return { status: 204 };
  }

  function acknowledge(interaction: Open, data: Json, files: StoredFile[]): void {
    switch (interaction.acknowledged) {
      case 4:
        interaction.original = post(interaction, data, files);
        interaction.done({ kind: 'message', message: interaction.original, replaced: false });
        return;
      case 5:
        interaction.original = post(interaction, { flags: data.flags ?? 0 }, []);
        interaction.isOwed = true;
        return;
      case 6:
      case 7:
        if (interaction.pressed) interaction.original = interaction.pressed;
        if (interaction.acknowledged === 7) editOriginal(interaction, data, files);
        return;
      case 8:
        interaction.done({
          kind: 'suggestions',
          choices: (data.choices ?? []) as { name: string; value: unknown }[],
        });
        return;
      case 9:
        interaction.done({ kind: 'modal', modal: data });
    }
  }

  function editOriginal(
    interaction: Open,
    data: Json,
    files: StoredFile[],
  ): StoredMessage | undefined {
    const message = interaction.original;
    if (!message) return undefined;
    editMessage(message, data, files);
    interaction.isOwed = false;
    interaction.done({ kind: 'message', message, replaced: interaction.acknowledged !== 5 });
    return message;
  }

  return {
    /** Begins an interaction; the promise resolves when the bot has answered it. */
    begin(interaction: Omit<Open, 'id' | 'token' | 'at' | 'sent' | 'isOwed' | 'done'>): {
      interaction: Open;
      outcome: Promise<Outcome>;
    } {
      let done: Open['done'] = () => undefined;
      const outcome = new Promise<Outcome>((resolve) => {
        done = resolve;
      });
      const id = world.newId();
      const made: Open = {
        ...interaction,
        id,
        token: `token-${id}`,
        at: world.now(),
        sent: performance.now(),
        isOwed: false,
        done,
      };
      open.set(made.token, made);
      return { interaction: made, outcome };
    },

    callback(token: string, body: Json, files: StoredFile[]): Answer {
      const interaction = open.get(token);
      return interaction ? callback(interaction, body, files) : refuse('unknownInteraction');
    },

    /** Requests with the token of an interaction, after its first response. */
    webhook(
      { token, method, message }: { token: string; method: string; message?: string },
      body: Json,
      files: StoredFile[],
    ): Answer & { shown?: StoredMessage } {
      const interaction = open.get(token);
      if (!interaction || interaction.acknowledged === undefined) return refuse('unknownWebhook');
      if (world.now() - interaction.at > TOKEN_MS) return refuse('invalidToken');
      if (method === 'POST') return followUp(interaction, body, files);
      const isOriginal = message === '@original';
      const target = isOriginal
        ? interaction.original
        : world.message(interaction.channel, message ?? '');
      if (!target) return refuse('unknownMessage');
      if (method === 'DELETE') {
        remove(interaction, target);
        return { status: 204 };
      }
      const problems = editProblems(target, body, files);
      if (problems.length > 0) return refuseBody(problems);
      if (isOriginal) editOriginal(interaction, body, files);
      else editMessage(target, body, files);
      return { status: 200, shown: target };
    },
  };

  function followUp(
    interaction: Open,
    body: Json,
    files: StoredFile[],
  ): Answer & { shown?: StoredMessage } {
    const problems = [
      ...schemaProblems(BODIES['follow-up'], body),
      ...messageProblems(body, { path: [], files: names(files), mayBeEphemeral: true }),
    ];
    if (problems.length > 0) return refuseBody(problems);
    if (interaction.isOwed) {
      // Documented: right after a deferral this edits the promised message, and its visibility stays.
      const shown = editOriginal(
        interaction,
        { ...body, flags: Number(body.flags ?? 0) & ~EPHEMERAL },
        files,
      );
      return shown ? { status: 200, shown } : refuse('unknownMessage');
    }
    const message = post(interaction, body, files);
    interaction.done({ kind: 'message', message, replaced: false });
    return { status: 200, shown: message };
  }

  function remove(interaction: Open, message: StoredMessage): void {
    const all = world.messages.get(message.channel) ?? [];
    all.splice(all.indexOf(message), 1);
    if (interaction.original === message) {
      delete interaction.original;
      interaction.isOwed = false;
    }
  }
}

/** Changes what a body names; the flag of Components V2 and ephemerality stay. */
export function editMessage(message: StoredMessage, body: Json, files: StoredFile[]): void {
  if (body.components !== undefined) message.components = (body.components ?? []) as unknown[];
  if (body.content !== undefined) message.content = String(body.content ?? '');
  if (body.attachments !== undefined || files.length > 0) message.attachments = files;
  message.flags |= Number(body.flags ?? 0) & V2;
}

/** What is wrong with an edit of this message. */
export function editProblems(
  message: StoredMessage,
  body: Json,
  files: StoredFile[],
  kind: 'edit reply' | 'edit message' = 'edit reply',
): BodyProblem[] {
  return [
    ...schemaProblems(BODIES[kind], body),
    ...messageProblems(body, {
      path: [],
      files: names(files),
      isEdit: true,
      wasV2: (message.flags & V2) !== 0,
    }),
  ];
}

function callbackProblems(interaction: Open, body: Json, files: StoredFile[]): BodyProblem[] {
  const schema = callbackSchema(body.type);
  if (!schema) return [{ path: ['type'], message: 'unknown type of response' }];
  const found = [...schemaProblems(schema, body), ...orderProblems(interaction, Number(body.type))];
  const data = (body.data ?? {}) as Json;
  switch (body.type) {
    case 4:
      return [
        ...found,
        ...messageProblems(data, { path: ['data'], files: names(files), mayBeEphemeral: true }),
      ];
    case 5:
      return [...found, ...deferProblems(data)];
    case 7:
      return [
        ...found,
        ...messageProblems(data, {
          path: ['data'],
          files: names(files),
          isEdit: true,
          wasV2: ((interaction.pressed?.flags ?? 0) & V2) !== 0,
        }),
      ];
    case 9:
      return [...found, ...modalProblems(data)];
    default:
      return found;
  }
}

/** Which response fits which interaction. */
function orderProblems({ type, pressed }: Open, response: number): BodyProblem[] {
  const path = ['type'];
  if ((response === 8) !== (type === 'autocomplete'))
    return [{ path, message: 'type 8 answers autocomplete, and nothing else does' }];
  if ((response === 6 || response === 7) && !pressed)
    return [{ path, message: 'types 6 and 7 are for components' }];
  if (response === 9 && type === 'modal')
    return [{ path, message: 'a modal cannot answer a modal' }];
  return [];
}

function deferProblems(data: Json): BodyProblem[] {
  const others = Object.keys(data).filter((key) => key !== 'flags');
  const flags = Number(data.flags ?? 0);
  return others.length > 0 || (flags & ~EPHEMERAL) !== 0
    ? [{ path: ['data'], message: 'a deferral takes only the flag EPHEMERAL' }]
    : [];
}

function names(files: readonly StoredFile[]): string[] {
  return files.map(({ name }) => name);
}
