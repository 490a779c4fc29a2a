import { shuffled } from '../random.ts';
import { readNumber } from '../read-number.ts';
import type { Trouble } from './read-yaml.ts';
import { sameMeaning } from './revise.ts';
import type { ChoiceQuestion, NumericQuestion, Question } from './schema.ts';
import { readTeamQuestion } from './team-schema.ts';
import {
  clean,
  DEFAULT_WHY,
  escaped,
  type Line,
  lineOf,
  linesOf,
  marginOf,
  readMargin,
  readPlace,
} from './typed-text.ts';

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

/** Slack takes 75 characters on a button; longer options stand in the message. */
const MAX_BUTTON = 75;

/** Of a number whose author says nothing. */
const DEFAULT_WORKING = 'See the explanation.';

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

function missing({ prompt, right, explanation }: Draft): DraftProblem[] {
  const empty = (text: string | undefined) => clean(text ?? '') === '';
  return [
    ...(empty(prompt) ? [{ field: 'prompt' as const, message: 'write the question' }] : []),
    ...(empty(right) ? [{ field: 'right' as const, message: 'write the correct answer' }] : []),
    ...(empty(explanation)
      ? [{ field: 'explanation' as const, message: 'explain why it is correct' }]
      : []),
  ];
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
      'write 2 to 4 wrong answers, one per line (only a number with its unit needs none)',
    );
  const tolerance = readMargin(margin, read.value, read.unit);
  if (!tolerance)
    return problem('right', 'write the margin like "16 GiB ± 2%" (up to 25%) or "16 GiB ± 0.5"');
  const working = why ?? DEFAULT_WORKING;
  return { format: 'numeric', answer: read.value, unit: read.unit, tolerance, working };
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
    return problem('wrong', 'write 2 to 4 wrong answers, one per line');
  if (!isSingle && (rights.length > 4 || wrongs.length === 0 || count < 4 || count > 6))
    return problem(
      'right',
      'for several correct answers, write 2 to 4 of them, and 4 to 6 answers in total',
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
  const typed = [
    ...rights.map((line) => option(line, true)),
    ...wrongs.map((line) => option(line, false)),
  ];
  const options = before.size > 0 ? asBefore(typed, [...before.keys()]) : inOrder(typed, id);
  return {
    format: isSingle ? 'single' : 'multi',
    options,
    ...(options.some(({ text }) => text.length > MAX_BUTTON) ? { letters: true } : {}),
  };
}

/** What stays keeps its place, so that its letter means the same; new texts fill the gaps. */
function asBefore<T extends { text: string }>(options: T[], texts: readonly string[]): T[] {
  const added = options.filter(({ text }) => !texts.includes(text));
  const placed = texts.flatMap(
    (text) => options.find((option) => option.text === text) ?? added.shift() ?? [],
  );
  return [...placed, ...added];
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
  const code = base.format === body.format ? base.code : undefined;
  const optional = { reviewBy, enemyOf, notDuplicateOf, code, ...keptOfNumber(base, body) };
  return {
    ...{ topics, references, hints, followUps, related },
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
}

/** Other units belong to the unit, and named slips to the number that they miss. */
function keptOfNumber(base: Question, body: Body): Pick<NumericQuestion, 'accepts' | 'slips'> {
  if (base.format !== 'numeric' || body.format !== 'numeric' || base.unit !== body.unit) return {};
  const { accepts, slips } = base;
  return {
    ...(accepts ? { accepts } : {}),
    ...(slips && base.answer === body.answer ? { slips } : {}),
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
