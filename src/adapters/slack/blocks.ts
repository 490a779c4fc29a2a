import type { ActionsBlock, KnownBlock, PlainTextElement, PlainTextOption } from '@slack/types';
import { buttonId } from '../../spine/button.ts';
import type { Block, Text } from '../../spine/reply.ts';
import { chartBlock, chartTable, type DataVisualizationBlock } from './chart.ts';
import { LIMITS } from './limits.ts';
import {
  clean,
  cut,
  isPlain,
  pieces,
  plainText,
  preformatted,
  richBlocks,
  richElements,
} from './rich-text.ts';
import { fixedWidthTable, tableBlock, tableLines } from './table.ts';

/** Every block that we send. */
export type SlackBlock = KnownBlock | DataVisualizationBlock;

/**
 * Where blocks will stand, and what it may still hold. `isSimple` leaves out everything that an
 * older Slack could refuse: rich text, tables and charts.
 */
export type Room = { tables: number; charts: number; ids: number; isSimple: boolean };

/** A plain_text object; an empty one is refused, so it becomes a space. */
export function plainObject(text: string, max: number): PlainTextElement {
  return { type: 'plain_text', text: cut(clean(text), max).trim() || ' ', emoji: false };
}

/** One block of a reply as Slack's blocks. Exhaustive: a new kind does not compile before it is here. */
export function slackBlocks(block: Block, room: Room): SlackBlock[] {
  switch (block.kind) {
    case 'text':
      return paragraph(block.text, room);
    case 'code':
      return fixedWidth(block.code, room);
    case 'fields':
      return fields(block.fields, room);
    case 'table':
      return table(block, room);
    case 'chart':
      return chart(block, room);
    case 'buttons':
      return buttonRows(block.buttons, room);
    case 'select':
      return select(block, room);
    case 'file':
      return file(block, room);
    case 'note':
      return note(block.text, room);
  }
}

function paragraph(text: Text, { isSimple }: Room): SlackBlock[] {
  return isSimple ? sections(plainText(text)) : richBlocks(richElements(text));
}

function sections(text: string): SlackBlock[] {
  return pieces(text, LIMITS.sectionText)
    .filter((piece) => piece.trim() !== '')
    .map((piece) => ({ type: 'section', text: plainObject(piece, LIMITS.sectionText) }));
}

function fixedWidth(text: string, { isSimple }: Room): SlackBlock[] {
  return isSimple ? sections(clean(text)) : preformatted(text);
}

function fields(list: { label: string; value: Text }[], room: Room): SlackBlock[] {
  const lines = list.flatMap(({ label, value }, index): Text[] => [
    [
      ...(index > 0 ? ['\n'] : []),
      { bold: `${label}: ` },
      ...(Array.isArray(value) ? value : [value]),
    ],
  ]);
  return paragraph(lines.flat(), room);
}

function table(block: Extract<Block, { kind: 'table' }>, room: Room): SlackBlock[] {
  const caption = block.caption ? paragraph([{ bold: block.caption }], room) : [];
  if (room.isSimple) return [...caption, ...sections(tableLines(block).join('\n'))];
  const native = room.tables > 0 ? tableBlock(block) : undefined;
  if (!native) return [...caption, ...preformatted(fixedWidthTable(block))];
  room.tables -= 1;
  return [...caption, native];
}

function chart(block: Extract<Block, { kind: 'chart' }>, room: Room): SlackBlock[] {
  const native = room.charts > 0 ? chartBlock(block.chart) : undefined;
  if (!native) return table({ kind: 'table', ...chartTable(block.chart) }, room);
  room.charts -= 1;
  return [native];
}

function buttonRows(buttons: Extract<Block, { kind: 'buttons' }>['buttons'], room: Room) {
  const elements = buttons.map(({ label, run, style, accessibilityLabel }) => ({
    type: 'button' as const,
    action_id: String(room.ids++),
    text: plainObject(label, LIMITS.buttonText),
    value: buttonId(run).id,
    ...(accessibilityLabel
      ? { accessibility_label: cut(clean(accessibilityLabel), LIMITS.accessibilityLabel) }
      : {}),
    ...(style === 'primary' || style === 'danger' ? { style } : {}),
  }));
  return rows(elements);
}

function rows(elements: ActionsBlock['elements']): SlackBlock[] {
  const found: SlackBlock[] = [];
  for (let start = 0; start < elements.length; start += LIMITS.actionElements) {
    found.push({ type: 'actions', elements: elements.slice(start, start + LIMITS.actionElements) });
  }
  return found;
}

/** A select's action id says what to run: Slack's selects carry no value of their own. */
function selectActionId(number: number, option: string, run: string): string {
  return `${number}|${option}|${buttonId(run).id}`;
}

/** What `selectActionId` wrote; undefined for another element. */
export function readSelectActionId(id: string): { option: string; id: string } | undefined {
  const match = /^\d+\|([^|]*)\|(.*)$/s.exec(id);
  return match ? { option: match[1] ?? '', id: match[2] ?? '' } : undefined;
}

function select(block: Extract<Block, { kind: 'select' }>, room: Room): SlackBlock[] {
  const isCut = block.choices.some(({ label }) => clean(label).length > LIMITS.optionText);
  const list = isCut ? block.choices.map(({ label }) => `• ${label}`).join('\n') : '';
  const found: SlackBlock[] = list ? paragraph(list, room) : [];
  for (let start = 0; start < block.choices.length; start += LIMITS.options) {
    const choices = block.choices.slice(start, start + LIMITS.options);
    found.push(
      ...(block.max && block.max > 1 ? many(block, choices, room) : one(block, choices, room)),
    );
  }
  return found;
}

type Choices = Extract<Block, { kind: 'select' }>['choices'];

function one(
  { label, run, option }: Extract<Block, { kind: 'select' }>,
  choices: Choices,
  room: Room,
): SlackBlock[] {
  return rows([
    {
      type: 'static_select',
      action_id: selectActionId(room.ids++, option, run),
      placeholder: plainObject(label, LIMITS.placeholder),
      options: choices.map(choiceOption),
    },
  ]);
}

/** Slack reports each change of a multi-select at once; so it waits for a button of its own. */
function many(
  { label, run, option, max = 1 }: Extract<Block, { kind: 'select' }>,
  choices: Choices,
  room: Room,
): SlackBlock[] {
  const menu = selectActionId(room.ids++, option, run);
  return [
    {
      type: 'section',
      text: plainObject(label, LIMITS.sectionText),
      accessory: {
        type: 'multi_static_select',
        action_id: menu,
        placeholder: plainObject(label, LIMITS.placeholder),
        options: choices.map(choiceOption),
        max_selected_items: Math.min(max, choices.length),
      },
    },
    ...rows([
      {
        type: 'button',
        action_id: `send|${menu}`,
        text: plainObject('Send', LIMITS.buttonText),
        value: buttonId(run).id,
      },
    ]),
  ];
}

function choiceOption({ label, value, description }: Choices[number]): PlainTextOption {
  if (value.length > LIMITS.optionValue) throw new RangeError(`choice value too long: ${value}`);
  return {
    text: plainObject(label, LIMITS.optionText),
    value,
    ...(description ? { description: plainObject(description, LIMITS.optionDescription) } : {}),
  };
}

/** Without the right to upload, a file is shown as text under its name. */
function file(block: Extract<Block, { kind: 'file' }>, room: Room): SlackBlock[] {
  if (block.isExtra) return [];
  const [first, ...rest] = paragraph([{ bold: block.name }], room);
  const block_id = `file|${room.ids++}|${clean(block.name).slice(0, 200)}`;
  const title = first ? [{ ...first, block_id }, ...rest] : [];
  const alt = block.alt ? note(block.alt, room) : [];
  const text = fileText(block);
  if (text === undefined) return [...alt, ...note(`Slack can't show ${block.name}.`, room)];
  return [...title, ...fixedWidth(text, room), ...alt];
}

/** True for a file of text. */
export function isReadable(block: Extract<Block, { kind: 'file' }>): boolean {
  return fileText(block) !== undefined;
}

/** The text of a file; undefined when it is none. */
export function fileText({ mime, content }: Extract<Block, { kind: 'file' }>): string | undefined {
  if (typeof content === 'string') return content;
  return /^(text\/|application\/(json|yaml|x-yaml|xml))/.test(mime)
    ? new TextDecoder().decode(content)
    : undefined;
}

/** Small print holds plain text only; links and times need rich text, which has one size. */
function note(text: Text, room: Room): SlackBlock[] {
  if (!room.isSimple && !isPlain(text)) return richBlocks(richElements(text));
  return pieces(plainText(text), LIMITS.contextText)
    .filter((piece) => piece.trim() !== '')
    .map((piece) => ({ type: 'context', elements: [plainObject(piece, LIMITS.contextText)] }));
}
