import { expect, test } from 'vitest';
import { COMMANDS } from '../../../../src/commands.ts';
import { pick, randomFrom } from '../../../../src/core/random.ts';
import type { Command } from '../../../../src/spine/command.ts';
import { UserError } from '../../../../src/spine/errors.ts';
import { readEstimate } from '../../../../src/spine/grammar/estimates/read-estimate.ts';
import { remembered } from '../../../../src/spine/grammar/text.ts';
import { recognizes } from '../../../../src/spine/suggest.ts';
import { ESTIMATE_CATALOG as catalog } from '../../../support/estimate-catalog.ts';
import { createWorld, words } from '../../../support/world.ts';

const recognize = remembered((list, text) => recognizes(list, text, catalog));

/** What a sentence is made of, in any order. */
const SENTENCES: Readonly<Record<string, readonly string[]>> = {
  vram: [
    'llama 3.3 70b',
    'on 2x h100',
    'in fp8',
    'ctx 16k',
    '8 users',
    'with q8 kv cache',
    'qlora r 16',
  ],
  kv: ['for gemma 3 27b', 'at 32k', '4 users', 'in fp8'],
  fit: ['qwen3 32b', 'on a 4090', 'with 32k context', 'q4_k_m', 'max users'],
  latency: ['of deepseek v3', 'on 8xh200', '2k in 500 out', 'batch 32', 'fp8', 'sglang'],
  cost: ['mistral small 24b', 'on 2x l40s', '$1.50/h', 'batch 16', 'q4_k_m'],
  compare: ['llama 3.1 8b', 'vs qwen3 8b', 'on a 4090', '8k context'],
  train: ['llama 3.1 8b', 'on 2T tokens', 'with 256 h100', '40% mfu'],
  lora: ['of llama 3.1 8b', 'rank 16', 'attention', 'on a 4090', 'seq 2k'],
};

/** Words without a place in any of them, and words that ask for something else than each answers. */
const STRANGE = [
  'zorbel',
  'quux',
  'nvlinked',
  'apiece',
  'speculatively',
  'dpo',
  'patchy',
  'budgeted',
  'oom',
  'per-token',
];
const ASKING = ['total', 'without', 'twice', 'combined', 'per node'];
const NUMBERS = ['37', '4.7', '€3', '19.4', '2.5 €/h'];

type Case = { command: string; line: string; inserted: string };

function cases(count: number): Case[] {
  const random = randomFrom('words');
  const names = Object.keys(SENTENCES);
  return Array.from({ length: count }, () => {
    const command = pick(names, random) ?? '';
    const parts = [...(SENTENCES[command] ?? [])]
      .map((part) => ({ part, at: random() }))
      .filter(({ at }) => at < 0.9)
      .sort((a, b) => a.at - b.at)
      .flatMap(({ part }) => part.split(' '));
    const inserted = pick([...STRANGE, ...ASKING, ...NUMBERS], random) ?? '';
    parts.splice(Math.floor(random() * (parts.length + 1)), 0, inserted);
    return { command, line: parts.join(' '), inserted };
  });
}

/** A number is a value; a word is one only in a name that isn't known, which refuses the sentence. */
function isValue({ options }: Command, [name, value]: [string, string], word: string): boolean {
  const list = options.find((option) => option.name === name)?.suggests ?? '';
  const isRefused = ['models', 'gpus', 'formats'].includes(list) && !recognize(list, value);
  return value.toLowerCase().includes(word) && (/^\d/.test(word) || isRefused);
}

/** How an inserted word is accounted for: the sentence is refused, the word named or, of a number, a value. */
function isAccounted({ command: name, line, inserted }: Case): boolean {
  const command = COMMANDS.find((each) => each.name === name);
  if (!command) return false;
  try {
    const { raw, unused } = readEstimate(command, line, recognize);
    const told = unused.join(' ').toLowerCase();
    return inserted
      .split(' ')
      .every(
        (word) => told.includes(word) || [...raw].some((value) => isValue(command, value, word)),
      );
  } catch (error) {
    return error instanceof UserError;
  }
}

test('each word that is put into a sentence is named or refuses it', () => {
  const lost = cases(400).filter((each) => !isAccounted(each));

  expect(lost.slice(0, 20)).toEqual([]);
});

const world = createWorld({ isUnlimited: true });

test.each([
  ['/cost of the cache', 'I didn\'t understand "cache".'],
  ['vram llama 70b l40s how many', 'I read "how many" in more than one way.'],
  ['m3 pro 18gb, largest qwen 2.5 32b vram', 'I read "largest" in more than one way.'],
  ['cost llama 8b h100 2.5 €/h', 'I didn\'t understand "€/h". Enter prices in US dollars'],
  ['vram llama 8b 8 gpus or 16 gpus h100', 'Not used: or, 16.'],
  ['vram llama 8b ctx 8k context:16k', 'Enter one context, not 16k and 8k.'],
])('%s is not answered as something else', async (line, refusal) => {
  expect(words(await world.ask(line)).trimStart()).toContain(refusal);
});

test.each([
  ['cost of training a 7b on 300 billion tokens with 64 h100', 'train'],
  ['vram olmo-2-13b 8x v100 32gb zero-3, will optimizer states fit', 'vram'],
  ['kv llama 3.1 8b at 256 seq', 'kv'],
])('%s is read as %s', async (line, name) => {
  const { data } = await world.ask(line);

  expect(data).toMatchObject({ command: expect.stringMatching(new RegExp(`^${name} `)) });
  expect(data).not.toMatchObject({ command: expect.stringContaining('offload') });
});
