/** A number as somebody typed it, and the unit behind it. */
export type TypedNumber = {
  value: number;
  unit: string;
  /** The same figures as others write them: `1,234` is also 1.234. */
  other?: number;
};

/** Digits with marks inside: `1,024.5`, `1 024`, `1.234,5`, `.5`. */
const NUMBER =
  /^([-+]?)((?:\d|[.,_'’](?=\d)|[ \u00a0\u202f](?=\d{3}(?!\d)))+)\.?(e[-+]?\d+)?\s*(.*)$/is;
const FRACTION = /^([-+]?)(?:(\d+)\s+)?(\d+)\s*[/⁄]\s*(\d+)(?![\d.,/⁄])\s*(.*)$/s;

/**
 * `1,024.5 GiB`, `1.234,5`, `3/4`, `1½`, `1.5e9`, `12 %`, `3×10^8`: the number, and the unit if one was typed. Undefined for
 * marks that are in no place where somebody writes them.
 */
export function readNumber(typed: string): TypedNumber | undefined {
  const text = typed
    .replace(/(\d)(?=[¼-¾⅐-⅞])/g, '$1 ')
    .normalize('NFKC')
    .replace(/[≈~=]/g, '')
    .replace(/^\s*[−–]/, '-')
    .replace(/\s*[×x*]\s*10\^?([-+]?\d+)/i, 'e$1')
    .trim();
  return readFraction(text) ?? readDecimal(text);
}

function readFraction(text: string): TypedNumber | undefined {
  const [all, sign, whole = '0', above = '', below = '', unit = ''] = FRACTION.exec(text) ?? [];
  if (all === undefined || Number(below) === 0) return undefined;
  const value = Number(whole) + Number(above) / Number(below);
  return { value: sign === '-' ? -value : value, unit };
}

function readDecimal(text: string): TypedNumber | undefined {
  const [all, sign = '', marked = '', exponent = '', unit = ''] = NUMBER.exec(text) ?? [];
  // What looks like a fraction and is none, such as 1/0, is no number.
  const digits = all === undefined || /^[/⁄]\s*\d/.test(unit) ? undefined : withoutMarks(marked);
  if (digits === undefined) return undefined;
  const number = (figures: string) => Number(`${sign}${figures}${exponent}`);
  const value = number(digits);
  if (!Number.isFinite(value)) return undefined;
  const other = exponent === '' ? otherReading(marked) : undefined;
  return { value, unit: unit.trim(), ...(other === undefined ? {} : { other: number(other) }) };
}

/** Groups of three digits behind a mark. */
const isGrouped = (text: string) => /^\d{1,3}(?:[^\d]\d{3})+$/.test(text);

/** The digits with a point before the decimals, or undefined when the marks make no number. */
function withoutMarks(marked: string): string | undefined {
  const blanks = /[\s_'’]/.test(marked);
  const [whole = ''] = marked.split(/[.,]/);
  if (blanks && !isGrouped(whole)) return undefined;
  const text = marked.replace(/[\s_'’]/g, '');
  const marks = text.replace(/\d/g, '');
  const last = marks.at(-1) ?? '';
  const kinds = new Set(marks).size;
  if (marks === '') return text;
  // One comma before three digits is a thousands mark, as the bot writes it; one point never is.
  const isWhole = kinds === 1 && (marks.length > 1 || (last === ',' && isThousands(text)));
  if (isWhole) return isGrouped(text) ? text.replace(/[.,]/g, '') : undefined;
  if (kinds === 2 && marks.indexOf(last) !== marks.length - 1) return undefined;
  const at = text.lastIndexOf(last);
  const before = text.slice(0, at);
  if (kinds === 2 && !isGrouped(before)) return undefined;
  return `${before.replace(/[.,]/g, '')}.${text.slice(at + 1)}`;
}

/** `1,234` and `1.234`, but not `0,234`: no thousands begin with 0. */
const isThousands = (text: string) => /^[1-9]\d{0,2}[.,]\d{3}$/.test(text);

/** One mark before three digits is a thousands mark to some and a decimal one to others. */
function otherReading(marked: string): string | undefined {
  if (!isThousands(marked)) return undefined;
  return marked.includes(',') ? marked.replace(',', '.') : marked.replace('.', '');
}
