import { runLine } from '../../spine/button.ts';
import type { Bot, NamedLine } from '../../spine/command.ts';
import type { Block, Inline, Reply, Text } from '../../spine/reply.ts';

/** Ids of the registered slash commands by their first word; empty until Discord has told them. */
export type CommandIds = ReadonlyMap<string, string>;

/**
 * A reply in which every command stands as it is run on Discord: with the names of its options, or as a
 * mention that can be clicked where it has none.
 *
 * @see https://docs.discord.com/developers/reference (message formatting)
 */
export function spellCommands(
  reply: Reply,
  {
    named,
    ids = new Map(),
    quote = false,
  }: {
    named: Bot['named'];
    ids?: CommandIds;
    /** For the page, where a command is typed: only Discord's own box knows where a value of several words ends. */
    quote?: boolean;
  },
): Reply {
  const spell = (part: Inline): Inline =>
    typeof part === 'object' && 'command' in part
      ? { command: slashCommand(named(part.command), ids, quote) }
      : part;
  const text = (given: Text): Text =>
    // A list is told from its parts by the array alone; the type is readonly, which isArray forgets.
    Array.isArray(given) ? (given as readonly Inline[]).map(spell) : spell(given as Inline);
  return { ...reply, blocks: reply.blocks.map((block) => spellBlock(block, text)) };
}

function spellBlock(block: Block, text: (given: Text) => Text): Block {
  switch (block.kind) {
    case 'text':
    case 'note':
      return { ...block, text: text(block.text) };
    case 'fields':
      return {
        ...block,
        fields: block.fields.map(({ label, value }) => ({ label, value: text(value) })),
      };
    case 'table':
      return { ...block, rows: block.rows.map((row) => row.map(text)) };
    default:
      return block;
  }
}

/** Subcommands are joined by hyphens behind the first word, as they are registered. */
function slashCommand(line: NamedLine, ids: CommandIds, quote: boolean): string {
  const { name, alone, options } = line;
  const [first = '', ...rest] = [name, ...(alone ? [alone] : [])].join(' ').split(' ');
  const words = [first, ...(rest.length > 0 ? [rest.join('-')] : [])].join(' ');
  const id = ids.get(first);
  if (options.length === 0) return id ? `</${words}:${id}>` : `/${words}`;
  if (quote) return `/${runLine(words, valuesOf(options))}`;
  return `/${words} ${options.map(({ name: option, value }) => `${option}:${value}`).join(' ')}`;
}

const valuesOf = (options: NamedLine['options']) =>
  Object.fromEntries(options.map(({ name, value }) => [name, value]));
