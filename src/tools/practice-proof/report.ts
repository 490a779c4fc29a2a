import type { LineChart } from '../../bot/reply.ts';
import { type ExamResult, mean } from './exam.ts';
import type { EXAM } from './settings.ts';

/** The tables of the exam proof, in Markdown, as they come. */
export function examReport(
  results: ReadonlyMap<string, ExamResult>,
  settings: typeof EXAM,
): string {
  const { learners, days, cards, minutesADay } = settings;
  return [
    `${learners} learners, ${cards} cards, ${days} days, ${minutesADay} minutes a day, seeds \`${settings.seed} <model> 0\` to \`${learners - 1}\`.`,
    recallTable(results),
    masteryTable(results, settings),
    ...[...results].map(([name, result]) => calibrationTable(name, result)),
  ].join('\n\n');
}

function recallTable(results: ReadonlyMap<string, ExamResult>): string {
  return table(
    ['Recall at the date', 'Ours', 'Leitner', 'Random', 'Ours − Leitner', 'Ours − random'],
    [...results].map(([name, { recalls }]) => [
      name,
      interval(recalls.map((each) => each.ours)),
      interval(recalls.map((each) => each.leitner)),
      interval(recalls.map((each) => each.random)),
      interval(recalls.map((each) => each.ours - each.leitner)),
      interval(recalls.map((each) => each.ours - each.random)),
    ]),
  );
}

function masteryTable(results: ReadonlyMap<string, ExamResult>, settings: typeof EXAM): string {
  const columns = settings.masteryDays.map((day) => `Day ${day}`);
  return table(
    ['Shown mastery − truth', 'All days', ...columns, 'Mean distance'],
    [...results].map(([name, { mastery }]) => [
      name,
      interval(mastery.map(({ shown, truth }) => shown - truth)),
      ...settings.masteryDays.map((day) =>
        percent(
          mean(mastery.filter((each) => each.day === day).map(({ shown, truth }) => shown - truth)),
        ),
      ),
      percent(mean(mastery.map(({ shown, truth }) => Math.abs(shown - truth)))),
    ]),
  );
}

function calibrationTable(name: string, { calibration }: ExamResult): string {
  return table(
    [`Single cards, ${name}`, ...calibration.map(({ shown }) => percent(shown))],
    [
      ['Truly recalled', ...calibration.map(({ truth }) => percent(truth))],
      ['Cards', ...calibration.map(({ cards }) => String(cards))],
    ],
  );
}

/** What was shown of single cards against what was true. */
export function calibrationChart(name: string, { calibration }: ExamResult): LineChart {
  const inPercent = (of: 'shown' | 'truth') =>
    calibration.map((each) => Math.round(each[of] * 1_000) / 10);
  return {
    shape: 'lines',
    title: `Shown and true recall (${name})`,
    unit: '%',
    x: { label: 'Shown, %', values: inPercent('shown') },
    series: [
      { label: 'Truly recalled', values: inPercent('truth') },
      { label: 'As shown', values: inPercent('shown') },
    ],
  };
}

/** A mean with its 95% interval over learners, in percent. */
function interval(list: readonly number[]): string {
  const middle = mean(list);
  const variance = mean(list.map((each) => (each - middle) ** 2));
  const half = 1.96 * Math.sqrt(variance / list.length);
  return `${percent(middle)} (${percent(middle - half)} to ${percent(middle + half)})`;
}

const percent = (share: number) => `${(share * 100).toFixed(1)}%`.replace('-', '−');

const table = (head: readonly string[], rows: readonly string[][]) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
