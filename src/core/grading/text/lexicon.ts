import { z } from 'zod';
import { normalise } from './normalise.ts';
import { stemmer } from './stem.ts';
import { scan } from './tokens.ts';

const members = z.array(z.union([z.string(), z.number()])).min(1);

/** The field's vocabulary as it stands in `data/lexicon.yaml`. */
export const lexiconSchema = z.strictObject({
  shorthand: z.record(z.string(), z.string()),
  irregular: z.record(z.string(), z.string()),
  standard: z.array(z.strictObject({ same: members, source: z.url() })),
  same: z.array(members),
  near: z.array(members),
  opposites: z.array(
    z.strictObject({ name: z.string(), up: members, down: members, exact: z.boolean().optional() }),
  ),
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
    up: boolean;
    /** The only written forms that count, when forms differ in meaning. */
    forms?: readonly string[];
  };
};

/** A step in the search for word groups: from stem to stem. */
export type Trie = { next?: Record<string, Trie>; concepts: Concept[] };

/** The vocabulary with each word as its stem: what `npm run prepare` leaves, since the stems take a fifth of a second. */
export type CompiledLexicon = Pick<LexiconFile, 'shorthand' | 'irregular' | 'symbols'> &
  Record<'verbs' | 'light' | 'vague' | 'known', string[]> & {
    /** By the first stem of word groups, the tree behind it as JSON: an answer needs few of the thousands. */
    groups: Record<string, string>;
  };

/** The vocabulary, ready for look-ups. */
export type Lexicon = {
  shorthand: { pattern: RegExp; plain: ReadonlyMap<string, string> };
  stem: (word: string) => string;
  /** Where the word groups begin that have this as their first stem. */
  groups: (stem: string) => Trie | undefined;
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

/** Stems all words of the data files. */
export function compileLexicon(
  file: LexiconFile,
  thesaurus: z.output<typeof thesaurusSchema>,
): CompiledLexicon {
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
  for (const words of [...file.standard.map(({ same }) => same), ...file.same])
    add(words, { strength: STRENGTH.same });
  for (const words of file.near) add(words, { strength: STRENGTH.near });
  for (const { name, exact, ...ends } of file.opposites) {
    for (const up of [true, false]) {
      const words = up ? ends.up : ends.down;
      const forms = exact ? { forms: words.map(String) } : {};
      add(words, { strength: STRENGTH.side, side: { scale: name, up, ...forms } });
    }
  }
  // One word stands in for many.
  for (const [head, { same, near }] of Object.entries(thesaurus))
    for (const [words, strength] of [
      [same, STRENGTH.standIn],
      [near, STRENGTH.loose],
    ] as const) {
      const [own, other] = [id + 1, id + 2];
      id += 2;
      const stems = stemsOf(head);
      insert(trie, stems, { id: own, seeks: other, strength }, known);
      for (const instead of words.map(stemsOf))
        if (instead.join(' ') !== stems.join(' '))
          insert(trie, instead, { id: other, seeks: own, strength }, known);
    }
  const stems = (list: string) => [...new Set(list.split(/\s+/).filter(Boolean).map(stem))];
  const [verbs, light, vague] = [stems(file.verbs), stems(file.light), stems(file.vague)];
  const symbols = Object.fromEntries(
    Object.entries(file.symbols).map(([letter, words]) => [letter, words.map(stem)]),
  );
  const all = [...new Set([...known, ...verbs, ...light, ...vague])];
  return {
    shorthand: file.shorthand,
    irregular: file.irregular,
    symbols,
    verbs,
    light,
    vague,
    known: all,
    groups: Object.fromEntries(
      Object.entries(trie.next ?? {}).map(([first, rest]) => [first, JSON.stringify(rest)]),
    ),
  };
}

/** Makes look-up tables of a compiled lexicon. */
export function openLexicon(compiled: CompiledLexicon): Lexicon {
  const { verbs, light, vague, known, groups } = compiled;
  const opened = new Map<string, Trie>();
  const open = (stem: string) => {
    const one = opened.get(stem) ?? (JSON.parse(groups[stem] ?? '') as Trie); // Written by compileLexicon.
    opened.set(stem, one);
    return one;
  };
  return {
    shorthand: compileShorthand(compiled.shorthand),
    stem: stemmer(new Map(Object.entries(compiled.irregular))),
    groups: (stem) => (Object.hasOwn(groups, stem) ? open(stem) : undefined),
    symbols: new Map(
      Object.entries(compiled.symbols).map(([letter, words]) => [letter, new Set(words)]),
    ),
    verbs: new Set(verbs),
    light: new Set(light),
    vague: new Set(vague),
    known: new Set(known),
  };
}

/** The step from a place in the tree over one stem. */
export function stepOver({ next }: Trie, stem: string): Trie | undefined {
  return next && Object.hasOwn(next, stem) ? next[stem] : undefined;
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
    at.next ??= {};
    const next: Trie = stepOver(at, stem) ?? { concepts: [] };
    at.next[stem] = next;
    at = next;
  }
  at.concepts.push(concept);
}
