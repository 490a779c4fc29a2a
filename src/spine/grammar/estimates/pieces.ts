import type { Token } from '../option-matching.ts';
import { tokens } from '../tokens.ts';
import { respelled } from './spellings.ts';

/** A word of a sentence: as it was typed, and what it is compared by. */
export type Piece = {
  text: string;
  key: string;
  quoted: boolean;
  /** What was typed, where a mistake of typing was put right. */
  typed?: string;
};

/** Marks around a word, which are no part of it: `(24gb),` is `24gb`. */
const BEFORE = "([<'`*~";
const BEHIND = ")]>'`*,;:!?.…";

/** A longer word is no name of anything but a pasted file, and is not looked into. */
const MAX_WORD = 200;

/** The words of a sentence, without the marks around them. */
export function piecesOf(line: string): Piece[] {
  const found: Piece[] = [];
  for (const token of tokens(respelled(line))) {
    const piece = pieceOf(token);
    const last = found.at(-1);
    if (last && belongsTo(last, piece)) {
      const blank = /^i?q\d/.test(last.key)
        ? '_'
        : /^\d+$/.test(last.text) && /^\d+$/.test(piece.text)
          ? ' '
          : '';
      const text = last.text + blank + piece.text;
      found[found.length - 1] = { text, key: text.toLowerCase(), quoted: false };
    } else if (piece.text !== '') found.push(piece);
  }
  return found;
}

function pieceOf({ text, quoted }: Token): Piece {
  const isWhole = quoted || text.length > MAX_WORD || /^(?:[\p{L}-]{1,60}[:=])?[{"]/u.test(text);
  const bare = isWhole ? text : withoutMarks(text);
  return { text: bare, key: bare.toLowerCase(), quoted: isWhole };
}

function withoutMarks(text: string): string {
  let from = 0;
  let to = text.length;
  while (to > from && BEHIND.includes(text.charAt(to - 1))) to -= 1;
  while (from < to - 1 && BEFORE.includes(text.charAt(from))) from += 1;
  return text.slice(from, to);
}

/** `32 768` is one number, `24 gb` one size, and `fp 16` and `q4 k m` one format. */
function belongsTo(last: Piece, { text, key, quoted }: Piece): boolean {
  if (last.quoted || quoted) return false;
  const isThousands = /^[1-9]\d{0,2}(?: \d{3})*$/.test(last.text) && /^\d{3}$/.test(text);
  const isFormat =
    (/^(?:fp|bf|int)$/.test(last.key) && /^(?:4|8|16|32)$/.test(key)) ||
    (/^i?q\d$/.test(last.key) && key === 'k') ||
    (/^i?q\d_k$/.test(last.key) && /^[sml]$/.test(key));
  return (
    isThousands ||
    isFormat ||
    (/^\d[\d.]*$/.test(last.text) && /^(?:k|gi?b|gig|bpw|bits?)$/.test(key))
  );
}
