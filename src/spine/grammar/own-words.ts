import { runLine } from '../button.ts';
import type { Command, Option, OptionProblem, Saying } from '../command.ts';
import type { Values } from '../request.ts';
import { type Filled, fillOptions, type Reading } from './sentence-options.ts';
import {
  isNegation,
  keyOf,
  nearestWord,
  SYNONYMS,
  type Word,
  weightOf,
  wordsOf,
} from './sentence-words.ts';
import { coerceAll, remembered } from './text.ts';

/** What a sentence may mean: a saved line, what its button says, and the command as people read it. */
export type Meaning = {
  /** 0 to 1: how much of the sentence and of an example are the same. */
  score: number;
  command: Command;
  values: Values;
  problems: OptionProblem[];
  run: string;
  shown: string;
  label: string;
  /** Most of the sentence is a free text, such as what to search for. */
  isText: boolean;
};

/** A longer text is no sentence that asks for a command. */
const MAX_CHARACTERS = 200;
const MAX_WORDS = 25;
/** From here on a meaning is worth offering. */
const NEAR = 0.55;
/** From here on, and so far ahead of any other, it is clear. */
const CLEAR = 0.8;
const AHEAD = 0.1;
/** A free text may be anything, so also `find someone to practice with`. */
const TEXT_AHEAD = 0.3;

/** What an example with a free text in it counts for: its words are few, and the text may be anything. */
const TEMPLATE = 0.8;

/**
 * What a sentence in one's own words may mean, the likeliest first. Each command declares examples; the more words of
 * the sentence stand in one of them, and the fewer are left on both sides, the nearer it is. Words that say little
 * count for little, and a negation on one side only means something else.
 */
export function meaningsOf(
  sentence: string,
  commands: readonly Command[],
  reading: Reading,
): { clear?: Meaning; near: Meaning[] } {
  if (sentence.length > MAX_CHARACTERS) return { near: [] };
  const examples = examplesOf(commands);
  const remembering = { ...reading, recognize: remembered(reading.recognize) };
  const said = wordsOf(sentence);
  if (said.length > MAX_WORDS) return { near: [] };
  const words = said.map((word) => corrected(word, examples));
  const meanings = commands
    .flatMap((command) => meaningsIn(command, { sentence, words, examples, reading: remembering }))
    .filter(({ score }) => score >= NEAR)
    .sort((one, other) => other.score - one.score);
  const near = meanings.filter(
    ({ run }, at) => meanings.findIndex((each) => each.run === run) === at,
  );
  const [best, second] = near;
  const ahead = best?.isText ? TEXT_AHEAD : AHEAD;
  const isClear = best && best.score >= CLEAR && best.score - (second?.score ?? 0) >= ahead;
  return { ...(isClear ? { clear: best } : {}), near };
}

/** An example without any word of the sentence needs no reading. */
function isLikely(saying: Saying, { words, examples }: Sentence): boolean {
  const said = new Set(words.map(({ key }) => key));
  if (saying.needs && !saying.needs.some((word) => said.has(keyOf(word)))) return false;
  const isTelling = (key: string) => said.has(key) && weightOf(key) === 1;
  return examples
    .examplesOf(saying)
    .some(({ keys, template }) => template || [...keys].some(isTelling) || isLight(keys));
}

/** `what can you do` has no telling word, and is an example all the same; so has `what is in {chapter}`. */
const isLight = (keys: ReadonlySet<string>) =>
  [...keys].every((key) => key.startsWith('{') || weightOf(key) < 1);

/** Options that the sentence may fill: not those that the saying itself sets, nor one that confirms. */
function fillable({ options }: Command, { values = {}, takes, rest }: Saying): Option[] {
  const isOpen = (name: string) =>
    takes ? takes.includes(name) : name !== rest && name !== 'confirm';
  return options.filter(({ name }) => !(name in values) && isOpen(name));
}

/** Tells whether a word stands in an example, so that it's no misspelt command. */
export function isSaid(word: string, commands: readonly Command[]): boolean {
  const { spellings } = examplesOf(commands);
  return spellings.has(word.toLowerCase());
}

type Sentence = { sentence: string; words: Word[]; examples: Examples; reading: Reading };

function meaningsIn(command: Command, given: Sentence): Meaning[] {
  const likely = (command.says ?? []).filter((saying) => isLikely(saying, given));
  return likely.map((saying) => {
    const { filled, left } = fillOptions(fillable(command, saying), given.words, given.reading);
    const plain = likeness(saying, filled, left, given.examples);
    const text = saying.rest === undefined ? undefined : textIn(saying, command, given);
    if (!text || text.score <= plain) return meaningOf(command, saying, plain, filled);
    return { ...meaningOf(command, saying, text.score, [text.filled]), isText: true };
  });
}

function meaningOf(command: Command, saying: Saying, score: number, filled: Filled[]): Meaning {
  const values = Object.fromEntries(filled.map(({ option, value }) => [option, value]));
  const given = { ...saying.values, ...values };
  const shown = Object.fromEntries(filled.map((each) => [each.option, each.shown]));
  return {
    score,
    command,
    ...coerceAll(command, Object.entries(given)),
    run: runLine(command.name, given),
    shown: runLine(command.name, { ...saying.values, ...shown }),
    label: saying.label,
    isText: false,
  };
}

/** The examples of all commands, read once. */
type Examples = {
  /** What their words are compared by. */
  vocabulary: ReadonlySet<string>;
  /** The words themselves, and those of the same meaning. */
  spellings: ReadonlyMap<string, string>;
  examplesOf(saying: Saying): Example[];
};
type Example = { keys: ReadonlySet<string>; template?: { before: string[]; after: string[] } };

const READ = new WeakMap<readonly Command[], Examples>();

function examplesOf(commands: readonly Command[]): Examples {
  const known = READ.get(commands);
  if (known) return known;
  const bySaying = new Map<Saying, Example[]>();
  const vocabulary = new Set<string>();
  const spellings = new Map<string, string>();
  for (const saying of commands.flatMap(({ says = [] }) => says)) {
    const read = saying.like.map(readExample);
    bySaying.set(saying, read);
    for (const { keys } of read) for (const key of keys) vocabulary.add(key);
    for (const { text, key } of saying.like.flatMap(wordsOf))
      spellings.set(text.toLowerCase(), key);
  }
  for (const word of SYNONYMS) if (vocabulary.has(keyOf(word))) spellings.set(word, keyOf(word));
  const ofSaying = (saying: Saying) => bySaying.get(saying) ?? [];
  const made = { vocabulary, spellings, examplesOf: ofSaying };
  READ.set(commands, made);
  return made;
}

/** `{}` stands for a free text, and `{page}` for an option that the sentence fills. */
function readExample(example: string): Example {
  const [before = '', after] = example.split('{}');
  const options = [...example.matchAll(/\{([a-z]+)\}/g)].map(([, name]) => `{${name}}`);
  const keys = wordsOf(example.replace(/\{[a-z]*\}/g, ' ')).map(({ key }) => key);
  return {
    keys: new Set([...keys, ...options]),
    ...(after === undefined
      ? {}
      : {
          template: {
            before: wordsOf(before).map(({ key }) => key),
            after: wordsOf(after).map(({ key }) => key),
          },
        }),
  };
}

/** A misspelt word is the one word of the examples that it is nearest to. */
function corrected(word: Word, { vocabulary, spellings }: Examples): Word {
  const text = word.text.toLowerCase();
  if (vocabulary.has(word.key) || weightOf(word.key) < 1 || !/^[a-z']+$/.test(text)) return word;
  const near = nearestWord(text, spellings.keys());
  return near === undefined ? word : { ...word, key: spellings.get(near) ?? word.key };
}

function likeness(
  saying: Saying,
  filled: readonly Filled[],
  left: readonly Word[],
  examples: Examples,
): number {
  const said = new Set(left.map(({ key }) => key));
  const options = new Set(filled.map(({ option }) => `{${option}}`));
  const scores = examples
    .examplesOf(saying)
    .filter(({ template }) => !template)
    .map(({ keys }) => overlap(keys, said, options, examples));
  return Math.max(0, ...scores);
}

/** Twice what is the same, over all that is said on both sides. */
function overlap(
  example: ReadonlySet<string>,
  said: ReadonlySet<string>,
  options: ReadonlySet<string>,
  { vocabulary }: Examples,
): number {
  // An option that the example doesn't speak of is explained by itself, and says nothing of the command.
  const both = new Set([...said, ...[...options].filter((option) => example.has(option))]);
  const sum = (keys: Iterable<string>) =>
    [...keys].reduce((total, key) => total + keyWeight(key, vocabulary), 0);
  const same = sum([...both].filter((key) => example.has(key)));
  const isTurned = [...said].some(isNegation) !== [...example].some(isNegation);
  return ((2 * same) / Math.max(sum(example) + sum(both), 0.01)) * (isTurned ? TURNED : 1);
}

/** What a negation on one side only leaves of a likeness: too little to be offered. */
const TURNED = 0.4;

/** A word that no example has says most: it is about something else. */
function keyWeight(key: string, vocabulary: ReadonlySet<string>): number {
  if (key.startsWith('{')) return 0.6;
  return vocabulary.has(key) ? weightOf(key) : weightOf(key) * 1.3;
}

/** Words of politeness, before what is asked for. */
const POLITE = new Set(
  'please pls hey hi hello can could you u do i want to need would like let me so and just'
    .split(' ')
    .map(keyOf),
);

/** What a question about oneself begins with; the bank answers none. */
const OWN = new Set('my our your me i you this that it'.split(' ').map(keyOf));

/** What the bot counts by itself, and no question of the bank is about: `how are the points computed`. */
const OF_THE_BOT = /^(?:points?|streaks?|leaderboard)$/i;

/** The free text in a sentence, where the words around it are those of an example. */
function textIn(
  saying: Saying,
  { options }: Command,
  { sentence, words, examples }: Sentence,
): { score: number; filled: Filled } | undefined {
  const option = options.find(({ name }) => name === saying.rest);
  const isProse = saying.isWhole === true || option?.multiline === true;
  const firstSaid = words.findIndex(({ key }) => !POLITE.has(key));
  let best: { score: number; filled: Filled } | undefined;
  for (const { template } of examples.examplesOf(saying)) {
    if (!template) continue;
    const { before, after } = template;
    // Examples may begin politely too, such as "do you have questions on".
    for (const start of new Set([0, Math.max(firstSaid, 0)])) {
      const end = words.length - after.length;
      const isLike =
        end > start + before.length &&
        before.every((key, at) => words[start + at]?.key === key) &&
        after.every((key, at) => words[end + at]?.key === key);
      if (!isLike) continue;
      const lead = words.slice(start, start + before.length);
      // A misspelt word before the text would be looked for as well.
      const isWhole = saying.isWhole && lead.every(({ key, text }) => keyOf(text) === key);
      const said = words.slice(isWhole ? firstSaid : start + before.length, end);
      if (saying.isWhole && OWN.has(words[start + before.length]?.key ?? '')) continue;
      if (saying.isWhole && said.some(({ text }) => OF_THE_BOT.test(text))) continue;
      const text = textOf(sentence, isProse ? said : withoutLead(said), isProse);
      const weight = [...before, ...after].reduce((sum, key) => sum + weightOf(key), 0);
      const score = TEMPLATE + Math.min(0.15, weight / 10);
      if (text !== '' && score > (best?.score ?? 0))
        best = { score, filled: { option: saying.rest ?? '', value: text, shown: text } };
    }
  }
  return best;
}

/** What is looked for begins with a telling word: `the paged attention` is `paged attention`. */
function withoutLead(words: readonly Word[]): readonly Word[] {
  return words.slice(
    Math.max(
      words.findIndex(({ key }) => weightOf(key) === 1),
      0,
    ),
  );
}

/** The text of words as it was typed; a sentence keeps its mark. */
function textOf(sentence: string, words: readonly Word[], isProse: boolean): string {
  const [first] = words;
  const last = words.at(-1);
  if (!first || !last) return '';
  const [mark = ''] = isProse ? (/^[?!.]*/.exec(sentence.slice(last.end)) ?? []) : [];
  return `${sentence.slice(first.start, last.end)}${mark}`
    .replace(/[\s,]+(?:please|pls|plz)$/i, '')
    .slice(0, 200);
}
