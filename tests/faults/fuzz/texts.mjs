// Texts that people would hardly type: long, nested, repeated, of mixed scripts, invisible, broken.

const WORDS =
  'kv vram fit cost latency train lora mock setup daily llama llama-3.1-8b mistral qwen3 70b 8x7b 180b h100 2xh100 4090 a100-80gb m3 max 64gb context 8k 128k batch 16 q4_k_m fp8 int8 vllm tensor tp8 rank 16 users on with for the and one two price $2.10/h 09:00 Europe/Berlin weekdays mon wed-fri chapters 3-6 5 own-one yes no all next hint skip begin'.split(
    ' ',
  );
const ANSWER =
  'the cache holds keys and values of past tokens so decoding reads memory instead of computing attention again , batch size raises throughput because weights are read once per step ; not always : it depends on bandwidth and the KV cache grows linearly with context length . gradient accumulation does not change memory of activations . LoRA trains low rank matrices'.split(
    ' ',
  );
export const NUMBERS =
  '0 -1 1 2 7 1e308 -1e308 1e400 NaN Infinity -Infinity 0x10 0.1 .5 1. 5% 150% 1,000 1_000 9007199254740993 18446744073709551616 00000001 1e-320 -0 ١٢٣ 4294967296 1e21 99999999999999999999999999999999999999999 8k 8kk 70b 1e9b 2x 0x 999999x'.split(
    ' ',
  );
const STRANGE = [
  '\u0000',
  '\u0007',
  '\u001b[31m',
  '\u200b',
  '\u200d',
  '\u202e',
  '\u2066',
  '\ufeff',
  '\ud800',
  '\udc00',
  '\ufffd',
  '👩‍👩‍👧‍👦',
  'e\u0301\u0327\u0310',
  'ﷺ',
  'مرحبا',
  'שלום',
  '模型',
  'ｋｖ',
  'İ',
  'ß',
  'ŉ',
  '𝕜𝕧',
  'ǅ',
  '\u2028',
  '\r\n',
  '\t',
  '　',
];
const OPENERS = [
  '(',
  '[',
  '{',
  '<',
  '"',
  '“',
  '{"a":',
  '[[',
  '- ',
  '> ',
  '* ',
  '`',
  '```',
  '**',
  '||',
  '<@',
  '<#',
  '&',
  '&amp;',
  '&lt;',
  '\\',
  '\\"',
  '{"',
  '"{',
  'a:',
  '--',
  '-',
  '=',
  '::',
  '/',
];
const GLUE = [
  ' ',
  '',
  ',',
  ':',
  '=',
  '-',
  '.',
  '/',
  '\n',
  '_',
  'x',
  ' and ',
  '%',
  '|',
  '\\',
  '"',
  '\t',
  '; ',
];

/** A text of at most so many characters. */
export function text(chance, most, words = WORDS) {
  const length = chance.size(most);
  const made = shape(chance, length, words);
  return made.slice(0, most);
}

function shape(chance, length, words) {
  const { one, below, percent } = chance;
  const atom = () => {
    const kind = below(10);
    if (kind < 5) return one(words);
    if (kind < 6) return one(NUMBERS);
    if (kind < 8) return one(STRANGE);
    return one(OPENERS);
  };
  const fill = (next, glue) => {
    let made = '';
    while (made.length < length) made += next() + glue();
    return made;
  };
  switch (below(9)) {
    case 0: {
      const unit = atom() + (percent(50) ? one(GLUE) : '');
      return unit.repeat(Math.ceil(length / unit.length));
    }
    case 1: {
      const unit = fillSmall(chance, atom);
      return unit.repeat(Math.ceil(length / unit.length));
    }
    case 2: {
      const open = one(OPENERS);
      const close = one(['', ')', ']', '}', '"', '>', '}}']);
      const depth = Math.ceil(length / (open.length + close.length));
      return open.repeat(depth) + (percent(50) ? one(words) : '') + close.repeat(depth);
    }
    case 3: {
      const glue = one(GLUE);
      return fill(atom, () => glue);
    }
    case 4:
      return fill(
        () => one(words),
        () => ' ',
      );
    case 5:
      return fill(
        () => String.fromCharCode(below(percent(90) ? 0x3000 : 0x10000)),
        () => '',
      );
    case 6:
      return fill(
        () => one(ANSWER),
        () => ' ',
      );
    case 7: {
      // One word of letters without an end, and a mark that a pattern may wait for.
      const unit = one([
        'a',
        'ab',
        '1',
        'a-',
        'a.',
        'a_',
        '1.',
        '1,',
        'x1',
        ' ',
        'aé',
        '😀',
        'mon ',
        '7b',
        '0',
      ]);
      return unit.repeat(Math.ceil(length / unit.length)) + one(['', '!', 'b', ' x', '%', '"']);
    }
    default:
      return fill(atom, () => one(GLUE));
  }
}

function fillSmall({ below, one }, atom) {
  return Array.from({ length: 1 + below(5) }, () => atom() + one(GLUE)).join('') || ' ';
}

/** An answer to an interviewer: mostly the subject's own words, in all lengths. */
export function answer(chance, most) {
  return text(chance, most, chance.percent(70) ? ANSWER : WORDS);
}
