import { spellCommands } from '../../src/adapters/discord/command-text.ts';
import { present as presentDiscord } from '../../src/adapters/discord/present.ts';
import { presentMessage } from '../../src/adapters/slack/present.ts';
import { present as presentTerminal } from '../../src/adapters/terminal/present.ts';
import type { Bot } from '../../src/spine/command.ts';
import type { Block, Inline, Reply, Text } from '../../src/spine/reply.ts';

/** All words of a reply in one line, as each platform is sent them; the page shows what Discord and Slack would. */
export const SHOWN = {
  discord: (reply: Reply, named: Bot['named']) =>
    wordsIn(presentDiscord(spellCommands(reply, { named }), new Map()).body, 'content'),
  slack: (reply: Reply) => wordsIn(presentMessage(reply).blocks, 'text'),
  terminal: (reply: Reply) =>
    oneLine(
      presentTerminal(reply, { isColorful: false, zone: 'UTC', locale: 'en-GB' }).lines.join(' '),
    ),
};

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

/** Every string behind this key, wherever it stands. */
function wordsIn(payload: unknown, key: string): string {
  if (typeof payload !== 'object' || payload === null) return '';
  return oneLine(
    Object.entries(payload)
      .map(([name, value]) =>
        name === key && typeof value === 'string' ? value : wordsIn(value, key),
      )
      .filter(Boolean)
      .join(' '),
  );
}

/** The texts of a reply, each as its spans. */
export function textsOf({ title, blocks }: Reply): (readonly Inline[])[] {
  const texts = [title ?? '', ...blocks.flatMap(blockTexts)];
  // A list is told from its parts by the array alone; the type is readonly, which isArray forgets.
  return texts.map((text) => (Array.isArray(text) ? text : [text]) as readonly Inline[]);
}

function blockTexts(block: Block): Text[] {
  switch (block.kind) {
    case 'text':
    case 'note':
      return [block.text];
    case 'fields':
      return block.fields.flatMap(({ label, value }) => [label, value]);
    case 'table':
      return [block.caption, ...block.columns.map(({ label }) => label), ...block.rows.flat()];
    case 'chart':
      return [block.chart.title, block.alt];
    case 'buttons':
      return block.buttons.map(({ label }) => label);
    case 'select':
      return [
        block.label,
        ...block.choices.flatMap(({ label, description = '' }) => [label, description]),
      ];
    case 'file':
      return [block.alt ?? ''];
    case 'code':
      return [];
  }
}

/** The commands that a reply names as data. */
export const commandsIn = (reply: Reply): string[] =>
  textsOf(reply).flatMap((spans) =>
    spans.flatMap((span) => (typeof span === 'object' && 'command' in span ? [span.command] : [])),
  );

/** A text as it is read, with a mark in place of each command that is data. */
export const readAloud = (spans: readonly Inline[]): string =>
  spans
    .map((span) => {
      if (typeof span === 'string') return span;
      if ('code' in span) return `\`${span.code}\``;
      if ('command' in span) return '⌘';
      return 'bold' in span
        ? span.bold
        : 'italic' in span
          ? span.italic
          : 'link' in span
            ? span.link
            : '…';
    })
    .join('');
