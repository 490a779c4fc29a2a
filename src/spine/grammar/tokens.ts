import type { Token } from './option-matching.ts';

/**
 * Splits at spaces; quotes keep words together, also after `name:`, and so do the braces of pasted
 * JSON.
 */
export function tokens(line: string): Token[] {
  const found: Token[] = [];
  let rest = line.replace(/[“”„]/g, '"');
  for (let json = pastedJson(rest); json; json = pastedJson(rest)) {
    const before = rest.slice(0, json.start);
    const name = /(?:--)?[\p{L}\p{N}-]+[:=]$/u.exec(before.slice(-MAX_NAME))?.[0] ?? '';
    found.push(...words(before.slice(0, before.length - name.length)));
    found.push({ text: name + rest.slice(json.start, json.end), quoted: name === '' });
    rest = rest.slice(json.end);
  }
  return [...found, ...words(rest)];
}

/** No option has a longer name, so no more is searched for one. */
const MAX_NAME = 60;

function words(line: string): Token[] {
  const pattern = /([\p{L}\p{N}-]*[:=])?"((?:[^"\\]|\\.)*)"|\S+/gsu;
  return Array.from(line.matchAll(pattern), ([all, name, quoted]) =>
    quoted === undefined
      ? { text: all, quoted: false }
      : { text: (name ?? '') + unquote(quoted), quoted: name === undefined },
  );
}

/** The first JSON object that stands in a text, up to the brace that closes it. */
function pastedJson(text: string): { start: number; end: number } | undefined {
  const start = /(?:^|[\s:=])(\{\s*["}])/s.exec(text);
  if (!start) return undefined;
  const from = start.index + start[0].length - (start[1]?.length ?? 0);
  let depth = 0;
  // A string that nothing ends is read once, to the end of the text, and not again from each quote in it.
  let part = /"(?:[^"\\]|\\.?)*("|$)|[{}]/gs;
  part.lastIndex = from;
  for (let match = part.exec(text); match; match = part.exec(text)) {
    const [found, close] = match;
    if (found === '{') depth += 1;
    else if (found === '}') depth -= 1;
    else if (close === '') {
      part = /[{}]/g;
      part.lastIndex = match.index + 1;
    }
    if (depth === 0) return { start: from, end: match.index + found.length };
  }
  return undefined;
}

const ESCAPES = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
]);

function unquote(text: string): string {
  return text.replace(/\\(.)/gs, (_, char: string) => ESCAPES.get(char) ?? char);
}
