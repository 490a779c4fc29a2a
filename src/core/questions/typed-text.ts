import { readNumber } from '../read-number.ts';
import type { Difficulty, NumericQuestion } from './schema.ts';

/** One answer as it was typed: `text | why`. */
export type Line = { text: string; why?: string };

/** How hard a question may be. */
export const DIFFICULTIES = ['easy', 'medium', 'hard'] as const satisfies readonly Difficulty[];

/** Of a wrong and of a right option when its author says nothing. */
export const DEFAULT_WHY = { wrong: "This isn't the answer.", right: 'This is the answer.' };
/** A typed number counts as right within this share of it, unless the author says otherwise. */
const DEFAULT_TOLERANCE = 0.02;

/** Control characters and turned-round writing out, line ends and composed letters in one form. */
export function clean(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{C}\n\t\u200c\u200d]|[\u2028\u2029]/gu, '')
    .replace(/\t/g, '  ')
    .trim();
}

/** The answers of a field, one a line; marks of a list in front are taken off. */
export function linesOf(text: string | undefined): Line[] {
  return clean(text ?? '')
    .split('\n')
    .map((line) => line.replace(/^\s*(?:[-*•]|[a-f][).])\s+/i, '').trim())
    .filter(Boolean)
    .map((line) => {
      const [text = '', ...why] = line.split(/(?<!\\) \| /).map(unescaped);
      return why.length > 0 ? { text, why: why.join(' | ') } : { text };
    });
}

/** An answer as it would be typed; a reason that was never given stays away. */
export function lineOf(text: string, why: string, kind: keyof typeof DEFAULT_WHY): string {
  return why === DEFAULT_WHY[kind] ? escaped(text) : `${escaped(text)} | ${escaped(why)}`;
}

/** A bar inside an answer, as in p(y | x), is written `\|`. */
export const escaped = (text: string) => text.replaceAll('\n', ' ').replaceAll('|', '\\|');
const unescaped = (text: string) => text.replaceAll('\\|', '|').trim();

/** Chapter and difficulty, in either order; medium when only the chapter is said. */
export function readPlace(
  typed: string,
): { chapter: number; difficulty: Difficulty } | { problem: string } {
  const words = typed
    .toLowerCase()
    .split(/[\s,;:]+/)
    .filter((word) => word !== '' && word !== 'chapter');
  const chapters = words.filter((word) => /^\d+$/.test(word)).map(Number);
  const levels = DIFFICULTIES.filter((level) => words.includes(level));
  const [chapter] = chapters;
  const [difficulty] = levels;
  const isAll = words.length === chapters.length + levels.length;
  if (isAll && chapter && chapter <= 11 && chapters.length === 1 && levels.length <= 1)
    return { chapter, difficulty: difficulty ?? 'medium' };
  return { problem: 'choose one chapter (1 to 11), and easy, medium, or hard, like "5 medium"' };
}

/** `2 %` or `0.5` behind a number; undefined for what cannot be a margin of it. */
export function readMargin(
  margin: string | undefined,
  answer: number,
  unit: string,
): NumericQuestion['tolerance'] | undefined {
  if (margin === undefined) return answer === 0 ? undefined : { relative: DEFAULT_TOLERANCE };
  const read = readNumber(margin);
  if (!read || read.value <= 0) return undefined;
  if (read.unit === '%' && unit !== '%') {
    const relative = read.value / 100;
    return answer === 0 || relative > 0.25 ? undefined : { relative };
  }
  return { absolute: read.value };
}

/** The margin as it would be typed. */
export function marginOf({ tolerance, answer }: NumericQuestion): string {
  if ('absolute' in tolerance) return `± ${tolerance.absolute}`;
  if (tolerance.relative === DEFAULT_TOLERANCE && answer !== 0) return '';
  return `± ${Number((tolerance.relative * 100).toPrecision(12))}%`;
}
