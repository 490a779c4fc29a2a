import type { Question } from '../../src/core/questions/schema.ts';
import { tokenize } from '../../src/core/questions/text-tokens.ts';
import {
  bankRule,
  type Flaw,
  flawIf,
  isFreeText,
  itemRule,
  type Prose,
  proseOf,
  type Rule,
} from './rule.ts';
import { BANNED_WORDINGS, type Wording } from './wordings.ts';

/** Markup that would be shown as it is written. */
const MARKUP: readonly Wording[] = [
  [/\$\$|\\(?:frac|sqrt|text|times|cdot|sum|log|alpha|beta)\b|[_^]\{/, 'write formulas in Unicode'],
  [/\*\*|```|^#+ |\]\(https?:/m, 'write plain text: markup is shown as it is written'],
  [/^\s*\|.*\|\s*$/m, 'write a sentence instead of a table'],
];
const TRIVIA =
  /\b(?:in (?:which|what) year|(?:what|which) year|when (?:was|were) .*(?:released|published|introduced|announced)|who (?:wrote|introduced|proposed|invented|published|coined))\b/i;
/** As far as Discord's poll questions go; longer stems are hard to read in a notification. */
const LONG_STEM = 300;
const VAGUE_PLACE =
  /^(?:the )?(?:whole )?(?:paper|document|page|article|text|everything|all|throughout|various|blog(?: post)?)\.?$/i;

/** Rules of what an item says, whatever its format. */
export const TEXT_RULES: readonly Rule[] = [
  itemRule('explanation', ({ explanation, ...question }) => {
    const words = tokenize(explanation).length;
    const wrong =
      'options' in question ? question.options.filter(({ correct }) => !correct).length : 0;
    const sentences = explanation.split(/[.!?](?:\s|$)/).filter((part) => part.trim()).length;
    return [
      ...flawIf(
        words < 40,
        ['explanation'],
        `has ${words} words; at least 40`,
        'say why each wrong answer is wrong',
      ),
      ...flawIf(
        sentences < wrong + 1,
        ['explanation'],
        `has ${sentences} sentences for ${wrong} wrong options`,
        'give each wrong option a sentence',
        'warning',
      ),
    ];
  }),
  itemRule('stem-length', (question) =>
    flawIf(
      !isFreeText(question) && question.prompt.length > LONG_STEM,
      ['prompt'],
      `has ${question.prompt.length} characters; better at most ${LONG_STEM}`,
      'shorten the stem',
      'warning',
    ),
  ),
  itemRule('stem-question', (question) => [
    ...flawIf(
      !/[?:]|\b(?:select|choose|put|order|arrange|compute|calculate|explain|design|describe|find|name|give|estimate|walk|compare|fix|diagnose|plan|state|show|derive|write|propose|say|tell|list|sketch)\b/i.test(
        question.prompt,
      ),
      ['prompt'],
      'asks nothing',
      'put the question into the stem',
    ),
    ...flawIf(
      TRIVIA.test(question.prompt),
      ['prompt'],
      'asks for a date or a name',
      'ask for an idea',
      'warning',
    ),
  ]),
  itemRule('banned-phrase', (question) => proseOf(question).flatMap(bannedIn)),
  bankRule('banned-title', ({ chapters, paths, concepts, claims, recentTopics }) =>
    [chapters, paths, concepts, claims, recentTopics].flat().flatMap((row) =>
      proseOf(row)
        .flatMap(bannedIn)
        .map(({ message, fix }) => ({ message: `"${row.title}" ${message}`, fix })),
    ),
  ),
  itemRule('code', (question) =>
    'code' in question && question.code?.includes('\t')
      ? [{ path: ['code'], message: 'contains a tab', fix: 'indent with spaces' }]
      : [],
  ),
  itemRule('reference', ({ references }) => references.flatMap(referenceFlaws)),
  itemRule('minutes', (question) => {
    const { difficulty, minutes } = question;
    const easy = isFreeText(question) ? 3 : 2;
    const least = { easy: 0.5, medium: 1, hard: 2 }[difficulty];
    const most = { easy, medium: 5, hard: 10 }[difficulty];
    return flawIf(
      minutes < least || minutes > most,
      ['minutes'],
      `is ${minutes} for an item that is ${difficulty}`,
      `expect ${least} to ${most} minutes, or change the label`,
      'warning',
    );
  }),
];

function bannedIn({ path, text }: Prose): Flaw[] {
  // What a candidate may say is not what the bank says.
  if (['phrasings', 'wrong', 'contrast'].some((field) => path.includes(field))) return [];
  return [...MARKUP, ...BANNED_WORDINGS].flatMap(([pattern, fix]) => {
    const phrase = text.match(pattern)?.[0].trim();
    return flawIf(phrase !== undefined, path, `says "${phrase}"`, fix);
  });
}

type Reference = Question['references'][number];

function referenceFlaws(
  { title, year, url, where }: Reference,
  index: number,
  references: readonly Reference[],
): Flaw[] {
  const path = ['references', index];
  const month = url.match(/^arXiv:(\d\d)(\d\d)\./);
  return [
    ...flawIf(/^https?:|^arXiv:/i.test(title), [...path, 'title'], 'is a link', 'write the title'),
    ...flawIf(
      VAGUE_PLACE.test(where),
      [...path, 'where'],
      `is "${where}"`,
      'name a section, table, figure or page',
    ),
    ...flawIf(
      /arxiv\.org\/(?:abs|pdf)\//i.test(url),
      [...path, 'url'],
      'is a long arXiv link',
      'write arXiv:2305.13245',
      'warning',
    ),
    ...flawIf(
      /^https:\/\/(?:bit\.ly|t\.co|tinyurl\.com|goo\.gl|localhost|example\.)/i.test(url),
      [...path, 'url'],
      'will not stay',
      'link the source itself',
    ),
    ...flawIf(
      month !== null && (Number(month[2]) < 1 || Number(month[2]) > 12),
      [...path, 'url'],
      'has no such month',
      'check the arXiv id',
    ),
    ...flawIf(
      month !== null && 2000 + Number(month[1]) > year,
      [...path, 'year'],
      `is before the arXiv id ${url}`,
      'check both',
    ),
    ...flawIf(
      references.findIndex((other) => other.url === url && other.where === where) < index,
      path,
      'repeats an earlier one',
      'remove it',
    ),
  ];
}
