import type { Question } from '../../src/core/questions/schema.ts';
import { claimsIn } from './claims.ts';
import { itemRule, type LintInput, proseOf, type Rule } from './rule.ts';

/** How long a fact that ages is trusted; the ones about models, chapter 4, change more slowly than settings and products. */
const trustOf = ({ chapter }: Question) =>
  chapter === 4 ? { days: 366, words: 'a year' } : { days: 184, words: 'six months' };
const DATED =
  /\b(?:as of (?:\w+ )?20\d\d|at (?:the )?time of writing|latest (?:release|version))\b/i;

/** Rules about who looked at an item and until when that holds. */
export const REVIEW_RULES: readonly Rule[] = [
  itemRule('reviewed', ({ reviewed }) =>
    reviewed.length > 0
      ? []
      : [
          {
            path: ['reviewed'],
            message: 'has no review',
            fix: 'have somebody else answer it blind',
          },
        ],
  ),
  itemRule('reviewer', ({ reviewed }, { today }) =>
    reviewed.flatMap(({ by, date, note }, index) => [
      ...(/\b(?:writer|author)\b/i.test(by)
        ? [
            {
              path: ['reviewed', index, 'by'],
              message: `is "${by}"`,
              fix: 'a reviewer is somebody other than the writer',
            },
          ]
        : []),
      ...(date > today
        ? [
            {
              path: ['reviewed', index, 'date'],
              message: `${date} is to come`,
              fix: 'check the day',
            },
          ]
        : []),
      ...(note
        ? []
        : [
            {
              level: 'warning' as const,
              path: ['reviewed', index],
              message: 'has no note',
              fix: 'write why the difficulty label is what it is',
            },
          ]),
    ]),
  ),
  itemRule('review-by', (question, input) => {
    const { reviewBy, reviewed } = question;
    const reason = agingReason(question, input);
    const path = ['reviewBy'];
    const trust = trustOf(question);
    if (!reviewBy) {
      return reason
        ? [{ path, message: `is missing: ${reason}`, fix: `add a day within ${trust.words}` }]
        : [];
    }
    const last =
      reviewed
        .map(({ date }) => date)
        .sort()
        .at(-1) ?? input.today;
    if (daysBetween(last, reviewBy) > trust.days) {
      return [
        {
          path,
          message: `${reviewBy} is over ${trust.words} after ${last}`,
          fix: 'choose an earlier day',
        },
      ];
    }
    if (reviewBy < input.today) {
      const fix = 'check the facts again and move the day';
      return [{ level: 'warning', path, message: `${reviewBy} has passed`, fix }];
    }
    return [];
  }),
];

function agingReason(question: Question, { concepts, claims }: LintInput): string | undefined {
  const concept = concepts.find(({ id, volatile }) => volatile && question.topics.includes(id));
  if (concept) return `facts about "${concept.title}" age`;
  const used = claimsIn(question);
  const claim = claims.find((row) => row.volatile && used.includes(row.claim));
  if (claim) return `claim ${claim.claim} ages`;
  const dated = proseOf(question).map(({ text }) => text.match(DATED)?.[0]);
  const phrase = dated.find((text) => text !== undefined);
  return phrase && `it says "${phrase}"`;
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}
