import type { Form } from './form.ts';

/** A run of text. A plain string is literal: nothing in it is markup, and names ping nobody. */
export type Inline =
  | string
  | { bold: string }
  | { italic: string }
  | { code: string }
  | { link: string; to: string }
  /** A command line as typed in the terminal, shown as whatever runs it on the platform at hand. */
  | { command: string }
  /** A channel of the platform, by its id, shown by its name. */
  | { channel: string }
  /** An instant, shown in the reader's own zone where the platform can. */
  | { time: Date; show?: 'moment' | 'relative' | 'day' | 'clock' };

export type Text = Inline | readonly Inline[];

/** A saved command with a label; `run` is its name and values by name, ids only, never prose. */
export type Button = {
  label: string;
  run: string;
  style?: 'primary' | 'plain' | 'danger';
  /** What it stands for, read aloud instead of a label such as a letter; begins with that label. */
  accessibilityLabel?: string;
  /** It only shows a question: where people type, they may answer that one right away. */
  opens?: true;
};

/** One bar is a stack of segments; `limit` draws a line, such as a card's capacity. Per cent are drawn against 100. */
export type BarChart = {
  shape: 'bars';
  title: string;
  unit: string;
  /** The unit of one, where it has a word of its own, such as person. */
  unitOfOne?: string;
  bars: { label: string; segments: { label: string; value: number }[] }[];
  /** What every bar has room for: its free part is outlined, and what goes over it is red. */
  limit?: { label: string; value: number };
};

/** Series over one shared x axis. */
export type LineChart = {
  shape: 'lines';
  title: string;
  unit: string;
  x: { label: string; values: number[]; logarithmic?: boolean };
  /** `note` says what becomes of a series, such as where it meets the limit. */
  series: { label: string; values: number[]; note?: string }[];
  limit?: { label: string; value: number };
};

/** A value for each row and column, in per cent; undefined where there is none. */
export type HeatChart = {
  shape: 'heat';
  title: string;
  unit: '%';
  /** What the rows are. */
  rowLabel: string;
  columns: string[];
  rows: HeatRow[];
  /** A last row of counts, which have no color. */
  foot?: HeatRow;
};

type HeatRow = { label: string; values: (number | undefined)[] };

/** How one question or day went: answered in words is `done`, a day on which nothing was asked is `blank`. */
export type Mark = 'right' | 'wrong' | 'done' | 'none' | 'blank';

/** What somebody reached, to show to others: a sign for each question or day, and a few facts. */
export type ResultChart = {
  shape: 'result';
  title: string;
  verdict: string;
  marks: { label: string; mark: Mark }[];
  facts: { label: string; value: string }[];
};

export type Chart = BarChart | LineChart | HeatChart | ResultChart;

export type Block =
  | { kind: 'text'; text: Text }
  | { kind: 'code'; code: string }
  | { kind: 'fields'; fields: { label: string; value: Text }[] }
  | {
      kind: 'table';
      /** Read aloud and shown above the table. */
      caption: string;
      /** A cell of a column with `oneLine` is cut rather than broken. */
      columns: { label: string; align?: 'left' | 'right'; oneLine?: boolean }[];
      rows: Text[][];
    }
  /** `alt` says the numbers in words; where no picture is drawn, the numbers are shown as text. */
  | { kind: 'chart'; chart: Chart; alt: string }
  | { kind: 'buttons'; buttons: Button[] }
  /** A button with one option left to choose: the value is added to `run` as `option:value`. */
  | {
      kind: 'select';
      label: string;
      run: string;
      option: string;
      choices: { label: string; value: string; description?: string }[];
      /** How many may be chosen; values are joined by commas. */
      min?: number;
      max?: number;
    }
  | {
      kind: 'file';
      name: string;
      mime: string;
      content: string | Uint8Array;
      alt?: string;
      /** The reply says the gist without it: where no file can be sent, it is left out. */
      isExtra?: true;
    }
  /** Small print under the rest. */
  | { kind: 'note'; text: Text };

export type Visibility = 'public' | 'private';

/** How an answer went, shown as a color or a sign beside the title, which says it in words. */
export type Tone = 'right' | 'partly' | 'wrong';

/** What a command says, as plain data. It never sees which platform shows it. */
export type Reply = {
  title?: string;
  tone?: Tone;
  blocks: Block[];
  /** Narrows the command's declared visibility; never widens it. */
  visibility?: 'private';
  /** Replaces the message whose button was pressed. */
  update?: boolean;
  /** Nothing was stored for want of a working database or program: the same request may come again. */
  isFault?: true;
  /** The form that is refused in these words: where forms can stay open, it comes again with what was written in it. */
  form?: Form;
  /** The same as plain data, printed by `--json` in the terminal; presenters pass it over. */
  data?: unknown;
};

/** A reply of plain paragraphs. */
export function say(...paragraphs: Text[]): Reply {
  return { blocks: paragraphs.map((text) => ({ kind: 'text', text })) };
}

/** The spans of a text, to put among others. */
export function spans(text: Text): readonly Inline[] {
  // A list is told from its parts by the array alone; the type is readonly, which isArray forgets.
  return Array.isArray(text) ? text : [text as Inline];
}

/** The characters of a text, without its markup; times as ISO, commands as in the terminal. */
export function plain(text: Text): string {
  if (Array.isArray(text)) return text.map((part: Inline) => plain(part)).join('');
  const part = text as Inline;
  if (typeof part === 'string') return part;
  if ('bold' in part) return part.bold;
  if ('italic' in part) return part.italic;
  if ('code' in part) return part.code;
  if ('command' in part) return part.command;
  if ('link' in part) return part.link;
  if ('channel' in part) return `#${part.channel}`;
  return part.time.toISOString();
}
