import { setTimeout as wait } from 'node:timers/promises';
import { type Client, Events, GatewayDispatchEvents, type Interaction } from 'discord.js';
import { UserError } from '../../spine/errors.ts';
import type { Adapter, Outgoing, Platform, Sent } from '../../spine/platform.ts';
import { plain, type Reply, spans } from '../../spine/reply.ts';
import type { DiscordMessage } from './card.ts';
import { createClient, createReplyRest, createSendRest, forgetLimits } from './client.ts';
import { spellCommands } from './command-text.ts';
import { type Conversation, complete, converse, resume } from './conversation.ts';
import { createFormMemory } from './form-memory.ts';
import { handleMessage } from './message-listener.ts';
import type { DiscordOptions } from './options.ts';
import { isAdminOf, roleIn, strangerIn } from './people.ts';
import { checkChannel } from './permissions.ts';
import { present } from './present.ts';
import { loggable, toRefusal } from './problems.ts';
import { keepRegistering } from './registering.ts';
import { type Sender, send } from './send.ts';
import { isOnShards } from './shards.ts';
import { type Staying, stayConnected } from './staying.ts';

/** A picture may take longer on a busy machine, and a second is the most that anybody waits for a sign. */
const DEFER_AFTER_MS = 400;

/** How long Discord is certain to honour a nonce; its documentation says "the past few minutes". */
const RESEND_SAFE_MS = 120_000;

/**
 * Connects to Discord, registers the commands and answers until it is stopped.
 *
 * @throws UserError when Discord does not accept the token.
 */
export async function startDiscord(options: DiscordOptions): Promise<Adapter> {
  const { token, emit } = options;
  const replies = createReplyRest(options);
  const sends = createSendRest(options);
  const ids = new Map<string, string>();
  const { named } = options.bot;
  const show = (reply: Reply) => presentDrawn(spellCommands(reply, { named, ids }), options.draw);
  const answering = createAnswering(options, { rest: replies, present: show });
  const failed = (error: unknown) =>
    emit({
      kind: 'failed',
      where: 'discord connection',
      reference: 'gateway',
      error: loggable(error),
    });
  const create = () => {
    const client = createClient(options);
    answering.listenTo(client);
    client.on(Events.Error, failed);
    client.on(Events.ShardError, failed);
    return client;
  };

  const staying = await stayConnected({ token, clock: options.clock, create, failed });
  const stopping = new AbortController();
  const { registering } = await register(staying, options, { ids, signal: stopping.signal });
  registering.catch(failed);

  const sender: Sender = {
    rest: sends,
    present: show,
    notAdded: (_account, error) => emit(notAdded(error)),
  };
  return {
    platform: {
      ...platform(staying, sender),
      resume: answering.resume,
      setBack: () => [staying.client().rest, replies, sends].forEach(forgetLimits),
    },
    async stop() {
      staying.client().removeAllListeners(Events.InteractionCreate);
      staying.client().removeAllListeners(Events.MessageCreate);
      stopping.abort();
      const ended = Promise.allSettled([...answering.running]);
      await Promise.race([ended, wait(STOP_MS, undefined, { ref: false })]);
      await staying.stop();
      for (const rest of [replies, sends]) {
        rest.clearHashSweeper();
        rest.clearHandlerSweeper();
      }
    },
  };
}

/** Answers what comes from Discord, whichever client hears it; `running` is what is being answered. */
function createAnswering(
  { bot, emit, clock, shards, deferAfterMs = DEFER_AFTER_MS }: DiscordOptions,
  speaking: Pick<Conversation, 'rest' | 'present'>,
) {
  const running = new Set<Promise<void>>();
  const track = (work: Promise<void>) => {
    running.add(work);
    return work.finally(() => running.delete(work));
  };
  const conversation: Conversation = {
    ...speaking,
    bot,
    forms: createFormMemory(clock),
    emit,
    clock,
    deferAfterMs,
  };
  return {
    running,
    listenTo(client: Client): void {
      client.on(Events.InteractionCreate, (each) => track(answer(conversation, each)));
      client.on(Events.MessageCreate, (each) =>
        track(handleMessage({ ...speaking, bot, emit }, each)),
      );
      client.on(Events.GuildDelete, ({ id }) =>
        track(followed(emit, id, () => bot.left(`discord:${id}`))),
      );
      client.on(Events.GuildCreate, ({ id }) =>
        track(followed(emit, id, () => bot.joined(`discord:${id}`))),
      );
      client.on(Events.ClientReady, ({ guilds }) => {
        const present = [...guilds.cache.keys()].map((id) => `discord:${id}`);
        const isOurs = (workspace: string) => isOnShards(shards, workspace.replace('discord:', ''));
        return track(followed(emit, 'ready', () => bot.present('discord', present, isOurs)));
      });
      // The packets: of a thread that is archived discord.js tells nothing.
      for (const event of [GatewayDispatchEvents.ThreadDelete, GatewayDispatchEvents.ChannelDelete])
        client.ws.on(event, ({ id }: { id: string }) =>
          track(followed(emit, id, () => bot.gone('discord', id))),
        );
    },
    resume: (payload: unknown) => track(resume(conversation, payload)),
  };
}

/** Registers the commands, which may still be `registering` when the start has waited long enough. */
async function register(
  staying: Staying,
  options: DiscordOptions,
  { ids, signal }: { ids: Map<string, string>; signal: AbortSignal },
) {
  const registering = keepRegistering(staying.client(), options, { ids, signal });
  try {
    await Promise.race([registering, wait(REGISTER_MS, undefined, { ref: false })]);
    return { registering };
  } catch (error) {
    await staying.stop();
    const { words } = toRefusal(error).problem;
    throw new UserError(['Discord rejected my commands. ', ...spans(words)], { cause: error });
  }
}

/** How long the start waits for the commands; an old set of them works as well. */
const REGISTER_MS = 10_000;
/** How long stopping waits for answers under way. */
const STOP_MS = 5000;

function platform(staying: Staying, sender: Sender): Platform {
  const { client, health } = staying;
  return {
    name: 'discord',
    resendSafeForMs: RESEND_SAFE_MS,
    health,
    check: (channel) => checkChannel(client(), channel),
    strangerIn: (workspace, account) => strangerIn(client(), workspace, account),
    isAdmin: (workspace, account) => isAdminOf(client(), workspace, account),
    roleIn: (workspace, account) => roleIn(client(), workspace, account),
    send: async (outgoing) => explained(client(), outgoing, await send(sender, outgoing)),
  };
}

/** A refusal for want of a permission names the one that is missing where Discord does not. */
async function explained(client: Client, outgoing: Outgoing, sent: Sent): Promise<Sent> {
  if (sent.ok || sent.problem.code !== 'missing-permission' || !('channel' in outgoing))
    return sent;
  const problems = await checkChannel(client, outgoing.channel);
  const words = problems.flatMap((problem, at) => [at > 0 ? '\n' : '', ...spans(problem.words)]);
  return words.length === 0 ? sent : { ...sent, problem: { ...sent.problem, words } };
}

async function answer(parts: Conversation, interaction: Interaction): Promise<void> {
  if (interaction.isAutocomplete()) return complete(parts, interaction);
  const isAnswerable =
    interaction.isChatInputCommand() ||
    interaction.isMessageContextMenuCommand() ||
    interaction.isButton() ||
    interaction.isStringSelectMenu() ||
    interaction.isModalSubmit();
  if (isAnswerable) return converse(parts, interaction);
}

/** Something was taken from us or given back: what hangs on it follows, and a failure is told to the log. */
async function followed(
  emit: DiscordOptions['emit'],
  id: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    emit({ kind: 'failed', where: 'discord servers', reference: id.slice(-6), error });
  }
}

async function presentDrawn(reply: Reply, draw: DiscordOptions['draw']): Promise<DiscordMessage> {
  const charts = reply.blocks.flatMap((block) => (block.kind === 'chart' ? [block.chart] : []));
  if (!draw || charts.length === 0) return present(reply);
  const drawn = await Promise.all(
    charts.map(async (chart) => [chart, await draw(chart).catch(() => undefined)] as const),
  );
  return present(
    reply,
    new Map(drawn.flatMap(([chart, picture]) => (picture ? [[chart, picture] as const] : []))),
  );
}

function notAdded(error: unknown) {
  const { outcome, problem } = toRefusal(error);
  return {
    kind: 'sent',
    what: 'room member',
    platform: 'discord',
    outcome,
    ms: 0,
    problem: plain(problem.words),
  } as const;
}
