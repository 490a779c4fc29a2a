import type { Catalog } from '../../core/catalog.ts';
import type { Option } from '../command.ts';
import type { OptionMatcher } from './option-matching.ts';
import {
  dateIn,
  dayNamed,
  daysIn,
  halfAnHour,
  hoursIn,
  timeIn,
  WEEKDAYS,
  zoneIn,
} from './sentence-times.ts';
import { keyOf, nearestWord, type Word, weightOf, wordsOf } from './sentence-words.ts';
import { coerce } from './values.ts';

/** What options are read with. */
export type Reading = {
  recognize: OptionMatcher;
  catalog: Catalog;
  /** The moment and the zone of `tomorrow`. */
  now: Date;
  zone: string;
};

/** The value of an option in a sentence, as a saved line carries it and as people read it. */
export type Filled = { option: string; value: string; shown: string };

/** Lists whose entries stand in a sentence as they are. */
const LISTS = new Set(['commands', 'zones', 'questions', 'question-ids', 'models', 'gpus']);

/** Words that one entry of a list takes at the most. */
const MAX_RUN = 4;

/**
 * Fills a command's options with words of a sentence that can mean nothing else: numbers beside their name, choices,
 * times, mentions and ids. Returns the values, and the words that are left.
 */
export function fillOptions(
  options: readonly Option[],
  sentence: readonly Word[],
  reading: Reading,
): { filled: Filled[]; left: Word[] } {
  const filled: Filled[] = [];
  const used = new Set<Word>();
  // The name of a chapter is looked for first: "caching" is no misspelt "coaching".
  const ordered = [...options].sort((one, other) => rank(one) - rank(other));
  for (const option of ordered) {
    const words = sentence.filter((word) => !used.has(word));
    const found = findValue(option, words, reading);
    if (!found) continue;
    filled.push({ option: option.name, value: found.value, shown: found.shown ?? found.value });
    for (const word of found.words) used.add(word);
  }
  return { filled, left: sentence.filter((word) => !used.has(word)) };
}

const rank = ({ name }: Option) => (name.startsWith('chapter') ? 0 : 1);

/** The value of an option that was found, and the words that say it. */
export type Found = { value: string; shown?: string; words: Word[] };

function findValue(option: Option, words: readonly Word[], reading: Reading): Found | undefined {
  const special = BY_NAME[option.name]?.(words, reading, option);
  if (special) return special;
  switch (option.kind) {
    case 'enum':
    case 'list':
      return choiceIn(option, words);
    case 'int':
    case 'count':
      return besideName(option, words);
    case 'boolean':
      return first(
        words,
        ({ text }) => text.toLowerCase() === option.name,
        () => 'yes',
      );
    case 'person':
      return mention(words, '@');
    case 'channel':
      return mention(words, '#');
    default:
      return option.suggests && LISTS.has(option.suggests)
        ? listed(option.suggests, words, reading)
        : undefined;
  }
}

type Finder = (words: readonly Word[], reading: Reading, option: Option) => Found | undefined;

/** Options that people say in a way of their own. */
const BY_NAME: Record<string, Finder> = {
  chapter: (words, reading) => chaptersIn(words, reading, 1),
  chapters: (words, reading) => chaptersIn(words, reading, 6),
  post: (words) => numberBehind(words, /^(?:questions?|posts?|number|no|nr)$/),
  hours: hoursIn,
  minutes: (words, _, option) => halfAnHour(words) ?? besideName(option, words),
  zone: zoneIn,
  day: dayNamed,
  date: dateIn,
  time: timeIn,
  days: daysIn,
  open: (words) => {
    const found = words.find(({ text }) => WEEKDAYS.includes(text.toLowerCase().replace(/s$/, '')));
    return found && { value: found.text.toLowerCase().replace(/s$/, ''), words: [found] };
  },
  id: questionId,
  question: questionId,
  with: (words) => mention(words, '@') ?? nameBehindWith(words),
  key: (words) => answerBehind(words, /^(?:is|to|be)$/i),
  typed: (words) => answerBehind(words, /^(?:is|its|choose|pick|say)$/i),
};

/** An id as the bank writes it, known or not. */
function questionId(words: readonly Word[], { recognize }: Reading): Found | undefined {
  return first(
    words,
    ({ text }) => /^[a-z]+\d*(?:-[a-z0-9]+)+$/i.test(text) || recognize('questions', text),
    (text) => text,
  );
}

function first(
  words: readonly Word[],
  is: (word: Word) => boolean,
  value: (text: string) => string,
): Found | undefined {
  const word = words.find(is);
  return word && { value: value(word.text), words: [word] };
}

function choiceIn(option: Option, words: readonly Word[]): Found | undefined {
  const choices = [...(option.choices ?? []), ...Object.keys(option.also ?? {})];
  const isNumeric = choices.some((choice) => /^\d/.test(choice));
  if (isNumeric) return besideName(option, words);
  // A letter is said beside its name only: "a" is a word of its own.
  const long = choices.filter((choice) => choice.length > 2);
  for (const [at, word] of words.entries()) {
    const said = word.text.toLowerCase().replace(/'s$/, '');
    // `all time` is `all-time`.
    const after = words[at + 1];
    const joint = `${said}-${after?.text.toLowerCase()}`;
    if (after && long.includes(joint)) return { value: joint, words: [word, after] };
    // `this weeks leaderboard` is typed without the apostrophe.
    const text = long.includes(said) ? said : said.replace(/s$/, '');
    const meant = long.includes(text)
      ? text
      : nearestWord(
          said,
          long.filter((each) => each.length > 4),
        );
    const read = meant === undefined ? undefined : coerce(option, meant);
    if (read && 'value' in read) return { value: String(read.value), words: [word] };
  }
  const named = words.findIndex(({ text }) => text.toLowerCase() === option.name);
  const letter = words[named - 1] ?? words[named + 1];
  if (named >= 0 && letter && choices.includes(letter.text.toLowerCase()))
    return { value: letter.text.toLowerCase(), words: [letter] };
  return undefined;
}

/** Numbers that people write as words: `ten questions`. */
const IN_WORDS = new Map([
  ...'two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((word, at): [string, string] => [word, String(at + 2)]),
  ['fifteen', '15'],
  ['twenty', '20'],
  ['thirty', '30'],
]);

/** `page 2`, `2 hints`, `45 minute`, `15min`, `ten questions`. */
function besideName(option: Option, words: readonly Word[]): Found | undefined {
  const names = new Set(
    [option.name, ...(option.words ?? [])].flatMap((name) => [name, `${name}s`]),
  );
  const singular = new Set([...names].map((name) => name.replace(/s$/, '')));
  const isName = (word: Word | undefined) => {
    const text = word?.text.toLowerCase() ?? '';
    return names.has(text) || singular.has(text);
  };
  for (const [at, word] of words.entries()) {
    const said = IN_WORDS.get(word.text.toLowerCase()) ?? word.text;
    const [, digits = '', glued] = /^(\d+)-?([a-z]+)?$/i.exec(said) ?? [];
    if (digits === '') continue;
    const value = { value: digits, words: [word] };
    const isFit = option.kind !== 'enum' || option.choices?.includes(digits);
    if (!isFit) continue;
    if (glued) {
      if (names.has(glued.toLowerCase()) || singular.has(glued.toLowerCase())) return value;
      continue;
    }
    const [before, after] = [words[at - 1], words[at + 1]];
    if (isName(after) && after) return { ...value, words: [word, after] };
    if (isName(before) && before) return { ...value, words: [before, word] };
  }
  return undefined;
}

function numberBehind(words: readonly Word[], name: RegExp): Found | undefined {
  for (const [at, word] of words.entries()) {
    const [, digits] = /^#?(\d+)$/.exec(word.text) ?? [];
    const before = words[at - 1];
    if (digits && (word.text.startsWith('#') || (before && name.test(before.text.toLowerCase()))))
      return { value: digits, words: [word] };
  }
  return undefined;
}

function mention(words: readonly Word[], mark: '@' | '#'): Found | undefined {
  const word = words.find(({ text }) => text.startsWith(`<${mark}`) || text.startsWith(mark));
  if (!word) return undefined;
  const [, id = '', label] = /^<[@#]!?([^|>]+)(?:\|([^>]+))?>$/.exec(word.text) ?? [];
  const name = word.text.replace(/^[@#]/, '');
  return id === ''
    ? { value: name, shown: `${mark}${name}`, words: [word] }
    : { value: id, shown: label ? `${mark}${label}` : id, words: [word] };
}

/** `with Mira`, `ask Mira`: somebody's name begins with a capital. */
function nameBehindWith(words: readonly Word[]): Found | undefined {
  for (const [at, word] of words.entries()) {
    const before = words[at - 1]?.text ?? '';
    if (
      /^(?:with|ask|invite|challenge|interview)$/i.test(before) &&
      /^\p{Lu}\p{L}+$/u.test(word.text)
    )
      return { value: word.text, words: [word] };
  }
  return undefined;
}

/** `chapter 5`, `chapters 3 and 5`, `ch 3-6`; or a name of one. */
function chaptersIn(words: readonly Word[], { catalog }: Reading, most: number): Found | undefined {
  const at = words.findIndex(({ key, text }) => key === keyOf('chapter') || /^ch\.?$/i.test(text));
  const numbers: Word[] = [];
  const joints: Word[] = [];
  for (const word of at < 0 ? [] : words.slice(at + 1)) {
    if (/^\d{1,2}(?:[-–]\d{1,2})?$/.test(word.text)) numbers.push(word);
    else if (/^(?:and|to|number)$/i.test(word.text)) joints.push(word);
    else break;
  }
  const joint = joints.some(({ text }) => text.toLowerCase() === 'to') ? '-' : ' ';
  const value = numbers.map(({ text }) => text.replace('–', '-')).join(joint);
  const head = words[at];
  if (head && numbers.length > 0 && numbers.length <= most)
    return { value, words: [head, ...numbers] };
  return chapterNamed(words, catalog, most);
}

const TITLES = new WeakMap<Catalog['chapters'], { number: string; keys: ReadonlySet<string> }[]>();

function titlesOf({ chapters }: Catalog) {
  const known = TITLES.get(chapters);
  if (known) return known;
  const made = chapters.map(({ number, title }) => ({
    number: String(number),
    keys: new Set(wordsOf(title).map(({ key }) => key)),
  }));
  TITLES.set(chapters, made);
  return made;
}

/** A chapter by words that stand in its title and in no other; several where each word says one. */
function chapterNamed(words: readonly Word[], catalog: Catalog, most: number): Found | undefined {
  const titles = titlesOf(catalog);
  const isStated = ({ key }: Word) => weightOf(key) === 1 && key.length > 1;
  const told = words.filter(
    (word) => isStated(word) && titles.some(({ keys }) => keys.has(word.key)),
  );
  const [only, ...others] = titles.filter(
    ({ keys }) => told.length > 0 && told.every(({ key }) => keys.has(key)),
  );
  if (only && others.length === 0) return { value: only.number, words: told };
  const each = told.map(({ key }) => titles.filter(({ keys }) => keys.has(key)));
  const numbers = [...new Set(each.flat().map(({ number }) => number))];
  const isClear = each.every(({ length }) => length === 1) && numbers.length <= most;
  return isClear && numbers.length > 1 ? { value: numbers.join(' '), words: told } : undefined;
}

/** `the right answer is b`: letters of options, or a number. */
function answerBehind(words: readonly Word[], lead: RegExp): Found | undefined {
  const word = words.find(
    ({ text }, at) =>
      lead.test(words[at - 1]?.text ?? '') && /^(?:[a-f]{1,6}|\d+(?:\.\d+)?)$/i.test(text),
  );
  return word && { value: word.text.toLowerCase(), words: [word] };
}

const isLight = (word: Word | undefined) => !word || weightOf(word.key) < 1;

/** The longest run of words that a list knows. */
function listed(list: string, words: readonly Word[], { recognize }: Reading): Found | undefined {
  for (let length = MAX_RUN; length > 0; length -= 1)
    for (const [at] of words.entries()) {
      const run = words.slice(at, at + length);
      const text = run.map((word) => word.text).join(' ');
      const isWhole = run.length === length && !isLight(run[0]) && !isLight(run.at(-1));
      if (isWhole && /\d|[a-z]{3}/i.test(text) && recognize(list, text))
        return { value: text, words: [...run] };
    }
  return undefined;
}
