import type { Block, Chart, Inline, Reply, Text } from '../../bot/reply.ts';
import { dayIn, formatClock, formatDay, formatMoment } from '../../core/time.ts';
import { BAR_WIDTH, WIDTH } from './limits.ts';

export type Look = {
  /** Bold and dim by escape codes; off when the output is no terminal. */
  isColourful: boolean;
  zone: string;
  locale: string;
};

/** What a number or a label typed next stands for. */
export type Choice =
  | { kind: 'press'; label: string; run: string }
  | {
      kind: 'select';
      label: string;
      run: string;
      option: string;
      values: string[];
      letters: string[];
    };

export type Shown = { lines: string[]; choices: Choice[] };

/** A reply as lines; buttons are numbered from 1. */
export function present(reply: Reply, look: Look): Shown {
  const lines: string[] = [];
  const choices: Choice[] = [];
  if (reply.title) lines.push(style(clean(reply.title), '1', look));
  for (const block of reply.blocks) lines.push(...blockLines(block, look, choices));
  return { lines, choices };
}

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
      return block.fields.map(
        ({ label, value }) => `  ${label.padEnd(width)}${inline(value, look)}`,
      );
    }
    case 'table':
      return table(block, look);
    case 'chart':
      return chartLines(block.chart);
    case 'buttons':
      return buttonLines(
        block.buttons.map(({ label, run }) => ({ kind: 'press', label, run })),
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
  const lines = list.flatMap((choice) => {
    choices.push({
      kind: 'press',
      label: choice.label,
      run: `${run} ${option}:${choice.value}`,
    });
    const number = `[${choices.length}]`;
    return hanging(`    ${number} `, clean(choice.label));
  });
  return [`  ${lead(label)}`, ...lines];
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
    `  ${lead(label)} type letters, such as ${example}`,
    ...(hasLetters
      ? []
      : list.flatMap((choice, index) => hanging(`    ${letter(index)}  `, clean(choice.label)))),
  ];
}

const lead = (label: string) => (/[?:.]$/.test(label) ? clean(label) : `${clean(label)}:`);

const letter = (index: number) => String.fromCharCode(65 + index);

function hanging(lead: string, text: string): string[] {
  const [first = '', ...rest] = wrap(text, WIDTH - lead.length);
  return [`${lead}${first}`, ...rest.map((line) => `${' '.repeat(lead.length)}${line}`)];
}

function fileLines(block: Extract<Block, { kind: 'file' }>): string[] {
  if (typeof block.content !== 'string') return [`  [${block.name}] ${block.alt ?? ''}`.trimEnd()];
  return [
    `  [${block.name}]`,
    ...clean(block.content, true)
      .split('\n')
      .map((line) => `  ${line}`),
  ];
}

function buttonLines(presses: Extract<Choice, { kind: 'press' }>[], choices: Choice[]): string[] {
  const labels = presses.map((press) => {
    choices.push(press);
    return `[${choices.length}] ${clean(press.label)}`;
  });
  return wrap(labels.join('   ')).map((line) => `  ${line}`);
}

function inline(text: Text, look: Look): string {
  if (Array.isArray(text)) return text.map((part: Inline) => inline(part, look)).join('');
  const part = text as Inline;
  if (typeof part === 'string') return clean(part);
  if ('bold' in part) return style(clean(part.bold), '1', look);
  if ('italic' in part) return clean(part.italic);
  if ('code' in part)
    return look.isColourful ? style(clean(part.code), '36', look) : `\`${clean(part.code)}\``;
  if ('link' in part) return `${clean(part.link)} <${clean(part.to)}>`;
  if ('channel' in part) return `#${clean(part.channel)}`;
  return instant(part, look);
}

function instant({ time, show }: Extract<Inline, { time: Date }>, { zone, locale }: Look): string {
  if (show === 'clock') return formatClock(time, zone);
  if (show === 'day') return formatDay(dayIn(time, zone), locale);
  return formatMoment(time, zone, locale);
}

/** Control characters could move the cursor or change colours: only line ends stay, and only in code. */
function clean(text: string, keepLines = false): string {
  const visible = text.replace(/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, (char) =>
    char === '\n' ? '\n' : char === '\t' ? '  ' : '',
  );
  return keepLines ? visible : visible.replace(/\n{3,}/g, '\n\n');
}

function style(text: string, code: string, { isColourful }: Look): string {
  return isColourful && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text;
}

/** Breaks lines at words; escape codes have no width. */
function wrap(text: string, width = WIDTH): string[] {
  return text.split('\n').flatMap((line) => {
    const lines: string[] = [];
    let current = '';
    for (const word of line.split(' ')) {
      if (current !== '' && widthOf(current) + 1 + widthOf(word) > width) {
        lines.push(current);
        current = word;
      } else
        current =
          current === '' && lines.length === 0 && word === ''
            ? ' '
            : current === ''
              ? word
              : `${current} ${word}`;
    }
    return [...lines, current];
  });
}

const ESCAPE = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

function widthOf(text: string): number {
  return [...text.replace(ESCAPE, '')].length;
}

function table(block: Extract<Block, { kind: 'table' }>, look: Look): string[] {
  const cells = block.rows.map((row) => row.map((cell) => inline(cell, look)));
  const widths = block.columns.map(({ label }, column) =>
    Math.max(label.length, ...cells.map((row) => widthOf(row[column] ?? ''))),
  );
  const total = widths.reduce((sum, width) => sum + width + 2, 0);
  const last = widths.length - 1;
  // The last column gives way, so that a row stays one line where it can.
  const room = Math.max(24, (widths[last] ?? 0) - Math.max(0, total - WIDTH));
  const line = (row: string[]) =>
    rowLines(
      row,
      widths,
      block.columns.map(({ align }) => align === 'right'),
      room,
    );
  return [
    style(clean(block.caption), '2', look),
    ...line(block.columns.map(({ label }) => label)).map((text) => style(text, '4', look)),
    ...cells.flatMap(line),
  ];
}

function rowLines(row: string[], widths: number[], right: boolean[], room: number): string[] {
  const last = widths.length - 1;
  const start = row
    .slice(0, -1)
    .map((cell, column) => pad(cell, widths[column] ?? 0, right[column] ?? false))
    .join('  ');
  const tail = wrap(row[last] ?? '', room);
  const indent = ' '.repeat(widths.slice(0, -1).reduce((sum, width) => sum + width + 2, 0));
  return tail.map((text, index) => {
    const cell = right[last] ? pad(text, widths[last] ?? 0, true) : text;
    return `  ${index === 0 ? (start === '' ? '' : `${start}  `) : indent}${cell}`.trimEnd();
  });
}

function pad(text: string, width: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return right ? space + text : text + space;
}

const SHADES = ['█', '▓', '▒', '░', '■', '□'];

function chartLines(chart: Chart): string[] {
  if (chart.shape === 'lines') {
    const head = [chart.x.label, ...chart.series.map(({ label }) => label)];
    const rows = chart.x.values.map((x, index) => [
      short(x),
      ...chart.series.map(({ values }) => short(values[index] ?? 0)),
    ]);
    const widths = head.map((label, column) =>
      Math.max(label.length, ...rows.map((row) => (row[column] ?? '').length)),
    );
    const line = (row: string[]) =>
      `  ${row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  ')}`;
    return [`${clean(chart.title)} (${chart.unit})`, line(head), ...rows.map(line)];
  }
  const totals = chart.bars.map(({ segments }) =>
    segments.reduce((sum, { value }) => sum + value, 0),
  );
  const whole = chart.unit === '%' ? 100 : 1e-9;
  const most = Math.max(...totals, chart.limit?.value ?? 0, whole);
  const width = Math.max(...chart.bars.map(({ label }) => label.length));
  const isStacked = chart.bars.some(({ segments }) => segments.length > 1);
  const lines = chart.bars.map(({ label, segments }, index) => {
    const bar = segments
      .map(({ value }, segment) =>
        (SHADES[segment % SHADES.length] ?? '█').repeat(Math.round((value / most) * BAR_WIDTH)),
      )
      .join('');
    const limitAt = chart.limit ? Math.round((chart.limit.value / most) * BAR_WIDTH) : -1;
    const framed = chart.limit
      ? `${bar.slice(0, limitAt).padEnd(limitAt)}│${bar.slice(limitAt + 1)}`
      : bar;
    const total = totals[index] ?? 0;
    const unit = total === 1 ? (chart.unitOfOne ?? chart.unit) : chart.unit;
    return `  ${clean(label).padEnd(width)}  ${framed} ${short(total)} ${unit}`;
  });
  const legend = isStacked
    ? (chart.bars[0]?.segments ?? []).map(
        ({ label, value }, index) =>
          `  ${SHADES[index % SHADES.length]} ${label} ${short(value)} ${chart.unit}`,
      )
    : [];
  const limit = chart.limit
    ? [`  │ ${chart.limit.label}: ${short(chart.limit.value)} ${chart.unit}`]
    : [];
  return [clean(chart.title), ...lines, ...legend, ...limit];
}

function short(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 100 ? 2 : 0 });
}
