import { expect, test } from 'vitest';
import { readCatalog } from '../../../src/catalog.ts';
import { createCatalog, indexOf } from '../../../src/core/catalog.ts';
import { turnsDuring } from '../../support/turns.ts';

const { catalog } = readCatalog();
const first = async (words: string) => (await catalog.search(words, 5))[0]?.question.id;

test('the words that were stored beside a bank find what the bank finds', async () => {
  const stored = JSON.stringify(await indexOf(catalog));
  const opened = createCatalog({ ...catalog, index: () => stored });
  for (const [words] of TYPED)
    expect(await opened.search(words, 5)).toEqual(await catalog.search(words, 5));
});

/** As people type on a phone, and the items that any of them would be glad to see first. */
const TYPED: [string, RegExp][] = [
  ['kv cache', /^c5-(why-kv-cache|kv-formula)$/],
  ['what is kv cache', /^c5-why-kv-cache$/],
  ['why a kv cache', /^c5-why-kv-cache$/],
  ['why scale by sqrt dk', /^c3-why-sqrt$/],
  ['√d_k', /^c3-why-sqrt$/],
  ['whats lora', /^c7-explain-lora$/],
  ['lora vs qlora', /^c7-qlora-trade$/],
  ['lora vs full fine tuning', /^c7-lora-or-full$/],
  ['quantisation', /^c8-(explain-granularity|gptq-and-awq)$/],
  ['quantization', /^c8-(explain-granularity|gptq-and-awq)$/],
  ['flash atention', /^c3-(flash-saves|explain-flash|flash-facts)$/],
  ['flashattention', /^c3-(flash-saves|explain-flash|flash-facts)$/],
  ['pagd attention', /^c5-(paged-problem|explain-paged)$/],
  ['how does rope work', /^c2-(rope-where|derive-rope)$/],
  ['mha vs gqa', /^c3-compare-mha-mqa-gqa$/],
  ['mla', /^c3-(mla-cache|explain-mla)$/],
  ['what is temperature', /^c1-explain-temperature$/],
  ['top p', /^c1-top-p-two-steps$/],
  ['tokenizer', /^c1-tokenizer-facts$/],
  ['perplexity', /^c1-perplexity-meaning$/],
  ['chinchilla', /^c6-(twenty-tokens|explain-overtraining)$/],
  ['grpo', /^c7-grpo-against-ppo$/],
  ['rlhf', /^c7-ppo-four-models$/],
  ['reward hacking', /^c7-reward-overoptimised$/],
  ['spec decode', /^c5-spec-/],
  ['prefix caching', /^c5-(prefix-cache-metric|explain-prefix-cache)$/],
  ['continuous batching', /^c5-continuous-batching$/],
  ['chunked prefill', /^c5-chunked-prefill-benefit$/],
  ['zero stage 3', /^c8-zero/],
  ['bf16 vs fp16', /^c8-(bf16-or-fp16|explain-16-bit-formats)$/],
  ['hallucnation', /^c9-open-why-hallucinate$/],
  ['rag vs fine tuning', /^c7-facts-by-tuning$/],
  ['prompt injection', /^c11-(open-injection-jailbreak|injection-kind)$/],
  ['chain of thought', /^c11-cot-gain-where$/],
  ['context window', /^c1-window-budget$/],
  ['lost in the middle', /^c9-middle-(shape|measures)$/],
  ['catastrophic forgetting', /^c9-(forgetting-signal|open-forgetting)$/],
  ['how much vram do i need', /^c8-(vram-at-start|explain-serving-memory)$/],
  ['why is decoding slow', /^c5-(prefill-decode-bound|explain-two-phases)$/],
  ['layernorm vs rmsnorm', /^c2-(rmsnorm-drops|compare-norms)$/],
  ['encoder vs decoder', /^c4-three-families$/],
  ['self attention', /^c3-(qkv-source|explain-one-head|attention-forward-order)$/],
  ['llm judge bias', /^c9-judge-probes$/],
  ['json mode', /^c11-json-mode-promise$/],
  ['mcp', /^c11-open-mcp$/],
  ['tool calling', /^c11-tool-round-trip$/],
  ['few shot', /^c11-open-few-shot$/],
  ['swiglu', /^c2-swiglu-what$/],
  ['strawberry', /^c1-strawberry$/],
  ['c3-explain-mla', /^c3-explain-mla$/],
];

test.each(TYPED)('"%s" finds first what was meant', async (words, expected) => {
  expect(await first(words)).toMatch(expected);
});

test('nothing is found for what the bank does not speak of', async () => {
  for (const words of ['', '   ', 'the', '🙂', 'qqqqqqq', '؟؟', '\u0000']) {
    expect(await catalog.search(words, 5), words).toEqual([]);
  }
});

test('a long or hostile query is answered like any other', async () => {
  expect(await catalog.search('kv cache '.repeat(600), 5)).toHaveLength(5);
  expect(await first(`${'x'.repeat(5000)} lora`)).toContain('lora');
  expect(await catalog.search('constructor __proto__ toString', 5)).toBeInstanceOf(Array);
});

test('everyone else has turns while the first search builds its index', async () => {
  const fresh = createCatalog(catalog);

  const turns = await turnsDuring(fresh.search('kv cache', 5));

  expect(turns).toBeGreaterThanOrEqual(20);
});
