import type { Catalog } from '../core/catalog.ts';
import { REVIEW_BANK } from '../core/questions/schema.ts';
import { DIFFICULTIES } from '../core/questions/typed-text.ts';
import { readDay } from '../core/read-day.ts';
import { isZone, parseTimeOfDay } from '../core/time.ts';
import { CALCULATOR_LISTS } from '../features/estimates/suggestions.ts';
import type { Suggestion } from './command.ts';
import { UserError } from './errors.ts';

/** Both platforms show at most this many. */
export const MAX_SUGGESTIONS = 25;

/** What lists are made from. */
export type Sources = Catalog & { commands?: readonly string[] };

/** A named list that completes and recognizes an option's words. */
export type SuggestList = {
  complete(typed: string, sources: Sources): Suggestion[];
  recognizes(words: string, sources: Sources): boolean;
  /**
   * How a form offers it: as a list to search beside a text field for what is not on it, or as a closed
   * list of at most 25 of which one or several are picked. Typed when absent.
   */
  pick?: 'search' | 'one' | 'several';
  /**
   * Reads a value that was sent in a form, where all problems are told at once.
   *
   * @throws UserError in words for the person.
   */
  check?(typed: string, sources: Sources): unknown;
  /** What a value is called when a sentence is read back. */
  shows?(typed: string, sources: Sources): string;
  /** What an unknown value was perhaps meant to be, the nearest first. */
  corrects?(typed: string, sources: Sources): Suggestion[];
};

const ZONES = [
  ...new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), 'Asia/Kolkata', 'Europe/Kyiv']),
];

const LISTS = new Map<string, SuggestList>([
  ...CALCULATOR_LISTS,
  [
    'zones',
    {
      pick: 'search',
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
    // Written in many ways, so none is offered.
    'dates',
    {
      complete: () => [],
      recognizes: (words) => readDay(words, '2000-01-01') !== undefined,
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
    // Read by commands, since words and numbers say chapters in many ways.
    'chapters',
    {
      pick: 'several',
      complete: (typed, { chapters }) => {
        const wanted = typed.toLowerCase().trim();
        return [
          { label: 'All chapters', value: 'all' },
          ...chapters
            .filter(({ number }) => number !== REVIEW_BANK)
            .map(({ number, title }) => ({ label: `${number}. ${title}`, value: String(number) })),
        ].filter(({ label, value }) => value === wanted || label.toLowerCase().includes(wanted));
      },
      recognizes: () => false,
    },
  ],
  [
    // A form has room for one more field only, so a chapter and a difficulty are picked from one list.
    'places',
    {
      pick: 'several',
      complete: (_, { chapters }) => [
        ...chapters
          .filter(({ number }) => number !== REVIEW_BANK)
          .map(({ number, title }) => ({ label: `${number}. ${title}`, value: String(number) })),
        ...DIFFICULTIES.map((level) => ({
          label: `Difficulty: ${level}`,
          value: level,
        })),
      ],
      recognizes: () => false,
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

/** Why a list refuses a value that was sent in a form; undefined when it does not. */
export function refusalOf(list: string, typed: string, sources: Sources): string | undefined {
  try {
    listIn(list)?.check?.(typed, sources);
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/** A list by its name. */
export const listIn = (name: string): SuggestList | undefined => LISTS.get(name);

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
