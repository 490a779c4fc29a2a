import type { Bot } from '../../spine/command.ts';
import type { Form } from '../../spine/form.ts';
import type { Chart, Reply } from '../../spine/reply.ts';
import type { DiscordMessage } from '../discord/card.ts';
import { spellCommands } from '../discord/command-text.ts';
import { asPrivate, present, presentForm, presentRefusal } from '../discord/present.ts';
import { formView } from '../slack/form.ts';
import { packMetadata } from '../slack/origin.ts';
import { presentMessage } from '../slack/present.ts';
import { LIMITS } from './limits.ts';
import { measureDiscord, measureModal, measureSlack, measureView } from './measure.ts';
import type { FormPayloads, Payloads, ShownFile } from './protocol.ts';

/** Draws a chart as PNG; undefined when no renderer is installed. */
export type Draw = (chart: Chart) => Promise<Uint8Array | undefined>;

/** Keeps a file and gives the address under which the page finds it. */
export type Keep = (file: DiscordMessage['files'][number]) => string;

/** A reply as the payloads that the Discord and the Slack adapter send for it. */
export async function presentBoth(
  reply: Reply,
  {
    isPrivate,
    draw,
    keep,
    named,
  }: { isPrivate: boolean; draw: Draw; keep: Keep; named: Bot['named'] },
): Promise<Payloads> {
  const message = present(
    spellCommands(reply, { named, quote: true }),
    await pictures(reply, draw),
  );
  const discord = isPrivate ? asPrivate(message) : message;
  const slack = presentMessage(reply);
  return {
    discord: {
      body: discord.body,
      files: discord.files.map((file) => shownFile(file, keep(file))),
      sizes: measureDiscord(discord),
    },
    slack: { message: slack, sizes: measureSlack(slack) },
  };
}

async function pictures(reply: Reply, draw: Draw): Promise<Map<Chart, Uint8Array>> {
  const found = new Map<Chart, Uint8Array>();
  for (const block of reply.blocks) {
    if (block.kind !== 'chart') continue;
    const picture = await draw(block.chart);
    if (picture) found.set(block.chart, picture);
  }
  return found;
}

function shownFile(file: DiscordMessage['files'][number], url: string): ShownFile {
  const isText = /^(text\/|application\/(json|yaml|x-yaml|xml))/.test(file.mime);
  return {
    name: file.name,
    mime: file.mime,
    bytes: file.content.byteLength,
    url,
    ...(file.alt ? { alt: file.alt } : {}),
    ...(isText ? { text: beginning(file.content) } : {}),
    ...(file.mime === 'image/png' ? pictureSize(file.content) : {}),
  };
}

/** Width and height as a PNG's header says them. @see https://www.w3.org/TR/png-3/#11IHDR */
function pictureSize({ buffer, byteOffset, byteLength }: Uint8Array) {
  if (byteLength < 24) return {};
  const header = new DataView(buffer, byteOffset, byteLength);
  return { width: header.getUint32(16), height: header.getUint32(20) };
}

function beginning(content: Uint8Array): string {
  const text = new TextDecoder().decode(content);
  return text.length > LIMITS.filePreview ? `${text.slice(0, LIMITS.filePreview)}…` : text;
}

/** A form as the payloads with which the two adapters open it. */
export function presentFormBoth(form: Form, account: string): FormPayloads {
  const modal = presentForm(form);
  const user = account.replace(/^.*:/, '');
  const origin = {
    user,
    place: { channel: user, kind: 'direct' as const },
    surface: 'message' as const,
  };
  const view = formView(form, packMetadata({ form: form.id, origin }));
  return {
    discord: {
      modal,
      ...(form.problems ? { refusal: presentRefusal(form).body } : {}),
      sizes: measureModal(modal),
    },
    slack: { view, sizes: measureView(view) },
  };
}
