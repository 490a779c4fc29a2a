import type {
  APIAllowedMentions,
  APIButtonComponentWithCustomId,
  APIComponentInContainer,
  APIComponentInMessageActionRow,
  APIMessageTopLevelComponent,
  APISelectMenuOption,
  APIStringSelectComponent,
} from 'discord-api-types/v10';
import { buttonId } from '../../spine/button.ts';
import type { Block, Button } from '../../spine/reply.ts';
import { COMPONENT, cutLabel, FLAG, LIMITS } from './limits.ts';
import { clean } from './markdown.ts';

/** A file beside a message, referred to as `attachment://<name>`. */
type DiscordFile = { name: string; mime: string; content: Uint8Array; alt?: string };

/** A message as Discord takes it: the JSON body, and the files to upload with it. */
export type DiscordMessage = { body: DiscordBody; files: DiscordFile[] };

/** The JSON body of every message of ours, public or private, new or edited. */
type DiscordBody = {
  flags: number;
  components: APIMessageTopLevelComponent[];
  allowed_mentions: APIAllowedMentions;
  attachments: { id: string; filename: string; description?: string }[];
};

/** A message while it is put together. */
export type Card = {
  parts: APIComponentInContainer[];
  files: DiscordFile[];
  ids: Set<string>;
  /** Some text did not fit. */
  cut: boolean;
  /** A menu has more choices than it holds. */
  isShort?: true;
  /** The color beside the card. */
  accent?: number;
};

/** Neighboring texts share one Text Display: a message holds 40 components. */
export function appendText(card: Card, text: string): void {
  const last = card.parts.at(-1);
  if (last?.type === COMPONENT.textDisplay) last.content += `\n\n${text}`;
  else card.parts.push({ type: COMPONENT.textDisplay, content: text });
}

const STYLES = { primary: 1, plain: 2, danger: 4 } as const;

/** Buttons in rows of five. */
export function addButtons(card: Card, buttons: readonly Button[]): void {
  const fresh = buttons.map(button).filter(({ custom_id }) => isFresh(card, custom_id));
  for (let at = 0; at < fresh.length; at += LIMITS.rowButtons.max) {
    addRow(card, fresh.slice(at, at + LIMITS.rowButtons.max));
  }
}

/** One id stands once in a message; a second button that would do the same is left out. */
function isFresh(card: Card, id: string): boolean {
  if (card.ids.has(id)) return false;
  card.ids.add(id);
  return true;
}

function button({ label, run, style = 'plain' }: Button): APIButtonComponentWithCustomId {
  return {
    type: COMPONENT.button,
    style: STYLES[style],
    custom_id: buttonId(run).id,
    label: labelOf(label, LIMITS.buttonLabel.max),
  };
}

/** A label on one line that fits; never empty, which Discord refuses. */
export function labelOf(text: string, max: number): string {
  return cutLabel(oneLine(text), max) || '…';
}

const oneLine = (text: string) => clean(text).replace(/\s+/g, ' ').trim();

/** A row of buttons or one menu, under a line when text stands above it. */
export function addRow(card: Card, components: APIComponentInMessageActionRow[]): void {
  if (card.parts.at(-1)?.type === COMPONENT.textDisplay) {
    card.parts.push({ type: COMPONENT.separator, divider: true, spacing: 1 });
  }
  card.parts.push({ type: COMPONENT.actionRow, components });
}

/** A menu in a row of its own. */
export function addSelect(card: Card, block: Extract<Block, { kind: 'select' }>): void {
  const select = presentSelect(block);
  if (select.options.length < block.choices.length) card.isShort = true;
  if (select.options.length > 0 && isFresh(card, select.custom_id)) addRow(card, [select]);
}

/** A choice; a label that is too long goes on in the line below it, where that is free. */
function presentChoice({ label: full, value, description }: Choice): APISelectMenuOption {
  const label = labelOf(full, LIMITS.optionLabel.max);
  const whole = oneLine(full);
  const rest = whole.length > LIMITS.optionLabel.max ? whole.slice(label.length - 1).trim() : '';
  const below = description ?? (rest && `…${rest}`);
  return {
    label,
    value,
    ...(below ? { description: labelOf(below, LIMITS.optionDescription.max) } : {}),
  };
}

type Choice = Extract<Block, { kind: 'select' }>['choices'][number];

/**
 * A menu of choices. Its id is the saved command and, behind a blank, the option that is left to
 * choose: `1:setup days:`. Two menus of one command may so stand in one message.
 *
 * @throws RangeError when id and option together are longer than Discord allows.
 */
function presentSelect(block: Extract<Block, { kind: 'select' }>): APIStringSelectComponent {
  const id = `${buttonId(block.run, block.option).id} ${block.option}:`;
  if (id.length > LIMITS.customId.max) throw new RangeError(`select "${id}" is too long`);
  const options = block.choices.slice(0, LIMITS.selectOptions.max).map(presentChoice);
  return {
    type: COMPONENT.stringSelect,
    custom_id: id,
    placeholder: labelOf(block.label, LIMITS.selectPlaceholder.max),
    min_values: Math.min(block.min ?? 1, options.length),
    max_values: Math.min(block.max ?? 1, options.length),
    options,
  };
}

/** Reads the id of a menu. */
export function readSelectId(id: string): { id: string; option: string } | undefined {
  const match = /^(.+) ([^\s:]+):$/s.exec(id);
  return match?.[1] && match[2] ? { id: match[1], option: match[2] } : undefined;
}

/** A file below the text; a picture is shown, with its alternative text. */
export function addFile(card: Card, block: Extract<Block, { kind: 'file' }>): void {
  const content =
    typeof block.content === 'string' ? new TextEncoder().encode(block.content) : block.content;
  const alt = block.alt ? { alt: block.alt } : {};
  attach(card, { name: block.name, mime: block.mime, content, ...alt });
}

/** The drawing of a chart, which then is not drawn in letters. */
export function addPicture(card: Card, content: Uint8Array, alt: string): void {
  attach(card, { name: 'chart.png', mime: 'image/png', content, alt });
}

function attach(card: Card, file: DiscordFile): void {
  const name = `${card.files.length + 1}-${file.name.replace(/[^A-Za-z0-9._-]+/g, '_').slice(-80)}`;
  const url = `attachment://${name}`;
  const isPicture = /^image\/(png|jpeg|gif|webp)$/.test(file.mime);
  card.files.push({ ...file, name });
  card.parts.push(
    isPicture
      ? { type: COMPONENT.mediaGallery, items: [{ media: { url }, ...description(file) }] }
      : { type: COMPONENT.file, file: { url } },
  );
}

function description({ alt }: DiscordFile): { description?: string } {
  return alt ? { description: labelOf(alt, LIMITS.mediaDescription.max) } : {};
}

/** The message of a card, without what Discord has no room for. */
export function messageOf(card: Card): DiscordMessage {
  const files = card.files
    .filter(({ content }) => content.byteLength <= LIMITS.fileBytes.max)
    .slice(0, LIMITS.attachments.max);
  return {
    body: {
      flags: FLAG.componentsV2,
      components: [
        {
          type: COMPONENT.container,
          ...(card.accent === undefined ? {} : { accent_color: card.accent }),
          components: partsThatFit(card, files),
        },
      ],
      allowed_mentions: { parse: [] },
      attachments: files.map((file, at) => ({
        id: String(at),
        filename: file.name,
        ...description(file),
      })),
    },
    files,
  };
}

/** Said when something is missing; room for it is kept free. */
export const LEFT_OUT = "-# Some buttons or files didn't fit in one Discord message.";

/** Leaves out dividing lines, then buttons from the end, until the components can be counted in. */
function partsThatFit({ parts: all, isShort }: Card, files: readonly DiscordFile[]) {
  const kept = new Set(files.map(({ name }) => `attachment://${name}`));
  let parts = all.filter((part) => addresses(part).every((url) => kept.has(url)));
  let isComplete = parts.length === all.length && !isShort;
  // One for the container, one for the sentence about what is missing.
  const most = LIMITS.components.max - 2;
  if (count(parts) > most) parts = parts.filter(({ type }) => type !== COMPONENT.separator);
  while (count(parts) > most) {
    isComplete = false;
    parts = withoutLastButton(parts);
  }
  if (!isComplete) parts.push({ type: COMPONENT.textDisplay, content: LEFT_OUT });
  return parts.length > 0 ? parts : [{ type: COMPONENT.textDisplay, content: 'Done.' }];
}

function addresses(part: APIComponentInContainer): string[] {
  if (part.type === COMPONENT.file) return [part.file.url];
  if (part.type === COMPONENT.mediaGallery) return part.items.map(({ media }) => media.url);
  return [];
}

function count(parts: readonly APIComponentInContainer[]): number {
  const inside = (part: APIComponentInContainer) =>
    part.type === COMPONENT.actionRow ? part.components.length : 0;
  return parts.reduce((sum, part) => sum + 1 + inside(part), 0);
}

function withoutLastButton(parts: readonly APIComponentInContainer[]): APIComponentInContainer[] {
  const at = parts.findLastIndex(({ type }) => type === COMPONENT.actionRow);
  const row = parts[at];
  if (row?.type !== COMPONENT.actionRow) return parts.slice(0, -1);
  const components = row.components.slice(0, -1);
  const rest = components.length > 0 ? [{ ...row, components }] : [];
  return [...parts.slice(0, at), ...rest, ...parts.slice(at + 1)];
}
