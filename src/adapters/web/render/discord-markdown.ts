import { draw, instant, linkOut, styled, type Tree, textContent } from './tree.ts';

/**
 * Discord's Markdown as Discord reads it: also what our presenter never writes, so that a character
 * that it forgot to escape is seen here as it would be seen there.
 */
export function drawMarkdown(text: string): Tree[] {
  const parts = text.split(/```(?:[\w+-]*\n)?([\s\S]+?)```/);
  return parts.flatMap((part, index) =>
    index % 2 === 1
      ? [draw('pre', { class: 'dc-code', tabindex: '0' }, draw('code', {}, trimmed(part)))]
      : drawLines(part),
  );
}

function trimmed(code: string): string {
  return code.replace(/^\n|\n$/g, '');
}

type Kind = 'text' | 'heading' | 'small' | 'item' | 'numbered' | 'quote';

const LINES: [Kind, RegExp][] = [
  ['heading', /^(#{1,3})\s+(.*)$/],
  ['small', /^(-#)\s+(.*)$/],
  ['item', /^(\s*[-*])\s+(.*)$/],
  ['numbered', /^(\s*\d+\.)\s+(.*)$/],
  ['quote', /^(>)\s(.*)$/],
];

function drawLines(text: string): Tree[] {
  const groups: { kind: Kind; mark: string; lines: string[] }[] = [];
  for (const line of text.replace(/^\n+|\n+$/g, '').split('\n')) {
    const found = LINES.map(([kind, pattern]) => [kind, pattern.exec(line)] as const).find(
      ([, match]) => match,
    );
    const kind = found?.[0] ?? 'text';
    const rest = found?.[1]?.[2] ?? line;
    const last = groups.at(-1);
    const joins = last?.kind === kind && kind !== 'heading' && kind !== 'small';
    if (last && joins) last.lines.push(rest);
    else groups.push({ kind, mark: found?.[1]?.[1] ?? '', lines: [rest] });
  }
  return groups.flatMap(drawGroup);
}

function drawGroup({ kind, lines }: { kind: Kind; lines: string[] }): Tree[] {
  switch (kind) {
    case 'heading':
      return [styled('h3', 'dc-heading', ...drawInline(lines.join('\n')))];
    case 'small':
      return [styled('p', 'dc-small', ...drawInline(lines.join('\n')))];
    case 'quote':
      return [styled('blockquote', 'dc-quote', ...drawInline(lines.join('\n')))];
    case 'item':
    case 'numbered': {
      const items = lines.map((line) => draw('li', {}, ...drawInline(line)));
      return [draw(kind === 'item' ? 'ul' : 'ol', {}, ...items)];
    }
    case 'text':
      return lines.join('\n').trim() === '' ? [] : paragraphs(lines.join('\n'));
  }
}

function paragraphs(text: string): Tree[] {
  return text
    .replace(/^\n+|\n+$/g, '')
    .split(/\n{2,}/)
    .map((part) => styled('p', 'dc-text', ...drawInline(part)));
}

/** What may stand between two equal marks. */
const SPANS: [string, (inner: Tree[]) => Tree][] = [
  ['**', (inner) => draw('strong', {}, ...inner)],
  ['__', (inner) => draw('u', {}, ...inner)],
  ['~~', (inner) => draw('s', {}, ...inner)],
  ['||', (inner) => styled('span', 'dc-spoiler', ...inner)],
  ['*', (inner) => draw('em', {}, ...inner)],
  ['_', (inner) => draw('em', {}, ...inner)],
];

type Taken = { drawn: Tree; length: number };

/** Marks inside a line. */
export function drawInline(text: string): Tree[] {
  const drawn: Tree[] = [];
  let plain = '';
  let at = 0;
  const flush = () => {
    if (plain) drawn.push(plain);
    plain = '';
  };
  while (at < text.length) {
    const rest = text.slice(at);
    const escaped = /^\\([^\sA-Za-z0-9])/u.exec(rest);
    const taken = escaped ? undefined : (takeMatch(rest) ?? takeSpan(text, at));
    if (escaped) plain += escaped[1] ?? '';
    if (taken) {
      flush();
      drawn.push(taken.drawn);
    }
    if (!escaped && !taken) plain += text[at];
    at += escaped?.[0].length ?? taken?.length ?? 1;
  }
  flush();
  return drawn.flatMap(breakLines);
}

function breakLines(tree: Tree): Tree[] {
  if (typeof tree !== 'string') return [tree];
  return tree.split('\n').flatMap((line, index) => (index > 0 ? [draw('br'), line] : [line]));
}

const MATCHES: [RegExp, (match: RegExpExecArray) => Tree][] = [
  [/^(`+)([\s\S]*?[^`])\1(?!`)/, (match) => draw('code', {}, codeText(match[2] ?? ''))],
  [/^<t:(-?\d{1,13})(?::([tTdDfFR]))?>/, (match) => instant(Number(match[1]), match[2] ?? 'f')],
  [/^<(?:@[!&]?|#)\d+>/, (match) => styled('span', 'dc-mention', match[0])],
  [/^@(?:everyone|here)/, (match) => styled('span', 'dc-mention', match[0])],
  [/^<(https?:\/\/[^\s<>]+)>/, (match) => linkOut(match[1] ?? '', match[1] ?? '')],
  [
    /^\[((?:\\.|[^\\\]\n])+)\]\(<?(https?:\/\/[^\s<>)]+)>?\)/,
    (match) => linkOut(match[2] ?? '', ...drawInline(match[1] ?? '')),
  ],
  [/^https?:\/\/[^\s<]+[^<.,:;"')\]\s]/, (match) => linkOut(match[0], match[0])],
];

function takeMatch(rest: string): Taken | undefined {
  for (const [pattern, show] of MATCHES) {
    const match = pattern.exec(rest);
    if (match) return { drawn: show(match), length: match[0].length };
  }
  return undefined;
}

/** Spaces that only keep a backtick from the fence are not shown. */
function codeText(code: string): string {
  const isPadded = /^ .*`.* $/s.test(code);
  return isPadded ? code.slice(1, -1) : code;
}

function takeSpan(text: string, at: number): Taken | undefined {
  for (const [mark, show] of SPANS) {
    if (!text.startsWith(mark, at)) continue;
    const from = at + mark.length;
    const end = findClose(text, from, mark);
    if (end === undefined) continue;
    const inner = drawInline(text.slice(from, end));
    if (inner.map(textContent).join('').trim() === '') continue;
    return { drawn: show(inner), length: end + mark.length - at };
  }
  return undefined;
}

/** Where the mark closes; a single one neither follows a blank nor belongs to a double one. */
function findClose(text: string, from: number, mark: string): number | undefined {
  const isSingle = mark.length === 1;
  if (isSingle && /\s/.test(text[from] ?? ' ')) return undefined;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') {
      at += 1;
      continue;
    }
    if (!text.startsWith(mark, at) || at === from) continue;
    if (!isSingle) return at;
    const isDouble = text[at + 1] === mark;
    if (isDouble) {
      at += 1;
      continue;
    }
    const isWord = mark === '_' && /\w/.test(text[at + 1] ?? '');
    if (!isWord && !/\s/.test(text[at - 1] ?? ' ')) return at;
  }
  return undefined;
}
