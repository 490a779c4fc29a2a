import type { Block, Reply, Tone } from '../../spine/reply.ts';
import { chartLines } from './chart.ts';
import { WIDTH } from './limits.ts';
import { tableLines } from './table.ts';
import { clean, hanging, inline, type Look, style, wrap } from './text.ts';

/** What a number or a label typed next stands for. */
export type Choice =
  | {
      kind: 'press';
      label: string;
      run: string;
      /** The option that a choice of a list fills. */
      values?: Record<string, string>;
      isPrimary?: true;
      opens?: true;
    }
  | {
      kind: 'select';
      label: string;
      run: string;
      option: string;
      values: string[];
      letters: string[];
    };

/** What is printed, and what can be typed next. */
export type Shown = { lines: string[]; choices: Choice[] };

/** A reply as lines; buttons are numbered from 1. */
export function present(reply: Reply, look: Look): Shown {
  const lines: string[] = [];
  const choices: Choice[] = [];
  const { sign = '', color = '1' } = (reply.tone && TONES[reply.tone]) ?? {};
  if (reply.title) lines.push(style(`${sign}${clean(reply.title)}`, color, look));
  for (const block of reply.blocks) lines.push(...blockLines(block, look, choices));
  return { lines, choices };
}

/** The sign before the title of a verdict, and its color: bold green, yellow and red. */
const TONES: Record<Tone, { sign: string; color: string }> = {
  right: { sign: '✓ ', color: '1;32' },
  partly: { sign: '◐ ', color: '1;33' },
  wrong: { sign: '✗ ', color: '1;31' },
};

function blockLines(block: Block, look: Look, choices: Choice[]): string[] {
  switch (block.kind) {
    case 'text':
      return wrap(inline(block.text, look));
    case 'note':
      return wrap(inline(block.text, look)).map((line) => style(line, '2', look));
    case 'code':
      return clean(block.code, true)
        .split('\n')
        .map((line) => `    ${line}`);
    case 'fields': {
      const width = Math.max(...block.fields.map(({ label }) => label.length)) + 2;
      return block.fields.flatMap(({ label, value }) =>
        hanging(`  ${label.padEnd(width)}`, inline(value, look)),
      );
    }
    case 'table':
      return tableLines(block, look);
    case 'chart':
      return chartLines(block.chart);
    case 'buttons':
      return buttonLines(
        block.buttons.map(({ label, run, style: look, opens }) => ({
          kind: 'press',
          label,
          run,
          ...(look === 'primary' ? { isPrimary: true } : {}),
          ...(opens ? { opens } : {}),
        })),
        choices,
      );
    case 'select':
      return (block.max ?? 1) > 1 ? severalLines(block, choices) : oneOfLines(block, choices);
    case 'file':
      return fileLines(block);
  }
}

type Select = Extract<Block, { kind: 'select' }>;

/** One choice of a list is a press like any other. */
function oneOfLines({ label, run, option, choices: list }: Select, choices: Choice[]): string[] {
  const presses = list.map((choice) => ({
    kind: 'press' as const,
    label: choice.label,
    run,
    values: { [option]: choice.value },
  }));
  return [`  ${lead(label)}`, ...buttonLines(presses, choices).map((line) => `  ${line}`)];
}

/** Several choices at once are typed as letters, which long labels are given. */
function severalLines({ label, run, option, choices: list }: Select, choices: Choice[]): string[] {
  const hasLetters = list.every((choice, index) => choice.label.startsWith(`${letter(index)}. `));
  const letters = list.map((_, index) => letter(index));
  choices.push({
    kind: 'select',
    label,
    run,
    option,
    values: list.map(({ value }) => value),
    letters,
  });
  const example = letters.slice(0, 2).join(',');
  return [
    `  ${lead(label)} enter letters, like ${example}`,
    ...(hasLetters
      ? []
      : list.flatMap((choice, index) => hanging(`    ${letter(index)}  `, clean(choice.label)))),
  ];
}

const lead = (label: string) => (/[?:.]$/.test(label) ? clean(label) : `${clean(label)}:`);

const letter = (index: number) => String.fromCharCode(65 + index);

function fileLines(block: Extract<Block, { kind: 'file' }>): string[] {
  if (block.isExtra) return [];
  if (typeof block.content !== 'string') return [`  [${block.name}] ${block.alt ?? ''}`.trimEnd()];
  // A line of a file that were broken here would be another file.
  const lines = clean(block.content, true).split('\n');
  return [`  [${block.name}]`, ...lines.map((line) => `  ${line}`)];
}

function buttonLines(presses: Extract<Choice, { kind: 'press' }>[], choices: Choice[]): string[] {
  const labels = presses.map((press) => {
    choices.push(press);
    return `[${choices.length}] ${clean(press.label)}`;
  });
  const lines: string[] = [];
  for (const label of labels) {
    const longer = `${lines.at(-1)}   ${label}`;
    if (lines.length > 0 && longer.length <= WIDTH) lines[lines.length - 1] = longer;
    else lines.push(`  ${label}`);
  }
  return lines;
}
