import type { GradedQuestion } from './types.ts';

/** The lines of code that a question is after, and how people speak of them. */
export type Fault = {
  /** Counted from 1; empty when the question is after none. */
  lines: readonly number[];
  /** Words that clear the only faulty line, that blame it, and that blame another. */
  clears?: RegExp;
  blames?: RegExp;
  blamesOther?: RegExp;
};

const LINES = /\b(?:lines?|l)\s*(\d{1,2}(?:\s*(?:,|and|or|&|-|to)\s*\d{1,2})*)/g;
const SOUND = '(?:right|correct|fine|ok|okay|good|harmless|innocent)';
const FAULT = '(?:bug|fault|problem|culprit|error|mistake|issue|defect)';
const FAULTY = `(?:wrong|faulty|at fault|incorrect|broken|to blame|(?:the |a )?${FAULT})`;
const UNLESS = '(?!\\s*,?\\s*(?:only|if|when|as long|unless|except|but))';
/** Somebody who blames two lines at once has named the faulty one. */
const NO_MORE = '(?!\\s*,?\\s*(?:along|together|combined) with)';
const LEADS =
  '(?:in |at |with |from |the |line |one |call |calls |test |statement |condition |containing |to )*';
const MAKES = '(?:builds|computes|calculates|sets|makes|creates|defines|assigns|takes)';
/** Shorter code stands in other code as well. */
const LEAST_CODE = 8;

/** The line that a question about faulty code declares, or those that its key points name when its text asks for a line. */
export function faultOf({ prompt, code = '', faultLine, keyPoints }: GradedQuestion): Fault {
  const asked = /\bline\b/i.test(prompt)
    ? linesIn(keyPoints.map(({ text }) => text).join('\n'))
    : [];
  const lines = faultLine === undefined ? asked : [faultLine];
  const [only, ...more] = lines;
  if (only === undefined || more.length > 0) return { lines };
  const all = code
    .split('\n')
    .map((line) => line.replace(/\s#.*/, '').toLowerCase().replace(/\s/g, ''));
  const own = namesOf(only, all);
  const others = all.flatMap((_, i) => (i + 1 === only ? [] : namesOf(i + 1, all)));
  return {
    lines,
    clears: clearing(oneOf(own)),
    blames: blaming(oneOf(own)),
    ...(others.length > 0 ? { blamesOther: blaming(oneOf(others)) } : {}),
  };
}

/**
 * Right words about the wrong line are no answer: true when lines are named and the faulty one is not, when the faulty one is
 * cleared, or when another is blamed in its place.
 */
export function missesLine(answer: string, { lines, clears, blames, blamesOther }: Fault): boolean {
  if (lines.length === 0) return false;
  const named = linesIn(answer);
  if (named.length > 0 && !named.some((line) => lines.includes(line))) return true;
  const text = answer.toLowerCase().replace(/[`"“”]/g, '');
  if (clears?.test(text)) return true;
  return blamesOther?.test(text) === true && blames?.test(text) === false;
}

/** How people name a line: by its number, its code, a piece of its code that is in no other line, or what it sets. */
function namesOf(line: number, code: readonly string[]): string[] {
  const own = code[line - 1] ?? '';
  const others = code.filter((_, i) => i !== line - 1);
  const spaced = (text: string) => [...text].map(literal).join('\\s*');
  const pieces = [own, ...(own.match(/[\w.]+\([^()]*\)|[\w.]{4,}/g) ?? [])].filter(Boolean);
  const telling = pieces.filter((piece) => others.every((other) => !other.includes(piece)));
  const [set = ''] = own.match(/^\w+(?=[-+*/]?=[^=])/) ?? [];
  const isSetOnce = set !== '' && others.every((other) => !other.startsWith(set));
  return [
    `line ${line}`,
    ...telling.filter((piece) => piece.length >= LEAST_CODE).map(spaced),
    ...telling.map((piece) => `line (?:with|containing|that has|that uses) ${spaced(piece)}`),
    ...(isSetOnce ? [`line (?:for|that ${MAKES}) ${set}`, `${set} line`] : []),
  ];
}

function clearing(name: string): RegExp {
  const patterns = [
    `(?<!\\w)${name} (?:is|looks|seems|works) (?:(?!not )\\w+ )?${SOUND}\\b${UNLESS}`,
    `(?<!\\w)${name} (?:isn['’]?t|is not|was not|wasn['’]?t|can(?:not|['’]t) be) ${FAULTY}\\b${UNLESS}`,
    `\\b(?:nothing|not anything) (?:is )?wrong (?:with|in) ${name}(?!\\w)`,
    `\\b(?:not|n['’]t) (?:in |at )?${name}(?!\\w)`,
  ];
  return new RegExp(oneOf(patterns));
}

function blaming(name: string): RegExp {
  const patterns = [
    `\\b(?:(?:faulty|wrong|broken|bad|offending) (?:line|statement|part|one)|${FAULT})(?: is| sits| lies| hides|['’]s|:) ${LEADS}${name}(?!\\w)${NO_MORE}`,
    `\\b(?:at fault|to blame|wrong|faulty)(?: is|:) ${LEADS}${name}(?!\\w)${NO_MORE}`,
    `(?<!\\w)${name} (?:line )?(?:is|was) (?:(?!not )\\w+ )?${FAULTY}\\b`,
  ];
  return new RegExp(oneOf(patterns));
}

function linesIn(text: string): number[] {
  return [...text.toLowerCase().matchAll(LINES)].flatMap(([, numbers = '']) =>
    [...numbers.matchAll(/\d{1,2}/g)].map(([number]) => Number(number)),
  );
}

function oneOf(patterns: readonly string[]): string {
  return `(?:${patterns.join('|')})`;
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
