import type { Question } from '../../src/core/questions/schema.ts';
import { BANK_RULES } from './bank-rules.ts';
import { CHOICE_RULES } from './choice-rules.ts';
import { COVERAGE_RULES } from './coverage-rules.ts';
import { DUPLICATE_RULES } from './duplicate-rules.ts';
import { FORMAT_RULES } from './format-rules.ts';
import { FREE_TEXT_RULES } from './free-text-rules.ts';
import { HINT_RULES } from './hint-rules.ts';
import { REVIEW_RULES } from './review-rules.ts';
import type { Finding, LintInput, Rule } from './rule.ts';
import { TEXT_RULES } from './text-rules.ts';

/**
 * Every rule of the lint. A new rule goes into the list of its file; a check that another part of the
 * core owns and that answers in sentences joins here with `sentenceRule`.
 */
export const RULES: readonly Rule[] = [
  ...CHOICE_RULES,
  ...TEXT_RULES,
  ...HINT_RULES,
  ...FORMAT_RULES,
  ...FREE_TEXT_RULES,
  ...REVIEW_RULES,
  ...DUPLICATE_RULES,
  ...COVERAGE_RULES,
  ...BANK_RULES,
];

/** Finds every flaw that can be found without understanding an item. */
export function lintBank(input: LintInput, rules: readonly Rule[] = RULES): Finding[] {
  return rules.flatMap((rule) => rule.check(input));
}

/** Makes a rule of a check that answers in sentences, each with the item's id in front. */
export function sentenceRule(
  name: string,
  check: (questions: readonly Question[]) => readonly string[],
): Rule {
  return {
    name,
    check: ({ questions }) =>
      check(questions).map((sentence) => {
        const id = questions.find((question) => sentence.startsWith(question.id))?.id;
        const message = id ? sentence.slice(id.length).replace(/^[\s:,]+/, '') : sentence;
        return { level: 'error', rule: name, ...(id && { id }), message, fix: 'see the message' };
      }),
  };
}
