import { isFiller, type Named, nameTokens, spellingKey, spellings, squash } from './spellings.ts';

/** What a list of items is looked up by; made once for each list, since people wait while they type. */
export type Index<T> = {
  ids: ReadonlyMap<string, T>;
  keys: ReadonlyMap<string, T>;
  letters: ReadonlyMap<string, ReadonlySet<T>>;
  /** Items that have a word in any of their spellings. */
  words: ReadonlyMap<string, ReadonlySet<T>>;
  lists: ReadonlyMap<T, string[][]>;
};

const INDEXES = new WeakMap<readonly Named[], Index<Named>>();

/** The index of a list, made at its first use. */
export function indexOf<T extends Named>(items: readonly T[]): Index<T> {
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
    const own = spellings(item).map((each) => nameTokens(each).filter((word) => !isFiller(word)));
    lists.set(item, own);
    for (const word of own.flat()) add(words, word, item);
  }
  return { ids, keys, letters, words, lists };
}
