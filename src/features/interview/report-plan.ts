import { LEVELS, levelOf } from '../../core/grading/levels.ts';
import type { Report } from '../../core/interview/report.ts';
import { LAST_OWN_CHAPTER } from '../../core/questions/schema.ts';
import { cut } from '../../session/question-card.ts';
import { runLine } from '../../spine/button.ts';
import type { Block, Button } from '../../spine/reply.ts';
import { percent } from './cards.ts';
import { missedPoints } from './missed.ts';
import type { ReportView } from './report.ts';

/** The points that were missed, which come back, and questions to try next. */
export function planBlocks(report: Report, { next, chapterTitle }: ReportView): Block[] {
  const shown = missedPoints(report)
    .sort((a, b) => b.point.weight - a.point.weight)
    .slice(0, 5);
  const missed = shown.map(({ item, point }): Block => {
    const chapter = chapterTitle(item.question.chapter);
    return { kind: 'text', text: `• ${point.text} (${chapter})` };
  });
  return [
    ...(missed.length > 0
      ? [{ kind: 'text' as const, text: { bold: 'Missed key points' } }, ...missed]
      : []),
    ...(next.length > 0
      ? [
          {
            kind: 'select' as const,
            label: 'Try next',
            run: 'question show',
            option: 'id',
            choices: next.map(({ id, prompt, difficulty }) => ({
              label: cut(prompt, 75),
              value: id,
              description: difficulty,
            })),
          },
        ]
      : []),
  ];
}

/** A quiz of each of the weakest chapters. */
export function weakestButtons(report: Report, { chapterTitle }: ReportView): Button[] {
  return report.chapters
    .filter(({ chapter, score }) => chapter <= LAST_OWN_CHAPTER && levelOf(score) < MOST_LEVEL)
    .sort((a, b) => a.score - b.score || a.chapter - b.chapter)
    .slice(0, 2)
    .map(({ chapter }) => ({
      label: `Quiz ${cut(chapterTitle(chapter), 24)}`,
      run: runLine('quiz', { chapter, count: 5 }),
    }));
}

const MOST_LEVEL = LEVELS.length - 1;

/** How many points were missed, and what becomes of them. */
export function missedWords(missed: number): string {
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
