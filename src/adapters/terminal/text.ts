import { dayIn, formatClock, formatDay, formatMoment } from '../../core/time.ts';
import type { Inline, Text } from '../../spine/reply.ts';
import { WIDTH } from './limits.ts';

/** How one session looks: its colours, and whose days and numbers it shows. */
export type Look = {
  /** Bold and dim by escape codes; off when the output is no terminal. */
  isColorful: boolean;
  zone: string;
  locale: string;
};

/** Words with their spans, cleaned, on as few lines as they have. */
export function inline(text: Text, look: Look): string {
  if (Array.isArray(text)) return text.map((part: Inline) => inline(part, look)).join('');
  const part = text as Inline;
  if (typeof part === 'string') return clean(part);
  if ('bold' in part) return style(clean(part.bold), '1', look);
  if ('italic' in part) return clean(part.italic);
  if ('code' in part)
    return look.isColorful ? style(clean(part.code), '36', look) : `\`${clean(part.code)}\``;
  if ('command' in part) return inline({ code: part.command }, look);
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
export function clean(text: string, keepLines = false): string {
  const visible = text.replace(/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, (char) =>
    char === '\n' ? '\n' : char === '\t' ? '  ' : '',
  );
  return keepLines ? visible : visible.replace(/\n{3,}/g, '\n\n');
}

/** Words in bold (1), dim (2), underlined (4) or cyan (36), where there are colours. */
export function style(text: string, code: string, { isColorful }: Look): string {
  return isColorful && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text;
}

/** Breaks lines at words; escape codes have no width. */
export function wrap(text: string, width = WIDTH): string[] {
  return text.split('\n').flatMap((line) => {
    if (line.length <= width) return [line];
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

/** Words behind a lead, under which their further lines begin. */
export function hanging(lead: string, text: string): string[] {
  const [first = '', ...rest] = wrap(text, WIDTH - lead.length);
  return [`${lead}${first}`, ...rest.map((line) => `${' '.repeat(lead.length)}${line}`)];
}

const ESCAPE = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** Columns that words take up. */
export function widthOf(text: string): number {
  return [...text.replace(ESCAPE, '')].length;
}
