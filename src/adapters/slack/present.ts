import type { HomeView, ModalView } from '@slack/types';
import { folded } from '../../spine/button.ts';
import type { Block, Reply, Tone } from '../../spine/reply.ts';
import { plainObject, type Room, type SlackBlock, slackBlocks } from './blocks.ts';
import { chartTable } from './chart.ts';
import { LIMITS } from './limits.ts';
import { clean, cut, escapeText, plainText } from './rich-text.ts';
import { tableLines } from './table.ts';

/**
 * How much is asked of Slack. When it refuses blocks that its pages allow, the next one is tried:
 * charts as tables, then nothing but headers, sections and buttons.
 */
export const RICHNESS = ['full', 'no-charts', 'simple'] as const;
/** One of `RICHNESS`. */
export type Richness = (typeof RICHNESS)[number];

/** What a message holds on every way out. */
export type SlackMessage = { text: string; blocks: SlackBlock[] };

/** A reply as a message. `text` is read aloud and shown in notifications. */
export const presentMessage = (reply: Reply, richness: Richness = 'full'): SlackMessage =>
  presentWhole(reply, richness).message;

/** A reply as a message, and whether that shows all of it. */
export function presentWhole(
  reply: Reply,
  richness: Richness = 'full',
): { message: SlackMessage; isWhole: boolean } {
  const charts = richness === 'full' ? LIMITS.chartsInMessage : 0;
  const tables = LIMITS.tablesInMessage;
  const isSimple = richness === 'simple';
  const { blocks, isWhole } = present(reply, { tables, charts, ids: 0, isSimple }, 'message');
  return { message: { text: fallbackText(reply), blocks }, isWhole };
}

/** A reply as messages, each plainer than the one before, for as long as Slack refuses them. */
export function* plainerMessages(reply: Reply, full = presentMessage(reply)) {
  yield full;
  for (const richness of RICHNESS.slice(1)) yield presentMessage(reply, richness);
}

/** A reply as the App Home of one person. */
export function presentHome(reply: Reply, richness: Richness = 'full'): HomeView {
  const tables = LIMITS.tablesInMessage;
  return {
    type: 'home',
    blocks: present(reply, { tables, charts: 0, ids: 0, isSimple: richness === 'simple' }, 'view')
      .blocks,
  };
}

/** A reply in a window, to a button pressed in the App Home or in a window. */
export function presentWindow(reply: Reply, richness: Richness = 'full'): ModalView {
  const { title = 'Warmup', ...rest } = reply;
  const isCut = clean(title).length > LIMITS.viewTitle;
  const shown = isCut ? { ...rest, title } : rest;
  return {
    type: 'modal',
    callback_id: 'reply',
    title: plainObject(title, LIMITS.viewTitle),
    close: plainObject('Close', LIMITS.viewButton),
    blocks: present(
      shown,
      { tables: 0, charts: 0, ids: 0, isSimple: richness === 'simple' },
      'view',
    ).blocks,
  };
}

const CUT_NOTE =
  "This reply was cut off at Slack's message limit. To get long replies as files, ask an admin to add the files:write scope.";

/** All that a reply says, without markup. */
export function wholeText(reply: Reply): string {
  const lines = [...(reply.title ? [clean(reply.title)] : []), ...reply.blocks.flatMap(textLines)];
  return lines.join('\n').trim();
}

const EMPTY_NOTE = 'Done.';

function present(
  reply: Reply,
  room: Room,
  surface: 'message' | 'view',
): { blocks: SlackBlock[]; isWhole: boolean } {
  const sign = reply.tone ? SIGNS[reply.tone] : '';
  const title = reply.title ? titleBlocks(`${sign}${reply.title}`, room) : [];
  const blocks = [...title, ...folded(reply.blocks).flatMap((block) => slackBlocks(block, room))];
  if (blocks.length === 0)
    return { blocks: slackBlocks({ kind: 'note', text: EMPTY_NOTE }, room), isWhole: true };
  const most = surface === 'message' ? LIMITS.blocksInMessage : LIMITS.blocksInView;
  const shown = keepWithin(blocks, most, () => slackBlocks({ kind: 'note', text: CUT_NOTE }, room));
  return { blocks: shown, isWhole: shown === blocks };
}

/** Slack colors no message, so the sign has the color. */
const SIGNS: Record<Tone, string> = { right: '✅ ', partly: '🟡 ', wrong: '❌ ' };

/** A header is one short line; a longer title stands in bold above the text. */
function titleBlocks(title: string, room: Room): SlackBlock[] {
  const text = clean(title).replaceAll('\n', ' ').trim();
  if (!text) return [];
  if (text.length > LIMITS.headerText) {
    return slackBlocks({ kind: 'text', text: [{ bold: text }] }, room);
  }
  return [{ type: 'header', text: plainObject(text, LIMITS.headerText) }];
}

/** Leaves out text that does not fit, last first, and never a button. */
function keepWithin(blocks: SlackBlock[], most: number, note: () => SlackBlock[]): SlackBlock[] {
  const isKept = (block: SlackBlock) => block.type === 'actions' || 'accessory' in block;
  const total = blocks.reduce((sum, block) => sum + cost(block), 0);
  if (blocks.length <= most && total <= LIMITS.messageText) return blocks;
  const cutNote = note();
  const kept = [...blocks.filter(isKept), ...cutNote];
  let places = most - kept.length;
  let room = LIMITS.messageText - kept.reduce((sum, block) => sum + cost(block), 0);
  const found: SlackBlock[] = [];
  let isFull = false;
  for (const block of blocks) {
    if (isKept(block)) {
      found.push(block);
      continue;
    }
    if (!isFull && (places === 0 || cost(block) > room)) {
      isFull = true;
      found.push(...cutNote);
    }
    if (isFull) continue;
    found.push(block);
    places -= 1;
    room -= cost(block);
  }
  return found.slice(0, most);
}

/** Slack counts some hundred characters for a block beside its text. */
const BLOCK_COST = 125;

function cost(block: SlackBlock): number {
  return BLOCK_COST + shownLength(block);
}

function shownLength(part: unknown): number {
  if (Array.isArray(part)) return part.reduce<number>((sum, item) => sum + shownLength(item), 0);
  if (typeof part !== 'object' || part === null) return 0;
  if ('type' in part && part.type === 'date') return 30;
  const own = 'text' in part && typeof part.text === 'string' ? part.text.length : 0;
  return Object.values(part).reduce<number>((sum, item) => sum + shownLength(item), own);
}

/** A channel in plain text, which Slack shows by its name as a link. */
const CHANNEL_ID = /#([CGD][A-Z0-9]{8,})\b/g;

/** The whole reply as escaped text: no mention in it can ping anybody. */
export function fallbackText(reply: Reply): string {
  const text = wholeText(reply) || EMPTY_NOTE;
  for (let max: number = LIMITS.fallbackText; ; max = Math.floor(max / 2)) {
    const escaped = escapeText(cut(text, max)).replace(CHANNEL_ID, '<#$1>');
    if (escaped.length <= LIMITS.fallbackText) return escaped;
  }
}

function textLines(block: Block): string[] {
  switch (block.kind) {
    case 'text':
    case 'note':
      return [plainText(block.text)];
    case 'code':
      return [clean(block.code)];
    case 'fields':
      return block.fields.map(({ label, value }) => `${clean(label)}: ${plainText(value)}`);
    case 'table':
      return [clean(block.caption), ...tableLines(block)];
    case 'chart':
      return [block.alt ? clean(block.alt) : tableLines(chartTable(block.chart)).join('\n')];
    case 'file':
      return block.isExtra ? [] : [clean(block.alt ?? block.name)];
    case 'select':
      return [clean(block.label)];
    case 'buttons':
      return [];
  }
}
