import { labelled, labelledExactly } from '../../features/interview/labels.ts';
import { buttonId } from '../../spine/button.ts';
import type { RequestInput } from '../../spine/request.ts';
import type { Choice } from './present.ts';

/** Tells whether a line may answer a question by itself: `1.69`, `2,97 GB` or `FEDCBA`. */
export function isShortAnswer(line: string): boolean {
  return /^([-+−]?\d[\d.,\s]*\D{0,12}|[A-H]{2,8})$/i.test(line);
}

/** Tells whether a line names options by their letters: `b`, `a,c` or `A C`. */
export function isLetters(line: string): boolean {
  return /^[A-H]([\s,]+[A-H])*$/i.test(line);
}

/** Tells whether a line may answer a question in words: a few of them, and no question back. */
export function isText(line: string): boolean {
  return line.trim().split(/\s+/).length > 5 && !/\?\s*$/.test(line);
}

/** What a line chooses of what was shown: a number, a label or, for a list, letters. */
export function chosen(line: string, choices: readonly Choice[]): RequestInput | undefined {
  const press = pressed(line, choices);
  if (press?.kind === 'press') return pressOf(press);
  const list = choices.find((choice) => choice.kind === 'select');
  if (list?.kind !== 'select') return undefined;
  const values = line
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((word) => list.values[list.letters.indexOf(word.toUpperCase())]);
  if (values.length === 0 || values.some((value) => value === undefined)) return undefined;
  return {
    kind: 'button',
    id: buttonId(list.run).id,
    values: { [list.option]: values.join(',') },
  };
}

/** What a line chooses by the whole label of a button. */
export function chosenByLabel(line: string, choices: readonly Choice[]): RequestInput | undefined {
  const press = labelledExactly(line, choices);
  return press?.kind === 'press' ? pressOf(press) : undefined;
}

function pressOf({ run, values }: Extract<Choice, { kind: 'press' }>): RequestInput {
  return { kind: 'button', id: buttonId(run).id, ...(values ? { values } : {}) };
}

function pressed(line: string, choices: readonly Choice[]): Choice | undefined {
  const number = /^\[?(\d{1,2})\]?$/.exec(line);
  const byNumber = number ? choices[Number(number[1]) - 1] : undefined;
  return byNumber ?? labelled(line, choices);
}
