import type { Chapter } from '../../core/catalog.ts';
import type { Question } from '../../core/questions/schema.ts';
import { labelOf, promptBlocks, shownLetter } from '../../session/question-card.ts';
import { solutionBlocks } from '../../session/solution.ts';
import type { Block, Reply } from '../../spine/reply.ts';

/** An item of the bank without its answer. */
export function itemCard(question: Question, chapter?: Chapter): Reply {
  return {
    title: `Question ${question.id}`,
    visibility: 'private',
    blocks: [
      ...promptBlocks(question),
      ...choiceBlocks(question),
      {
        kind: 'buttons',
        buttons: [
          {
            label: 'Show solution',
            run: `question show id:${question.id} answer:yes`,
            style: 'primary',
          },
          ...(question.hints.length > 0
            ? [{ label: 'Hint', run: `question show id:${question.id} hints:1` }]
            : []),
          { label: 'Report a problem', run: `question report question:${question.id}` },
        ],
      },
      {
        kind: 'note',
        text: `${labelOf(question, chapter)} · ${question.format} · Practice, no points`,
      },
    ],
  };
}

/** The same item with everything that belongs to its answer. */
export function answeredItemCard(question: Question, chapter?: Chapter): Reply {
  return {
    title: `Question ${question.id}`,
    visibility: 'private',
    update: true,
    blocks: [
      ...promptBlocks(question),
      ...solutionBlocks(question, chapter),
      {
        kind: 'buttons',
        buttons: [{ label: 'Report a problem', run: `question report question:${question.id}` }],
      },
    ],
  };
}

/** Hints opened so far, under the question. */
export function hintedItemCard(question: Question, hints: number, chapter?: Chapter): Reply {
  const card = itemCard(question, chapter);
  const shown = question.hints.slice(0, hints).map(
    (hint, index): Block => ({
      kind: 'text',
      text: [{ bold: `Hint ${index + 1}: ` }, hint],
    }),
  );
  return {
    ...card,
    update: true,
    blocks: card.blocks.flatMap((block): Block[] => {
      if (block.kind !== 'buttons') return [block];
      const buttons = block.buttons
        .filter(({ label }) => label !== 'Hint' || hints < question.hints.length)
        .map((button) =>
          button.label === 'Hint'
            ? {
                ...button,
                label: 'Next hint',
                run: `question show id:${question.id} hints:${hints + 1}`,
              }
            : button,
        );
      return [...shown, { kind: 'buttons', buttons }];
    }),
  };
}

function choiceBlocks(question: Question): Block[] {
  if ('options' in question)
    return question.options.map((option, index) => ({
      kind: 'text',
      text: [{ bold: `${shownLetter(index)}  ` }, option.text],
    }));
  if (question.format === 'order')
    // In the order of their words: the right order is the answer.
    return [...question.steps]
      .sort((a, b) => (a.text < b.text ? -1 : 1))
      .map((step) => ({ kind: 'text', text: `• ${step.text}` }));
  return [];
}
