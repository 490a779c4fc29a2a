import { readFileSync, writeFileSync } from 'node:fs';
import { readGpus } from '../src/core/calculators/hardware/gpu-schema.ts';
import type { Model } from '../src/core/calculators/models/model-schema.ts';
import { readModels } from '../src/core/calculators/models/model-schema.ts';
import { countParameters } from '../src/core/calculators/models/parameters.ts';
import { readLatencyFacts } from '../src/core/calculators/speed/latency-constants.ts';
import { type Comparison, compareFigure } from './figures/published.ts';
import { type PublishedFigure, readFigures } from './figures/published-schema.ts';

const DOCUMENT = new URL('../docs/calculators.md', import.meta.url);

/** Where the tables stand in the document; the text around them is written by hand. */
const FIGURES_MARK = ['<!-- figures -->', '<!-- /figures -->'] as const;
const LATENCY_MARK = ['<!-- latency -->', '<!-- /latency -->'] as const;
const MODELS_MARK = ['<!-- models -->', '<!-- /models -->'] as const;

function readData(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../data/${name}`, import.meta.url), 'utf8'));
}

function digits(value: number): string {
  if (Math.abs(value) >= 1e15) return value.toExponential(3);
  return value.toLocaleString('en', { maximumSignificantDigits: 6 });
}

function percent(value: number): string {
  const rounded = value.toFixed(2);
  return `${value > 0.004 ? '+' : ''}${rounded === '-0.00' ? '0.00' : rounded}%`;
}

function figureRow({ figure, ours, errorPercent }: Comparison): string {
  const { what, published, unit, tolerancePercent, source } = figure;
  const cells = [
    what,
    `${digits(published)} ${unit.name}`,
    `${digits(ours)} ${unit.name}`,
    percent(errorPercent),
    `${tolerancePercent}%`,
    source.replaceAll('|', '/'),
  ];
  return `| ${cells.join(' | ')} |`;
}

function figuresTable(figures: readonly PublishedFigure[], models: Model[]): string {
  const known = { models, gpus: readGpus(readData('gpus.json')), latency };
  const rows = figures.map((figure) => figureRow(compareFigure(figure, known)));
  return [
    '| What | Published | Ours | Error | Tolerance | Source |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function modelRow(model: Model): string | undefined {
  const { parameters, kind, source } = model.published ?? {};
  if (parameters === undefined) return undefined;
  const { total } = countParameters(model.shape);
  const error = percent((total / parameters - 1) * 100);
  return `| ${model.name} | ${parameters.toLocaleString('en')} | ${error} | ${kind ?? ''} | ${source ?? ''} |`;
}

function modelsTable(models: readonly Model[]): string {
  return [
    '| Model | Published parameters | Error | Kind | Source |',
    '|---|---|---|---|---|',
    ...models.map(modelRow).filter((row) => row !== undefined),
  ].join('\n');
}

/** How far speeds were from measured ones whose family was left out of the fit. */
function latencyTable(): string {
  const whole = (share: number) => `${Math.round(share * 100)}%`;
  const { perToken, prompt, request } = latency.spreads;
  const ranges = [
    ...Object.entries(perToken).map(([kind, spread]) => [`a token, ${kind}`, spread] as const),
    ['first token and prompt speed', prompt] as const,
    ['a whole request', request] as const,
  ];
  return [
    '| Kind | Rows | Estimate / measured | Median error | Within 1.5× | In the likely range |',
    '|---|---|---|---|---|---|',
    ...latency.leftOut.map(
      ({ kind, rows, ratio, error, withinHalf, covered }) =>
        `| ${kind} | ${rows} | ${ratio.toFixed(2)} | ${whole(Math.exp(error) - 1)} | ${whole(withinHalf)} | ${whole(covered)} |`,
    ),
    '',
    '| Likely range of | Either way | Rows inside |',
    '|---|---|---|',
    ...ranges.map(
      ([what, { factor, coverage }]) => `| ${what} | ${factor}× | ${whole(coverage)} |`,
    ),
    '',
    `Half of the rows have a range of ${medianFactor(ranges.map(([, spread]) => spread))}× or less either way.`,
  ].join('\n');
}

/** The factor that half of the rows don't exceed. */
function medianFactor(spreads: readonly { factor: number; rows: number }[]): number {
  const factors = spreads.flatMap(({ factor, rows }) => Array<number>(rows).fill(factor));
  return factors.sort((a, b) => a - b)[Math.floor(factors.length / 2)] ?? 1;
}

function replaceBetween(
  text: string,
  [from, to]: readonly [string, string],
  table: string,
): string {
  const start = text.indexOf(from);
  const end = text.indexOf(to);
  if (start < 0 || end < start) throw new Error(`the document lacks ${from} and ${to}`);
  return `${text.slice(0, start + from.length)}\n\n${table}\n\n${text.slice(end)}`;
}

const models = readModels(readData('models.json'));
const latency = readLatencyFacts(readData('latency.json'));
const figures = readFigures(readData('published-figures.json'));
const before = readFileSync(DOCUMENT, 'utf8');
const after = replaceBetween(
  replaceBetween(
    replaceBetween(before, FIGURES_MARK, figuresTable(figures, models)),
    LATENCY_MARK,
    latencyTable(),
  ),
  MODELS_MARK,
  modelsTable(models),
);

if (process.argv.includes('--check')) {
  if (after !== before) {
    process.stderr.write('docs/calculators.md is out of date: run this script without --check.\n');
    process.exitCode = 1;
  }
} else {
  writeFileSync(DOCUMENT, after);
  process.stdout.write(`${figures.length} figures and ${models.length} models written.\n`);
}
