// cspell:ignore nesday rsday urday sday
import { readDay } from '../../core/read-day.ts';
import { addDays, dayIn, isZone, weekday, zonesOfCity } from '../../core/time.ts';
import type { Found, Reading } from './sentence-options.ts';
import { nearestWord, type Word } from './sentence-words.ts';

/** Words that a date takes at the most. */
const MAX_RUN = 4;

const HOURS =
  /^(?:(?:between|from) )?(\d{1,2}) ?([ap]m)?(?: ?[-–] ?| (?:and|to|until|till) )(\d{1,2}) ?([ap]m)?$/;

/** `17-20`, `between 17 and 20`, `from 5 to 7 pm`. */
export function hoursIn(words: readonly Word[]): Found | undefined {
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
export function halfAnHour(words: readonly Word[]): Found | undefined {
  const at = words.findIndex(({ text }) => /^half$/i.test(text));
  const run = words.slice(at, at + 3);
  const isHalf = at >= 0 && /^half an hour$/i.test(run.map(({ text }) => text).join(' '));
  return isHalf ? { value: '30', words: run } : undefined;
}

/** `Europe/Berlin`, `CET`, `Berlin time`, `in New York`: a city where it can be nothing else. */
export function zoneIn(words: readonly Word[], { recognize }: Reading): Found | undefined {
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

/** The days of a week, from Monday. */
export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
];

/** A day as it is stored: `tomorrow` said today is another day than the same word in a button pressed tomorrow. */
export function dayNamed(words: readonly Word[], { now, zone }: Reading): Found | undefined {
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
export function dateIn(words: readonly Word[], { now, zone }: Reading): Found | undefined {
  const today = dayIn(now, zone);
  for (let length = MAX_RUN; length > 0; length -= 1)
    for (const [at] of words.entries()) {
      const run = words.slice(at, at + length);
      const text = run.map((word) => word.text).join(' ');
      // `20 minutes a day` says how often; `in a day` says when.
      const day = /^an? /i.test(text) ? undefined : readDay(text, today);
      if (day !== undefined && run.length === length) return { value: day, words: run };
    }
  return undefined;
}

const nearestIs = (typed: string, word: string) =>
  typed === word || nearestWord(typed, [word]) === word;

/** `10:00`, `9am`, `9 am`, `at 9`, `to 9`, `noon`. */
export function timeIn(words: readonly Word[], { recognize }: Reading): Found | undefined {
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
export function daysIn(words: readonly Word[]): Found | undefined {
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
