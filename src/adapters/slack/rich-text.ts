import type { RichTextBlock, RichTextElement, RichTextPreformatted } from '@slack/types';
import type { Inline, Text } from '../../spine/reply.ts';
import { LIMITS } from './limits.ts';

/** Nearly all texts: to look is a tenth of the work of replacing nothing. */
const IS_CLEAN = /^[\n\t -~]*$/;
const CONTROLS = /(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]|\p{Cs}/gu;

/** A text without control characters, overrides of the reading direction and halves of characters. */
export function clean(text: string): string {
  return IS_CLEAN.test(text) ? text : text.replaceAll('\r\n', '\n').replaceAll(CONTROLS, '');
}

/** Ends a text at a word within a length, with an ellipsis when something is left out. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text.slice(0, breakAt(text, max - 1)).trimEnd()}…`;
}

/** Pieces of at most `max` characters that end at a line or a word where there is one. */
export function pieces(text: string, max: number): string[] {
  const found: string[] = [];
  let rest = text;
  while (rest.length > max) {
    const end = breakAt(rest, max);
    found.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  if (rest) found.push(rest);
  return found;
}

/** The last good place to break before `max`: a line in the second half, a word, or a character. */
function breakAt(text: string, max: number): number {
  const line = text.lastIndexOf('\n', max - 1);
  if (line > max / 2) return line + 1;
  const word = text.lastIndexOf(' ', max - 1);
  if (word > max / 2) return word + 1;
  const code = text.charCodeAt(max - 1);
  return code >= 0xd800 && code <= 0xdbff ? max - 1 : max;
}

/** Escapes the three characters that Slack reads as markup in a message's `text`. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The characters of a text as everybody reads them: times in UTC. */
export function plainText(text: Text): string {
  if (Array.isArray(text)) return text.map((part: Inline) => plainText(part)).join('');
  const part = text as Inline;
  if (typeof part === 'string') return clean(part);
  if ('bold' in part) return clean(part.bold);
  if ('italic' in part) return clean(part.italic);
  if ('code' in part) return clean(part.code);
  if ('command' in part) return slashCommand(part.command);
  if ('link' in part) return clean(part.link);
  if ('channel' in part) return `#${clean(part.channel)}`;
  return utc(part.time);
}

/** Every command is typed behind the one that the manifest registers. */
function slashCommand(line: string): string {
  return `/warmup ${clean(line)}`;
}

function utc(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** True when a text holds nothing that a plain_text object could not show. */
export function isPlain(text: Text): boolean {
  const parts: readonly Inline[] = Array.isArray(text) ? text : [text as Inline];
  return parts.every(
    (part) => typeof part === 'string' || !('link' in part || 'time' in part || 'channel' in part),
  );
}

/** Rich text is structured, so nothing needs escaping and nobody can be pinged by accident. */
export function richElements(text: Text): RichTextElement[] {
  const parts: readonly Inline[] = Array.isArray(text) ? text : [text as Inline];
  return parts.flatMap(inline);
}

function inline(part: Inline): RichTextElement[] {
  if (typeof part === 'string') return runs(part);
  if ('bold' in part) return runs(part.bold, { bold: true });
  if ('italic' in part) return runs(part.italic, { italic: true });
  if ('code' in part) return runs(part.code, { code: true });
  if ('command' in part) return runs(slashCommand(part.command), { code: true });
  if ('link' in part) return link(part.link, part.to);
  if ('channel' in part) {
    const id = part.channel;
    return /^[CGD][A-Z0-9]{2,}$/.test(id) ? [{ type: 'channel', channel_id: id }] : runs(`#${id}`);
  }
  return [
    {
      type: 'date',
      timestamp: Math.floor(part.time.getTime() / 1000),
      format: DATE_FORMATS[part.show ?? 'moment'],
      fallback: utc(part.time),
    },
  ];
}

/** @see https://docs.slack.dev/messaging/formatting-message-text (date formatting) */
const DATE_FORMATS = {
  moment: '{date_short} {time}',
  relative: '{ago}',
  day: '{date_short}',
  clock: '{time}',
} as const;

type Style = { bold?: true; italic?: true; code?: true };

function runs(text: string, style?: Style): RichTextElement[] {
  return pieces(clean(text), LIMITS.richText).map((piece) => ({
    type: 'text',
    text: piece,
    ...(style ? { style } : {}),
  }));
}

/** Slack refuses the whole message for one bad address, so a doubtful one stays text. */
function link(label: string, to: string): RichTextElement[] {
  const text = cut(clean(label), LIMITS.richText);
  if (!isAddress(to)) return runs(text === to ? text : `${text} (${to})`);
  return [{ type: 'link', url: to, ...(text && text !== to ? { text } : {}) }];
}

function isAddress(to: string): boolean {
  if (to.length > LIMITS.url || /\s/.test(to) || !URL.canParse(to)) return false;
  return ['http:', 'https:', 'mailto:'].includes(new URL(to).protocol);
}

/** Blocks of one section each, none with more text than Slack takes; empty for an empty text. */
export function richBlocks(elements: RichTextElement[]): RichTextBlock[] {
  const sections: RichTextElement[][] = [];
  let room = 0;
  for (const element of elements) {
    const length = elementLength(element);
    if (length === 0) continue;
    if (sections.length === 0 || length > room) {
      sections.push([]);
      room = LIMITS.richText;
    }
    sections.at(-1)?.push(element);
    room -= length;
  }
  return sections.map((section) => ({
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: section }],
  }));
}

function elementLength(element: RichTextElement): number {
  if (element.type === 'text') return element.text.length;
  if (element.type === 'link') return (element.text ?? element.url).length;
  return element.type === 'date' ? 30 : 20;
}

/** Text in a fixed width, line by line as it is. */
export function preformatted(text: string): RichTextBlock[] {
  return pieces(clean(text), LIMITS.richText).map((piece) => {
    const code: RichTextPreformatted = {
      type: 'rich_text_preformatted',
      elements: [{ type: 'text', text: piece.replace(/\n$/, '') || ' ' }],
    };
    return { type: 'rich_text', elements: [code] };
  });
}
