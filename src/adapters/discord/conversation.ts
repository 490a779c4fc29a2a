import type { AutocompleteInteraction, REST } from 'discord.js';
import type { Clock } from '../../core/time.ts';
import type { Bot, Step, Suggestion } from '../../spine/command.ts';
import { untilSafe } from '../../spine/deliveries.ts';
import { isStorageFailure } from '../../spine/errors.ts';
import type { Emit } from '../../spine/event.ts';
import type { Form } from '../../spine/form.ts';
import { runTelling } from '../../spine/meanwhile.ts';
import { type Reply, say, type Visibility } from '../../spine/reply.ts';
import type { Request } from '../../spine/request.ts';
import {
  type Address,
  type Answer,
  addressOf,
  answerTo,
  type Showing,
  suggestTo,
} from './answer.ts';
import type { DiscordMessage } from './card.ts';
import type { FormMemory } from './form-memory.ts';
import { cutLabel, LIMITS } from './limits.ts';
import { clean } from './markdown.ts';
import { presentForm, presentRefusal } from './present.ts';
import { isLate, loggable } from './problems.ts';
import { type Answerable, toRequest, toTyping, withFiles } from './requests.ts';

/** What answering needs. `deferAfterMs` counts from the moment the interaction arrived. */
export type Conversation = {
  bot: Bot;
  rest: REST;
  present(reply: Reply): Promise<DiscordMessage>;
  forms: FormMemory;
  emit: Emit;
  clock: Clock;
  deferAfterMs: number;
};

/**
 * A form must be the first response, so a reply is promised later while it is not known yet whether a
 * form is needed: after 0.8 s when replies are deferred after 0.4 s.
 */
const PREPARING_FACTOR = 2;

/** Answers one interaction. Never rejects: what goes wrong is told to the person and the log. */
export async function converse(parts: Conversation, interaction: Answerable): Promise<void> {
  const address = addressOf(interaction);
  const began = performance.now();
  const answer = answerTo(address, parts.rest, undefined, () =>
    parts.emit({ kind: 'acknowledged', platform: 'discord', ms: performance.now() - began }),
  );
  const arrived = parts.clock.now().getTime();
  try {
    const form = parts.forms.takeTyped(interaction);
    if (form) return await answer.ask(presentForm(form));
    const request = toRequest(interaction, parts.bot.commands);
    if (!request) return await answer.show(privately(await parts.present(say(GONE))));
    await follow({ parts, answer, address, request, arrived });
  } catch (error) {
    await apologize({ parts, answer, address, arrived, error });
  }
}

const GONE = 'This command was removed. Enter / to see the current ones.';

type Talk = {
  parts: Conversation;
  answer: Answer;
  address: Address;
  request: Request;
  arrived: number;
};

/** What is stored of an interaction before it is deferred. */
type Stored = { address: Address; request: Request; deferred: Visibility };

/** Answers a deferred interaction whose process is gone. Rejects when nothing could be stored. */
export async function resume(parts: Conversation, payload: unknown): Promise<void> {
  // It was stored by `defer`, and JSON leaves only the address of a file.
  const { address, request, deferred } = payload as Stored;
  const answer = answerTo(address, parts.rest, deferred);
  const arrived = parts.clock.now().getTime();
  try {
    const again: Request = { ...withFiles(request), isRerun: true };
    await follow({ parts, answer, address, request: again, arrived });
  } catch (error) {
    if (isStorageFailure(error)) throw error;
    await apologize({ parts, answer, address, arrived, error });
  }
}

/** What came of a request: the step itself where nothing runs. */
type Made = Exclude<Step, { kind: 'run' }> | { kind: 'showing'; showing: Showing };

async function follow(talk: Talk): Promise<void> {
  const { parts, answer, request } = talk;
  const preparing = parts.bot.prepare(request);
  const making = preparing.then((step): Made | Promise<Made> =>
    step.kind === 'run' ? run(talk, step) : step,
  );
  // Heard of where it is awaited, which a failure before that never comes to.
  making.catch(() => undefined);
  const step = await within(preparing, parts.deferAfterMs * PREPARING_FACTOR);
  if (step === LATE) await defer(talk, 'private', making);
  else if (step.kind === 'run') {
    // A clock that was set back meanwhile must not put the promise off.
    const passed = Math.max(0, parts.clock.now().getTime() - talk.arrived);
    const left = Math.max(0, parts.deferAfterMs - passed);
    if ((await within(making, left)) === LATE) await defer(talk, step.visibility, making);
  }
  const made = await making;
  if (made.kind === 'showing') return answer.show(made.showing);
  if (made.kind === 'form') return ask(talk, made.form);
}

/**
 * Tells Discord that the answer takes longer, once it is stored that there will be one. An answer that
 * comes meanwhile takes its place; one that was deferred before stays so.
 */
async function defer(
  { parts, answer, address, request }: Talk,
  deferred: Visibility,
  making: Promise<Made>,
): Promise<void> {
  if (!answer.isOpen()) return;
  const payload: Stored = { address, request, deferred };
  const { account } = request;
  const store = () =>
    parts.bot.storeDelivery({ id: address.id, platform: 'discord', account, payload });
  const deferring = untilSafe(making, store, 0).then((how) =>
    how === 'stored' ? answer.defer(deferred) : undefined,
  );
  // Deferring can fail while the answer is still being made; both are awaited together.
  await Promise.all([deferring, making]);
}

async function ask({ parts, answer, request }: Talk, form: Form): Promise<void> {
  const isModal = request.said.kind === 'form';
  if (answer.isOpen() && !isModal) return answer.ask(presentForm(form));
  // No modal may answer a modal, so the person opens it again with what was typed in it.
  parts.forms.keepTyped(request.account, form);
  const words = isModal ? undefined : "The form didn't open in time. Run the command again.";
  await answer.show(privately(presentRefusal(form, words)));
}

/** Runs a command; when this resolves, all is durable. */
async function run(
  { parts, answer, request }: Talk,
  step: Extract<Step, { kind: 'run' }>,
): Promise<Made> {
  let waiting: Promise<() => Promise<unknown>> | undefined;
  const reply = await runTelling(step, (words) => {
    waiting = parts.present(say(words)).then(answer.wait);
  });
  // The reply doesn't wait for it to go; where that fails, it stays beside the reply.
  void waiting?.then((done) => done()).catch(() => undefined);
  if (reply.form) return { kind: 'form', form: reply.form };
  const isNarrow = step.visibility === 'private' || reply.visibility === 'private';
  // Nobody else reads a direct message, so what is said there can stay.
  const isPrivate = isNarrow && request.place.kind !== 'direct';
  const showing: Showing = {
    message: await parts.present(reply),
    visibility: isPrivate ? 'private' : 'public',
    update: reply.update ?? false,
  };
  return { kind: 'showing', showing };
}

function privately(message: DiscordMessage): Showing {
  return { message, visibility: 'private', update: false };
}

async function apologize({
  parts,
  answer,
  address,
  arrived,
  error,
}: Omit<Talk, 'request'> & { error: unknown }): Promise<void> {
  if (isLate(error)) {
    const ms = parts.clock.now().getTime() - arrived;
    return parts.emit({ kind: 'sent', what: 'reply', platform: 'discord', outcome: 'late', ms });
  }
  const reference = address.id.slice(-6);
  parts.emit({ kind: 'failed', where: 'discord', reference, error: loggable(error) });
  try {
    const words = `Something went wrong. Try again, or send code ${reference} to the person who hosts Warmup.`;
    await answer.apologize(await parts.present(say(words)));
  } catch {
    // Discord takes no answer at all; the failure above is told already.
  }
}

/** Completes an option while it is typed; a slow list completes nothing. */
export async function complete(
  { bot, rest, emit, deferAfterMs }: Conversation,
  interaction: AutocompleteInteraction,
): Promise<void> {
  try {
    const request = toTyping(interaction);
    const { name, value } = interaction.options.getFocused(true);
    const found = bot.suggest(request, request.said.command, name, String(value));
    await suggestTo(
      interaction,
      rest,
      choices(await within(found, deferAfterMs * PREPARING_FACTOR)),
    );
  } catch (error) {
    if (isLate(error)) return;
    const reference = interaction.id.slice(-6);
    emit({ kind: 'failed', where: 'discord suggestions', reference, error: loggable(error) });
    await suggestTo(interaction, rest, []).catch(() => undefined);
  }
}

function choices(found: Suggestion[] | typeof LATE): { name: string; value: string }[] {
  if (found === LATE) return [];
  return found
    .filter(({ value }) => value !== '' && value.length <= LIMITS.optionValue.max)
    .slice(0, LIMITS.suggestions.max)
    .map(({ label, value }) => ({
      name: cutLabel(clean(label), LIMITS.optionLabel.max) || value,
      value,
    }));
}

const LATE = Symbol('late');

/** The result, or LATE when it takes longer; the work goes on. */
async function within<T>(work: Promise<T>, ms: number): Promise<T | typeof LATE> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(() => resolve(LATE), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
