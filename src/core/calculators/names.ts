import { distance } from 'fastest-levenshtein';

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

/**
 * What a name led to: one thing, with others it could have meant; or suggestions when it is not
 * clear enough.
 */
export type LookUp<T> = { found: true; item: T; others: T[] } | { found: false; suggestions: T[] };

/** Letters and digits only, so that `Llama-3.1 8B` and `llama3.1-8b` are one. */
export function squash(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9.]/g, '');
}

/** Words and numbers apart: `llama3.1-8b` has `llama`, `3.1` and `8b`. */
export function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll(/([a-z]{3,})(\d)/g, '$1 $2')
    .split(/[^a-z0-9.]+/)
    .map((word) => word.replaceAll(/^\.+|\.+$/g, ''))
    .filter((word) => word !== '');
}

/** Words that say nothing about which model is meant. */
const FILLERS: ReadonlySet<string> = new Set([
  'instruct',
  'chat',
  'it',
  'base',
  'hf',
  'model',
  'nvidia',
  'amd',
  'apple',
  'mac',
  'macbook',
  'google',
  'geforce',
  'tesla',
  'gpu',
  'the',
  'gguf',
  'awq',
  'gptq',
  'bnb',
  '4bit',
  '8bit',
  'fp8',
  'bf16',
  'nvfp4',
  'qat',
]);

/** True for words that do not tell models apart, such as the month of a release, `2507`. */
function isFiller(word: string): boolean {
  return FILLERS.has(word) || /^2\d(0[1-9]|1[0-2])$/.test(word);
}

/** The longest input that is looked at. */
const LONGEST = 120;

function newestFirst<T extends Named>(a: T, b: T): number {
  const left = a.released ?? String(a.year ?? 0);
  const right = b.released ?? String(b.year ?? 0);
  if (left !== right) return left < right ? 1 : -1;
  return a.id < b.id ? -1 : 1;
}

function spellings({ id, name, aliases, hub }: Named): string[] {
  return [id, name, ...aliases, ...(hub ? [hub, hub.split('/')[1] ?? hub] : [])];
}

/** Words in one spelling, so that `Llama-3.1 8B` and `llama3.1-8b` are one, `gemma-3-1b` and `gemma 31b` not. */
export function spellingKey(text: string): string {
  return wordsOf(text).join('-');
}

/** What a list of items is looked up by; made once for each list, since people wait while they type. */
type Index<T> = {
  ids: ReadonlyMap<string, T>;
  keys: ReadonlyMap<string, T>;
  letters: ReadonlyMap<string, ReadonlySet<T>>;
  /** Items that have a word in any of their spellings. */
  words: ReadonlyMap<string, ReadonlySet<T>>;
  lists: ReadonlyMap<T, string[][]>;
};

const INDEXES = new WeakMap<readonly Named[], Index<Named>>();

function indexOf<T extends Named>(items: readonly T[]): Index<T> {
  const known = INDEXES.get(items);
  // The index of a list holds the items of that list.
  if (known) return known as Index<T>;
  const made = makeIndex(items);
  INDEXES.set(items, made as unknown as Index<Named>);
  return made;
}

function makeIndex<T extends Named>(items: readonly T[]): Index<T> {
  const ids = new Map<string, T>();
  const keys = new Map<string, T>();
  const letters = new Map<string, Set<T>>();
  const words = new Map<string, Set<T>>();
  const lists = new Map<T, string[][]>();
  const add = (sets: Map<string, Set<T>>, key: string, item: T) => {
    sets.set(key, (sets.get(key) ?? new Set()).add(item));
  };
  for (const item of items) {
    const id = spellingKey(item.id);
    if (!ids.has(id)) ids.set(id, item);
    for (const spelling of spellings(item)) {
      const key = spellingKey(spelling);
      if (!keys.has(key)) keys.set(key, item);
      add(letters, squash(spelling), item);
    }
    const own = spellings(item).map((each) => wordsOf(each).filter((word) => !isFiller(word)));
    lists.set(item, own);
    for (const word of own.flat()) add(words, word, item);
  }
  return { ids, keys, letters, words, lists };
}

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
  const query = wordsOf(text).filter((word) => !isFiller(word));
  // A word said twice belongs to two names: `llama 70b llama 1b`.
  if (query.length === 0 || new Set(query).size < query.length) return [];
  const index = indexOf(items);
  return holders(index, query)
    .map((item) => ({ item, extra: surplus(index.lists.get(item) ?? [], query) }))
    .sort((a, b) => a.extra - b.extra || newestFirst(a.item, b.item))
    .map(({ item }) => item);
}

/** A letter or two apart, by the length of the word, and the same first letter. */
function isSlip(word: string, wanted: string): boolean {
  return word[0] === wanted[0] && distance(word, wanted) <= (word.length > 4 ? 2 : 1);
}

/** Words that somebody mistyped, put right: `lamma 3 8b`; only beside a word with a number that is known. */
function corrected<T extends Named>(items: readonly T[], text: string): string | undefined {
  const { words: known } = indexOf(items);
  const words = wordsOf(text);
  if (words.length < 2 || !words.some((word) => /\d/.test(word) && known.has(word)))
    return undefined;
  let isChanged = false;
  const right = words.map((word) => {
    if (known.has(word) || isFiller(word) || !/^[a-z]{4,}$/.test(word)) return word;
    const close = [...known.keys()].filter(
      (each) => /^[a-z]{4,}$/.test(each) && isSlip(word, each),
    );
    isChanged ||= close.length > 0;
    return close.sort((a, b) => distance(word, a) - distance(word, b))[0] ?? word;
  });
  return isChanged ? right.join(' ') : undefined;
}

/** The items whose spellings are closest to a text, those that begin with it first. */
export function nearest<T extends Named>(items: readonly T[], text: string, most = 5): T[] {
  const wanted = squash(text.slice(0, LONGEST));
  if (wanted === '') return [...items].sort(newestFirst).slice(0, most);
  return items
    .map((item) => {
      const scores = spellings(item).map((spelling) => {
        const squashed = squash(spelling);
        if (squashed.startsWith(wanted)) return 0;
        if (wanted.length > 2 && squashed.includes(wanted)) return 0.5;
        return distance(wanted, squashed) / Math.max(wanted.length, squashed.length) + 1;
      });
      return { item, score: Math.min(...scores) };
    })
    .filter(({ score }) => score < 1.6)
    .sort((a, b) => a.score - b.score || newestFirst(a.item, b.item))
    .slice(0, most)
    .map(({ item }) => item);
}

const GGUF_TAG = /[-:.](?:ud-)?(i?q\d(?:_[a-z0-9]+)*|f16|fp16|bf16)(?:\.gguf)?$/i;

/** The file type at the end of a name: `llama3.1:70b-instruct-q4_K_M`, `…-GGUF:Q5_K_M`. */
export function ggufIn(text: string): string | undefined {
  return GGUF_TAG.exec(text.trim())?.[1];
}

/** `Qwen/Qwen3-8B` and its page on the hub are `Qwen3-8B`; the sign in `l4 0.7/h` is another one. */
function withoutOwner(text: string): string {
  const name = text.replace(GGUF_TAG, '');
  const path = name.replace(/^(?:https?:\/\/)?(?:www\.)?(?:huggingface\.co|hf\.co)\//i, '');
  const isPage = path !== name;
  const [, repository] = /^[\w.-]+\/([\w.-]+)(\/\S*)?$/.exec(path) ?? [];
  return repository !== undefined && (isPage || !/\/.*\//.test(path)) ? repository : path;
}

/** A size alone fits many: the one that has it as an alias is usually meant. */
const IS_SIZE = /^\d+(?:\.\d+)?b$/i;

function otherThan<T extends Named>(one: T, items: readonly T[], query: string): T[] {
  return byWords(items, query)
    .filter((item) => item !== one)
    .slice(0, 4);
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
  const words = wordsOf(query).filter((word) => !isFiller(word));
  if (words.length === 1 && others.length > 1 && !/\d/.test(query)) {
    return { tooMany: [first, ...others].slice(0, 5) };
  }
  return { item: first, others: others.slice(0, 4) };
}

/**
 * Finds what a person means, with or without the owner of a repository: the exact id, then an alias or other spelling, then everything that has
 * all the words, the closest and newest first. Three or more equally good matches of a single word
 * are too many to choose from, and a misspelling is only suggested.
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
