import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kvBytesPerToken, kvCacheSize } from '../../../../src/core/calculators/memory/kv-cache.ts';
import { explainKvCache } from '../../../../src/core/calculators/memory/kv-explain.ts';
import { kvFormat } from '../../../../src/core/calculators/quantization/formats.ts';
import { MODELS, shape } from '../models/known.ts';

// Worked out by hand from each model's config.json: layers, KV heads and head size, times two for
// key and value and two bytes; a latent counts once and has no heads.
test.each([
  // Multi-head attention: every query head has its own key and value.
  ['llama-2-7b', 32 * 2 * 32 * 128 * 2],
  ['command-r', 40 * 2 * 64 * 128 * 2],
  ['gpt2-xl', 48 * 2 * 25 * 64 * 2],
  // Grouped queries.
  ['llama-3.1-8b', 32 * 2 * 8 * 128 * 2],
  ['llama-2-70b', 80 * 2 * 8 * 128 * 2],
  ['qwen2.5-7b', 28 * 2 * 4 * 128 * 2],
  // One KV head for all queries.
  ['gemma-2b', 18 * 2 * 1 * 256 * 2],
  // One vector of 512 is key and value; 21 layers pool 4 tokens to an entry and 20 pool 128.
  ['deepseek-v4-flash', (43 + 21 / 4 + 20 / 128) * 512 * 2],
  ['gemma-3-1b', 26 * 2 * 1 * 256 * 2],
  // Latent: rank 512 and 64 rotary values.
  ['deepseek-v3', 61 * (512 + 64) * 2],
  ['deepseek-v2', 60 * (512 + 64) * 2],
  ['moonlight-16b-a3b', 27 * (512 + 64) * 2],
  ['kimi-k3', 24 * (512 + 64) * 2],
  // Chunks of 8,192 in 36 of 48 layers.
  ['llama-4-scout', 48 * 2 * 8 * 128 * 2],
  // Keys of 192 and values of 128; 4 KV heads in 9 global layers, 8 in 39 local ones.
  ['mimo-v2-flash', (9 * 4 + 39 * 8) * (192 + 128) * 2],
  // Layers that share: 20 of 35 layers own a cache.
  ['gemma-3n-e4b', 20 * 2 * 2 * 256 * 2],
  // Linear layers keep nothing for a token: 12 of 48, 16 of 64 and 10 of 80 layers have attention.
  ['qwen3-coder-next', 12 * 2 * 2 * 256 * 2],
  ['qwen3.5-27b', 16 * 2 * 4 * 256 * 2],
  ['minimax-text-01', 10 * 2 * 8 * 128 * 2],
  ['qwen3.5-0.8b', 6 * 2 * 2 * 256 * 2],
  ['qwen3.5-4b', 8 * 2 * 4 * 256 * 2],
  ['qwen3.5-9b', 8 * 2 * 4 * 256 * 2],
  // Wider heads and fewer of them in global layers: 16 of 256 in 50 layers, 4 of 512 in 10.
  ['gemma-4-31b', (50 * 16 * 256 + 10 * 4 * 512) * 2 * 2],
])('%s keeps %i bytes for a token', (id, bytes) => {
  expect(kvBytesPerToken(shape(id)).bytesPerToken).toBe(bytes);
});

test.each([
  // 10 global layers see all tokens, 52 local ones 1,024.
  ['gemma-3-27b', 131_072, 2 * 16 * 128 * 2 * (10 * 131_072 + 52 * 1024)],
  ['gemma-2-9b', 8192, 2 * 8 * 256 * 2 * (21 * 8192 + 21 * 4096)],
  ['gpt-oss-120b', 131_072, 2 * 8 * 64 * 2 * (18 * 131_072 + 18 * 128)],
  ['mistral-7b-v0.1', 32_768, 2 * 8 * 128 * 2 * 32 * 4096],
  ['olmo-3-32b', 65_536, 2 * 8 * 128 * 2 * (16 * 65_536 + 48 * 4096)],
  ['llama-4-scout', 131_072, 2 * 8 * 128 * 2 * (12 * 131_072 + 36 * 8192)],
  // 4 global and 16 local layers of 2 heads own a cache, windows of 512.
  ['gemma-3n-e4b', 32_768, 2 * 2 * 256 * 2 * (4 * 32_768 + 16 * 512)],
  ['mimo-v2-flash', 262_144, (192 + 128) * 2 * (9 * 4 * 262_144 + 39 * 8 * 128)],
  ['deepseek-r1', 163_840, 61 * 576 * 2 * 163_840],
  ['phi-3-medium', 131_072, 2 * 10 * 128 * 2 * 40 * 131_072],
  // Windows of 128, and an entry for 4 tokens or for 128.
  ['deepseek-v4-flash', 131_072, 512 * 2 * (43 * 128 + 21 * 32_768 + 20 * 1024)],
  ['deepseek-v4-pro', 131_072, 512 * 2 * (61 * 128 + 30 * 32_768 + 31 * 1024)],
])('%s keeps at most its windows at %i tokens', (id, tokens, bytes) => {
  expect(kvCacheSize({ shape: shape(id), tokens }).cacheBytes).toBe(bytes);
});

test('layers that pool keep what is not pooled yet, and index keys for entries alone', () => {
  const size = kvCacheSize({ shape: shape('deepseek-v4-flash'), tokens: 131_072, sequences: 3 });

  // Values and weights in FP32: 2 × 4 tokens, twice as wide, of a head and of an index key; or 128 tokens.
  expect(size.stateBytes).toBe(3 * 2 * 4 * (21 * 8 * 2 * (512 + 128) + 20 * 128 * 512));
  expect(size.indexerBytes).toBe(3 * 21 * 32_768 * (128 + 4));
});

test('a window that is longer than the sequence changes nothing', () => {
  const short = kvCacheSize({ shape: shape('gemma-3-27b'), tokens: 1000 }).bytes;

  expect(short).toBe(1000 * kvBytesPerToken(shape('gemma-3-27b')).bytesPerToken);
});

test('linear layers keep a state that does not grow', () => {
  const of = (tokens: number) => kvCacheSize({ shape: shape('qwen3-coder-next'), tokens });
  // 36 layers of 32 heads of 128 × 128 in FP32, and 3 inputs of 8,192 channels in 16 bit.
  const state = 36 * (32 * 128 * 128 * 4 + 3 * (2 * 16 * 128 + 32 * 128) * 2);

  expect(of(1).stateBytes).toBe(state);
  expect(of(262_144).stateBytes).toBe(state);
});

test('the indexer of sparse attention keeps 132 bytes for each layer and token', () => {
  const { indexerBytes, cacheBytes } = kvCacheSize({ shape: shape('deepseek-v3.2'), tokens: 1000 });

  expect(indexerBytes).toBe(61 * 132 * 1000);
  expect(cacheBytes).toBe(61 * 576 * 2 * 1000);
});

test('an encoder-decoder keeps its own tokens and those of the input', () => {
  // T5 base: 12 layers of 12 heads of 64, once for 50 written and once for 400 read tokens.
  const { bytes } = kvCacheSize({ shape: shape('t5-base'), tokens: 50, inputTokens: 400 });

  expect(bytes).toBe(12 * 2 * 12 * 64 * 2 * (50 + 400));
});

test('an encoder keeps nothing', () => {
  expect(kvCacheSize({ shape: shape('bert-base'), tokens: 512 }).bytes).toBe(0);
});

test.each([
  ['fp8', 1],
  ['int8', 1],
  ['q8_0', 34 / 32],
  ['q4_0', 18 / 32],
  ['fp32', 4],
])('a cache in %s takes %d bytes for each value', (id, bytes) => {
  const size = kvCacheSize({ shape: shape('llama-3.1-8b'), tokens: 4096, format: kvFormat(id) });

  expect(size.bytes).toBe(4096 * 65_536 * bytes);
});

test('pages round each sequence up to 16 tokens', () => {
  const request = { shape: shape('llama-3.1-8b'), tokens: 2001, sequences: 3 };

  expect(kvCacheSize({ ...request, rounding: 'paged' }).bytes).toBe(3 * 2016 * 131_072);
});

test("llama.cpp's window cache has room for a micro batch, as its log says", () => {
  // Its log for Gemma 3 27B: 1,536 cells and 624 MiB in 52 local layers; 10 global ones have all.
  const { bytes } = kvCacheSize({
    shape: shape('gemma-3-27b'),
    tokens: 8192,
    rounding: 'llama.cpp',
  });

  expect(bytes).toBe(624 * 1024 ** 2 + 10 * 8192 * 8192);
});

test('llama.cpp keeps the window cache in 16 bit whatever the format', () => {
  const size = kvCacheSize({
    shape: shape('gemma-3-27b'),
    tokens: 8192,
    rounding: 'llama.cpp',
    format: kvFormat('q8_0'),
  });

  expect(size.bytes).toBe(624 * 1024 ** 2 + (10 * 8192 * 8192 * 34) / 64);
});

test('the steps add up to the size for every model', () => {
  for (const { id, shape: each } of MODELS) {
    const { bytes, steps } = explainKvCache({ shape: each, tokens: 3000, sequences: 2 });

    const sum = steps.reduce((total, { value }) => total + value, 0);

    expect(Math.abs(sum - bytes), id).toBeLessThan(1);
  }
});

test('more tokens than the model was made for give a warning', () => {
  const { warnings } = explainKvCache({ shape: shape('llama-2-7b'), tokens: 8192 });

  expect(warnings.join(' ')).toContain("8,192 tokens exceed the model's context limit of 4,096");
});

test.each([
  [{ tokens: 0 }, /tokens/],
  [{ tokens: -1 }, /tokens/],
  [{ tokens: 1.5 }, /tokens/],
  [{ tokens: Number.NaN }, /tokens/],
  [{ tokens: 1, sequences: 0 }, /sequences/],
])('%o is refused by name', (wrong, name) => {
  expect(() => kvCacheSize({ shape: shape('llama-2-7b'), ...wrong })).toThrow(name);
});

test('twice the tokens need twice the cache where every layer keeps everything', () => {
  // Whisper also keeps the keys of half a minute of sound, whatever it writes.
  const full = MODELS.filter(
    ({ shape: each }) =>
      each.encoderTokens === undefined &&
      each.layers.every(({ attention }) => attention.kind === 'full' || attention.kind === 'mla'),
  );

  fc.assert(
    fc.property(
      fc.constantFrom(...full),
      fc.integer({ min: 1, max: 500_000 }),
      ({ shape: each }, tokens) => {
        const once = kvCacheSize({ shape: each, tokens }).bytes;

        expect(kvCacheSize({ shape: each, tokens: 2 * tokens }).bytes).toBe(2 * once);
      },
    ),
  );
});

test('the cache never shrinks with tokens, sequences or bytes', () => {
  const roundings = ['exact', 'paged', 'llama.cpp'] as const;

  fc.assert(
    fc.property(
      fc.constantFrom(...MODELS),
      fc.constantFrom(...roundings),
      fc.integer({ min: 1, max: 200_000 }),
      fc.integer({ min: 1, max: 64 }),
      ({ shape: each }, rounding, tokens, sequences) => {
        const of = (more: object) =>
          kvCacheSize({ shape: each, tokens, sequences, rounding, ...more }).bytes;

        expect(of({ tokens: tokens + 1 })).toBeGreaterThanOrEqual(of({}));
        expect(of({ sequences: sequences + 1 })).toBeGreaterThanOrEqual(of({}));
        expect(of({ format: kvFormat('fp32') })).toBeGreaterThanOrEqual(of({}));
      },
    ),
  );
});
