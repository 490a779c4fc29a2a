import { LEVELS, levelOf } from '../../core/grading/levels.ts';
import type { Report } from '../../core/interview/report.ts';
import { LAST_OWN_CHAPTER } from '../../core/questions/schema.ts';
import { cut } from '../../session/question-card.ts';
import { runLine } from '../../spine/button.ts';
import type { Block } from '../../spine/reply.ts';
import { percent } from './cards.ts';
import { missedPoints } from './missed.ts';
import type { ReportView } from './report.ts';

/** What comes of it: the points that were missed come back, and the weakest chapters can be practiced at once. */
export function planBlocks(report: Report, view: ReportView): Block[] {
  const missed = missedPoints(report);
  const weakest = report.chapters
    .filter(({ chapter, score }) => chapter <= LAST_OWN_CHAPTER && levelOf(score) < MOST_LEVEL)
    .sort((a, b) => a.score - b.score || a.chapter - b.chapter)
    .slice(0, 2);
  if (missed.length === 0 && weakest.length === 0) return [];
  const shown = [...missed].sort((a, b) => b.point.weight - a.point.weight).slice(0, 5);
  return [
    { kind: 'text', text: { bold: 'Your plan' } },
    ...(missed.length === 0 ? [] : [{ kind: 'text' as const, text: missedWords(missed.length) }]),
    ...shown.map(
      ({ item, point }): Block => ({
        kind: 'text',
        text: `• ${point.text} (chapter ${item.question.chapter}, ${view.chapterTitle(item.question.chapter)})`,
      }),
    ),
    {
      kind: 'buttons',
      buttons: [
        ...(missed.length === 0
          ? []
          : [
              {
                label: 'Review missed points',
                run: runLine('review', { interview: view.interview }),
                style: 'primary' as const,
              },
            ]),
        ...weakest.map(({ chapter }) => ({
          label: `Quiz chapter ${chapter}`,
          run: runLine('quiz', { chapter, count: 5 }),
        })),
      ],
    },
  ];
}

const MOST_LEVEL = LEVELS.length - 1;

function missedWords(missed: number): string {
  const points = missed === 1 ? '1 key point. It comes' : `${missed} key points. They come`;
  return `You missed ${points} back in your review from tomorrow. An interview in the next 7 days asks about this with other questions.`;
}

/** What this interview asked again in another way, then and now. */
export function againBlocks({ items }: Report, { before }: ReportView): Block[] {
  return items.flatMap((item, index): Block[] => {
    const then = item.follows === undefined ? undefined : before.get(item.follows);
    if (then === undefined || item.isUnanswered) return [];
    return [
      {
        kind: 'text',
        text: `Question ${index + 1} came back to points you missed before: ${percent(then)} then, ${percent(item.score)} now.`,
      },
    ];
  });
}

/** Questions to try next, from the weakest chapters. */
export function nextBlocks({ next }: ReportView): Block[] {
  if (next.length === 0) return [];
  return [
    { kind: 'text', text: { bold: 'Try next' } },
    ...next.map(
      (question, index): Block => ({
        kind: 'text',
        text: `${index + 1}. ${cut(question.prompt, 140)} (${question.difficulty})`,
      }),
    ),
    {
      kind: 'buttons',
      buttons: next.map(({ id }, index) => ({
        label: `Open ${index + 1}`,
        run: runLine('question show', { id }),
      })),
    },
  ];
}
