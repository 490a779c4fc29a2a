import { stringify } from 'yaml';
import type { Question } from '../schema.ts';
import { ANKI_FIELDS, noteOf } from './anki.ts';
import { COLUMNS, rowOf } from './columns.ts';
import { writeDelimited } from './delimited.ts';

/** The formats of text in which a bank can leave; all of them can come back. */
export const TEXT_FORMATS = ['yaml', 'json', 'csv', 'anki-tsv'] as const;

/** One of `TEXT_FORMATS`. */
export type TextFormat = (typeof TEXT_FORMATS)[number];

/** The text of a bank: reading it again gives the same items. */
export function writeBank(questions: readonly Question[], format: TextFormat): string {
  switch (format) {
    case 'yaml':
      return questions.length === 0 ? '[]\n' : stringify(questions, { lineWidth: 100 });
    case 'json':
      return `${JSON.stringify(questions, null, 2)}\n`;
    case 'csv':
      return writeDelimited(
        [COLUMNS.map(({ name }) => name), ...questions.map((each) => rowOf(each).map(harmless))],
        ',',
      );
    case 'anki-tsv':
      return ankiText(questions);
  }
}

/**
 * A cell that a spreadsheet would run as a formula gets an apostrophe in front, which reading takes
 * away again.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
function harmless(cell: string): string {
  return /^'*[=+\-@\t\r]/.test(cell) && !isNumber(cell) ? `'${cell}` : cell;
}

/** The cell as it was before it was made harmless. */
export function unharmed(cell: string): string {
  return /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}

function isNumber(cell: string): boolean {
  return /^[-+]?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(cell);
}

/** @see https://docs.ankiweb.net/importing/text-files.html#file-headers */
function ankiText(questions: readonly Question[]): string {
  const head = [
    '#separator:tab',
    '#html:true',
    '#guid column:1',
    `#tags column:${ANKI_FIELDS.length + 2}`,
    `#columns:${['Guid', ...ANKI_FIELDS, 'Tags'].join('\t')}`,
  ];
  const rows = questions.map((question) => {
    const { guid, front, back, item, tags } = noteOf(question);
    return [guid, front, back, item, tags.join(' ')];
  });
  return `${head.join('\n')}\n${writeDelimited(rows, '\t')}`;
}
