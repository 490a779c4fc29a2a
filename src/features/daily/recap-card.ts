import type { Chapter } from '../../core/catalog.ts';
import { letterOf, type ScoredQuestion } from '../../core/questions/check-answer.ts';
import { cut } from '../../session/question-card.ts';
import { solutionBlocks } from '../../session/solution.ts';
import type { Block, Chart, Reply, Text } from '../../spine/reply.ts';

/** How many people gave an answer on their first try. */
export type AnswerCount = { answer: string; count: number; isRight: boolean };

/** After the close: who chose what, the solution with the most common mistake, two follow-ups. */
export function recapCard(
  question: ScoredQuestion,
  counts: readonly AnswerCount[],
  chapter?: Chapter,
): Reply {
  const answered = counts.reduce((sum, each) => sum + each.count, 0);
  const right = counts.filter((each) => each.isRight).reduce((sum, each) => sum + each.count, 0);
  const head: Text =
    answered === 0
      ? 'No one answered before it closed.'
      : `${right} of ${answered} got it right on the first try.`;
  const chart = distribution(question, counts);
  return {
    title: 'Solution',
    blocks: [
      { kind: 'text', text: head },
      ...(chart ? [chart] : []),
      ...solutionBlocks(question, chapter, {
        isNumbered: chart !== undefined,
        mistake: mostCommonMistake(question, counts),
      }),
      ...question.followUps.slice(0, 2).map(
        (followUp): Block => ({
          kind: 'text',
          text: [{ bold: 'Follow-up: ' }, followUp.ask, ' ', { italic: followUp.expect }],
        }),
      ),
    ],
  };
}

function distribution(question: ScoredQuestion, counts: readonly AnswerCount[]): Block | undefined {
  if (!('options' in question) || counts.length === 0) return undefined;
  const chosen = question.options.map((option, index) => ({
    // No letters: everybody saw the options in another order. Numbers, since some options begin alike.
    label: `${index + 1}. ${option.correct ? '✓ ' : ''}${cut(option.text, 40)}`,
    value: takersOf(index, counts),
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
function takersOf(option: number, counts: readonly AnswerCount[]): number {
  return counts
    .filter(({ answer }) => answer.split(',').includes(letterOf(option)))
    .reduce((sum, { count }) => sum + count, 0);
}

/** The wrong option that more people chose than any other, if there is one. */
function mostCommonMistake(question: ScoredQuestion, counts: readonly AnswerCount[]) {
  if (!('options' in question)) return undefined;
  const wrong = question.options
    .map((option, index) => ({ option, count: takersOf(index, counts) }))
    .filter(({ option }) => !option.correct);
  const most = Math.max(...wrong.map(({ count }) => count));
  const [first, second] = wrong.filter(({ count }) => count === most && count > 0);
  return second ? undefined : first?.option;
}
