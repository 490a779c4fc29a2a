import { LEVELS } from '../../core/grading/levels.ts';
import {
  type ItemReport,
  type PointReport,
  priceOfHints,
} from '../../core/interview/item-report.ts';
import type { Report } from '../../core/interview/report.ts';
import type { FreeTextQuestion } from '../../core/questions/schema.ts';
import { cut } from '../../session/question-card.ts';
import { type Block, plain, type Reply } from '../../spine/reply.ts';
import { percent } from './cards.ts';
import { examinerLines } from './examiner-words.ts';
import { missedPoints } from './missed.ts';
import { remarkLines } from './remark-words.ts';
import { againBlocks, missedWords, planBlocks, weakestButtons } from './report-plan.ts';
import { hintCost, limitWords } from './score-words.ts';

/** The report of a finished interview, on one screen of a phone: the rest is behind **Full report**. */
export function reportReply(report: Report, view: ReportView): Reply {
  const missed = missedPoints(report).length;
  const its = `interview:${view.interview}`;
  return {
    title: 'Your report',
    blocks: [
      {
        kind: 'text',
        text: [
          { bold: `${LEVELS[report.level]}: ${percent(report.score)} of what was asked. ` },
          lead(report),
        ],
      },
      {
        kind: 'fields',
        fields: report.dimensions.map(({ name, level, why }) => ({
          label: name,
          value: level === undefined ? why : `${level} of 4, ${LEVELS[level]}. ${why}`,
        })),
      },
      ...againBlocks(report, view),
      ...comparison(report, view),
      ...(missed > 0 ? [{ kind: 'text' as const, text: missedWords(missed) }] : []),
      {
        kind: 'buttons',
        buttons: [
          ...(missed > 0
            ? [{ label: 'Review missed points', run: `review ${its}`, style: 'primary' as const }]
            : []),
          { label: 'Full report', run: `mock report ${its} show:all` },
          { label: 'Review a question', run: `mock review ${its}` },
          { label: 'Share report', run: `mock share ${its}` },
          { label: 'New interview', run: 'mock mode:solo' },
        ],
      },
      { kind: 'note', text: gradedNote(report) },
    ],
  };
}

/** Every question of it, what was missed, and what to do about it. */
export function fullReport(report: Report, view: ReportView): Reply {
  const { items } = report;
  return {
    title: 'Full report',
    blocks: [
      {
        kind: 'table',
        caption: 'Question by question',
        columns: [
          { label: 'No.', align: 'right' },
          { label: 'Round' },
          { label: 'Question' },
          { label: 'Score', align: 'right' },
          { label: 'Answered in', align: 'right' },
          { label: 'Hints', align: 'right' },
        ],
        rows: items.map((item, index) => [
          String(index + 1),
          item.round,
          cut(item.question.prompt, 40),
          formatScore(item),
          minutes(item.ms),
          formatHint(item),
        ]),
      },
      ...remarkBlocks(items),
      ...chapterChart(report, view),
      ...planBlocks(report, view),
      {
        kind: 'file',
        name: `mock-interview-${view.interview}.txt`,
        mime: 'text/plain',
        content: reportText(report, view),
        isExtra: true,
      },
      {
        kind: 'buttons',
        buttons: [
          ...weakestButtons(report, view),
          {
            label: 'Delete interview',
            run: `mock delete interview:${view.interview}`,
            style: 'danger',
          },
        ],
      },
    ],
  };
}

function gradedNote({ judged, items }: Report): string {
  const how =
    judged.by === 0
      ? 'Graded offline by matching wording, so a correct answer in different words can be missed.'
      : judged.by === judged.of
        ? 'Graded point by point by your examiner, a language model. Its quotes were checked.'
        : `${judged.by} of ${judged.of} answers were graded by your examiner, a language model, the others offline.`;
  return marksIn(items) > 0
    ? `${how} Points you marked count as heard, and only you can see that.`
    : how;
}

const marksIn = (items: readonly ItemReport[]) =>
  items.flatMap(({ points }) => points.filter(({ isMarked }) => isMarked)).length;

/** What a report shows beside what was graded. */
export type ReportView = {
  interview: number;
  chapterTitle(chapter: number): string;
  next: FreeTextQuestion[];
  /** What earlier interviews earned on the questions that this one came back to, by their ids, 0 to 1. */
  before: ReadonlyMap<string, number>;
  /** Scores of earlier interviews, newest first, 0 to 1. */
  earlier: number[];
};

function lead(report: Report): string {
  const skipped = report.items.filter(({ isSkipped }) => isSkipped).length;
  const unanswered = report.items.filter(({ isUnanswered }) => isUnanswered).length;
  const marked = marksIn(report.items);
  const parts = [
    `${report.items.length} ${report.items.length === 1 ? 'question' : 'questions'} in ${minutes(report.ms)}`,
    formatTime(report),
    ...(report.hints > 0 ? [`${report.hints} ${report.hints === 1 ? 'hint' : 'hints'}`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...(unanswered > 0 ? [`${unanswered} not answered`] : []),
    ...(marked > 0 ? [`${marked} key ${marked === 1 ? 'point' : 'points'} marked by you`] : []),
  ];
  return `${parts.join(', ')}.`;
}

function formatTime({ isTimed, isOverTime, isExtended }: Report): string {
  if (!isTimed) return 'untimed';
  if (isOverTime) return 'over time';
  return isExtended ? 'with added time' : 'on time';
}

/** A strict interview gives no feedback before: here it is said too. */
function remarkBlocks(items: readonly ItemReport[]): Block[] {
  return items.flatMap(({ remarks }, index) =>
    remarkLines(remarks).map(
      (words): Block => ({
        kind: 'text',
        text: [{ bold: `Question ${index + 1}: ` }, words],
      }),
    ),
  );
}

function chapterChart(report: Report, view: ReportView): Block[] {
  if (report.chapters.length < 2) return [];
  const bars = report.chapters.map(({ chapter, score }) => ({
    label: view.chapterTitle(chapter),
    segments: [{ label: 'Score', value: Math.round(score * 100) }],
  }));
  return [
    {
      kind: 'chart',
      chart: { shape: 'bars', title: 'By chapter', unit: '%', bars },
      alt: `By chapter: ${bars.map(({ label, segments }) => `${label} ${segments[0]?.value ?? 0}%`).join(', ')}`,
    },
  ];
}

function comparison(report: Report, { earlier }: ReportView): Block[] {
  const [last] = earlier;
  if (last === undefined) return [];
  const change = Math.round((report.score - last) * 100);
  const words =
    change === 0
      ? 'the same as'
      : `${Math.abs(change)} ${Math.abs(change) === 1 ? 'point' : 'points'} ${change > 0 ? 'above' : 'below'}`;
  return [
    {
      kind: 'text',
      text: `That's ${words} your last interview (${percent(last)}). Your best so far is ${percent(Math.max(report.score, ...earlier))}.`,
    },
  ];
}

/** The report as a file to keep: with every point, and without markup. */
export function reportText(report: Report, view: ReportView): string {
  const lines = [
    `Mock interview ${view.interview}`,
    '',
    `${LEVELS[report.level]}: ${percent(report.score)}. ${lead(report)}`,
    '',
    ...report.dimensions.map(
      ({ name, level, why }) => `- ${name}: ${level === undefined ? '' : `${level} of 4. `}${why}`,
    ),
  ];
  for (const [index, item] of report.items.entries()) {
    const cost = hintCost(item);
    lines.push(
      '',
      `${index + 1}. ${item.round}: ${formatScore(item)}${cost ? ` (${cost})` : ''}`,
      '',
      item.question.prompt,
      '',
    );
    for (const words of remarkLines(item.remarks)) lines.push(words, '');
    for (const words of limitWords(item.cappedBy)) lines.push(words, '');
    for (const point of item.points)
      lines.push(
        `- ${formatVerdict(point, item)}: ${point.text}${point.evidence && point.verdict !== 'missed' ? ` ("${point.evidence}")` : ''}`,
      );
    for (const text of item.mistakes) lines.push(`- A common mistake here: ${text}`);
    for (const text of examinerLines(item)) lines.push(`- ${plain(text)}`);
    for (const { ask, expect, isWon } of item.followUps)
      lines.push(
        `- Follow-up${isWon ? '' : ' (not fully answered)'}: ${ask} A good answer: ${expect}`,
      );
    lines.push('', `Model answer: ${item.question.modelAnswer}`);
  }
  return `${lines.join('\n')}\n`;
}

function formatScore({ isSkipped, isUnanswered, score }: ItemReport): string {
  if (isUnanswered) return 'Not answered';
  return isSkipped ? 'Skipped' : percent(score);
}

/** How many, and what they took, since the score beside it is what was left. */
function formatHint({ hints, score }: ItemReport): string {
  return hintCost({ hints, score }) ? `${hints} (−${percent(priceOfHints(hints))})` : `${hints}`;
}

const VERDICTS: Record<PointReport['verdict'], string> = {
  covered: 'Heard',
  partly: 'Partly heard',
  missed: 'Not heard',
};

function formatVerdict({ isMarked, verdict }: PointReport, item: ItemReport): string {
  if (isMarked) return 'Marked by you';
  return item.isUnread || !item.hasVerdicts ? 'Key point' : VERDICTS[verdict];
}

function minutes(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
