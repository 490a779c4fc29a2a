import type { Band, Explained, Step } from '../../core/calculators/result.ts';
import {
  formatBytes,
  formatCount,
  formatGB,
  formatGiB,
  formatNumber,
  formatSeconds,
  formatUsd,
  shortDigits,
} from '../../core/units.ts';
import { runLine } from '../../spine/button.ts';
import type { Block, Button, Chart, Reply, Text } from '../../spine/reply.ts';

/** Options as they were given, without those that were left out. */
export type GivenValues = Record<string, string | number | boolean | undefined>;

/** Which view of an estimate was asked for. */
export type Shown = Pick<Estimate, 'show'>;

/** An answer of a calculator, as every one of them is shown. */
export type Estimate = {
  title: string;
  /** What somebody wanted to know, in one sentence. */
  verdict: string;
  /** Sentences and tables under the verdict. */
  blocks: Block[];
  /** Tables that stand with the steps. */
  details?: Block[];
  chart?: { chart: Chart; alt: string };
  explained: Pick<Explained, 'assumptions' | 'warnings'> & { band?: Band };
  /** Notes on how the words were understood. */
  notes?: readonly string[];
  /** A value of the band in its unit. */
  unit?: string;
  buttons: Button[];
  /** The line that gives this again, wherever it is typed; absent for a file that is too large. */
  line?: string;
  locale: string;
  /** Which view of it was asked for. */
  show?: string | undefined;
  /** The numbers; the sentences are added. */
  data: Record<string, unknown> & { steps?: readonly Step[] };
};

/** The verdict first, then the numbers, how sure they are and how words were understood; what they assume is with the steps, where there are any. */
export function estimateReply(estimate: Estimate): Reply {
  const { title, verdict, blocks, chart, explained, notes = [], buttons, line, locale } = estimate;
  const { assumptions, warnings, band } = explained;
  const { steps } = estimate.data;
  const basis: Block[] = [
    { kind: 'note', text: `Assumptions: ${[...new Set(assumptions)].join(' ')}` },
    ...againBlocks(line),
  ];
  if (steps && estimate.show === 'steps') return stepsReply(estimate, steps, basis);
  const hasSteps = steps !== undefined && buttons.length > 0;
  const sure = band && formatBand(band, estimate.unit ?? 'bytes', locale);
  return {
    title,
    blocks: [
      { kind: 'text', text: { bold: verdict } },
      ...blocks,
      ...(chart ? [{ kind: 'chart' as const, ...chart }] : []),
      ...warnings.map((warning): Block => ({ kind: 'text', text: `Note: ${warning}` })),
      ...(sure ? [{ kind: 'note' as const, text: sure }] : []),
      ...(notes.length > 0 ? [{ kind: 'note' as const, text: notes.join(' ') }] : []),
      ...(hasSteps ? [] : basis),
      ...(buttons.length > 0 ? [{ kind: 'buttons' as const, buttons }] : []),
    ],
    data: {
      verdict,
      ...estimate.data,
      assumptions,
      warnings,
      ...(band ? { band } : {}),
      notes,
      ...(line ? { command: line } : {}),
    },
  };
}

/** How to run it again; nothing for a line with an uploaded file or an option for words alone, which buttons alone can carry everywhere. */
export function againBlocks(line: string | undefined): Block[] {
  if (!line || / (?:config:@|adapters:)/.test(line)) return [];
  // Not small print: Slack's has no code spans.
  return [{ kind: 'text', text: ['Run again: ', { command: line }] }];
}

function formatBand({ low, high, why }: Band, unit: string, locale: string): string {
  if (low === high) return `This count is ${why}.`;
  const inBand = (value: number) =>
    unit === 'bytes' ? formatGiB(value, locale) : formatValue(value, unit, locale);
  return `Likely range: ${formatRange(inBand(low), inBand(high))} (${why}).`;
}

/** `16.5–19.2 GiB`, `44–68`; both units where they differ, as in `900 MiB to 1.1 GiB`. */
export function formatRange(low: string, high: string): string {
  const [, number, unit] = /^(\S+) (.+)$/.exec(low) ?? [];
  if (unit === undefined) return `${low}–${high}`;
  return high.endsWith(` ${unit}`) ? `${number}–${high}` : `${low} to ${high}`;
}

/** A value of a step in its unit. */
export function formatValue(value: number, unit: string, locale: string): string {
  switch (unit) {
    case 'bytes':
      return formatBytes(value, locale);
    case 'parameters':
      return `${formatCount(value, locale)} parameters`;
    case 'times':
      return `${formatNumber(value, locale, 2)}×`;
    case 's':
      return formatSeconds(value, locale);
    case 'USD':
      return formatUsd(value, locale);
    case 'FLOPs':
      return `${value.toExponential(2).replace('e+', ' × 10^')} FLOPs`;
    default:
      return `${formatNumber(value, locale, shortDigits(value))} ${unit}`;
  }
}

/** Steps of a calculation: the formula, the numbers put in, and where the formula comes from; then what it assumes. */
function stepsReply(
  { title, details = [], line, locale, data }: Estimate,
  steps: readonly Step[],
  basis: readonly Block[],
): Reply {
  const sources = [...new Set(steps.map(({ source }) => source))];
  return {
    title: `Steps: ${title}`,
    visibility: 'private',
    blocks: [
      ...details,
      ...steps.map((step): Block => ({ kind: 'text', text: stepText(step, sources, locale) })),
      { kind: 'note', text: sources.flatMap((source, index) => sourceText(source, index)) },
      ...basis,
    ],
    data: { ...data, ...(line ? { command: line } : {}) },
  };
}

function stepText(step: Step, sources: readonly string[], locale: string): Text {
  const { label, formula, numbers, value, unit, source } = step;
  return [
    { bold: label },
    `: ${formatValue(value, unit, locale)} [${sources.indexOf(source) + 1}]\n`,
    { code: formula },
    ...(numbers === '' || numbers === formula ? [] : [`\n= ${numbers}`]),
  ];
}

function sourceText(source: string, index: number) {
  const [, to, label, section = ''] = /^(https?:\/\/(?:www\.)?(\S+))(.*)$/.exec(source) ?? [];
  return [
    `${index === 0 ? 'Sources: ' : '; '}[${index + 1}] `,
    ...(to && label ? [{ link: label, to }, section] : [source]),
  ];
}

/** Bytes by what they are for, as whole numbers. */
export function bytesData(parts: readonly { label: string; bytes: number }[]) {
  return Object.fromEntries(parts.map(({ label, bytes }) => [label, Math.round(bytes)]));
}

/** The lines of a memory, in both units; empty ones are left out. */
export function bytesTable(
  caption: string,
  parts: readonly { label: string; bytes: number }[],
  locale: string,
): Block {
  return {
    kind: 'table',
    caption,
    columns: [{ label: 'Part' }, { label: 'GiB', align: 'right' }, { label: 'GB', align: 'right' }],
    rows: parts
      .filter(({ bytes }) => bytes > 0)
      .map(({ label, bytes }) => [
        label,
        inUnit(formatGiB(bytes, locale), ' GiB'),
        inUnit(formatGB(bytes, locale), ' GB'),
      ]),
  };
}

/** The unit stands in the head of the column; another one stays beside its number. */
function inUnit(text: string, unit: string): string {
  return text.endsWith(unit) ? text.slice(0, -unit.length) : text;
}

/** A table by the labels of its columns; those of numbers end in `>` and stand on the right. */
export const tableOf = (caption: string, columns: readonly string[], rows: Text[][]): Block => ({
  kind: 'table',
  caption,
  columns: columns.map((label) =>
    label.endsWith('>') ? { label: label.slice(0, -1), align: 'right' } : { label },
  ),
  rows,
});

/** The button to the steps of an answer. */
export const stepsButton = (command: string, values: GivenValues): Button => ({
  label: 'Steps and assumptions',
  run: estimateLine(command, { ...values, show: 'steps' }),
  style: 'primary',
});

/** A command line from values, shorter than what buttons carry: `8k` for 8,192 tokens. */
export function estimateLine(command: string, values: GivenValues): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return runLine(
    command,
    Object.fromEntries(given.map(([name, value]) => [name, short(name, value ?? '')])),
  );
}

const IN_TOKENS: ReadonlySet<string> = new Set(['context', 'prompt', 'output']);

function short(name: string, value: string | number | boolean): string | number | boolean {
  if (!IN_TOKENS.has(name) || typeof value !== 'number') return value;
  if (value >= MEBI && value % MEBI === 0) return `${value / MEBI}m`;
  return value >= 1024 && value % 1024 === 0 ? `${value / 1024}k` : value;
}

const MEBI = 1024 ** 2;
