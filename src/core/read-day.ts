import { addDays, type Day, isDay, weekday } from './time.ts';

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/**
 * A day to come as people write it: `2026-12-20`, `20.12.2026`, `Dec 20`, `20 December 2026`, `in 20 days`, `tomorrow`, `Friday`.
 * Without a year it is the next such day, which may be today.
 */
export function readDay(typed: string, today: Day): Day | undefined {
  const text = typed
    .trim()
    .toLowerCase()
    .replace(/^(?:on|by) /, '');
  const written = text.replace(/^(\d{1,2})\.(\d{1,2})\.(\d{4})$/, '$3-$2-$1').replaceAll('/', '-');
  const day = written.replace(/-(\d)(?=-|$)/g, '-0$1');
  if (isDay(day)) return day;
  if (text === 'today') return today;
  if (text === 'tomorrow') return addDays(today, 1);
  return ahead(text, today) ?? named(text, today) ?? ofYear(text, today);
}

const NUMBERS = ['a', 'two', 'three', 'four', 'five', 'six'];
const UNITS: Readonly<Record<string, number>> = { day: 1, week: 7 };

/** `in 20 days`, `3 weeks`, `a week`. */
function ahead(text: string, today: Day): Day | undefined {
  const [, count = '', unit = ''] = /^(?:in )?(\d{1,3}|[a-z]+) (day|week)s?$/.exec(text) ?? [];
  const number = /^\d/.test(count) ? Number(count) : NUMBERS.indexOf(count) + 1;
  return number > 0 ? addDays(today, number * (UNITS[unit] ?? 1)) : undefined;
}

function named(text: string, today: Day): Day | undefined {
  const [, name = ''] = /^(?:next )?([a-z]{3})[a-z]*$/.exec(text) ?? [];
  const isWhole = /^(?:next )?(?:[a-z]{3}|[a-z]+day)$/.test(text);
  const at = WEEKDAYS.indexOf(name);
  return at < 0 || !isWhole ? undefined : addDays(today, (at + 1 - weekday(today) + 7) % 7 || 7);
}

/** `dec 20`, `20 december`, `december 20th, 2026`. */
function ofYear(text: string, today: Day): Day | undefined {
  const [, left = '', right = '', year] =
    /^([a-z]+\.?|\d{1,2}(?:st|nd|rd|th|\.)?) (?:of )?([a-z]+\.?|\d{1,2}(?:st|nd|rd|th)?)(?:,? (\d{4}))?$/.exec(
      text,
    ) ?? [];
  const [month, number] = /^\d/.test(left) ? [right, left] : [left, right];
  const at = MONTHS.indexOf(month.slice(0, 3));
  const date = Number.parseInt(number, 10);
  if (at < 0 || Number.isNaN(date)) return undefined;
  const on = (each: number) =>
    `${each}-${String(at + 1).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
  const thisYear = Number(today.slice(0, 4));
  const years = year ? [Number(year)] : [thisYear, thisYear + 1];
  return years.map(on).find((day) => isDay(day) && (year !== undefined || day >= today));
}
