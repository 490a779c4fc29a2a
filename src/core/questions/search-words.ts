import { stemmer } from '../grading/text/stem.ts';

/** Words that say nothing about the subject of a question. */
const EMPTY = new Set(
  `a about an and are as at be between by can could define did difference do does explain dont for from get give have how i in is it
  its me mean means much my need of on or please question questions s should show t tell than that the their them
  there these they this to up us use used versus vs was wat we what whats when where which who why will with work works
  would you your`.split(/\s+/),
);

/** What is typed for short, or written otherwise in the bank. */
const SAME_AS = new Map(
  Object.entries({
    attn: 'attention',
    autoregressive: 'decoder',
    benchmark: 'eval',
    chain: 'cot',
    cnn: 'convolution',
    cot: 'chain thought',
    dk: 'sqrt',
    evals: 'eval',
    ffn: 'feed forward',
    finetune: 'fine tuning',
    finetuning: 'fine tuning',
    ft: 'fine tuning',
    fa2: 'flashattention',
    fa3: 'flashattention',
    hacking: 'overoptimised gamed',
    hallucinate: 'hallucination',
    hf: 'hugging face',
    jailbreaking: 'jailbreak',
    lm: 'language model',
    mha: 'multi head',
    mlp: 'feed forward',
    moe: 'mixture experts',
    mqa: 'multi query',
    nondeterministic: 'batch invariance',
    overfit: 'overfitting',
    pe: 'positions',
    pp: 'pipeline parallelism',
    ppl: 'perplexity',
    quant: 'quantization granularity',
    quantisation: 'granularity gptq',
    quantization: 'granularity gptq',
    rag: 'retrieval',
    residuals: 'residual',
    self: 'qkv',
    slow: 'bound bandwidth',
    spec: 'speculative',
    temp: 'temperature',
    tok: 'token',
    tp: 'tensor parallelism',
    vram: 'memory',
  }),
);

/** Doers and doings that a stem would throw together. */
const APART = new Map(
  ['tokenizer', 'tokeniser', 'tokenization', 'tokenisation', 'tokenizers', 'tokenisers']
    .map((word): [string, string] => [word, 'tokenizer_'])
    .concat(
      ['encoder', 'decoder', 'optimizer', 'transformer'].flatMap((word): [string, string][] => [
        [word, `${word}_`],
        [`${word}s`, `${word}_`],
      ]),
    )
    .concat([['optimiser', 'optimizer_'] as [string, string]]),
);

/** The stem under which a word is kept: British and American spellings, caching and cache meet. */
export const stemOf = stemmer(APART);

const JOINED = /(?<![\p{L}\p{N}])(\p{L})_(\p{L})(?![\p{L}\p{N}])/gu;
const HUMP = /[a-z][A-Z][a-z]|[A-Z]{3}[a-z]{2}/;
const HUMPS = /(?<=[a-z])(?=[A-Z][a-z])|(?<=[A-Z]{2})(?=[A-Z][a-z]{2})/;

/**
 * The words of a text in lower case. `FlashAttention` is also its two parts, `d_k` is one word, and √ is `sqrt`, as
 * people type them.
 */
export function wordsIn(text: string): string[] {
  const plain = text.normalize('NFKC').replaceAll('√', ' sqrt ');
  const words: string[] = [];
  for (const word of plain.replace(JOINED, '$1$2').split(/[^\p{L}\p{N}]+/u)) {
    if (word === '') continue;
    words.push(word.toLowerCase());
    if (HUMP.test(word)) words.push(...word.split(HUMPS).map((part) => part.toLowerCase()));
  }
  return words;
}

/** One word of what somebody looks for, with other ways to say it. */
export type Asked = { word: string; others: string[] };

/** What somebody looks for, and whether they ask for a reason or for an explanation. */
export function readQuery(typed: string): { asked: Asked[]; wants?: 'reason' | 'explanation' } {
  const words = [...new Set(wordsIn(typed))];
  const asked = words
    .filter((word) => !EMPTY.has(word))
    .map((word) => ({ word, others: SAME_AS.get(word)?.split(' ') ?? [] }));
  if (words.includes('why')) return { asked, wants: 'reason' };
  const isExplained = words.some((word) => ['what', 'whats', 'explain'].includes(word));
  return isExplained ? { asked, wants: 'explanation' } : { asked };
}
