import type { Inline, Text } from '../../spine/reply.ts';

/** A rendered text and whether something had to be left out. */
export type Rendered = { text: string; cut: boolean };

const ELLIPSIS = '…';

/**
 * Text without what could hide or turn other text around: control characters, marks of writing
 * direction, zero-width characters and lone surrogates. The joiners that scripts and emoji need stay.
 */
export function clean(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu, (character) => {
      if (/[\n\t\u200c\u200d]/.test(character)) return character;
      return /\p{Cs}/u.test(character) ? '\ufffd' : '';
    });
}

/** Discord Markdown that shows exactly these characters; an address stays one that can be clicked. */
export function escapeMarkdown(text: string): string {
  return clean(text)
    .split(/(https?:\/\/[^\s<>]+[^\s<>.,:;!?)\]}'"*_~|`\\])/i)
    .map((part, index) => (index % 2 === 1 ? `<${part}>` : escapeMarks(part)))
    .join('');
}

function escapeMarks(text: string): string {
  return text
    .replace(/[\\*_~`|[\]<]/g, '\\$&')
    .replace(/@(?=everyone|here)/g, '\\@')
    .replace(/^([^\S\n]*)((?:-#|#{1,3}|>>>|[>+-])(?=\s|$))/gm, '$1\\$2')
    .replace(/^([^\S\n]*\d+)([.)](?=\s|$))/gm, '$1\\$2');
}

/** A text as Discord Markdown in at most `room` characters, cut at a word when it is longer. */
export function renderText(text: Text, room = Number.POSITIVE_INFINITY): Rendered {
  const parts: readonly Inline[] = Array.isArray(text) ? text : [text as Inline];
  const whole = joinParts(parts, parts.map(markUp));
  if (whole.length <= room) return { text: whole, cut: false };
  let shown = '';
  for (const [index, part] of parts.entries()) {
    const glue = clash(parts[index - 1], part, shown) ? '\u200b' : '';
    const left = room - ELLIPSIS.length - shown.length - glue.length;
    const marked = markUp(part);
    if (marked.length > left) {
      shown += left > 0 ? glue + cutPart(part, left) : '';
      break;
    }
    shown += glue + marked;
  }
  return { text: room > 0 ? shown.trimEnd() + ELLIPSIS : '', cut: true };
}

function joinParts(parts: readonly Inline[], marked: readonly string[]): string {
  return marked.reduce(
    (shown, next, index) =>
      shown + (clash(parts[index - 1], parts[index] ?? '', shown) ? '\u200b' : '') + next,
    '',
  );
}

/** Two marked spans side by side would be read as one run of asterisks or backticks. */
function clash(previous: Inline | undefined, part: Inline, shown: string): boolean {
  return (
    typeof previous === 'object' &&
    typeof part === 'object' &&
    !('time' in part) &&
    /[*`]$/.test(shown)
  );
}

function markUp(part: Inline): string {
  if (typeof part === 'string') return escapeMarkdown(part);
  if ('bold' in part) return around('**', part.bold);
  if ('italic' in part) return around('*', part.italic);
  if ('code' in part) return codeSpan(part.code);
  if ('command' in part) return command(part.command);
  if ('link' in part) return link(part.link, part.to);
  if ('channel' in part) return channel(part.channel);
  return timestamp(part.time, part.show);
}

function around(mark: string, text: string): string {
  const inner = escapeMarkdown(text);
  const core = inner.trim();
  return core === '' ? inner : inner.replace(core, () => mark + core + mark);
}

/** Three backticks would open a block, so no fence is longer than two: runs inside are kept apart. */
function codeSpan(code: string): string {
  const inner = clean(code)
    .replace(/\n/g, ' ')
    .replace(/`(?=`)/g, '`\u200b');
  if (inner.trim() === '') return '';
  const longest = Math.max(0, ...(inner.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = /^`|`$/.test(inner) ? ' ' : '';
  return fence + pad + inner + pad + fence;
}

/** What `command-text.ts` makes of a command without options: Discord shows it as one to click. */
const MENTION = /^<\/([\w -]{1,100}):\d{1,20}>$/;

function command(line: string): string {
  return MENTION.test(line) ? line : codeSpan(line);
}

function link(label: string, to: string): string {
  const address = webAddress(to);
  if (!address) return escapeMarkdown(`${label} (${to})`);
  // An address as the label would be shown as the raw markup.
  if (/^https?:/i.test(label.trim()) || label.trim() === '') return `<${address}>`;
  return `[${escapeMarks(clean(label).replace(/\n/g, ' '))}](${address})`;
}

function webAddress(to: string): string | undefined {
  if (!/^https?:\/\//i.test(to) || !URL.canParse(to)) return undefined;
  return new URL(to).href.replaceAll('(', '%28').replaceAll(')', '%29').replaceAll('>', '%3E');
}

const TIME_STYLES = { moment: 'f', relative: 'R', day: 'D', clock: 't' } as const;

/** Shown by Discord in each reader's own zone. */
function timestamp(time: Date, show: keyof typeof TIME_STYLES = 'moment'): string {
  return `<t:${Math.floor(time.getTime() / 1000)}:${TIME_STYLES[show]}>`;
}

function cutPart(part: Inline, room: number): string {
  if (typeof part === 'string') return longest(part, room, markUp);
  if ('bold' in part) return longest(part.bold, room, (bold) => markUp({ bold }));
  if ('italic' in part) return longest(part.italic, room, (italic) => markUp({ italic }));
  if ('code' in part) return longest(part.code, room, (code) => markUp({ code }));
  if ('command' in part) return longest(part.command, room, codeSpan);
  return '';
}

/** The longest beginning, at a word where there is one, that fits once it is rendered. */
function longest(text: string, room: number, render: (text: string) => string): string {
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (render(text.slice(0, middle)).length <= room) low = middle;
    else high = middle - 1;
  }
  const head = text.slice(0, low);
  const word = head.replace(/\S+$/, '');
  const kept = render(
    (word.length > low / 2 ? word : head.replace(/[\uD800-\uDBFF]$/, '')).trimEnd(),
  );
  return kept.length <= room ? kept : '';
}

/** Characters of a text without markup, as they stand in code blocks and files; times in UTC. */
export function plainText(text: Text): string {
  const parts: readonly Inline[] = Array.isArray(text) ? text : [text as Inline];
  return clean(parts.map(plainPart).join(''));
}

function plainPart(part: Inline): string {
  if (typeof part === 'string') return part;
  if ('bold' in part) return part.bold;
  if ('italic' in part) return part.italic;
  if ('code' in part) return part.code;
  if ('command' in part) return part.command.replace(MENTION, '/$1');
  if ('link' in part) return `${part.link} (${part.to})`;
  if ('channel' in part) return channel(part.channel);
  return `${part.time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** A code block of the first lines that fit; three backticks inside and more are kept apart. */
export function codeBlock(lines: readonly string[], room = Number.POSITIVE_INFINITY): Rendered {
  const open = '```\n';
  const close = '\n```';
  const safe = lines.map((line) =>
    clean(line).replaceAll(/`{3,}/g, (run) => [...run].join('\u200b')),
  );
  let left = room - open.length - close.length - ELLIPSIS.length - 1;
  const shown: string[] = [];
  for (const line of safe) {
    if (line.length + 1 > left) break;
    shown.push(line);
    left -= line.length + 1;
  }
  const cut = shown.length < safe.length;
  if (cut && shown.length === 0) shown.push(longest(safe[0] ?? '', Math.max(0, left), String));
  const body = [...shown, ...(cut ? [ELLIPSIS] : [])].join('\n');
  return { text: body.trim() === '' ? '' : open + body + close, cut };
}

/** A channel by its name; a word that is no id is shown as it is. */
function channel(id: string): string {
  return /^\d{1,20}$/.test(id) ? `<#${id}>` : escapeMarkdown(`#${id}`);
}
