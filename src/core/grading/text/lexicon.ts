import { z } from 'zod';
import { normalise } from './normalise.ts';
import { stemmer } from './stem.ts';
import { scan } from './tokens.ts';

const members = z.array(z.union([z.string(), z.number()])).min(1);

/** The field's vocabulary as it stands in `data/lexicon.yaml`. */
export const lexiconSchema = z.strictObject({
  shorthand: z.record(z.string(), z.string()),
  irregular: z.record(z.string(), z.string()),
  same: z.array(members),
  near: z.array(members),
  opposites: z.array(
    z.strictObject({ name: z.string(), up: members, down: members, exact: z.boolean().optional() }),
  ),
  siblings: z.array(z.array(members).min(2)),
  symbols: z.record(z.string(), z.array(z.string())),
  verbs: z.string(),
  light: z.string(),
  vague: z.string(),
});

export type LexiconFile = z.output<typeof lexiconSchema>;

/** One meaning that a run of words can carry. */
export type Concept = {
  id: number;
  /** How well another member of the same concept stands in for a word: 0 to 1. */
  strength: number;
  /** The concept that this one is looked up with, when it is not itself: a headword meets its stand-ins. */
  seeks?: number;
  /** Set for a side of a scale (`up` or `down`): the scale and the side. */
  side?: {
    scale: string;
    up: boolean /** The only written forms that count, when forms differ in meaning. */;
    forms?: ReadonlySet<string>;
  };
  /**
   * Set for one of several things that are told apart: the set and which of them. Of a name of one word only these written
   * forms count: "generation" is decode, but what "generates" is anybody's.
   */
  sibling?: { set: number; one: number; forms?: ReadonlySet<string> };
};

/** A step in the search for word groups: from stem to stem. */
export type Trie = { next?: Map<string, Trie>; concepts: Concept[] };

/** The vocabulary, ready for look-ups. Build it once with {@link compileLexicon}. */
export type Lexicon = {
  shorthand: { pattern: RegExp; plain: ReadonlyMap<string, string> };
  stem: (word: string) => string;
  trie: Trie;
  symbols: ReadonlyMap<string, ReadonlySet<string>>;
  verbs: ReadonlySet<string>;
  light: ReadonlySet<string>;
  /** Stems of words that sound good and say nothing. */
  vague: ReadonlySet<string>;
  /** Stems that are words of the field, so they are never taken for a typing error. */
  known: ReadonlySet<string>;
};

const STRENGTH = { same: 0.9, side: 0.8, near: 0.55, standIn: 0.75, loose: 0.4 };

/**
 * What people say instead of a word of the field, as it stands in `data/thesaurus.json`: `same` may stand in its place,
 * `near` are the everyday words and pictures that explain it.
 */
export const thesaurusSchema = z.record(
  z.string(),
  z.strictObject({ same: z.array(z.string()), near: z.array(z.string()) }),
);

export type ThesaurusFile = z.output<typeof thesaurusSchema>;

/** Turns the data file into look-up tables. */
export function compileLexicon(file: LexiconFile, thesaurus: ThesaurusFile = {}): Lexicon {
  const stem = stemmer(new Map(Object.entries(file.irregular)));
  const shorthand = compileShorthand(file.shorthand);
  const trie: Trie = { concepts: [] };
  const known = new Set<string>();
  const stemsOf = (text: string) =>
    scan(normalise(expand(text, shorthand)), stem)
      .filter((token) => token.kind !== 'mark' && !token.article)
      .map((token) => token.stem);

  let id = 0;
  const add = (words: readonly (string | number)[], concept: Omit<Concept, 'id'>) => {
    id += 1;
    for (const word of words) insert(trie, stemsOf(String(word)), { id, ...concept }, known);
  };
  for (const words of file.same) add(words, { strength: STRENGTH.same });
  for (const words of file.near) add(words, { strength: STRENGTH.near });
  for (const { name, exact, ...ends } of file.opposites) {
    for (const up of [true, false]) {
      const words = up ? ends.up : ends.down;
      const forms = exact ? { forms: new Set(words.map(String)) } : {};
      add(words, { strength: STRENGTH.side, side: { scale: name, up, ...forms } });
    }
  }
  for (const [set, ones] of file.siblings.entries()) {
    for (const [one, words] of ones.entries()) {
      const single = words.map(String).filter((word) => stemsOf(word).length === 1);
      const forms = new Set(single.flatMap((word) => [word, `${word}s`]));
      add(single, { strength: 0, sibling: { set, one, forms } });
      add(
        words.filter((word) => !single.includes(String(word))),
        { strength: 0, sibling: { set, one } },
      );
    }
  }

  // One word stands in for many.
  const seen = new Map<string, readonly string[]>();
  const stemsOnce = (word: string) => {
    const found = seen.get(word) ?? stemsOf(word);
    seen.set(word, found);
    return found;
  };
  const standIns = (head: string, words: readonly string[], strength: number) => {
    const [own, other] = [id + 1, id + 2];
    id += 2;
    const stems = stemsOf(head);
    insert(trie, stems, { id: own, seeks: other, strength }, known);
    for (const word of words) {
      const instead = stemsOnce(word);
      if (instead.join(' ') !== stems.join(' '))
        insert(trie, instead, { id: other, seeks: own, strength }, known);
    }
  };
  for (const [head, { same, near }] of Object.entries(thesaurus)) {
    standIns(head, same, STRENGTH.standIn);
    standIns(head, near, STRENGTH.loose);
  }

  const stems = (list: string) => new Set(list.split(/\s+/).filter(Boolean).map(stem));
  const symbols = new Map(
    Object.entries(file.symbols).map(([letter, words]) => [letter, new Set(words.map(stem))]),
  );
  const verbs = stems(file.verbs);
  const light = stems(file.light);
  const vague = stems(file.vague);
  for (const word of [...verbs, ...light, ...vague]) known.add(word);
  return { shorthand, stem, trie, symbols, verbs, light, vague, known };
}

/** Replaces the written short forms by plain words. */
export function expand(text: string, { pattern, plain }: Lexicon['shorthand']): string {
  return text.replace(pattern, (found) => plain.get(found.toLowerCase()) ?? found);
}

function compileShorthand(entries: Record<string, string>): Lexicon['shorthand'] {
  const plain = new Map(Object.entries(entries).map(([from, to]) => [from.toLowerCase(), to]));
  const longestFirst = [...plain.keys()].sort((a, b) => b.length - a.length);
  const escaped = longestFirst.map((form) => form.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  const pattern = new RegExp(`(?<![\\w'-])(?:${escaped.join('|')})(?![\\w'-])`, 'gi');
  return { pattern, plain };
}

function insert(trie: Trie, stems: readonly string[], concept: Concept, known: Set<string>): void {
  if (stems.length === 0) return;
  let at = trie;
  for (const stem of stems) {
    known.add(stem);
    // Most of the tens of thousands of steps lead no further, and mean one thing: room to grow in each took 8 MB.
    at.next ??= new Map();
    const next: Trie = at.next.get(stem) ?? { concepts: [] };
    at.next.set(stem, next);
    at = next;
  }
  if (at.concepts.length === 0) at.concepts = [concept];
  else at.concepts.push(concept);
}
