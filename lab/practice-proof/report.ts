import type { LineChart } from '../../src/spine/reply.ts';
import {
  type ExamResult,
  type MethodName,
  mean,
  type OursName,
  type Pair,
  type Shown,
} from './exam.ts';
import type { EXAM } from './settings.ts';

type Results = ReadonlyMap<string, ExamResult>;

/** The tables of the exam proof, in Markdown, as they come. */
export function examReport(results: Results, settings: typeof EXAM): string {
  const { learners, days, cards, minutesADay } = settings;
  return [
    `${learners} learners, ${cards} cards, ${days} days, ${minutesADay} minutes a day, seeds \`${settings.seed} <model> 0\` to \`${learners - 1}\`.`,
    table(['Recall at the date', ...METHODS], recallRows(results)),
    table(['Difference', 'from Leitner', 'from random'], differenceRows(results)),
    masteryTable(results, settings),
    ...[...results].flatMap(([name, { shown }]) =>
      OURS.map((method) => calibrationTable(`${name}, ${method}`, shown[method])),
    ),
  ].join('\n\n');
}

const OURS: OursName[] = ['planned', 'all kept at once'];
const METHODS: MethodName[] = [...OURS, 'Leitner', 'random'];

const recallRows = (results: Results) =>
  [...results].map(([name, { recalls }]) => [
    name,
    ...METHODS.map((method) => interval(recalls.map((each) => each[method]))),
  ]);

const differenceRows = (results: Results) =>
  [...results].flatMap(([name, { recalls }]) =>
    OURS.map((method) => [
      `${name}, ${method}`,
      interval(recalls.map((each) => each[method] - each.Leitner)),
      interval(recalls.map((each) => each[method] - each.random)),
    ]),
  );

function masteryTable(results: Results, settings: typeof EXAM): string {
  const columns = settings.masteryDays.map((day) => `Day ${day}`);
  return table(
    ['Shown mastery − truth', 'All days', ...columns, 'Mean distance'],
    [...results].flatMap(([name, { shown }]) =>
      OURS.map((method) => {
        const { mastery } = shown[method];
        const gaps = (list: readonly Pair[]) => list.map((each) => each.shown - each.truth);
        return [
          `${name}, ${method}`,
          interval(gaps(mastery)),
          ...settings.masteryDays.map((day) =>
            percent(mean(gaps(mastery.filter((each) => each.day === day)))),
          ),
          percent(mean(gaps(mastery).map(Math.abs))),
        ];
      }),
    ),
  );
}

/** The means of those tenths that hold a card. */
const calibrationOf = ({ tenths }: Shown) =>
  tenths
    .filter(({ cards }) => cards > 0)
    .map(({ cards, shown, truth }) => ({ cards, shown: shown / cards, truth: truth / cards }));

function calibrationTable(name: string, shown: Shown): string {
  const calibration = calibrationOf(shown);
  return table(
    [`Single cards (${name})`, ...calibration.map((each) => percent(each.shown))],
    [
      ['Truly recalled', ...calibration.map(({ truth }) => percent(truth))],
      ['Cards', ...calibration.map(({ cards }) => String(cards))],
    ],
  );
}

/** What was shown of single cards in a plan against what was true. */
export function calibrationChart(name: string, { shown }: ExamResult): LineChart {
  const calibration = calibrationOf(shown.planned);
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
