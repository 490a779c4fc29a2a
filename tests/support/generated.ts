import { expect } from 'vitest';
import { CHOICE_RULES } from '../../lab/bank-lint/choice-rules.ts';
import { FORMAT_RULES } from '../../lab/bank-lint/format-rules.ts';
import { HINT_RULES } from '../../lab/bank-lint/hint-rules.ts';
import { lintBank } from '../../lab/bank-lint/lint.ts';
import { TEXT_RULES } from '../../lab/bank-lint/text-rules.ts';
import type { Catalog } from '../../src/core/catalog.ts';
import { checkChoice, checkNumber, letterOf } from '../../src/core/questions/check-answer.ts';
import type { DrawnQuestion, Generator } from '../../src/core/questions/generators/generator.ts';
import { questionSchema } from '../../src/core/questions/schema.ts';
import { numberIn } from '../../src/core/questions/text-tokens.ts';
import { questionProblems } from '../../src/core/questions/validate-question.ts';
import { ANSWERS } from './generator-answers.ts';

const RULES = [...CHOICE_RULES, ...FORMAT_RULES, ...HINT_RULES, ...TEXT_RULES];

/** All numbers that a person meets as the answer or as a wrong one. */
export function answersOf(question: DrawnQuestion): { right: number; wrong: number[] } {
  if (question.format === 'numeric') {
    return { right: question.answer, wrong: (question.slips ?? []).map(({ answer }) => answer) };
  }
  const value = (text: string) => numberIn(text) ?? Number.NaN;
  return {
    right: value(question.options.find(({ correct }) => correct)?.text ?? ''),
    wrong: question.options.flatMap(({ correct, text }) => (correct ? [] : value(text))),
  };
}

function flawsOf(question: DrawnQuestion): string[] {
  const { right, wrong } = answersOf(question);
  const all = [right, ...wrong].sort((a, b) => a - b);
  const flaws = questionProblems(question).map(({ message }) => message);
  if (!all.every((value) => Number.isFinite(value) && value > 0)) flaws.push('not positive');
  if (wrong.length < 3) flaws.push(`${wrong.length} distractors`);
  for (const [index, value] of all.slice(1).entries()) {
    // Shown with three digits, two values 10 % apart may come out at 1.0995.
    if (value / (all[index] ?? value) < 1.095) flaws.push(`${all[index]} and ${value} are close`);
  }
  if (!questionSchema.safeParse(question).success) flaws.push('not in the schema');
  return flaws;
}

/** Draws a generator many times and holds every draw to the standard of an item. */
export function expectGoodDraws(
  generator: Generator,
  { catalog, seeds, distinct }: { catalog: Catalog; seeds: number; distinct: number },
): void {
  const answer = ANSWERS[generator.id];
  if (!answer) throw new Error(`no answer is worked out for ${generator.id}`);
  const prompts = new Set<string>();
  const items: DrawnQuestion[] = [];
  const flaws: string[] = [];

  for (let index = 0; index < seeds; index += 1) {
    const question = generator.draw(`s${index}`);
    items.push(question);
    prompts.add(question.prompt);
    const worked = answer(question.prompt, catalog.models);
    const { right } = answersOf(question);
    // Three digits of the answer and three of a rounded figure in the stem: 0.5 % each.
    if (!(Math.abs(worked - right) <= 0.011 * right)) flaws.push(`${worked} is not ${right}`);
    if (!accepts(question, worked)) flaws.push(`${worked} is not taken for right`);
    for (const flaw of flawsOf(question)) flaws.push(`${flaw}: ${question.prompt}`);
  }

  const findings = lintBank({ ...NO_BANK, questions: items }, RULES)
    .filter(({ level }) => level === 'error')
    .map(({ rule, message }) => `${rule}: ${message}`);
  expect([...flaws, ...findings].slice(0, 5)).toEqual([]);
  expect(prompts.size).toBeGreaterThanOrEqual(distinct);
}

/** Whether the product counts a worked-out number as right. */
function accepts(question: DrawnQuestion, worked: number): boolean {
  if (question.format === 'numeric') {
    return checkNumber(question, `${worked} ${question.unit}`)?.right === true;
  }
  const nearest = question.options
    .map(({ text }, index) => ({ index, gap: Math.abs((numberIn(text) ?? 0) - worked) }))
    .sort((a, b) => a.gap - b.gap)[0];
  return nearest !== undefined && checkChoice(question, [letterOf(nearest.index)]).right;
}

const NO_BANK = {
  questions: [],
  chapters: [],
  paths: [],
  concepts: [],
  claims: [],
  recentTopics: [],
  targets: [],
  today: '2026-11-25',
};
