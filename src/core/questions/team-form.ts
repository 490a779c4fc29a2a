import { shuffled } from '../random.ts';
import { readNumber } from './check-answer.ts';
import type { Trouble } from './read-yaml.ts';
import { sameMeaning } from './revise.ts';
import type { ChoiceQuestion, Difficulty, NumericQuestion, Question } from './schema.ts';
import { readTeamQuestion } from './team-schema.ts';

/** A question as a person types it into a form; a draft may lack all but the prompt. */
export type Draft = {
  prompt: string;
  /** Right answers, one a line; a number with its unit for a numeric item. */
  right?: string;
  /** Wrong answers, one a line. */
  wrong?: string;
  explanation?: string;
  /** Chapter and difficulty, such as `5 medium`. */
  place?: string;
};

/** What is wrong with one field of the form. */
export type DraftProblem = { field: keyof Draft; message: string };

type Line = { text: string; why?: string };

const DIFFICULTIES = ['easy', 'medium', 'hard'] as const satisfies readonly Difficulty[];

/** Of a wrong and of a right option when its author says nothing. */
const DEFAULT_WHY = { wrong: 'This is not the answer.', right: 'This is the answer.' };
const DEFAULT_WORKING = 'See the explanation.';

/** A typed number counts as right within this share of it, unless the author says otherwise. */
const DEFAULT_TOLERANCE = 0.02;

/** Slack takes 75 characters on a button; longer options stand in the message. */
const LONGEST_BUTTON = 75;

const MINUTES = { easy: 1, medium: 2, hard: 4 } as const;
const SENIORITY = { easy: 'junior', medium: 'mid', hard: 'senior' } as const;

/**
 * Makes an item of what was typed. A single number without wrong answers is a numeric item; one
 * right line a single choice, several a multiple choice.
 *
 * @param base The item that is changed: what the form does not ask for is kept.
 */
export function questionOf(
  draft: Draft,
  { id, base }: { id: string; base?: Question | undefined },
): { question: Question } | { problems: DraftProblem[] } {
  const place = readPlace(clean(draft.place ?? ''));
  const rights = linesOf(draft.right);
  const wrongs = linesOf(draft.wrong);
  const problems: DraftProblem[] = [
    ...('problem' in place ? [{ field: 'place' as const, message: place.problem }] : []),
    ...missing(draft),
  ];
  const { chapter, difficulty } =
    'problem' in place ? { chapter: 1, difficulty: 'medium' as const } : place;
  const [first] = rights;
  const body =
    first && rights.length === 1 && wrongs.length === 0
      ? numericBody(first)
      : choiceBody({ id, rights, wrongs, base });
  if ('problem' in body) return { problems: [...problems, body.problem] };
  if (problems.length > 0) return { problems };

  const read = readTeamQuestion({
    ...kept(base, body),
    id,
    version: base?.version ?? 1,
    chapter,
    difficulty,
    minutes: base?.minutes ?? MINUTES[difficulty],
    seniority: base?.seniority ?? SENIORITY[difficulty],
    prompt: clean(draft.prompt),
    explanation: clean(draft.explanation ?? ''),
    ...body,
  });
  if ('troubles' in read) return { problems: read.troubles.map((each) => inForm(each, body)) };
  const { question } = read;
  // A review is of what it saw.
  const isReviewed = base !== undefined && sameMeaning(base, question);
  return { question: { ...question, reviewed: isReviewed ? base.reviewed : [] } };
}

/** The form's texts of an item; undefined for a format that the form cannot say. */
export function draftOf(question: Question): Draft | undefined {
  const shared = {
    prompt: question.prompt,
    explanation: question.explanation,
    place: `${question.chapter} ${question.difficulty}`,
  };
  if ('options' in question) {
    const lines = (correct: boolean) =>
      question.options
        .filter((option) => option.correct === correct)
        .map(({ text, why }) => lineOf(text, why, correct ? 'right' : 'wrong'))
        .join('\n');
    return { ...shared, right: lines(true), wrong: lines(false) };
  }
  if (question.format !== 'numeric') return undefined;
  const { answer, unit, working } = question;
  const number = [`${answer}`, unit, marginOf(question)].filter(Boolean).join(' ');
  const right = working === DEFAULT_WORKING ? number : `${number} | ${escaped(working)}`;
  return { ...shared, right };
}

/** Control characters and turned-round writing out, line ends and composed letters in one form. */
export function clean(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{C}\n\t\u200c\u200d]|[\u2028\u2029]/gu, '')
    .replace(/\t/g, '  ')
    .trim();
}

function missing({ prompt, right, explanation }: Draft): DraftProblem[] {
  const empty = (text: string | undefined) => clean(text ?? '') === '';
  return [
    ...(empty(prompt) ? [{ field: 'prompt' as const, message: 'write the question' }] : []),
    ...(empty(right) ? [{ field: 'right' as const, message: 'write the right answer' }] : []),
    ...(empty(explanation)
      ? [{ field: 'explanation' as const, message: 'say why it is right' }]
      : []),
  ];
}

function linesOf(text: string | undefined): Line[] {
  return clean(text ?? '')
    .split('\n')
    .map((line) => line.replace(/^\s*(?:[-*•]|[a-f][).])\s+/i, '').trim())
    .filter(Boolean)
    .map((line) => {
      const [text = '', ...why] = line.split(/(?<!\\) \| /).map(unescaped);
      return why.length > 0 ? { text, why: why.join(' | ') } : { text };
    });
}

function lineOf(text: string, why: string, kind: keyof typeof DEFAULT_WHY): string {
  return why === DEFAULT_WHY[kind] ? escaped(text) : `${escaped(text)} | ${escaped(why)}`;
}

/** A bar inside an answer, as in p(y | x), is written `\|`. */
const escaped = (text: string) => text.replaceAll('\n', ' ').replaceAll('|', '\\|');
const unescaped = (text: string) => text.replaceAll('\\|', '|').trim();

function readPlace(
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
  if (words.length === 2 && chapter && chapter <= 11 && difficulty) return { chapter, difficulty };
  return { problem: 'write the chapter, 1 to 11, and easy, medium or hard, such as "5 medium"' };
}

type Body =
  | Pick<NumericQuestion, 'format' | 'answer' | 'unit' | 'tolerance' | 'working'>
  | (Pick<ChoiceQuestion, 'format' | 'options'> & { letters?: boolean });

function numericBody({ text, why }: Line): Body | { problem: DraftProblem } {
  const [number = '', margin] = text.split(/\s*(?:±|\+\/-|\+-)\s*/);
  const read = readNumber(number);
  if (!read)
    return problem(
      'wrong',
      'write two to four wrong answers, one a line; only a number with its unit needs none',
    );
  const tolerance = readMargin(margin, read.value, read.unit);
  if (!tolerance)
    return problem(
      'right',
      'write the margin like "16 GiB ± 2 %" (25 % at most) or "16 GiB ± 0.5"',
    );
  const working = why ?? DEFAULT_WORKING;
  return { format: 'numeric', answer: read.value, unit: read.unit, tolerance, working };
}

function readMargin(
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

function marginOf({ tolerance, answer }: NumericQuestion): string {
  if ('absolute' in tolerance) return `± ${tolerance.absolute}`;
  if (tolerance.relative === DEFAULT_TOLERANCE && answer !== 0) return '';
  return `± ${Number((tolerance.relative * 100).toPrecision(12))} %`;
}

function choiceBody({
  id,
  rights,
  wrongs,
  base,
}: {
  id: string;
  rights: readonly Line[];
  wrongs: readonly Line[];
  base: Question | undefined;
}): Body | { problem: DraftProblem } {
  const isSingle = rights.length <= 1;
  const count = rights.length + wrongs.length;
  if (isSingle && (wrongs.length < 2 || wrongs.length > 4))
    return problem('wrong', 'write two to four wrong answers, one a line');
  if (!isSingle && (rights.length > 4 || wrongs.length === 0 || count < 4 || count > 6))
    return problem(
      'right',
      'with several right answers, write two to four of them and four to six answers in all',
    );
  const before = new Map(
    base && 'options' in base ? base.options.map((option) => [option.text, option]) : [],
  );
  const option = ({ text, why }: Line, correct: boolean) => {
    const misconception = correct ? undefined : before.get(text)?.misconception;
    return {
      text,
      correct,
      why: why || DEFAULT_WHY[correct ? 'right' : 'wrong'],
      ...(misconception ? { misconception } : {}),
    };
  };
  const options = inOrder(
    [...rights.map((line) => option(line, true)), ...wrongs.map((line) => option(line, false))],
    id,
  );
  return {
    format: isSingle ? 'single' : 'multi',
    options,
    ...(options.some(({ text }) => text.length > LONGEST_BUTTON) ? { letters: true } : {}),
  };
}

/** The right one must not always stand first; numbers are read as a scale. */
function inOrder<T extends { text: string }>(options: T[], seed: string): T[] {
  const value = ({ text }: T) => readNumber(text)?.value;
  if (options.some((option) => value(option) === undefined)) return shuffled(options, seed);
  return [...options].sort((a, b) => (value(a) ?? 0) - (value(b) ?? 0));
}

/** What the form does not ask for stays as it was. */
function kept(base: Question | undefined, body: Body): object {
  if (!base) return {};
  const { topics, references, hints, followUps, related, reviewBy, enemyOf, notDuplicateOf } = base;
  const code = 'options' in base && 'options' in body ? base.code : undefined;
  const accepts =
    base.format === 'numeric' && body.format === 'numeric' && base.unit === body.unit
      ? base.accepts
      : undefined;
  const optional = { reviewBy, enemyOf, notDuplicateOf, code, accepts };
  return {
    ...{ topics, references, hints, followUps, related },
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
}

function inForm({ path, message, fix }: Trouble, body: Body): DraftProblem {
  const [field, index] = path;
  const words = `${message}; ${fix}`;
  if (field === 'options' && 'options' in body) {
    const option = body.options[Number(index)];
    const quoted = option ? `"${option.text.slice(0, 30)}" ` : '';
    return { field: option?.correct ? 'right' : 'wrong', message: `${quoted}${words}` };
  }
  if (field === 'explanation' || field === 'prompt') return { field, message: words };
  return { field: 'right', message: words };
}

function problem(field: keyof Draft, message: string): { problem: DraftProblem } {
  return { problem: { field, message } };
}
