// cspell:ignore qkvo
import type { Token } from '../option-matching.ts';
import { tokens } from '../tokens.ts';
import { MACHINES, type Spelling } from './machines.ts';

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

/** Numbers that people write as words. */
const WORDS = new Map(
  'one two three four five six seven eight nine ten'
    .split(' ')
    .map((word, at): [string, string] => [word, String(at + 1)]),
);
for (const [word, value] of [
  ['a', '1'],
  ['twelve', '12'],
  ['sixteen', '16'],
  ['twenty', '20'],
  ['thirty', '30'],
  ['thirty two', '32'],
  ['fifty', '50'],
  ['sixty four', '64'],
  ['hundred', '100'],
  ['a hundred', '100'],
  ['one hundred', '100'],
] as const)
  WORDS.set(word, value);

const IN_WORDS = new RegExp(
  `\\b(${[...WORDS.keys()].reverse().join('|')}) (?=(?:thousand|million|billion|trillion)\\b)`,
  'gi',
);

/** Memory in MB, as tools of drivers print it: 24,564 MiB are 24 GB. */
const inGb = (_: string, mb: string) => `${Math.round(Number(mb) / 1024)}gb`;

const inBitsAndBytes = (_: string, bits: string) => (bits === '4' ? 'nf4' : 'int8');

/** What words say in another order or unit than the rest of the bot reads them in. */
const SPELLINGS: readonly Spelling[] = [
  [/\b(\d+b)[ -](\d+b) active\b/gi, '$1-a$2'],
  [/(?<!\d ?g(?:i?b)? )\b(?:system |cpu )?ram (\d+) ?gb?\b/gi, '$1gb ram'],
  [/(\d ?gb?) ?\/ ?(\d+ ?gb? ram)\b/gi, '$1 + $2'],
  [/\b[a-z]:\\\S*\\(?=[^\s\\]+\.gguf\b)/gi, ''],
  [/\b(\d[\d.]*) ?(?:gigabytes?|gigs?)\b/gi, '$1gb'],
  [/\b(\d{4,6}) ?mi?b\b/gi, inGb],
  // The chip of a computer stands before its memory.
  [
    /\b(\d+ ?gb) ((?:apple )?(?:imac|mac ?book(?: pro| air)?|mac (?:studio|mini|pro)) )(m\d(?: (?:pro|max|ultra))?)\b/gi,
    '$2$3 $1',
  ],
  [
    /\b(m\d(?: (?:pro|max|ultra))?) (?:imac|mac ?book(?: pro| air)?|mac (?:studio|mini|pro)) (?=\d+ ?gb)/gi,
    '$1 ',
  ],
  [/\b([ah]100|h200) (pcie|sxm\d?|nvl) (vs\.?|versus|or) (pcie|sxm\d?|nvl)\b/gi, '$1 $2 $3 $1 $4'],
  [IN_WORDS, (_, word) => `${WORDS.get((word ?? '').toLowerCase())} `],
  [/\b(\d[\d.]*) thousand\b/gi, '$1k'],
  [/\b(\d[\d.]*) million\b/gi, '$1m'],
  [/\b(\d[\d.]*) billion\b/gi, '$1b'],
  [/\b(\d[\d.]*) trillion\b/gi, '$1t'],
  // A point between thousands, as in much of Europe.
  [/\b(\d{1,3})\.(\d{3})(?= ?(?:tok(?:en)?s?|ctx|context)\b)/gi, '$1$2'],
  // NVIDIA writes no points in the names of its repositories: `Llama-3_3-Nemotron-Super-49B-v1_5`.
  [/(?<=\bnvidia\/\S{0,60}\d)_(?=\d)/gi, '.'],
  [/\b(?:an? )?(?:pair|couple) of (?:the )?(?=\w*\d)/gi, '2x '],
  [
    /\bq(?:(?:, ?(?:and )?| and | ?& ?|\/)[kvo]\b){1,3}/gi,
    (all) => (all ?? '').match(/\b[qkvo]\b/gi)?.join(',') ?? '',
  ],
  [/(?<![\w-])(?:bnb|bitsandbytes) ([48])[ -]?bits?\b/gi, inBitsAndBytes],
  [/(?<![\w-])([48])[ -]?bits? \(?(?:bnb|bitsandbytes)\b/gi, inBitsAndBytes],
  [/\b(\d{1,3}) ?\* ?(?=[a-z]{1,4}\d|\d{1,3} ?g)/gi, '$1x '],
  [/\b(\d{1,3}) of (?:them|those)\b(?! [a-z]+s\b)/gi, '$1 gpus'],
  [/\b(\d[\d.]*) (?:dollars|bucks)\b/gi, '$$$1'],
  ...MACHINES,
];

/** Words for a computer that has no GPU. */
const NO_GPU =
  /\b(?:no|without(?: an?)?) (?:dedicated |discrete )?gpus?\b|\b(?:on )?cpu[- ]only\b|\bonly (?:on )?(?:the |my )?cpu\b|\bcpu inference\b/gi;
const RAM =
  /\b(\d{1,5}) ?g(?:i?b)?(?: of)?(?: (?:system|main|cpu))?(?: (ddr[45]))?(?: (ram|memory)| (ddr[45]))?\b/i;

/** `32gb ram, no gpu` is a CPU with so much memory; `cpu only` one with a usual amount. */
function withoutGpu(line: string): string {
  if (line.search(NO_GPU) < 0) return line;
  const bare = line.replace(NO_GPU, ' ').replace(/\b(?:laptop|notebook)\b/gi, ' ');
  const [all, size, before, , behind] = RAM.exec(bare) ?? [];
  if (all === undefined) return /\bcpu\b/i.test(bare) ? bare : `${bare} cpu`;
  const kind = /ddr4/i.test(before ?? behind ?? '') ? '-ddr4' : '';
  return bare.replace(/\b(?:on )?(?:the |my )?cpu\b/gi, ' ').replace(all, `cpu${kind}-${size}gb`);
}
const rewrite = (text: string, [as, plain]: Spelling) =>
  typeof plain === 'string' ? text.replace(as, plain) : text.replace(as, plain);

/** A sentence in the order and the units that the rest of the bot reads. */
export const respelled = (line: string): string => withoutGpu(SPELLINGS.reduce(rewrite, line));

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
