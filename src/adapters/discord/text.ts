import { type Block, type Reply, spans, type Text } from '../../spine/reply.ts';
import { codeBlock, plainText, type Rendered, renderText } from './markdown.ts';
import { chartLines } from './monospace.ts';
import { listLines, tableLines } from './table.ts';

/** The blocks that Discord shows as text. */
export type TextBlock = Extract<
  Block,
  { kind: 'text' | 'code' | 'fields' | 'table' | 'chart' | 'note' }
>;

/** One block as Markdown in at most `room` characters. */
export function blockText(block: TextBlock, room: number): Rendered {
  switch (block.kind) {
    case 'text':
      return renderText(block.text, room);
    case 'note':
      return smallPrint(block.text, room);
    case 'code':
      return codeBlock(block.code.split('\n'), room);
    case 'fields':
      return stack(block.fields.map(fieldText), room);
    case 'table':
      return tableText(block, room);
    case 'chart':
      return under([{ bold: block.chart.title }], chartLines(block.chart), room);
  }
}

function fieldText({ label, value }: { label: string; value: Text }): Text {
  return [{ bold: label }, ' ', ...spans(value)];
}

function tableText(table: Extract<Block, { kind: 'table' }>, room: number): Rendered {
  const caption: Text = [{ bold: table.caption }];
  const lines = tableLines(table);
  if (lines) return under(caption, lines, room);
  return stack([caption, ...listLines(table)], room);
}

/** A caption over a code block. */
function under(caption: Text, lines: readonly string[], room: number): Rendered {
  const head = renderText(caption, room);
  const block = codeBlock(lines, room - head.text.length - 1);
  const shown = head.cut ? '' : block.text;
  return { text: [head.text, shown].filter(Boolean).join('\n'), cut: head.cut || block.cut };
}

/** Small print; each of its lines needs the mark. */
function smallPrint(text: Text, room: number): Rendered {
  const mark = '-# ';
  const marks = plainText(text).split('\n').length * mark.length;
  const { text: shown, cut } = renderText(text, room - marks);
  if (shown.trim() === '') return { text: '', cut };
  const lines = shown.split('\n').filter((line) => line.trim() !== '');
  return { text: lines.map((line) => mark + line).join('\n'), cut };
}

function stack(lines: readonly Text[], room: number): Rendered {
  let shown = '';
  for (const line of lines) {
    const glue = shown === '' ? '' : '\n';
    const next = renderText(line, room - shown.length - glue.length);
    shown += next.text === '' ? '' : glue + next.text;
    if (next.cut) return { text: shown, cut: true };
  }
  return { text: shown, cut: false };
}

/** All that a reply says, without markup: what a file holds when a message cannot. */
export function replyText(reply: Reply): string {
  const blocks = reply.blocks.map(plainBlock).filter((text) => text !== '');
  return [...(reply.title ? [plainText(reply.title)] : []), ...blocks].join('\n\n');
}

function plainBlock(block: Block): string {
  switch (block.kind) {
    case 'text':
    case 'note':
      return plainText(block.text);
    case 'code':
      return block.code;
    case 'fields':
      return block.fields.map(({ label, value }) => `${label}: ${plainText(value)}`).join('\n');
    case 'table':
      return [
        block.caption,
        block.columns.map(({ label }) => label).join('\t'),
        ...block.rows.map((row) => row.map(plainText).join('\t')),
      ].join('\n');
    case 'chart':
      return [block.chart.title, ...chartLines(block.chart)].join('\n');
    case 'buttons':
    case 'select':
    case 'file':
      return '';
  }
}
