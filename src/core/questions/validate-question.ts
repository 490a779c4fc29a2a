import { EXPECTED } from '../interview/follow-up.ts';
import type { Trouble } from './read-yaml.ts';
import type { ChoiceQuestion, FreeTextQuestion, NumericQuestion, Question } from './schema.ts';

/** Slack takes 75 characters on a button; longer options need letters on the buttons. */
const MAX_BUTTON = 75;

/**
 * What the schema cannot say and the product cannot do without: one right option, weights that sum
 * to 1, a fault line that exists. How well an item is written is the lint's business.
 */
export function questionProblems(question: Question): Trouble[] {
  switch (question.format) {
    case 'single':
    case 'multi':
      return unsoundChoice(question);
    case 'numeric':
      return unsoundNumber(question);
    case 'order':
      return repeated(question.steps, 'steps', ({ text }) => text);
    case 'open':
    case 'scenario':
      return unsoundFreeText(question);
    case 'bug':
      return [...unsoundFreeText(question), ...unsoundFault(question.code, question.faultLine)];
  }
}

function unsoundChoice({ format, options, letters }: ChoiceQuestion): Trouble[] {
  const troubles = repeated(options, 'options', ({ text }) => text);
  const right = options.filter(({ correct }) => correct).length;
  const say = (message: string, fix: string) => troubles.push({ path: ['options'], message, fix });

  if (format === 'single' && right !== 1) {
    say(`has ${right} correct options`, 'mark exactly one with `correct: true`');
  }
  if (format === 'multi' && (right < 2 || right > 4)) {
    say(`has ${right} correct options`, 'mark 2 to 4 with `correct: true`');
  }
  if (format === 'multi' && right === options.length) {
    say('has no incorrect option', 'add at least one incorrect option');
  }
  for (const [index, { text }] of options.entries()) {
    if (letters || text.length <= MAX_BUTTON) continue;
    troubles.push({
      path: ['options', index, 'text'],
      message: `has ${text.length} characters, and a button fits ${MAX_BUTTON}`,
      fix: `remove ${text.length - MAX_BUTTON} characters, or set \`letters: true\``,
    });
  }
  return troubles;
}

function unsoundNumber({ answer, tolerance, slips = [] }: NumericQuestion): Trouble[] {
  const troubles: Trouble[] = [];
  if (answer === 0 && 'relative' in tolerance) {
    const message = 'is relative, but the answer is 0';
    troubles.push({ path: ['tolerance'], message, fix: 'write `absolute: …`' });
  }
  const margin =
    'relative' in tolerance ? Math.abs(answer) * tolerance.relative : tolerance.absolute;
  for (const [index, slip] of slips.entries()) {
    if (Math.abs(slip.answer - answer) > margin) continue;
    troubles.push({
      path: ['slips', index, 'answer'],
      message: `${slip.answer} would be correct because it's within the tolerance of ${answer}`,
      fix: 'remove the slip or narrow the tolerance',
    });
  }
  return troubles;
}

function unsoundFreeText({ keyPoints }: FreeTextQuestion): Trouble[] {
  const troubles = repeated(keyPoints, 'keyPoints', ({ id }) => id);
  const total = keyPoints.reduce((sum, { weight }) => sum + weight, 0);
  if (Math.abs(total - 1) > 0.001) {
    const message = `have weights that add up to ${Number(total.toFixed(3))}`;
    troubles.push({ path: ['keyPoints'], message, fix: 'make the weights add up to 1' });
  }
  for (const [index, { id }] of keyPoints.entries()) {
    if (id !== EXPECTED) continue;
    const message = "is Warmup's own name for a follow-up";
    troubles.push({ path: ['keyPoints', index, 'id'], message, fix: 'choose another ID' });
  }
  return troubles;
}

function unsoundFault(code: string, faultLine: number): Trouble[] {
  const rows = code.trimEnd().split('\n');
  if (rows[faultLine - 1]?.trim()) return [];
  const message = `is ${faultLine}, but that line is empty or missing`;
  return [{ path: ['faultLine'], message, fix: `write a line number from 1 to ${rows.length}` }];
}

function repeated<T>(list: readonly T[], field: string, key: (entry: T) => string): Trouble[] {
  const seen = new Set<string>();
  return list.flatMap((entry, index) => {
    const name = key(entry).trim().toLowerCase();
    const isRepeat = seen.has(name);
    seen.add(name);
    if (!isRepeat) return [];
    return [
      { path: [field, index], message: 'repeats an earlier one', fix: 'change or remove it' },
    ];
  });
}
