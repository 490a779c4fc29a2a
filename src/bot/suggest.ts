import type { Catalog } from '../core/catalog.ts';
import { isZone, parseTimeOfDay } from '../core/time.ts';
import type { Suggestion } from './command.ts';
import { CALCULATOR_LISTS } from './estimates/suggestions.ts';

/** Both platforms show at most this many. */
export const MAX_SUGGESTIONS = 25;

/** What lists are made from. */
export type Sources = Catalog & { commands?: readonly string[] };

/** A named list that completes and recognizes an option's words. */
export type SuggestList = {
  complete(typed: string, sources: Sources): Suggestion[];
  recognizes(words: string, sources: Sources): boolean;
};

const ZONES = [
  ...new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), 'Asia/Kolkata', 'Europe/Kyiv']),
];

const LISTS = new Map<string, SuggestList>([
  ...CALCULATOR_LISTS,
  [
    'zones',
    {
      complete: completeFrom(() => ZONES),
      recognizes: (words) => /[/]|^utc$/i.test(words) && isZone(words),
    },
  ],
  [
    'times',
    {
      complete: completeFrom(() =>
        Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`),
      ),
      recognizes: (words) =>
        /^\d{1,2}([:.]\d\d)?\s*([ap]m)?$/i.test(words) && parseTimeOfDay(words) !== undefined,
    },
  ],
  [
    'commands',
    {
      complete: completeFrom(({ commands = [] }) => commands),
      recognizes: (words, { commands = [] }) => commands.includes(words.toLowerCase()),
    },
  ],
  [
    'questions',
    {
      complete: completeFrom((catalog) => catalog.questions.map((question) => question.id)),
      recognizes: (words, catalog) => catalog.question(words) !== undefined,
    },
  ],
  [
    // Beside a text of one's own: what looks like an id is one, known or not.
    'question-ids',
    {
      complete: completeFrom((catalog) => catalog.questions.map((question) => question.id)),
      recognizes: (words, catalog) =>
        catalog.question(words) !== undefined || /^[a-z]+\d*(-[a-z0-9]+)+$/i.test(words),
    },
  ],
  [
    'kinds',
    {
      complete: completeFrom(({ generators }) => generators.map(({ id }) => id)),
      recognizes: (words, { generators }) =>
        generators.some(({ id }) => id === words.toLowerCase()),
    },
  ],
  [
    'days',
    {
      complete: completeFrom(() => ['weekdays', 'every day', 'mon wed fri', 'sun-thu']),
      recognizes: (words) =>
        /^(weekdays|every\s?day|daily)$/i.test(words) ||
        words
          .split(/[\s,-]+/)
          .every((word, at) =>
            word === '' ? at > 0 : /^(mon|tue|wed|thu|fri|sat|sun)\w*$/i.test(word),
          ),
    },
  ],
]);

export function suggestions(list: string, typed: string, sources: Sources): Suggestion[] {
  return LISTS.get(list)?.complete(typed, sources).slice(0, MAX_SUGGESTIONS) ?? [];
}

export function recognizes(list: string, words: string, sources: Sources): boolean {
  return LISTS.get(list)?.recognizes(words, sources) ?? false;
}

/** Entries that contain all typed words, those that begin with them first. */
function completeFrom(entries: (sources: Sources) => readonly string[]): SuggestList['complete'] {
  return (typed, sources) => {
    const words = typed
      .toLowerCase()
      .split(/[\s_]+/)
      .filter(Boolean);
    const starts = typed.toLowerCase().trim();
    return entries(sources)
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
