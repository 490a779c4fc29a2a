import type { AutocompleteInteraction, REST } from 'discord.js';
import type { Bot, Step, Suggestion } from '../../bot/command.ts';
import type { Emit } from '../../bot/event.ts';
import type { Form } from '../../bot/form.ts';
import { type Reply, say } from '../../bot/reply.ts';
import type { Request } from '../../bot/request.ts';
import type { Clock } from '../../core/time.ts';
import { type Answer, answerTo, type Showing, suggestTo } from './answer.ts';
import type { DiscordMessage } from './card.ts';
import type { FormMemory } from './form-memory.ts';
import { cutLabel, LIMITS } from './limits.ts';
import { clean } from './markdown.ts';
import { presentForm, presentRefusal } from './present.ts';
import { isLate, loggable } from './problems.ts';
import { type Answerable, toRequest, toTyping } from './requests.ts';

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
 * form is needed: after 2 s when replies are deferred after 1 s.
 */
const PREPARING_FACTOR = 2;

/** Answers one interaction. Never rejects: what goes wrong is told to the person and the log. */
export async function converse(parts: Conversation, interaction: Answerable): Promise<void> {
  const answer = answerTo(interaction, parts.rest);
  const arrived = parts.clock.now().getTime();
  try {
    const form = parts.forms.takeTyped(interaction);
    if (form) return await answer.ask(presentForm(form));
    const request = toRequest(interaction, parts.bot.commands);
    if (!request) return await answer.show(privately(await parts.present(say(GONE))));
    await follow({ parts, answer, interaction, request, arrived });
  } catch (error) {
    await apologise({ parts, answer, interaction, arrived, error });
  }
}

const GONE = 'I no longer have this command. Type / to see those that I have.';

type Talk = {
  parts: Conversation;
  answer: Answer;
  interaction: Answerable;
  request: Request;
  arrived: number;
};

async function follow(talk: Talk): Promise<void> {
  const { parts, answer, request } = talk;
  const preparing = parts.bot.prepare(request);
  let step = await within(preparing, parts.deferAfterMs * PREPARING_FACTOR);
  if (step === LATE) {
    await answer.defer('private');
    step = await preparing;
  }
  switch (step.kind) {
    case 'nothing':
      return;
    case 'form':
      return ask(talk, step.form);
    case 'run':
      return run(talk, step);
  }
}

async function ask({ parts, answer, interaction }: Talk, form: Form): Promise<void> {
  if (answer.isOpen() && !interaction.isModalSubmit()) return answer.ask(presentForm(form));
  // No modal may answer a modal, so the person opens it again with what was typed in it.
  parts.forms.keepTyped(interaction.user.id, form);
  const words = interaction.isModalSubmit() ? undefined : 'I was too slow to open the form.';
  await answer.show(privately(presentRefusal(form, words)));
}

async function run(talk: Talk, step: Extract<Step, { kind: 'run' }>): Promise<void> {
  const { parts, answer, arrived, request } = talk;
  const making = step.run().then(async (reply): Promise<Showing> => {
    const isNarrow = step.visibility === 'private' || reply.visibility === 'private';
    // Nobody else reads a direct message, so what is said there can stay.
    const isPrivate = isNarrow && request.place.kind !== 'direct';
    return {
      message: await parts.present(reply),
      visibility: isPrivate ? 'private' : 'public',
      update: reply.update ?? false,
    };
  });
  // A clock that was set back meanwhile must not put the promise off.
  const passed = Math.max(0, parts.clock.now().getTime() - arrived);
  const left = Math.max(0, parts.deferAfterMs - passed);
  const made = answer.isOpen() ? await within(making, left) : await making;
  if (made !== LATE) return answer.show(made);
  // Deferring can fail while the reply is still being made; both are awaited together.
  const [showing] = await Promise.all([making, answer.defer(step.visibility)]);
  await answer.show(showing);
}

function privately(message: DiscordMessage): Showing {
  return { message, visibility: 'private', update: false };
}

async function apologise({
  parts,
  answer,
  interaction,
  arrived,
  error,
}: Omit<Talk, 'request'> & { error: unknown }): Promise<void> {
  if (isLate(error)) {
    const ms = parts.clock.now().getTime() - arrived;
    return parts.emit({ kind: 'sent', what: 'reply', platform: 'discord', outcome: 'late', ms });
  }
  const reference = interaction.id.slice(-6);
  parts.emit({ kind: 'failed', where: 'discord', reference, error: loggable(error) });
  try {
    const words = `Something went wrong on my side. Tell whoever runs me the reference ${reference}.`;
    await answer.apologise(await parts.present(say(words)));
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
