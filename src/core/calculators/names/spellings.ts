import names from '../../../../data/common-names.json' with { type: 'json' };

/** Something that people call by a name. */
export type Named = {
  id: string;
  name: string;
  aliases: readonly string[];
  /** Repository on a hub, another way to name a model. */
  hub?: string;
  /** Year and month; the newest is meant when a name fits several. */
  released?: string;
  /** The same for hardware. */
  year?: number;
};

/** Letters and digits only, so that `Llama-3.1 8B` and `llama3.1-8b` are one. */
export function squash(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9.]/g, '');
}

/** Words and numbers apart: `llama3.1-8b` has `llama`, `3.1` and `8b`; `dsv3` is DeepSeek's. */
export function nameTokens(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replaceAll(/\bds(?=[\s-]?[vr]\d)/g, 'deepseek ')
      // `quantized.w4a16` is two words.
      .replaceAll(/\.(?=w\d)/g, ' ')
      .replaceAll(/(?<![a-z])((?!int[48]\b|exl[23]\b|(?:nv|mx)fp4\b)[a-z]{3,})(\d)/g, '$1 $2')
      .split(/[^a-z0-9.]+/)
      .map((word) => word.replaceAll(/^\.+|\.+$/g, ''))
      .filter((word) => word !== '')
  );
}

/** Words that say nothing about which model is meant. */
const FILLERS: ReadonlySet<string> = new Set(names.fillers.split(' '));

/** True for words that do not tell models apart, such as the month of a release, `2507`. */
export function isFiller(word: string): boolean {
  return FILLERS.has(word) || /^\d(\.\d+)?bpw$/.test(word) || isMonth(word);
}

/** The month of a release, `2507`. */
export const isMonth = (word: string) => /^2\d(0[1-9]|1[0-2])$/.test(word);

/** The longest input that is looked at, in characters. */
export const LONGEST = 120;

/** Sorts the newest first, and of one day by id. */
export function newestFirst<T extends Named>(a: T, b: T): number {
  const left = a.released ?? String(a.year ?? 0);
  const right = b.released ?? String(b.year ?? 0);
  if (left !== right) return left < right ? 1 : -1;
  return a.id < b.id ? -1 : 1;
}

/** Every way in which a thing is called. */
export function spellings({ id, name, aliases, hub }: Named): string[] {
  return [id, name, ...aliases, ...(hub ? [hub, hub.split('/')[1] ?? hub] : [])];
}

/** Words in one spelling, so that `Llama-3.1 8B` and `llama3.1-8b` are one, `gemma-3-1b` and `gemma 31b` not. */
export function spellingKey(text: string): string {
  return nameTokens(text).join('-');
}
