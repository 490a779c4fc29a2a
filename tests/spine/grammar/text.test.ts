import fc from 'fast-check';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../../src/commands.ts';
import { WEIGHT_FORMATS } from '../../../src/core/calculators/quantization/formats.ts';
import { estimateLine } from '../../../src/features/estimates/card.ts';
import { runLine } from '../../../src/spine/button.ts';
import { UserError } from '../../../src/spine/errors.ts';
import { findCommand, parseText } from '../../../src/spine/grammar/text.ts';
import { tokens } from '../../../src/spine/grammar/tokens.ts';
import { recognizes, suggestions } from '../../../src/spine/suggest.ts';
import { GPUS, MODELS } from '../../core/calculators/models/known.ts';
import { ESTIMATE_CATALOG as catalog } from '../../support/estimate-catalog.ts';

/** The options that a typed sentence fills. */
function read(line: string) {
  const found = findCommand(COMMANDS, line);
  if ('unknown' in found) throw new Error(`"${line}" names no command`);
  return parseText(found.command, found.rest, (list, words) => recognizes(list, words, catalog));
}

test.each([
  ['vram llama 70b 2x h100', { model: 'llama 70b', gpu: '2x h100' }],
  [
    'vram 4090 mixtral q4_k_m 32k',
    { gpu: '4090', model: 'mixtral', format: 'q4_k_m', context: 32_768 },
  ],
  ['vram llama-3.1-8b', { model: 'llama-3.1-8b' }],
  ['vram xlm-roberta-large m3', { model: 'xlm-roberta-large', gpu: 'm3' }],
  ['vram minimax-m2.5 m2 fp8', { model: 'minimax-m2.5', gpu: 'm2', format: 'fp8' }],
  ['vram minimax m2 fp8', { model: 'minimax m2', format: 'fp8' }],
  ['/vram Llama 3.1 8B on a 4090', { model: 'Llama 3.1 8B', gpu: 'a 4090' }],
  [
    'vram qwen 2.5 7b on two 3090s at 16k',
    { model: 'qwen 2.5 7b', gpu: 'two 3090s', context: 16_384 },
  ],
  ['vram deepseek r1 8x h200', { model: 'deepseek r1', gpu: '8x h200' }],
  [
    'vram 8 × A100 80GB llama 405b fp8',
    { gpu: '8 × A100 80GB', model: 'llama 405b', format: 'fp8' },
  ],
  ['vram llama 8b awq 4090', { model: 'llama 8b', format: 'awq', gpu: '4090' }],
  ['vram h100 fp8 llama 70b', { gpu: 'h100', format: 'fp8', model: 'llama 70b' }],
  ['vram llama 8b 8k 16', { model: 'llama 8b', context: 8192, sequences: 16 }],
  ['vram llama 8b 16 users 8k', { model: 'llama 8b', sequences: 16, context: 8192 }],
  ['vram llama 8b batch 16 ctx 8k', { model: 'llama 8b', sequences: 16, context: 8192 }],
  ['vram llama 8b, 32 concurrent requests?', { model: 'llama 8b', sequences: 32 }],
  ['vram llama 8b batch size 4', { model: 'llama 8b', sequences: 4 }],
  ['vram gemma 27b m3 max 64gb', { model: 'gemma 27b', gpu: 'm3 max 64gb' }],
  ['vram gpt-oss 24gb card', { model: 'gpt-oss', gpu: '24gb' }],
  ['vram mistral 7b ollama', { model: 'mistral 7b', engine: 'ollama' }],
  ['vram llama 70b tp 4', { model: 'llama 70b', tensor: 4 }],
  ['vram llama 70b tp4 pp2', { model: 'llama 70b', tensor: 4, pipeline: 2 }],
  [
    'vram llama 8b --max-model-len 8192 --tensor-parallel-size 2',
    { model: 'llama 8b', context: 8192, tensor: 2 },
  ],
  ['vram llama 8b gpu=4090 context=128K', { model: 'llama 8b', gpu: '4090', context: 131_072 }],
  ['vram llama 8b kv fp8', { model: 'llama 8b', kv: 'fp8' }],
  ['vram llama 8b fp8 kv', { model: 'llama 8b', kv: 'fp8' }],
  ['vram llama 8b q8_0 kv q4_0', { model: 'llama 8b', format: 'q8_0', kv: 'q4_0' }],
  ['vram llama 8b util 80%', { model: 'llama 8b', utilisation: 0.8 }],
  ['vram qlora llama 8b 4090', { for: 'qlora', model: 'llama 8b', gpu: '4090' }],
  ['vram for training llama 8b 8x a100', { for: 'train', model: 'llama 8b', gpu: '8x a100' }],
  [
    'vram lora llama 70b h100 rank 32 4k',
    { for: 'lora', model: 'llama 70b', gpu: 'h100', rank: 32, context: 4096 },
  ],
  [
    'vram finetune llama 8b zero3 8x a100',
    { for: 'train', model: 'llama 8b', zero: 3, gpu: '8x a100' },
  ],
  ['vram llama 8b 4090 -ngl 20', { model: 'llama 8b', gpu: '4090', layers: 20 }],
  ['vram "llama 8b" 4090', { model: 'llama 8b', gpu: '4090' }],
  [
    'vram https://huggingface.co/meta-llama/Llama-3.1-8B-Instruct 4090',
    { model: 'https://huggingface.co/meta-llama/Llama-3.1-8B-Instruct', gpu: '4090' },
  ],
  [
    'vram unsloth/Llama-3.1-8B-Instruct-bnb-4bit',
    { model: 'unsloth/Llama-3.1-8B-Instruct-bnb-4bit' },
  ],
  [
    'vram {"model_type": "llama", "a": {"b": [1]}} 4090 8k',
    { config: '{"model_type": "llama", "a": {"b": [1]}}', gpu: '4090', context: 8192 },
  ],
  ['vram 4090 config:{“model_type”: “llama”}', { gpu: '4090', config: '{"model_type": "llama"}' }],
  ['kv llama 8b 32k 16 users', { model: 'llama 8b', context: 32_768, sequences: 16 }],
  ['kv gemma 27b 128k fp8', { model: 'gemma 27b', context: 131_072, format: 'fp8' }],
  ['fit 4090', { gpu: '4090' }],
  ['fit llama 70b cheapest', { model: 'llama 70b', want: 'cheapest' }],
  ['fit llama 8b 24gb users 4k', { model: 'llama 8b', gpu: '24gb', want: 'users', context: 4096 }],
  ['fit llama 8b 4090 context', { model: 'llama 8b', gpu: '4090', want: 'context' }],
  [
    'fit llama 70b cheapest h100=2.10 4090=0.3',
    { model: 'llama 70b', want: 'cheapest', prices: 'h100=2.10 4090=0.3' },
  ],
  [
    'compare llama 8b vs qwen3 8b on 4090',
    { model: 'llama 8b', 'other-model': 'qwen3 8b', gpu: '4090' },
  ],
  ['compare 4090 5090 llama 8b', { gpu: '4090', 'other-gpu': '5090', model: 'llama 8b' }],
  ['compare llama 8b q4 q8', { model: 'llama 8b', format: 'q4', 'other-format': 'q8' }],
  ['compare llama 8b llama 70b', { model: 'llama 8b', 'other-model': 'llama 70b' }],
  [
    'latency llama 70b 4x h100 fp8 2k 500',
    { model: 'llama 70b', gpu: '4x h100', format: 'fp8', prompt: 2048, output: 500 },
  ],
  [
    'latency llama 8b 4090 500 output tokens 1k prompt tokens',
    { model: 'llama 8b', gpu: '4090', output: 500, prompt: 1024 },
  ],
  ['cost llama 70b 2x h100 price 2.5', { model: 'llama 70b', gpu: '2x h100', price: 2.5 }],
  ['cost llama 8b 4090 busy 30%', { model: 'llama 8b', gpu: '4090', busy: 0.3 }],
  ['lora llama 8b r16 q,v', { model: 'llama 8b', rank: 16, targets: 'q,v' }],
  [
    'lora llama 8b 4090 rank 8 attention',
    { model: 'llama 8b', gpu: '4090', rank: 8, targets: 'attention' },
  ],
  ['train 70b 15t 2048x h100', { parameters: '70b', tokens: '15t', gpu: '2048x h100' }],
  [
    'train llama 8b on 300b tokens with 64 h100s',
    { model: 'llama 8b', tokens: '300b', gpu: '64 h100s' },
  ],
  [
    'train 7b 1t tokens mfu 50% 8x a100',
    { parameters: '7b', tokens: '1t', utilisation: 0.5, gpu: '8x a100' },
  ],
  [
    'speculate llama 70b llama 1b 5 0.8',
    { model: 'llama 70b', draft: 'llama 1b', tokens: 5, acceptance: 0.8 },
  ],
  ['speculate 4 80%', { tokens: 4, acceptance: 0.8 }],
  ['models qwen3', { name: 'qwen3' }],
  ['gpus 4090 default:me', { name: '4090', default: 'me' }],
  ['ask paged attention in a 4090?', { words: 'paged attention in a 4090?' }],
] as [string, Record<string, unknown>][])('%s', (line, expected) => {
  const { values, problems } = read(line);

  expect(problems).toEqual([]);
  expect(values).toEqual(expected);
});

test.each([
  ['vram lama 4090', { model: 'lama', gpu: '4090' }],
  ['vram llama 8b 4090 q7', { model: 'llama 8b', gpu: '4090', format: 'q7' }],
  ['vram llama 8b rtx9999', { model: 'llama 8b', gpu: 'rtx9999' }],
  ['vram llama 8b 4090 -1', { model: 'llama 8b', gpu: '4090', context: -1 }],
])('what nothing recognizes goes where the error helps: %s', (line, expected) => {
  expect(read(line).values).toEqual(expected);
});

test.each([
  ['vram llama 8b context:lots', 'context'],
  ['vram llama 8b 1e99', 'context'],
  ['vram llama 8b rank:x', 'rank'],
  ['vram llama 8b for:fun', 'for'],
])('a wrong value is a problem of its option: %s', (line, option) => {
  expect(read(line).problems.map((problem) => problem.option)).toEqual([option]);
});

test('an unknown flag names the options there are', () => {
  expect(() => read('kv llama 8b --depth 3')).toThrow(
    /kv doesn't have an option "depth". Options: model/,
  );
});

test('the lines that buttons carry are read as the values they were made of', () => {
  const models = fc.constantFrom(...MODELS.map(({ id }) => id));
  const gpus = fc.constantFrom(...GPUS.map(({ id }) => id));
  const formats = fc.constantFrom(...WEIGHT_FORMATS.map(({ id }) => id));
  const count = fc.integer({ min: 1, max: 100_000_000 });
  fc.assert(
    fc.property(models, gpus, formats, count, (model, gpu, format, context) => {
      const values = { model, gpu, format, context };

      expect(read(runLine('vram', values)).values).toEqual(values);
      expect(read(estimateLine('vram', values)).values).toEqual(values);
      // A small number by itself may be of requests too, and is asked about.
      if (context >= 256)
        expect(read(`vram ${model} ${gpu} ${format} ${context}`).values).toEqual(values);
    }),
  );
});

test('quotes and braces keep words together', () => {
  const text = (line: string) => tokens(line).map((token) => token.text);

  expect(text('a "b c" d:"e f"')).toEqual(['a', 'b c', 'd:e f']);
  expect(text('x {"a": {"b": "}"}} y')).toEqual(['x', '{"a": {"b": "}"}}', 'y']);
  expect(text('config:{"a": 1} 4090')).toEqual(['config:{"a": 1}', '4090']);
  expect(text('{not json} 1')).toEqual(['{not', 'json}', '1']);
  expect(text('tab:"a\\tb"')).toEqual(['tab:a\tb']);
});

test('any line is read or refused in words, and quickly', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (line) => {
      try {
        read(`vram ${line}`);
      } catch (error) {
        expect(String(error)).toMatch(/^UserError: /);
      }
    }),
  );
});

test.each([
  ['models', 'llama 70', 'llama-3.3-70b'],
  ['models', '', 'llama-3.1-8b'],
  ['gpus', '2x h1', '2xh100-sxm'],
  ['gpus', '24gb', '24gb'],
  ['formats', 'q4', 'q4_k_m'],
  ['kv-formats', 'f', 'fp16'],
  ['engines', 'oll', 'llama.cpp'],
  ['contexts', '3', '32k'],
  ['contexts', '5000', '5000'],
  ['lora-targets', 'a', 'attention'],
])('the list %s completes "%s" with %s', (list, typed, value) => {
  const found = suggestions(list, typed, catalog);

  expect(found.length).toBeLessThanOrEqual(25);
  expect(found.map((each) => each.value)).toContain(value);
});

test('the list of commands completes their names', () => {
  const commands = COMMANDS.map(({ name }) => name);

  expect(suggestions('commands', 'vr', { ...catalog, commands })).toEqual([
    { label: 'vram', value: 'vram' },
  ]);
});

test.each([
  ['mock chapters:3 5 8', { chapters: '3 5 8' }],
  ['mock chapters:3, 5 8 45 strict', { chapters: '3, 5 8', minutes: '45', style: 'strict' }],
  ['mock 15 chapters: 3 5 – 8, 11', { minutes: '15', chapters: '3 5-8, 11' }],
  ['mock chapters:3 30', { chapters: '3', minutes: '30' }],
  ['mock chapters:"3 5 8" hard', { chapters: '3 5 8', level: 'hard' }],
  ['setup change chapters:3 5 8', { action: 'change', chapters: '3 5 8' }],
  ['setup 9:30 chapters=1 12 hard', { time: '9:30', chapters: '1 12', difficulty: ['hard'] }],
  ['setup chapters:3 5 9:30', { chapters: '3 5', time: '9:30' }],
  ['setup chapters:3 5 10 am', { chapters: '3 5', time: '10 am' }],
  ['setup chapters:3 9:30', { chapters: '3', time: '9:30' }],
])('%s takes a list of chapters without quotes', (line, expected) => {
  expect(read(line).values).toEqual(expected);
});

/** Milliseconds of processor time of one reading, the best of three: a busy machine is slow, not wrong. */
function costOf(line: string): number {
  const costs = [1, 2, 3].map(() => {
    const begun = process.cpuUsage();
    try {
      read(line);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
    const { user, system } = process.cpuUsage(begun);
    return (user + system) / 1000;
  });
  return Math.min(...costs);
}

test.each([
  ['days without an end', `setup ${'mon'.repeat(24)}@`],
  ['many short words', `vram ${'2 '.repeat(2000)}`],
  ['many names', `compare ${'llama h100 '.repeat(400)}`],
  ['one long word', `cost ${'a'.repeat(40_000)}=`],
  ['stops', `fit ${'!'.repeat(40_000)}x`],
  ['empty objects', `kv ${'{} '.repeat(13_000)}`],
  ['a string that nothing ends', `vram {${'"\\'.repeat(20_000)}`],
  ['text of one’s own', `question report own-one ${'the cache grows '.repeat(2500)}`],
])('%s are read without keeping anybody waiting', (_, line) => {
  expect(costOf(line)).toBeLessThan(100);
});

test('too many words for an estimate are refused with what to type', () => {
  expect(() => read(`vram llama-3.1-8b ${'please '.repeat(100)}`)).toThrow(/101 words.*Try vram /s);
});

test('a long text of one’s own stays whole, with the id in front', () => {
  const text = 'The cache grows with yes and 12 tokens. '.repeat(60).trim();

  const { values } = read(`question report own-one ${text}`);

  expect(values).toMatchObject({ question: 'own-one', text });
});

test.each(['mon wed fri', 'mon,wed', 'mon-fri', 'monday, tuesday', 'weekdays', 'every day'])(
  '"%s" are days',
  (words) => {
    expect(recognizes('days', words, catalog)).toBe(true);
  },
);

test.each(['', '-mon', 'mon x', 'moon', 'mon@'])('"%s" are no days', (words) => {
  expect(recognizes('days', words, catalog)).toBe(false);
});
