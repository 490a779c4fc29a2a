import type { Catalog } from '../core/catalog.ts';
import { isZone, parseTimeOfDay } from '../core/time.ts';
import type { Suggestion } from './command.ts';

/** Both platforms show at most this many. */
export const MAX_SUGGESTIONS = 25;

/** A named list that completes and recognises an option's words. */
export type SuggestList = {
  complete(typed: string, catalog: Catalog): Suggestion[];
  recognises(words: string, catalog: Catalog): boolean;
};

const ZONES = [
  ...new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), 'Asia/Kolkata', 'Europe/Kyiv']),
];

const LISTS = new Map<string, SuggestList>([
  [
    'zones',
    {
      complete: completeFrom(() => ZONES),
      recognises: (words) => /[/]|^utc$/i.test(words) && isZone(words),
    },
  ],
  [
    'times',
    {
      complete: completeFrom(() =>
        Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`),
      ),
      recognises: (words) =>
        /^\d{1,2}([:.]\d\d)?\s*([ap]m)?$/i.test(words) && parseTimeOfDay(words) !== undefined,
    },
  ],
  [
    'questions',
    {
      complete: completeFrom((catalog) => catalog.questions.map((question) => question.id)),
      recognises: (words, catalog) => catalog.question(words) !== undefined,
    },
  ],
  [
    'days',
    {
      complete: completeFrom(() => ['weekdays', 'every day', 'mon wed fri', 'sun-thu']),
      recognises: (words) =>
        /^((mon|tue|wed|thu|fri|sat|sun)\w*[\s,-]*)+$|^(weekdays|every\s?day|daily)$/i.test(words),
    },
  ],
]);

export function suggestions(list: string, typed: string, catalog: Catalog): Suggestion[] {
  return LISTS.get(list)?.complete(typed, catalog).slice(0, MAX_SUGGESTIONS) ?? [];
}

export function recognises(list: string, words: string, catalog: Catalog): boolean {
  return LISTS.get(list)?.recognises(words, catalog) ?? false;
}

/** Entries that contain all typed words, those that begin with them first. */
function completeFrom(entries: (catalog: Catalog) => readonly string[]): SuggestList['complete'] {
  return (typed, catalog) => {
    const words = typed
      .toLowerCase()
      .split(/[\s_]+/)
      .filter(Boolean);
    const starts = typed.toLowerCase().trim();
    return entries(catalog)
      .filter((entry) => words.every((word) => entry.toLowerCase().includes(word)))
      .map((entry) => ({
        entry,
        first: entry.toLowerCase().startsWith(starts) || entry.toLowerCase().includes(`/${starts}`),
      }))
      .sort((a, b) => Number(b.first) - Number(a.first))
      .slice(0, MAX_SUGGESTIONS)
      .map(({ entry }) => ({ label: entry, value: entry }));
  };
}
