import { letterOf, type ScoredQuestion } from '../../core/questions/check-answer.ts';
import { type CardPost, cut } from '../../session/question-card.ts';
import { roomBlocks } from '../../session/result-card.ts';
import type { Block, Chart, Reply, Text } from '../../spine/reply.ts';

/** How many people gave an answer on their first try. */
export type AnswerCount = { answer: string; count: number; isRight: boolean };

/** After the close: who chose what, the key and the most common mistake; a tap explains every option. */
export function recapCard({ id, question }: CardPost, counts: readonly AnswerCount[]): Reply {
  const answered = counts.reduce((sum, each) => sum + each.count, 0);
  const right = counts.filter((each) => each.isRight).reduce((sum, each) => sum + each.count, 0);
  const head: Text =
    answered === 0
      ? 'No one answered before it closed.'
      : `${right} of ${answered} right on the first try.`;
  const chart = distribution(question, counts);
  return {
    title: 'Solution',
    blocks: [
      { kind: 'text', text: head },
      ...(chart ? [chart] : []),
      ...roomBlocks(question, { takersOf: (letter) => takersOf(letter, counts) }),
      {
        kind: 'buttons',
        buttons: [{ label: 'Explain more', run: `answer reveal post:${id} more:yes` }],
      },
    ],
  };
}

function distribution(question: ScoredQuestion, counts: readonly AnswerCount[]): Block | undefined {
  if (!('options' in question) || counts.length === 0) return undefined;
  const chosen = question.options.map((option, index) => ({
    // No letters: everybody saw the options in another order. Numbers, since some options begin alike.
    label: `${index + 1}. ${option.correct ? '✓ ' : ''}${cut(option.text, 32)}`,
    value: takersOf(letterOf(index), counts),
  }));
  const chart: Chart = {
    shape: 'bars',
    title: 'First answers',
    unit: 'people',
    unitOfOne: 'person',
    bars: chosen.map(({ label, value }) => ({ label, segments: [{ label: 'people', value }] })),
  };
  return {
    kind: 'chart',
    chart,
    alt: `First answers: ${chosen.map(({ label, value }) => `${label}: ${value}`).join('; ')}`,
  };
}

/** How many people had an option in their first answer. */
function takersOf(option: string, counts: readonly AnswerCount[]): number {
  return counts
    .filter(({ answer }) => answer.split(',').includes(option))
    .reduce((sum, { count }) => sum + count, 0);
}
