import { MORE } from '../../../src/spine/button.ts';
import type { FormSeen, Message } from '../stage.ts';
import type { Payload } from './server.ts';
import type { SlackMessage, View } from './workspace.ts';

/** A message of Slack as a person sees it. */
export function messageSeen(message: SlackMessage, replaced = false): Message {
  const { ts, channel, thread, ephemeralTo, text } = message;
  const blocks: Payload[] = message.blocks;
  const lines = blocks.flatMap(blockLines);
  return {
    kind: 'message',
    id: ts,
    channel,
    ...(thread ? { thread } : {}),
    isPrivate: ephemeralTo !== undefined || channel.startsWith('D'),
    text: blocks.length > 0 ? lines.join('\n') : text,
    buttons: elements(blocks).flatMap((element) => {
      if (isMore(element)) return menuSeen(element).choices;
      const { type, action_id, text: label } = element;
      return type === 'button' && !action_id?.startsWith('send|') ? [label.text] : [];
    }),
    selects: elements(blocks)
      .filter((element) => isMenu(element) && !isMore(element))
      .map(menuSeen),
    files: blocks.flatMap(({ block_id }) => {
      const [kind, , ...name] = String(block_id ?? '').split('|');
      return kind === 'file' ? [name.join('|')] : [];
    }),
    replaced,
  };
}

/** Everything on a message or view that can be pressed or chosen from. */
export function elements(blocks: Payload[]): Payload[] {
  return blocks.flatMap((block) => [
    ...(block.type === 'actions' ? block.elements : []),
    ...(block.accessory ? [block.accessory] : []),
  ]);
}

export function isMenu({ type }: Payload): boolean {
  return type === 'static_select' || type === 'multi_static_select';
}

/** The menu of a crowded card, whose choices are its other buttons. */
export const isMore = ({ placeholder }: Payload): boolean => placeholder?.text === MORE.label;

function menuSeen({ placeholder, options }: Payload) {
  return {
    label: placeholder.text,
    choices: options.map((option: Payload) => option.text.text),
  };
}

function blockLines(block: Payload): string[] {
  switch (block.type) {
    case 'header':
    case 'section':
      return [block.text.text];
    case 'context':
      return [block.elements.map((element: Payload) => element.text).join(' ')];
    case 'rich_text':
      return [richLine(block)];
    case 'table':
      return block.rows.map((row: Payload[]) =>
        row.map((cell) => (cell.type === 'raw_text' ? cell.text : richLine(cell))).join(' | '),
      );
    case 'data_visualization':
      return [block.title];
    default:
      return [];
  }
}

function richLine(block: Payload): string {
  return block.elements
    .flatMap((section: Payload) => section.elements)
    .map(
      (leaf: Payload) =>
        leaf.text ?? leaf.fallback ?? leaf.url ?? `<@${leaf.user_id ?? leaf.channel_id}>`,
    )
    .join('');
}

/** A window with inputs as a person sees it. */
export function formSeen({ id, view }: View, problem?: string): FormSeen {
  const blocks: Payload[] = view.blocks;
  const { title } = view as Payload;
  const above = blocks.filter(({ type }) => type !== 'input');
  const lines = (isProblem: boolean) =>
    above
      .filter(({ block_id }) => (block_id === 'problem') === isProblem)
      .flatMap(blockLines)
      .join('\n');
  const words = problem ?? lines(true);
  const about = lines(false);
  const fields = inputs(view);
  const besideList = (name: string) => fields.find(({ block_id }) => block_id === `${name}|typed`);
  return {
    kind: 'form',
    id,
    title: title.text,
    fields: fields
      .filter(({ block_id }) => !block_id.endsWith('|typed'))
      .map((block) => ({
        name: block.block_id,
        label: block.label.text,
        required: !block.optional,
        choices: (block.element.options ?? []).map((option: Payload) => option.text.text),
        value: initialText(block.element) || initialText(besideList(block.block_id)?.element ?? {}),
      })),
    ...(about ? { about } : {}),
    ...(words ? { problem: words } : {}),
  };
}

export function inputs(view: View['view']): Payload[] {
  const blocks: Payload[] = view.blocks;
  return blocks.filter(({ type }) => type === 'input');
}

function initialText(element: Payload): string {
  return (
    element.initial_value ??
    element.initial_option?.value ??
    element.initial_options?.map(({ value }: Payload) => value).join(',') ??
    element.initial_conversation ??
    element.initial_user ??
    ''
  );
}
