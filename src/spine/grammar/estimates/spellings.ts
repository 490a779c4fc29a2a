// cspell:ignore qkvo
import { RAM_PIECES, readRam } from '../../../core/calculators/names/ram-names.ts';
import { MACHINES, type Spelling } from './machines.ts';

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

/** The price of somebody else's tokens: `0.60 per million output tokens`. */
const API_PRICE =
  /(?:\$ ?|(?<=\b(?:at|for|is|of|pay|charges?|costs?|about|around) ))(\d+(?:\.\d+)?) ?\$?(?: ?\/ ?| per | an? )(?:1 ?)?(?:m|million)\b(?: (input|prompt|output|generated))?(?: ?tok(?:en)?s?\b)?/gi;

const perMillion = (_: string, price: string, of = '') =>
  `$${price}/mtok${/^[ip]/i.test(of) ? '-in' : ''}`;

/** What words say in another order or unit than the rest of the bot reads them in. */
const SPELLINGS: readonly Spelling[] = [
  [/\b(\d+b)[ -](\d+b) active\b/gi, '$1-a$2'],
  [API_PRICE, perMillion],
  // Both stand in front of their number here, and behind it in `2000 in, 500 out`.
  [
    /\bin(?:put)?[ :=](\d[\d.,]*k?)[ ,]+(?:and )?out(?:put)?[ :=](\d[\d.,]*k?)(?![\w.])/gi,
    '$1 in $2 out',
  ],
  [/\b(\d[\d.]*[bm])[ -](?:params?|parameters)(?=[ ,]+(?:and |on )?\d[\d.]*[bmt][ -]tok)/gi, '$1'],
  [/\badamw?[ -]8[ -]?bits?\b|(?<![\w-])8[ -]?bits? adamw?\b/gi, 'adamw-8bit'],
  // Its GGUF files say F16 and hold MXFP4.
  [/\b(gpt-oss-\d+b) (?:(b?f16) gguf|gguf (b?f16))\b/gi, '$1-gguf:$2$3'],
  // People say so of bitsandbytes; other 4-bit files are named by their method.
  [/(?<![\w-])4[ -]?bit (?:q)?lora\b|\blora (?:in |with |at )?4[ -]?bits?\b/gi, 'qlora'],
  [/(?<![\w.-])(\d[\d.]*)[ -]?bits? per weight\b/gi, '$1bpw'],
  [/(?<![\w.-])([2-8]|16)[ -]?bits\b(?! per)/gi, '$1bit'],
  [/(?<![\w-])load_in_([48])bit(?:[:=]? ?true\b)?/gi, inBitsAndBytes],
  [/(?<![\w-])gradient_checkpointing[:=]? ?true\b/gi, 'gradient checkpointing'],
  // Of a model with a longer context the shape is the same.
  [/(?<=\S\d+b-?\S{0,30})-1m\b/gi, ''],
  // What is counted is said once: `8 experts or just 2`.
  [/\b(\d+) ([a-z]{4,}s) or ((?:just |only )?\d+)(?=\W*(?:[?!.,;]|$))/gi, '$1 $2 or $3 $2'],
  [
    /\b(\d[\d.,]*k?)[ -]tok(?:en)?s?[ -](prompts?|inputs?|(?:answer|output|response|completion)s?|replies)\b/gi,
    (_, count, what) => `${/^[pi]/i.test(what ?? '') ? 'prompt' : 'output'} ${count}`,
  ],
  [
    /\b(\d{1,3}) (?:(?:active|running|online) )?(?:at the same time|at (?:any|one|a)(?: given| one)? time|simultaneously|concurrently)\b/gi,
    '$1 concurrent',
  ],
  [/(?<!\d ?g(?:i?b)? )\b(?:system |cpu )?ram (\d+) ?gb?\b/gi, '$1gb ram'],
  [/(\d ?gb?) ?\/ ?(\d+ ?gb? ram)\b/gi, '$1 + $2'],
  [/\b[a-z]:\\\S*\\(?=[^\s\\]+\.gguf\b)/gi, ''],
  [/\b(\d[\d.]*) ?(?:gigabytes?|gigs?)\b/gi, '$1gb'],
  [/\b(\d{4,6}) ?mi?b\b/gi, inGb],
  [/\bmac studios\b/gi, 'mac studio'],
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

/** `32gb ram, no gpu` is a CPU with so much memory, `cpu only` one with a usual amount; speed and channels as told. */
function withoutGpu(line: string): string {
  if (line.search(NO_GPU) < 0) return line;
  const bare = line.replace(NO_GPU, ' ').replace(/\b(?:laptop|notebook)\b/gi, ' ');
  if (bare.search(RAM_PIECES) < 0) return /\bcpu\b/i.test(bare) ? bare : `${bare} cpu`;
  const { GiB, kind, mts, channels } = readRam(bare);
  const rest = bare.replace(RAM_PIECES, ' ').replace(/\b(?:on )?(?:the |my )?cpu\b/gi, ' ');
  const ddr = mts === undefined ? kind : `${kind}-${mts}`;
  const id = [
    'cpu',
    ...(channels === undefined ? [] : [`${channels}ch`]),
    ...(mts === undefined && kind === 'ddr5' ? [] : [ddr]),
    ...(GiB === undefined ? [] : [`${GiB}gb`]),
  ];
  return `${rest} ${id.join('-')}`;
}

const rewrite = (text: string, [as, plain]: Spelling) =>
  typeof plain === 'string' ? text.replace(as, plain) : text.replace(as, plain);

/** A sentence with such a price as one word. */
export const withApiPrice = (line: string): string => line.replace(API_PRICE, perMillion);

/** A sentence in the order and the units that the rest of the bot reads. */
export const respelled = (line: string): string => withoutGpu(SPELLINGS.reduce(rewrite, line));
