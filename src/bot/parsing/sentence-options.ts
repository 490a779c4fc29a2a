// cspell:ignore nesday rsday urday sday
import type { Catalog } from '../../core/catalog.ts';
import { readDay } from '../../core/read-day.ts';
import { addDays, dayIn, isZone, weekday, zonesOfCity } from '../../core/time.ts';
import type { Option } from '../command.ts';
import type { OptionMatcher } from './option-matching.ts';
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
const LISTS = new Set([
  'commands',
  'zones',
  'questions',
  'question-ids',
  'models',
  'gpus',
  'kinds',
]);

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

type Found = { value: string; shown?: string; words: Word[] };

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
  key: (words) => answerIs(words),
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
  for (const word of words) {
    const said = word.text.toLowerCase().replace(/'s$/, '');
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

const HOURS =
  /^(?:(?:between|from) )?(\d{1,2}) ?([ap]m)?(?: ?[-–] ?| (?:and|to|until|till) )(\d{1,2}) ?([ap]m)?$/;

/** `17-20`, `between 17 and 20`, `from 5 to 7 pm`. */
function hoursIn(words: readonly Word[]): Found | undefined {
  for (let length = 6; length > 0; length -= 1)
    for (const [at] of words.entries()) {
      const run = words.slice(at, at + length);
      const said = run.map(({ text }) => text.toLowerCase()).join(' ');
      const [, from = '', early, to = '', late] = HOURS.exec(said) ?? [];
      if (from === '' || run.length < length) continue;
      const hour = (text: string, half = '') =>
        (Number(text) % (half ? 12 : 24)) + (half === 'pm' ? 12 : 0);
      return { value: `${hour(from, early ?? late)}-${hour(to, late)}`, words: run };
    }
  return undefined;
}

/** `half an hour`: the number of minutes that nobody says. */
function halfAnHour(words: readonly Word[]): Found | undefined {
  const at = words.findIndex(({ text }) => /^half$/i.test(text));
  const run = words.slice(at, at + 3);
  const isHalf = at >= 0 && /^half an hour$/i.test(run.map(({ text }) => text).join(' '));
  return isHalf ? { value: '30', words: run } : undefined;
}

/** `Europe/Berlin`, `CET`, `Berlin time`, `in New York`: a city where it can be nothing else. */
function zoneIn(words: readonly Word[], { recognize }: Reading): Found | undefined {
  const isTime = (word: Word | undefined) => /^time(?:zone)?$/i.test(word?.text ?? '');
  for (const length of [2, 1])
    for (const [at, word] of words.entries()) {
      const run = words.slice(at, at + length);
      const text = run.map((each) => each.text).join('_');
      const after = words[at + length];
      const isNamed = /^[A-Z]/.test(word.text) || isTime(after) || isPlaceWord(words[at - 1]);
      if (run.length < length || /^(?:time|zone)$/i.test(word.text)) continue;
      const isShort = /^(?:[A-Z]{3,4}|UTC|GMT)$/i.test(text) && isNamed && isZone(text);
      const [city, another] =
        isNamed && /^\p{L}+(?:_\p{L}+)?$/u.test(text) ? zonesOfCity(text) : [];
      if (recognize('zones', text) || isShort) return { value: text, words: run };
      if (city && !another)
        return { value: city, words: isTime(after) && after ? [...run, after] : run };
    }
  return undefined;
}

/** What stands before a city: `in tokyo`, `my time zone is tokyo`. */
const isPlaceWord = (word: Word | undefined) =>
  /^(?:in|is|to|zone|timezone)$/i.test(word?.text ?? '');

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
  const isTold = ({ key }: Word) => weightOf(key) === 1 && key.length > 1;
  const told = words.filter(
    (word) => isTold(word) && titles.some(({ keys }) => keys.has(word.key)),
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

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** A day as it is stored: `tomorrow` said today is another day than the same word in a button pressed tomorrow. */
function dayNamed(words: readonly Word[], { now, zone }: Reading): Found | undefined {
  const today = dayIn(now, zone);
  for (const word of words) {
    const text = word.text.toLowerCase().replace(/'s$/, '');
    if (/^\d{4}-\d\d-\d\d$/.test(text)) return { value: text, words: [word] };
    if (nearestIs(text, 'tomorrow')) return { value: addDays(today, 1), words: [word] };
    if (text === 'today') return { value: today, words: [word] };
    const named = WEEKDAYS.indexOf(text);
    if (named < 0) continue;
    const ahead = (named + 1 - weekday(today) + 7) % 7;
    return { value: addDays(today, ahead), words: [word] };
  }
  return undefined;
}

/** `dec 20`, `in 3 weeks`: the longest run of words that is a day to come. */
function dateIn(words: readonly Word[], { now, zone }: Reading): Found | undefined {
  const today = dayIn(now, zone);
  for (let length = MAX_RUN; length > 0; length -= 1)
    for (const [at] of words.entries()) {
      const run = words.slice(at, at + length);
      const day = readDay(run.map(({ text }) => text).join(' '), today);
      if (day !== undefined && run.length === length) return { value: day, words: run };
    }
  return undefined;
}

const nearestIs = (typed: string, word: string) =>
  typed === word || nearestWord(typed, [word]) === word;

/** `10:00`, `9am`, `9 am`, `at 9`, `to 9`, `noon`. */
function timeIn(words: readonly Word[], { recognize }: Reading): Found | undefined {
  for (const [at, word] of words.entries()) {
    if (/^(?:noon|midday)$/i.test(word.text)) return { value: '12:00', words: [word] };
    if (!/^\d{1,2}/.test(word.text)) continue;
    const after = words[at + 1];
    if (/^\d{1,2}$/.test(word.text) && after && /^[ap]m$/i.test(after.text))
      return { value: `${word.text}${after.text}`, words: [word, after] };
    const isMarked = /\D/.test(word.text) || /^(?:at|to)$/i.test(words[at - 1]?.text ?? '');
    if (isMarked && recognize('times', word.text)) return { value: word.text, words: [word] };
  }
  return undefined;
}

const DAY_NAME = /^(?:mon|tue|wed|thu|fri|sat|sun)(?:s|day|days|nesday|rsday|urday|sday)?s?$/i;

/** `weekdays`, `every day`, `mon wed fri`, `sun-thu`. */
function daysIn(words: readonly Word[]): Found | undefined {
  const workdays = words.find(
    ({ text }) =>
      nearestIs(text.toLowerCase(), 'weekdays') || /^(?:weekday|workdays?)$/i.test(text),
  );
  if (workdays) return { value: 'weekdays', words: [workdays] };
  const every = words.findIndex(
    ({ text }, at) => /^every$/i.test(text) && /^days?$/i.test(words[at + 1]?.text ?? ''),
  );
  if (every >= 0) return { value: 'every day', words: words.slice(every, every + 2) };
  const named = words.filter(({ text }) => text.split(/[-–]/).every((part) => DAY_NAME.test(part)));
  const [from, to] = named;
  const joint = from && words[words.indexOf(from) + 1];
  const isRange = /^(?:to|through|thru|until)$/i.test(joint?.text ?? '') && named.length === 2;
  const value = named
    .map(({ text }) => text.toLowerCase().replace(/[a-z]+/g, (name) => name.slice(0, 3)))
    .join(isRange ? '-' : ' ');
  return from ? { value, words: isRange && joint && to ? [from, joint, to] : named } : undefined;
}

/** `the right answer is b`. */
function answerIs(words: readonly Word[]): Found | undefined {
  for (const [at, word] of words.entries()) {
    const isBefore = /^(?:is|to|be)$/i.test(words[at - 1]?.text ?? '');
    if (isBefore && /^(?:[a-f]|\d+(?:\.\d+)?)$/i.test(word.text))
      return { value: word.text.toLowerCase(), words: [word] };
  }
  return undefined;
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
