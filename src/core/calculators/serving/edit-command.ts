const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The spellings of a flag: with hyphens or underscores in it. */
const spelled = (name: string) => escaped(name).replaceAll('-', '[-_]');

/**
 * A pasted command with one flag changed or added, in the place and the quotes of the others: in a shell, a list of a
 * manifest or a Dockerfile, or arguments of Python.
 *
 * @param names All names of the flag without hyphens in front; the first is used where it is added.
 */
export function withFlag(text: string, names: readonly string[], value?: string): string {
  const any = names.map(spelled).join('|');
  const flag = new RegExp(`((?<![\\w-])--?(?:${any})(?:=|["']?,?\\s+["']?))([^\\s"',\\]]+)`);
  if (value !== undefined && flag.test(text)) return text.replace(flag, `$1${value}`);
  const argument = new RegExp(`(\\b(?:${any})["']?\\s*[=:]\\s*["']?)([\\w.]+)`);
  if (value !== undefined && argument.test(text)) return text.replace(argument, `$1${value}`);
  const [name = ''] = names;
  const added = value === undefined ? `--${name}` : `--${name} ${value}`;
  return addFlag(text, name, value, added);
}

function addFlag(text: string, name: string, value: string | undefined, added: string): string {
  const python = /\b(?:LLM|AsyncEngineArgs|EngineArgs|Engine)\([^()]*(?=\))/.exec(text);
  if (python) {
    const at = python.index + python[0].length;
    const word = `${name.replaceAll('-', '_')}=${value ?? 'True'}`;
    return `${text.slice(0, at).trimEnd().replace(/,$/, '')}, ${word}${text.slice(at)}`;
  }
  const list = /["']--?[\w-]+[^\]]*(?=\])/.exec(text);
  if (list) {
    const at = list.index + list[0].length;
    const words = added.split(' ').map((word) => `"${word}"`);
    return `${text.slice(0, at).trimEnd().replace(/,$/, '')}, ${words.join(', ')}${text.slice(at)}`;
  }
  const lines = text.split('\n');
  const last = lines.findLastIndex((line) => /(?:^|\s)--?[a-z]/i.test(line));
  const line = lines[last] ?? lines.at(-1) ?? '';
  const at = last < 0 ? lines.length - 1 : last;
  const item = /^(\s*-\s+)["']?--?[a-z]/i.exec(line);
  if (item) {
    lines.splice(at + 1, 0, `${item[1]}${value === undefined ? added : `--${name}=${value}`}`);
    return lines.join('\n');
  }
  const [, before = line, behind = ''] = /^(.*?)(\s*(?:\\|&|#.*)?\s*)$/.exec(line) ?? [];
  lines[at] = /\\\s*$/.test(behind) ? `${before} ${added} \\` : `${before} ${added}${behind}`;
  return lines.join('\n');
}
