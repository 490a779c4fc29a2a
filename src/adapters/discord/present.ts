import type { APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import { folded } from '../../spine/button.ts';
import type { Field, Form } from '../../spine/form.ts';
import type { Chart, Reply, Text, Tone } from '../../spine/reply.ts';
import {
  addButtons,
  addFile,
  addPicture,
  addRow,
  addSelect,
  appendText,
  type Card,
  type DiscordMessage,
  LEFT_OUT,
  labelOf,
  messageOf,
} from './card.ts';
import { presentField } from './fields.ts';
import { COMPONENT, cutLabel, FLAG, LIMITS } from './limits.ts';
import { escapeMarkdown, plainText } from './markdown.ts';
import { blockText, replyText } from './text.ts';

/** Charts that were drawn beforehand; the others are shown as text alone. */
export type Pictures = ReadonlyMap<Chart, Uint8Array>;

const WHOLE_TEXT = 'whole-text.txt';
const GOES_ON = '-# This text was cut off. The attached file has all of it.';

/** A reply as one card of Components V2. A message of this kind stays of this kind for good. */
export function present(reply: Reply, pictures: Pictures = new Map()): DiscordMessage {
  const whole = lay(reply, pictures, LIMITS.messageText.max - LEFT_OUT.length);
  if (!whole.cut) return messageOf(whole);
  const room = LIMITS.messageText.max - GOES_ON.length - LEFT_OUT.length;
  const card = lay(reply, pictures, room);
  card.parts.push({ type: COMPONENT.textDisplay, content: GOES_ON });
  card.files.unshift({
    name: WHOLE_TEXT,
    mime: 'text/plain',
    content: new TextEncoder().encode(replyText(reply)),
  });
  card.parts.push({ type: COMPONENT.file, file: { url: `attachment://${WHOLE_TEXT}` } });
  return messageOf(card);
}

/** The same message as only the person who asked may see it. */
export function asPrivate({ body, files }: DiscordMessage): DiscordMessage {
  return { body: { ...body, flags: body.flags | FLAG.ephemeral }, files };
}

function lay(reply: Reply, pictures: Pictures, room: number): Card {
  const card: Card = { parts: [], files: [], ids: new Set(), cut: false };
  let left = room;
  const addText = (render: (room: number) => { text: string; cut: boolean }) => {
    if (card.cut) return;
    const { text, cut } = render(left);
    card.cut = cut;
    if (text.trim() === '') return;
    left -= text.length + 2;
    appendText(card, text);
  };

  const { sign = '', color } = (reply.tone && TONES[reply.tone]) ?? {};
  if (color !== undefined) card.accent = color;
  if (reply.title) addText((most) => heading(`${sign}${reply.title}`, most));
  for (const block of folded(reply.blocks)) {
    if (block.kind === 'buttons') addButtons(card, block.buttons);
    else if (block.kind === 'select') addSelect(card, block);
    else if (block.kind === 'file') addFile(card, block);
    else {
      const picture = block.kind === 'chart' ? pictures.get(block.chart) : undefined;
      if (block.kind === 'chart' && picture) addPicture(card, picture, block.alt);
      else addText((most) => blockText(block, most));
    }
  }
  return card;
}

/** How each verdict looks: a sign for those who see no color, and the color beside the card. */
const TONES: Record<Tone, { sign: string; color: number }> = {
  right: { sign: '✓ ', color: 0x2e9e5b },
  partly: { sign: '◐ ', color: 0xd9a514 },
  wrong: { sign: '✗ ', color: 0xd64545 },
};

function heading(title: string, room: number) {
  const text = `### ${escapeMarkdown(title).replace(/\s*\n\s*/g, ' ')}`;
  return text.length <= room ? { text, cut: false } : { text: cutLabel(text, 300), cut: true };
}

/**
 * A form as a modal: each field in a Label, at most five parts. Its id comes back with what was
 * filled in. What it is about and what is wrong stand on top where there is room for it.
 */
export function presentForm(form: Form): APIModalInteractionResponseCallbackData {
  const labels = form.fields
    .slice(0, LIMITS.modalFields.max)
    .map((field) => presentField(field, problemOf(field, form)));
  const hasRoom = labels.length < LIMITS.modalFields.max;
  const above = hasRoom ? modalText(form) : '';
  return {
    custom_id: form.id,
    title: labelOf(form.title, LIMITS.modalTitle.max),
    components: [
      ...(above ? [{ type: COMPONENT.textDisplay, content: above } as const] : []),
      ...labels,
    ],
  };
}

/** What is wrong with a field, on the line under its label. */
function problemOf({ name }: Field, { problems = [] }: Form): string | undefined {
  const found = problems.find(({ field }) => field === name);
  return found && plainText(found.text);
}

/** Long texts above the fields would push them off a phone. */
const MODAL_TEXT = 1500;

/** What is wrong with the form as a whole, and what it is about; it ends at a word where it is long. */
function modalText({ about = [], problems = [] }: Form): string {
  const wrong = problems.filter(({ field }) => field === undefined);
  const blocks = [...wrong.map(({ text }) => ({ kind: 'text', text }) as const), ...about];
  let left = MODAL_TEXT;
  const texts = blocks.flatMap((block) => {
    if (left <= 0 || block.kind === 'buttons' || block.kind === 'select' || block.kind === 'file')
      return [];
    const { text, cut } = blockText(block, left);
    left = cut ? 0 : left - text.length;
    return [cut ? `${text}…` : text];
  });
  return texts.join('\n');
}

/** The button that opens a form where Discord allows no modal, such as in answer to a modal. */
export const OPEN_FORM = 'Open form';

/** All that was wrong with a form, what was typed in it, and a button that opens it again. */
export function presentRefusal(
  form: Form,
  words: Text = 'Some details are missing.',
): DiscordMessage {
  const typed = form.fields.filter(({ kind, value }) => value && kind !== 'file');
  const problems = form.problems ?? [{ text: words }];
  const card = lay(
    {
      title: form.title,
      blocks: [
        ...problems.map(({ text }) => ({ kind: 'text', text }) as const),
        {
          kind: 'fields',
          fields: typed.map(({ label, value }) => ({ label, value: value ?? '' })),
        },
      ],
    },
    new Map(),
    LIMITS.messageText.max,
  );
  addRow(card, [{ type: COMPONENT.button, style: 1, custom_id: form.id, label: OPEN_FORM }]);
  return messageOf(card);
}
