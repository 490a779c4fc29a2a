import type { FeatureName } from './feature-names.ts';
import type { Grade, PointGrade } from './types.ts';

/** What each feature is called in a trace. */
const NAMES: Readonly<Record<FeatureName, string>> = {
  match: 'words of the best wording',
  breadth: 'met in several wordings',
  otherPoint: 'fits another point too',
  wrongWording: 'fits a wrong wording',
  odds: 'words that stand together',
  answerOdds: 'the same in the whole answer',
  asked: 'words of the question',
};

/** A grade as text: what each gate did, what each point earned and why, and how the score came about. */
export function traceOf(grade: Grade): string {
  const { gates = [], cappedBy = [] } = grade;
  return [
    ...gates.flatMap(({ name, keeps, says, cut = [] }) => [
      `gate ${name}: ${says}${keeps < 1 ? ` Keeps ${percent(keeps)}.` : ''}`,
      ...cut.map((sentence) => `  cut: ${sentence}`),
    ]),
    ...grade.points.flatMap(linesOf),
    cappedBy.length > 0 ? `not above ${percent(grade.score)} without: ${cappedBy.join(' / ')}` : '',
    `score ${percent(grade.score)}, ${grade.levelWord}`,
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function linesOf({ text, verdict, credit, evidence, why }: PointGrade): string[] {
  const head = `${verdict} ${percent(credit)}: ${text}`;
  if (!why) return [head, ...(evidence ? [`  said: ${evidence}`] : [])];
  const features = Object.entries(why.features)
    .filter(([, value]) => Math.abs(value) >= 0.05)
    .map(
      ([name, value]) => `${NAMES[name as FeatureName]} ${value > 0 ? '+' : ''}${value.toFixed(1)}`,
    ); // Its keys are these names.
  return [
    head,
    ...(evidence ? [`  said: ${evidence}`] : []),
    `  nearest wording: ${why.wording}`,
    `  ${features.join(', ')}`,
    `  likely ${percent(why.own)} by these words, ${percent(why.likelihood)} with the whole answer`,
  ];
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
