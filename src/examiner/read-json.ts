/** So many braces are tried as the beginning of the object. */
const MOST_STARTS = 20;

/**
 * The JSON object in what a model wrote: without its thinking, out of a fence or from between sentences, and closed where
 * it was cut off. Undefined when there is none.
 */
export function readJson(text: string): unknown {
  let rest = withoutThinking(text);
  for (let tries = 0; tries < MOST_STARTS; tries += 1) {
    const start = rest.indexOf('{');
    if (start < 0) return undefined;
    const { json, length } = objectIn(rest.slice(start));
    const found = parsed(json);
    if (found !== undefined) return found;
    rest = rest.slice(start + length);
  }
  return undefined;
}

/** Some endpoints leave out the opening tag, and a model that was cut off leaves out the closing one. */
function withoutThinking(text: string): string {
  return text
    .replace(/<think(?:ing)?>[\s\S]*?<\/think(?:ing)?>/gi, '')
    .replace(/^[\s\S]*<\/think(?:ing)?>/i, '')
    .replace(/<think(?:ing)?>[\s\S]*$/i, '');
}

function parsed(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? json : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The object that a text begins with, and its length. One that was cut off is what it holds up to the last object or list
 * that is whole, with all that is open closed.
 */
function objectIn(text: string): { json: string; length: number } {
  const open: string[] = [];
  let whole = '';
  let isString = false;
  for (let i = 0; i < text.length; i += 1) {
    const letter = text[i];
    if (isString) {
      if (letter === '\\') i += 1;
      else if (letter === '"') isString = false;
    } else if (letter === '"') isString = true;
    else if (letter === '{' || letter === '[') open.push(letter === '{' ? '}' : ']');
    else if (letter === '}' || letter === ']') {
      open.pop();
      whole = text.slice(0, i + 1) + [...open].reverse().join('');
      if (open.length === 0) return { json: whole, length: i + 1 };
    }
  }
  return { json: whole, length: text.length };
}
