import type { FreeTextQuestion, Question } from '../../src/core/questions/schema.ts';
import { contentWords, tokenize } from '../../src/core/questions/text-tokens.ts';
import { bankRule, freeTextRule, isFreeText, proseOf, type Rule } from './rule.ts';

/** A word in more items than this is everyone's: it gives no key point away. */
const COMMON_WORD = 45;

/** Rules of items that are answered in words, but for what grading needs of their key points. */
export const FREE_TEXT_RULES: readonly Rule[] = [
  freeTextRule('model-answer', ({ modelAnswer }) => {
    const words = tokenize(modelAnswer).length;
    return words >= 60 && words <= 180
      ? []
      : [{ path: ['modelAnswer'], message: `has ${words} words`, fix: 'write 60 to 180 words' }];
  }),
  freeTextRule('key-point-count', ({ format, keyPoints }) => {
    const [least, most] = format === 'scenario' ? [4, 8] : [3, 7];
    return keyPoints.length >= least && keyPoints.length <= most
      ? []
      : [
          {
            path: ['keyPoints'],
            message: `are ${keyPoints.length}`,
            fix: `give ${least} to ${most} key points to a question of the kind ${format}`,
          },
        ];
  }),
  freeTextRule('key-point-weight', ({ keyPoints }) =>
    keyPoints.flatMap(({ weight }, index) =>
      weight <= 0.5
        ? []
        : {
            path: ['keyPoints', index, 'weight'],
            message: `is ${weight}: one point decides the grade`,
            fix: 'split the point or lower its weight to 0.5',
          },
    ),
  ),
  freeTextRule('label', ({ keyPoints }) =>
    keyPoints.flatMap(({ label }, index) =>
      label !== undefined
        ? []
        : {
            path: ['keyPoints', index],
            message: 'has no label',
            fix: 'name its topic in at most 40 characters',
          },
    ),
  ),
  freeTextRule('phrasings', ({ keyPoints }) =>
    keyPoints.flatMap(({ phrasings }, index) => {
      const distinct = new Set(phrasings.map((phrase) => tokenize(phrase).join(' ')));
      return distinct.size === phrasings.length
        ? []
        : {
            path: ['keyPoints', index, 'phrasings'],
            message: 'say the same twice',
            fix: 'say the point in other words',
          };
    }),
  ),
  freeTextRule('red-flags', ({ redFlags }) =>
    redFlags.length > 1
      ? []
      : [
          {
            level: 'warning',
            path: ['redFlags'],
            message: 'are fewer than two',
            fix: 'add a false statement that candidates make',
          },
        ],
  ),
  bankRule('follow-up-tells', ({ questions }) => {
    const items = itemsByWord(questions);
    return questions.filter(isFreeText).flatMap((question) =>
      question.followUps.flatMap(({ ask }, index) => {
        const told = wordsOfOnePoint(question, contentWords(ask)).filter(
          (word) => (items.get(word) ?? 0) <= COMMON_WORD,
        );
        return told.map((word) => ({
          level: 'warning' as const,
          id: question.id,
          path: ['followUps', index, 'ask'],
          message: `names "${word}", which only a key point does`,
          fix: 'ask so that it also makes sense to someone who did not think of it',
        }));
      }),
    );
  }),
  freeTextRule('levels', ({ levels: { weak, solid, excellent } }) =>
    new Set([weak, solid, excellent].map((text) => tokenize(text).join(' '))).size === 3
      ? []
      : [{ path: ['levels'], message: 'repeat each other', fix: 'say what sets each apart' }],
  ),
];

/** In how many items each telling word is. */
function itemsByWord(questions: readonly Question[]): Map<string, number> {
  const items = new Map<string, number>();
  for (const question of questions) {
    const text = proseOf(question).map((prose) => prose.text);
    for (const word of contentWords(text.join(' '))) items.set(word, (items.get(word) ?? 0) + 1);
  }
  return items;
}

/** The words that one key point has and neither the question nor another point. */
function wordsOfOnePoint(
  { prompt, code = '', keyPoints }: FreeTextQuestion,
  words: ReadonlySet<string>,
): string[] {
  const asked = contentWords(`${prompt} ${code}`);
  const points = keyPoints.map(({ text, label = '' }) => contentWords(`${text} ${label}`));
  return [...words].filter(
    (word) => !asked.has(word) && points.filter((point) => point.has(word)).length === 1,
  );
}
