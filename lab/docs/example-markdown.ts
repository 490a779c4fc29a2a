import type { DiscordMessage } from '../../src/adapters/discord/card.ts';
import type { SlackMessage } from '../../src/adapters/slack/present.ts';

type Part = Record<string, unknown>;

/** The platforms' blocks are plain JSON; a document needs only a few of their fields. */
function partsOf(value: unknown): Part[] {
  return Array.isArray(value) ? (value as Part[]) : [];
}

function quoted(blocks: readonly string[]): string {
  return blocks
    .filter((block) => block !== '')
    .join('\n\n')
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}

const button = (label: unknown) => `<kbd>${String(label)}</kbd>`;

/** What Discord was sent, as Markdown of a document: its Markdown is nearly the same. */
export function discordMarkdown({ body }: DiscordMessage): string {
  const [container] = body.components as unknown as Part[];
  return quoted(
    partsOf(container?.['components']).map((part) => {
      // Small print has a mark of its own.
      const content = part['content'];
      if (typeof content === 'string') return content.replaceAll(/^-# (.*)$/gm, '<sub>$1</sub>');
      return partsOf(part['components'])
        .map(({ label }) => button(label))
        .join(' ');
    }),
  );
}

/** What Slack was sent, as Markdown of a document. */
export function slackMarkdown({ blocks }: SlackMessage): string {
  return quoted((blocks as unknown as Part[]).map(slackBlock));
}

function slackBlock(block: Part): string {
  switch (block['type']) {
    case 'header':
      return `### ${plain(block['text'])}`;
    case 'section':
      return plain(block['text']);
    case 'context':
      return `<sub>${partsOf(block['elements']).map(plain).join(' ')}</sub>`;
    case 'actions':
      return partsOf(block['elements'])
        .map(({ text }) => button(plain(text)))
        .join(' ');
    case 'rich_text':
      return partsOf(block['elements']).map(richText).join('\n');
    case 'table':
      return table(partsOf(block['rows']).map((row) => partsOf(row).map(cell)));
    case 'data_visualization':
      return chart(block);
    default:
      return '';
  }
}

function plain(object: unknown): string {
  if (typeof object !== 'object' || object === null || !('text' in object)) return '';
  return String(object.text);
}

function richText(element: Part): string {
  return partsOf(element['elements'])
    .map((run) => {
      const text = plain(run);
      const style = (run['style'] ?? {}) as Part;
      if (style['code']) return `\`${text}\``;
      return style['bold'] ? `**${text}**` : text;
    })
    .join('');
}

function cell(value: Part): string {
  return value['type'] === 'raw_text'
    ? plain(value)
    : partsOf(value['elements']).map(richText).join(' ');
}

function table(rows: string[][]): string {
  const [head = [], ...rest] = rows;
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rest.map(line)].join('\n');
}

/** Slack draws the chart itself; its numbers stand for it here. */
function chart(block: Part): string {
  const { series } = block['chart'] as {
    series: { name: string; data: { label: string; value: number }[] }[];
  };
  const labels = series[0]?.data.map(({ label }) => label) ?? [];
  const rows = series.map(({ name, data }) => [name, ...data.map(({ value }) => value.toFixed(2))]);
  return [
    `*${String(block['title'])}* (a chart that Slack draws)`,
    table([['', ...labels], ...rows]),
  ].join('\n\n');
}
