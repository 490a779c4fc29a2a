import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findFormat } from '../../../../src/core/calculators/names/format-names.ts';
import { findNamed } from '../../../../src/core/calculators/names/names.ts';
import { nearest } from '../../../../src/core/calculators/names/near-names.ts';
import {
  KV_FORMATS,
  WEIGHT_FORMATS,
} from '../../../../src/core/calculators/quantization/formats.ts';
import { parseCounted } from '../../../../src/core/units.ts';
import { GPUS, MODELS } from '../models/known.ts';

test.each([
  ['llama-3.1-8b', 'llama-3.1-8b'],
  ['llama 70b', 'llama-3.3-70b'],
  ['llama3 8b', 'llama-3-8b'],
  ['Llama-3.1-8B-Instruct', 'llama-3.1-8b'],
  ['meta-llama/Llama-3.1-70B', 'llama-3.1-70b'],
  ['mixtral', 'mixtral-8x7b'],
  ['mistral 7b', 'mistral-7b'],
  ['Qwen2.5-7B-Instruct', 'qwen2.5-7b'],
  ['qwen 2.5 7b', 'qwen2.5-7b'],
  ['gemma 27b', 'gemma-3-27b'],
  ['gemma 2 27b', 'gemma-2-27b'],
  ['gemma 31b', 'gemma-4-31b'],
  ['deepseek', 'deepseek-v3'],
  ['r1', 'deepseek-r1'],
  ['gpt-oss', 'gpt-oss-120b'],
  ['gpt oss 20b', 'gpt-oss-20b'],
  ['phi4', 'phi-4'],
  ['405b', 'llama-3.1-405b'],
  ['kimi', 'kimi-k2'],
  ['unsloth/Llama-3.1-8B-Instruct-bnb-4bit', 'llama-3.1-8b'],
  ['bartowski/Qwen2.5-7B-Instruct-GGUF', 'qwen2.5-7b'],
  ['Qwen/Qwen3-235B-A22B-Instruct-2507', 'qwen3-235b-a22b-2507'],
  ['Qwen/Qwen3-235B-A22B-Thinking-2507-FP8', 'qwen3-235b-a22b-2507'],
  ['Qwen/Qwen3-235B-A22B-FP8', 'qwen3-235b-a22b'],
  ['Qwen3-4B-GGUF', 'qwen3-4b'],
  ['qwen3 4b 2507 awq', 'qwen3-4b-2507'],
  ['Qwen3-Coder-30B-A3B-Instruct', 'qwen3-coder-30b-a3b'],
  ['mistralai/Mixtral-8x7B-Instruct-v0.1', 'mixtral-8x7b'],
  ['Meta-Llama-3.1-70B-Instruct', 'llama-3.1-70b'],
  ['deepseek-ai/DeepSeek-R1-Distill-Llama-70B', 'llama-3.3-70b'],
  ['ds v4 flash', 'deepseek-v4-flash'],
  ['dsv4 pro', 'deepseek-v4-pro'],
  ['deepseek-ai/DeepSeek-V4-Flash-0731', 'deepseek-v4-flash'],
  ['DS-R1', 'deepseek-r1'],
  ['ds v3.2', 'deepseek-v3.2'],
  ['kimi k3', 'kimi-k3'],
  ['moonshotai/Kimi-K3', 'kimi-k3'],
  ['devstral 2', 'devstral-2-123b'],
  ['devstral-2:123b', 'devstral-2-123b'],
  ['devstral small 2', 'devstral-small-2-24b'],
  ['mistralai/Devstral-Small-2-24B-Instruct-2512', 'devstral-small-2-24b'],
  ['devstral', 'mistral-small-24b'],
  ['qwen3.5 4b', 'qwen3.5-4b'],
  ['qwen 3.5 0.8b', 'qwen3.5-0.8b'],
  ['Qwen/Qwen3.5-9B', 'qwen3.5-9b'],
  ['qwen3.5', 'qwen3.5-27b'],
])('%s means %s', (text, id) => {
  const found = findNamed(MODELS, text);

  expect(found.found && found.item.id).toBe(id);
});

test('a size alone means the newest model of that size, and names the others', () => {
  const found = findNamed(MODELS, '70b');

  expect(found.found && found.item.id).toBe('llama-3.3-70b');
  expect(found.found && found.others.map(({ id }) => id)).toContain('llama-2-70b');
});

test.each(['ds v4', 'deepseek v4', 'dsv4'])(
  '%s may be either size, and the other is named',
  (text) => {
    const found = findNamed(MODELS, text);

    expect(found.found && [found.item, ...found.others].map(({ id }) => id).sort()).toEqual([
      'deepseek-v4-flash',
      'deepseek-v4-pro',
    ]);
  },
);

test.each(['moe', 'flash', 'pro', 'lite', 'vision', 'small', 'large', 'thinking', 'nano'])(
  'the word %s alone is asked back',
  (text) => {
    expect(findNamed(MODELS, text).found).toBe(false);
  },
);

test('a misspelling and an unknown name are not guessed', () => {
  const typo = findNamed(MODELS, 'deepsek v3');
  const unknown = findNamed(MODELS, 'gpt-4o');

  expect(typo.found).toBe(false);
  expect(!typo.found && typo.suggestions[0]?.id).toBe('deepseek-v3');
  expect(unknown.found).toBe(false);
});

test.each([
  ['4090', 1, 'rtx-4090'],
  ['RTX4090', 1, 'rtx-4090'],
  ['h100', 1, 'h100-sxm'],
  ['2x h100', 2, 'h100-sxm'],
  ['8 x A100 80GB', 8, 'a100-80'],
  ['a100 40gb', 1, 'a100-40'],
  ['h100 pcie', 1, 'h100-pcie'],
  ['nvidia l4', 1, 'l4'],
  ['mi300x', 1, 'mi300x'],
  ['m3 max', 1, 'm3-max'],
  ['v100', 1, 'v100-32'],
])('%s means %i of %s', (text, count, id) => {
  const counted = parseCounted(text);
  const found = findNamed(GPUS, counted?.name ?? '');

  expect(counted?.count).toBe(count);
  expect(found.found && found.item.id).toBe(id);
});

test.each([
  ['q4', 'q4_k_m'],
  ['Q4_K_M', 'q4_k_m'],
  ['q4_k_m', 'q4_k_m'],
  ['q8', 'q8_0'],
  ['int4', 'int4'],
  ['awq', 'int4'],
  ['4bit', 'int4'],
  ['nf4', 'nf4'],
  ['half', 'bf16'],
  ['INT 8', 'int8'],
])('%s means the format %s', (text, id) => {
  const found = findFormat(WEIGHT_FORMATS, text);

  expect(found.found && found.item.id).toBe(id);
});

test('formats of the cache have names of their own', () => {
  const found = findFormat(KV_FORMATS, 'bf16');

  expect(found.found && found.item.id).toBe('fp16');
});

test('an unknown format gets suggestions', () => {
  const found = findFormat(WEIGHT_FORMATS, 'q7');

  expect(found.found).toBe(false);
  expect(!found.found && found.suggestions.length).toBeGreaterThan(0);
});

test('every row is found by its id, its name and its aliases', () => {
  for (const rows of [MODELS, GPUS]) {
    for (const row of rows) {
      for (const text of [row.id, row.name, ...row.aliases]) {
        const found = findNamed<(typeof rows)[number]>(rows, text);
        expect(found.found && found.item.id, text).toBe(row.id);
      }
    }
  }
});

test('any text gets an answer quickly', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 2000 }), (text) => {
      const found = findNamed(MODELS, text);

      if (!found.found) expect(found.suggestions.length).toBeLessThanOrEqual(5);
      expect(nearest(GPUS, text).length).toBeLessThanOrEqual(5);
    }),
  );
});
