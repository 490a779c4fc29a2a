import type { Difficulty } from '../../core/questions/schema.ts';
import { chaptersNamed, numbersOf } from '../../session/chapter-input.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import type { Button, Inline } from '../../spine/reply.ts';
import { lobbyButton } from '../peers/cards.ts';

/** What there is beside an interview alone. */
export const otherWays = (wishes: { hours?: string } = {}): Button[] => [
  lobbyButton(wishes),
  { label: 'Practice grading', run: 'mock grade' },
];

/** What else was said in the same line. */
export type MockArgs = {
  minutes: string;
  style: 'coaching' | 'strict';
  level?: Difficulty | undefined;
};

const LENGTHS = ['15', '30', '45'];
const LENGTH = /^(?:(?:m|mins?|minutes?)\s+)?(\d+)\s*(?:m|mins?|minutes?)?$/i;
/** What people put before chapters. */
const BEFORE = /^(?:about|on)?\s*(?:the\s+)?(?:chapters?|ch\.?)?\s*/i;

/** Words that no option of `mock` took: most likely a length, chapters or how an interview begins. */
export function unmatchedArgsError(
  typed: string,
  beside: MockArgs,
  context: Pick<Context, 'catalog'>,
): UserError {
  const line = lineOf(beside);
  const length = LENGTH.exec(typed)?.[1];
  if (length !== undefined) return new UserError(lengthWords(length, beside, context));
  const meant = typed.replace(BEFORE, '');
  const numbers = chapterNumbers(meant, context);
  if (numbers) {
    const [only = ''] = numbers;
    const value = numbers.length === 1 ? only : `"${numbers.join(' ')}"`;
    return new UserError(
      [
        `I didn't understand "${typed}". If you mean chapters, run `,
        { command: `${line} chapters:${value}` },
        '.',
      ],
      { buttons: hoursIn(typed).hours ? [lobbyButton(hoursIn(typed))] : [] },
    );
  }
  const named = chaptersNamed(meant, context);
  if (named.length > 0)
    return new UserError([
      `${numbersOf(named)} Try `,
      { command: `${line} chapters:${named[0]?.number}` },
      '.',
    ]);
  if (/^(?:untimed|no timer|without (?:a )?timer)$/i.test(typed))
    return new UserError([
      'You choose the timer when the interview starts. Run ',
      { command: line },
      ', then select ',
      { bold: 'Start without timer' },
      '.',
    ]);
  return new UserError([`I didn't understand "${typed}". Try `, { command: 'mock 30' }, '.'], {
    buttons: otherWays(hoursIn(typed)),
  });
}

/** When somebody has time, such as `17-20`, for the lobby. */
function hoursIn(typed: string): { hours?: string } {
  const [hours] = /\d[\d:]*\s*[-–]\s*\d[\d:]*/.exec(typed) ?? [];
  return hours ? { hours } : {};
}

function lengthWords(
  length: string,
  beside: MockArgs,
  { catalog }: Pick<Context, 'catalog'>,
): readonly Inline[] {
  const { minutes } = beside;
  const line = lineOf(beside);
  if (length === minutes) return ['You entered the length twice. Try ', { command: line }, '.'];
  if (LENGTHS.includes(length))
    return [
      `You entered two lengths, ${minutes} and ${length} minutes. Try one, like `,
      { command: line },
      '.',
    ];
  const orChapter = catalog.chapter(Number(length))
    ? [`, or for chapter ${length}, `, { command: `${line} chapters:${length}` }]
    : [];
  return [
    `Interviews take 15, 30, or 45 minutes, not ${length}. Try `,
    { command: line },
    ...orChapter,
    '.',
  ];
}

function lineOf({ minutes, style, level }: MockArgs): string {
  return ['mock', minutes, ...(level ? [level] : []), ...(style === 'strict' ? [style] : [])].join(
    ' ',
  );
}

/** The chapters and ranges of them that words consist of, such as `3 5` or `8-3`; undefined for any other words. */
function chapterNumbers(
  words: string,
  { catalog }: Pick<Context, 'catalog'>,
): string[] | undefined {
  const parts = words.split(/[\s,&]+|\band\b/i).filter(Boolean);
  const found = parts.flatMap((part) => {
    const [, first = '', last = first] = /^(\d+)(?:[-–—](\d+))?$/.exec(part) ?? [];
    const ends = [Number(first), Number(last)].sort((a, b) => a - b);
    if (first === '' || !ends.every((number) => catalog.chapter(number))) return [];
    return [first === last ? first : ends.join('-')];
  });
  return parts.length > 0 && found.length === parts.length ? found : undefined;
}
