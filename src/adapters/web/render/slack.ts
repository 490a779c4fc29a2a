import type { Button, KnownBlock, MultiStaticSelect, StaticSelect } from '@slack/types';
import type { SlackBlock } from '../../slack/blocks.ts';
import { drawChart } from './slack-chart.ts';
import { drawRichText, drawSection } from './slack-rich-text.ts';
import { draw, styled, type Tree } from './tree.ts';

/** The blocks of a message or a window as Slack draws them. */
export function drawSlack(blocks: readonly SlackBlock[]): Tree {
  return styled('div', 'sl-body', ...blocks.map(drawBlock));
}

/** The fallback text as a notification shows it: Slack's client reads three characters escaped. */
export function fallbackWords(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** One block. */
export function drawBlock(block: SlackBlock): Tree {
  switch (block.type) {
    case 'header':
      return styled('h3', 'sl-header', block.text.text);
    case 'rich_text':
      return styled('div', 'sl-rich', ...drawRichText(block.elements));
    case 'section':
      return section(block);
    case 'context':
      return styled('p', 'sl-context', ...block.elements.map(contextPart));
    case 'actions':
      return styled('div', 'sl-row', ...block.elements.map(inRow));
    case 'divider':
      return draw('hr', { class: 'sl-divider' });
    case 'table':
      return table(block);
    case 'data_visualization':
      return drawChart(block);
    default:
      return unknown(block.type);
  }
}

/** Kept visible: a block that this renderer does not know must not look like nothing. */
function unknown(type: string): Tree {
  return styled('p', 'unknown', `(${type} can't be shown here)`);
}

type Of<T extends SlackBlock['type']> = Extract<KnownBlock, { type: T }>;

function section({ text, accessory }: Of<'section'>): Tree {
  return styled(
    'div',
    'sl-section',
    ...(text ? [styled('p', 'sl-text', ...lines(text.text))] : []),
    ...(accessory ? [inRow(accessory)] : []),
  );
}

function contextPart(part: Of<'context'>['elements'][number]): Tree {
  return 'text' in part ? styled('span', 'sl-note', ...lines(part.text)) : unknown(part.type);
}

function lines(text: string): Tree[] {
  return text.split('\n').flatMap((line, index) => (index > 0 ? [draw('br'), line] : [line]));
}

function inRow(part: { type: string }): Tree {
  if (isButton(part)) return button(part);
  if (isMenu(part)) return menu(part);
  return unknown(part.type);
}

/** True for an element that is pressed. */
export const isButton = (part: { type: string }): part is Button => part.type === 'button';
/** True for an element in which something is chosen. */
export const isMenu = (part: { type: string }): part is StaticSelect | MultiStaticSelect =>
  part.type === 'static_select' || part.type === 'multi_static_select';

/** How the action id of the button under a multi-select begins. */
const SEND = 'send|';

function button({ text, value = '', action_id = '', style, accessibility_label }: Button): Tree {
  const isSend = action_id.startsWith(SEND);
  return draw(
    'button',
    {
      type: 'button',
      class: `sl-button sl-${style ?? 'plain'}`,
      ...(accessibility_label ? { 'aria-label': accessibility_label } : {}),
      ...(isSend ? { 'data-send': action_id.slice(SEND.length) } : { 'data-press': value }),
    },
    text.text,
  );
}

/** A menu of buttons; one of boxes waits for the button under it. */
function menu(part: StaticSelect | MultiStaticSelect): Tree {
  const id = part.action_id ?? '';
  const isMany = part.type === 'multi_static_select';
  const options = (part.options ?? []).map(({ text, value = '', description }) => {
    const words: Tree[] = [
      styled('span', 'menu-label', text.text),
      ...(description ? [styled('small', 'menu-more', description.text)] : []),
    ];
    return draw(
      'li',
      {},
      isMany
        ? draw('label', {}, draw('input', { type: 'checkbox', value }), ...words)
        : draw('button', { type: 'button', 'data-press': id, 'data-value': value }, ...words),
    );
  });
  const most = isMany ? (part.max_selected_items ?? options.length) : 1;
  return draw(
    'details',
    {
      class: 'menu sl-menu',
      'data-most': String(most),
      ...(isMany ? { 'data-choices': id } : {}),
    },
    draw('summary', {}, part.placeholder?.text ?? 'Select'),
    draw('ul', {}, ...options),
  );
}

function table({ rows, column_settings: settings = [] }: Of<'table'>): Tree {
  const row = (tag: 'th' | 'td') => (cells: (typeof rows)[number]) =>
    draw(
      'tr',
      {},
      ...cells.map((cell, column) =>
        draw(
          tag,
          {
            ...(settings[column]?.align === 'right' ? { class: 'right' } : {}),
            ...(tag === 'th' ? { scope: 'col' } : {}),
          },
          ...cellContent(cell),
        ),
      ),
    );
  return draw(
    'div',
    { class: 'sl-table', tabindex: '0' },
    draw(
      'table',
      {},
      draw('thead', {}, ...rows.slice(0, 1).map(row('th'))),
      draw('tbody', {}, ...rows.slice(1).map(row('td'))),
    ),
  );
}

function cellContent(cell: Of<'table'>['rows'][number][number]): Tree[] {
  if (cell.type === 'raw_text') return [cell.text];
  if (cell.type !== 'rich_text') return [unknown(cell.type)];
  return cell.elements.flatMap((part) =>
    part.type === 'rich_text_section' ? drawSection(part.elements) : [unknown(part.type)],
  );
}
