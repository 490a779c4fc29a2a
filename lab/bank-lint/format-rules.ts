import { numbersIn } from '../../src/core/questions/text-tokens.ts';
import { flawIf, isChoice, itemRule, numericRule, proseOf, type Rule } from './rule.ts';

/** The bot shuffles options, so a place or a letter means nothing. */
const OPTION_NAME =
  /\b(?:options? (?:[A-F]|[1-6])|(?:answer|choice) [A-F]|(?:first|second|third|fourth|fifth|last) options?)\b/;

/** Rules that hold for one format only. */
export const FORMAT_RULES: readonly Rule[] = [
  numericRule('numeric-slips', ({ slips = [] }) =>
    flawIf(
      slips.length < 2,
      ['slips'],
      `names ${slips.length} slips`,
      'name two typical slips',
      'warning',
    ),
  ),
  numericRule('numeric-unit', ({ prompt, unit, accepts = [] }) => {
    const bytes = unit.match(/^[KMGT]i?B\b/)?.[0];
    return flawIf(
      bytes !== undefined && !prompt.includes(bytes),
      ['prompt'],
      `does not say that the answer is in ${unit}`,
      'name the unit in the stem: GB and GiB differ',
      accepts.length > 0 ? 'warning' : 'error',
    );
  }),
  numericRule('working', ({ working, answer, tolerance }) => {
    const margin =
      'relative' in tolerance ? Math.abs(answer) * tolerance.relative : tolerance.absolute;
    return flawIf(
      !numbersIn(working).some((value) => Math.abs(value - answer) <= margin),
      ['working'],
      `does not arrive at ${answer}`,
      'show the steps down to the answer',
    );
  }),
  itemRule('order-clues', (question) =>
    question.format !== 'order'
      ? []
      : question.steps.flatMap(({ text }, index) => {
          const clue = text.match(
            /^(?:first|then|next|after that|last)\b|\b(?:finally|lastly)\b/i,
          )?.[0];
          const path = ['steps', index, 'text'];
          return flawIf(clue !== undefined, path, `says "${clue}"`, 'drop the clue to the place');
        }),
  ),
  itemRule('bug-comment', (question) => {
    if (question.format !== 'bug') return [];
    const clue = question.code.match(/(?:#|\/\/).*\b(?:bug|fixme|wrong|fault|mistake)\b/i)?.[0];
    return flawIf(
      clue !== undefined,
      ['code'],
      `gives the fault away: "${clue}"`,
      'remove the comment',
    );
  }),
  itemRule('option-reference', (question) =>
    isChoice(question)
      ? proseOf(question).flatMap(({ path, text }) => {
          const named = text.match(OPTION_NAME)?.[0];
          return flawIf(
            named !== undefined,
            path,
            `says "${named}"`,
            'name the option by its words: options are shuffled',
          );
        })
      : [],
  ),
];
