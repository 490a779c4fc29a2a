import type { ModalView } from '@slack/types';
import type { APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import type { DiscordMessage } from '../discord/card.ts';
import { LIMITS as DISCORD } from '../discord/limits.ts';
import { LIMITS as SLACK } from '../slack/limits.ts';
import type { SlackMessage } from '../slack/present.ts';
import type { Size } from './protocol.ts';

/** How much of Discord's limits a message takes. */
export function measureDiscord({ body, files }: DiscordMessage): Size[] {
  const parts = inside(body.components);
  return [
    { what: 'components', value: parts.length, max: DISCORD.components.max },
    { what: 'characters of text', value: sum(parts, 'content'), max: DISCORD.messageText.max },
    { what: 'longest custom_id', value: longest(parts, 'custom_id'), max: DISCORD.customId.max },
    { what: 'files', value: files.length, max: DISCORD.attachments.max },
    {
      what: 'largest file, bytes',
      value: Math.max(0, ...files.map(({ content }) => content.byteLength)),
      max: DISCORD.fileBytes.max,
    },
    json(body),
  ];
}

/** How much of Slack's limits a message takes. */
export function measureSlack({ text, blocks }: SlackMessage): Size[] {
  const elements = allObjects(blocks);
  return [
    { what: 'blocks', value: blocks.length, max: SLACK.blocksInMessage },
    { what: 'characters of fallback text', value: text.length, max: SLACK.fallbackText },
    { what: 'characters in blocks', value: sum(elements, 'text'), max: SLACK.messageText },
    { what: 'longest action_id', value: longest(elements, 'action_id'), max: SLACK.actionId },
    json({ text, blocks }),
  ];
}

/** How much of Discord's limits a modal takes. */
export function measureModal(modal: APIModalInteractionResponseCallbackData): Size[] {
  return [
    { what: 'fields', value: modal.components.length, max: DISCORD.modalFields.max },
    { what: 'characters of the title', value: modal.title.length, max: DISCORD.modalTitle.max },
    { what: 'custom_id', value: modal.custom_id.length, max: DISCORD.customId.max },
    json(modal),
  ];
}

/** How much of Slack's limits a window takes. */
export function measureView(view: ModalView): Size[] {
  return [
    { what: 'blocks', value: view.blocks.length, max: SLACK.blocksInView },
    { what: 'characters of the title', value: view.title.text.length, max: SLACK.viewTitle },
    {
      what: 'private_metadata',
      value: view.private_metadata?.length ?? 0,
      max: SLACK.privateMetadata,
    },
    json(view),
  ];
}

function json(payload: unknown): Size {
  return { what: 'bytes of JSON', value: Buffer.byteLength(JSON.stringify(payload)) };
}

type Part = Record<string, unknown>;

/** Every component, those inside others too. */
function inside(components: readonly object[]): Part[] {
  return components.flatMap((component) => {
    const nested = 'components' in component ? component.components : [];
    return [component as Part, ...(Array.isArray(nested) ? inside(nested) : [])];
  });
}

/** Every object at any depth. */
function allObjects(value: unknown): Part[] {
  if (Array.isArray(value)) return value.flatMap(allObjects);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Part, ...Object.values(value).flatMap(allObjects)];
}

function sum(parts: readonly Part[], key: string): number {
  return parts.reduce((total, part) => total + lengthOf(part[key]), 0);
}

function longest(parts: readonly Part[], key: string): number {
  return Math.max(0, ...parts.map((part) => lengthOf(part[key])));
}

const lengthOf = (value: unknown) => (typeof value === 'string' ? value.length : 0);
