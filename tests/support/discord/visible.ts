import { MORE } from '../../../src/spine/button.ts';
import { type Json, walk } from './rules.ts';
import type { StoredMessage } from './world.ts';

/** What a person sees of a message: its text without markup, and what can be used. */
export type Visible = {
  text: string;
  /** Also those in the menu of a crowded card, with the id of that menu. */
  buttons: { label: string; id: string; menu?: string }[];
  selects: {
    label: string;
    id: string;
    choices: { label: string; value: string }[];
    max: number;
  }[];
  files: string[];
};

/** Reads a message as Discord's client would show it. */
export function visible(
  message: Pick<StoredMessage, 'components' | 'content' | 'attachments'>,
): Visible {
  const all = walk(message.components, []).map(({ component }) => component);
  const ofType = (type: number) => all.filter((component) => component.type === type);
  const texts = ofType(10).map((component) => visibleText(String(component.content)));
  return {
    text: [...(message.content ? [visibleText(message.content)] : []), ...texts].join('\n'),
    buttons: [
      ...ofType(2).map(({ label, custom_id }) => ({
        label: String(label),
        id: String(custom_id),
      })),
      ...ofType(3)
        .filter(isMore)
        .flatMap((menu) =>
          menuChoices(menu).map(({ label, value }) => ({
            label,
            id: value,
            menu: String(menu.custom_id),
          })),
        ),
    ],
    selects: ofType(3)
      .filter((menu) => !isMore(menu))
      .map((menu) => ({
        label: String(menu.placeholder),
        id: String(menu.custom_id),
        choices: menuChoices(menu),
        max: Number(menu.max_values ?? 1),
      })),
    files: message.attachments.map(({ name }) => name),
  };
}

const isMore = (menu: Json) => menu.placeholder === MORE.label;

/** The choices of a menu. */
export function menuChoices(menu: Json): { label: string; value: string; isDefault: boolean }[] {
  return ((menu.options ?? []) as Json[]).map((option) => ({
    label: String(option.label),
    value: String(option.value),
    isDefault: option.default === true,
  }));
}

const MARKUP =
  /```\n([\s\S]*?)\n```|(`+)([\s\S]*?[^`])\2(?!`)|\\([^0-9A-Za-z\s])|<(https?:[^>\s]+)>|<t:(\d+):\w>|\[((?:\\.|[^\]\\])*)\]\((https?:[^)\s]+)\)|^(?:#{1,3} |-# |> )|\*\*|\*|__|~~|\|\||\u200b/gm;

/** Discord's Markdown as it is shown; instants as ISO. */
export function visibleText(markdown: string): string {
  return markdown.replace(MARKUP, (_whole, block, _fence, code, escaped, address, time, label) => {
    if (block !== undefined) return String(block).replaceAll('\u200b', '');
    if (code !== undefined) return String(code).replace(/^ (?=`)|(?<=`) $/g, '');
    if (time !== undefined) return new Date(Number(time) * 1000).toISOString();
    if (label !== undefined) return visibleText(String(label));
    return String(escaped ?? address ?? '');
  });
}
