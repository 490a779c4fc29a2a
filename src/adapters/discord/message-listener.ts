import { DiscordAPIError, type Message, type REST, Routes } from 'discord.js';
import type { Bot } from '../../spine/command.ts';
import type { Emit } from '../../spine/event.ts';
import { runTelling } from '../../spine/meanwhile.ts';
import type { Reply } from '../../spine/reply.ts';
import type { DiscordMessage } from './card.ts';
import { OPEN_FORM, presentRefusal } from './present.ts';
import { loggable, NO_HISTORY } from './problems.ts';
import { toWords } from './requests.ts';
import { nonceOf, uploads } from './send.ts';

/** What answering typed words needs. */
export type Listening = {
  bot: Bot;
  rest: REST;
  present(reply: Reply): Promise<DiscordMessage>;
  emit: Emit;
};

/**
 * Answers words typed to the bot. Never rejects. A private reply goes to the person's direct
 * messages, because a message in a channel is for everybody.
 */
export async function handleMessage(parts: Listening, message: Message): Promise<void> {
  try {
    const request = toWords(message);
    if (!request) return;
    const step = await parts.bot.prepare(request);
    if (step.kind === 'nothing') return;
    if (step.kind === 'form') {
      const form = presentRefusal(step.form, [
        'I need a few more details. Select ',
        { bold: OPEN_FORM },
        '.',
      ]);
      return await post(parts, message, message.channelId, form);
    }
    const reply = await runTelling(step, () =>
      parts.rest.post(Routes.channelTyping(message.channelId)).catch(() => undefined),
    );
    const isPrivate = step.visibility === 'private' || reply.visibility === 'private';
    const channel =
      isPrivate && message.guildId ? await directChannel(parts, message) : message.channelId;
    await post(parts, message, channel, await parts.present(reply));
  } catch (error) {
    const reference = message.id.slice(-6);
    parts.emit({ kind: 'failed', where: 'discord words', reference, error: loggable(error) });
  }
}

async function directChannel({ rest }: Listening, { author }: Message): Promise<string> {
  const made = await rest.post(Routes.userChannels(), { body: { recipient_id: author.id } });
  return (made as { id: string }).id;
}

/** Below what was said, where the bot may: Discord links a reply only for those who may read what was said before. */
async function post(
  { rest }: Listening,
  message: Message,
  channel: string,
  { body, files }: DiscordMessage,
): Promise<void> {
  const send = (link: object) =>
    rest.post(Routes.channelMessages(channel), {
      body: { ...body, ...link, nonce: nonceOf(`words ${message.id}`), enforce_nonce: true },
      files: uploads(files),
    });
  if (channel !== message.channelId) return void (await send({}));
  try {
    await send({ message_reference: { message_id: message.id, fail_if_not_exists: false } });
  } catch (error) {
    if (!(error instanceof DiscordAPIError) || error.code !== NO_HISTORY) throw error;
    await send({});
  }
}
