import type { Chapter } from '../core/catalog.ts';
import { letterOf } from '../core/questions/check-answer.ts';
import type { Question } from '../core/questions/schema.ts';
import type { Block, Inline } from '../spine/reply.ts';
import { shownLetter } from './question-card.ts';

/** The key, why for every option, two follow-ups, the source and the chapter; letters as one person saw them. */
export function solutionBlocks(
  question: Question,
  chapter?: Chapter,
  order?: readonly string[],
): Block[] {
  return [
    ...keyBlocks(question, order),
    explanationBlock(question),
    ...question.followUps.slice(0, 2).map(
      (followUp): Block => ({
        kind: 'text',
        text: [{ bold: 'Follow-up: ' }, followUp.ask, ' ', { italic: followUp.expect }],
      }),
    ),
    ...sourceBlocks(question, chapter),
  ];
}

/** Why the key is right; after a model answer, a second long text needs a name of its own. */
export const explanationBlock = (question: Question): Block => ({
  kind: 'text',
  text:
    'modelAnswer' in question
      ? [{ bold: 'In short: ' }, question.explanation]
      : question.explanation,
});

/** Where an item comes from; nothing for a team's own that names no source and no chapter. */
export function sourceBlocks(question: Question, chapter?: Chapter): Block[] {
  const source = sourceText(question);
  if (source.length === 0 && !chapter) return [];
  const dot = source.length > 0 ? ' · ' : '';
  const text = [...source, chapter ? `${dot}Chapter ${chapter.number}: ${chapter.title}` : ''];
  return [{ kind: 'note', text }];
}

/** Empty for a team's own item that names none. */
function sourceText({ references }: Question): Inline[] {
  if (references.length === 0) return [];
  return [
    'Source: ',
    ...references.slice(0, 2).flatMap((reference, index): Inline[] => [
      index > 0 ? '; ' : '',
      {
        link: `${reference.title} (${reference.year})`,
        to: reference.url.replace(/^arXiv:/, 'https://arxiv.org/abs/'),
      },
      `, ${reference.where}`,
    ]),
  ];
}

function keyBlocks(question: Question, order: readonly string[] | undefined): Block[] {
  switch (question.format) {
    case 'single':
    case 'multi':
      return inOrder(question.options, order).map(({ part: option, seen }) => ({
        kind: 'text',
        text: [
          { bold: `${seen}${option.correct ? '✓ Correct: ' : '✗ Incorrect: '}` },
          sentence(option.text),
          { italic: option.why },
        ],
      }));
    case 'numeric':
      return [
        { kind: 'text', text: [{ bold: 'Answer: ' }, numberText(question.answer, question.unit)] },
        { kind: 'text', text: [{ bold: 'Calculation: ' }, question.working] },
      ];
    case 'order':
      return question.steps.map((step, index) => ({
        kind: 'text',
        text: [
          { bold: order ? `${shownLetter(order.indexOf(letterOf(index)))}  ` : `${index + 1}. ` },
          sentence(step.text),
          { italic: step.why },
        ],
      }));
    default:
      return [{ kind: 'text', text: [{ bold: 'Model answer: ' }, question.modelAnswer] }];
  }
}

/** A text with its full stop, where it doesn't end a sentence by itself, and a space. */
export const sentence = (text: string) => (/[.!?]$/.test(text) ? `${text} ` : `${text}. `);

/** The options in the order in which somebody saw them, with the letters beside them there. */
function inOrder<Part>(parts: readonly Part[], order: readonly string[] | undefined) {
  const all = parts.map((part, index) => {
    const at = order?.indexOf(letterOf(index)) ?? index;
    return { part, at, seen: order ? `${shownLetter(at)}  ` : '' };
  });
  return all.sort((one, other) => one.at - other.at);
}

/** A number with its unit, in as many digits as help. */
export function numberText(value: number, unit: string): string {
  const digits = Math.abs(value) >= 1000 ? 0 : 3;
  const shown =
    Math.abs(value) >= 1e15 || (Math.abs(value) < 1e-3 && value !== 0)
      ? value.toExponential(2)
      : value.toLocaleString('en', { maximumFractionDigits: digits });
  return unit ? `${shown} ${unit}` : shown;
}
