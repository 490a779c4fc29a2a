import { type Index, indexOf } from './name-index.ts';
import { corrected, nearest } from './near-names.ts';
import {
  isFiller,
  isMonth,
  LONGEST,
  type Named,
  nameTokens,
  newestFirst,
  spellingKey,
  squash,
} from './spellings.ts';

/**
 * What a name led to: one thing, with others it could have meant; or suggestions when it is not
 * clear enough.
 */
export type LookUp<T> = { found: true; item: T; others: T[] } | { found: false; suggestions: T[] };

/** The id itself, then a spelling with the same words, then one with the same letters if it is alone. */
function exact<T extends Named>(items: readonly T[], text: string): T | undefined {
  const key = spellingKey(text);
  if (key === '') return undefined;
  const { ids, keys, letters } = indexOf(items);
  const found = ids.get(key) ?? keys.get(key);
  if (found) return found;
  const alike = letters.get(squash(text));
  return alike?.size === 1 ? [...alike][0] : undefined;
}

/** The items that have all the words. */
function holders<T extends Named>({ words }: Index<T>, query: readonly string[]): T[] {
  const sets = query.map((word) => words.get(word));
  const [first] = sets;
  if (!first) return [];
  return [...first].filter((item) => sets.every((set) => set?.has(item)));
}

/**
 * Words of an item that the query does not name. One spelling with all the words is better than all
 * spellings together.
 */
function surplus(lists: string[][], query: readonly string[]): number {
  const counts = lists
    .filter((words) => query.every((word) => words.includes(word)))
    .map((words) => words.length - query.length);
  return counts.length > 0 ? Math.min(...counts) : LONGEST;
}

function byWords<T extends Named>(items: readonly T[], text: string): T[] {
  const query = nameTokens(text).filter((word) => !isFiller(word));
  // A word said twice belongs to two names: `llama 70b llama 1b`.
  if (query.length === 0 || new Set(query).size < query.length) return [];
  const index = indexOf(items);
  return holders(index, query)
    .map((item) => ({
      item,
      extra: surplus(index.lists.get(item) ?? [], query),
      isOther: !saysMonthOf(item, text),
    }))
    .sort(
      (a, b) =>
        a.extra - b.extra || Number(a.isOther) - Number(b.isOther) || newestFirst(a.item, b.item),
    )
    .map(({ item }) => item);
}

/** Whether a text names the month that tells an item from an older one of the same name, where it has such. */
function saysMonthOf({ id }: Named, text: string): boolean {
  const said = nameTokens(text);
  return nameTokens(id).every((word) => !isMonth(word) || said.includes(word));
}

const GGUF_TAG = /[-:.](?:ud-)?(i?q\d(?:_[a-z0-9]+)*|f16|fp16|bf16|mxfp4(?=\.gguf))(?:\.gguf)?$/i;

/** The file type at the end of a name: `llama3.1:70b-instruct-q4_K_M`, `…-GGUF:Q5_K_M`. */
export function ggufIn(text: string): string | undefined {
  return GGUF_TAG.exec(withoutFolders(text.trim()))?.[1];
}

/** `Qwen/Qwen3-8B` and its page on the hub are `Qwen3-8B`; the sign in `l4 0.7/h` is another one. */
function withoutOwner(text: string): string {
  const name = withoutFolders(text)
    .replace(GGUF_TAG, '')
    .replace(/\.gguf$/i, '');
  const path = name.replace(/^(?:https?:\/\/)?(?:www\.)?(?:huggingface\.co|hf\.co)\//i, '');
  const isPage = path !== name;
  const [, repository] = /^[\w.-]+\/([\w.-]+)(\/\S*)?$/.exec(path) ?? [];
  return repository !== undefined && (isPage || !/\/.*\//.test(path)) ? repository : path;
}

/** `./models/gemma-3-27b-it-q4_0-00001-of-00003.gguf` is its last part, without the number of the part. */
export function withoutFolders(text: string): string {
  if (!/\.gguf$/i.test(text)) return text;
  return text.replace(/^.*\//, '').replace(/-\d{5}-of-\d{5}(?=\.gguf$)/i, '');
}

/** A size alone fits many: the one that has it as an alias is usually meant. */
const IS_SIZE = /^\d+(?:\.\d+)?b$/i;

function otherThan<T extends Named>(one: T, items: readonly T[], query: string): T[] {
  return byWords(items, query)
    .filter((item) => item !== one)
    .slice(0, 4);
}

/** True when a spelling begins with the word: `hermes` is a family, `moe` and `lite` are not. */
function isFamily<T extends Named>(items: readonly T[], item: T, word: string): boolean {
  return (indexOf(items).lists.get(item) ?? []).some(([first]) => first === word);
}

/** What a text names without a guess, and what else it could have meant. */
export function matchNamed<T extends Named>(
  items: readonly T[],
  text: string,
): { item: T; others: T[] } | { tooMany: T[] } | undefined {
  const whole = text.trim().slice(0, LONGEST);
  const query = withoutOwner(whole);
  const one = exact(items, whole) ?? exact(items, query);
  if (one) return { item: one, others: IS_SIZE.test(query) ? otherThan(one, items, query) : [] };
  const [first, ...others] = byWords(items, query);
  if (!first) return undefined;
  const words = nameTokens(query).filter((word) => !isFiller(word));
  const [word] = words;
  if (words.length === 1 && word && !/\d/.test(query)) {
    if (others.length > 1 || !isFamily(items, first, word))
      return { tooMany: [first, ...others].slice(0, 5) };
  }
  return { item: first, others: others.slice(0, 4) };
}

/**
 * Finds what a person means, with or without the owner of a repository: the exact id, then an alias
 * or other spelling, then everything that has all the words, the closest and newest first. Three or
 * more equally good matches of a single word are too many to choose from, and a misspelling is only
 * suggested.
 */
export function findNamed<T extends Named>(items: readonly T[], text: string): LookUp<T> {
  const match = matchNamed(items, text);
  if (match && 'item' in match) return { found: true, ...match };
  const whole = text.trim().slice(0, LONGEST);
  const query = withoutOwner(whole);
  if (match?.tooMany) return { found: false, suggestions: match.tooMany };
  const right = corrected(items, query);
  const meant = right ? byWords(items, right) : [];
  return {
    found: false,
    suggestions: [...new Set([...meant, ...nearest(items, query)])].slice(0, 5),
  };
}
