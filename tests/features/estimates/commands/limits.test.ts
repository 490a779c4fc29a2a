import { expect, test } from 'vitest';
import type { Reply } from '../../../../src/spine/reply.ts';
import { GPUS, MODELS } from '../../../core/calculators/models/known.ts';
import { replyProblems } from '../../../support/reply-problems.ts';
import { createWorld, words } from '../../../support/world.ts';

/** Questions about a model; every answer is a sentence of its own length. */
const ABOUT_A_MODEL = [
  (id: string) => `vram ${id} 4090`,
  (id: string) => `vram ${id} 8x h100 128k 64 users`,
  (id: string) => `vram ${id} for:qlora 4090`,
  (id: string) => `vram ${id} show:steps`,
  (id: string) => `vram ${id} 4090 show:sweep`,
  (id: string) => `kv ${id}`,
  (id: string) => `fit ${id} 4090`,
  (id: string) => `fit ${id}`,
  (id: string) => `compare ${id} llama-3.1-8b 4090`,
  (id: string) => `latency ${id} 8x h100`,
  (id: string) => `lora ${id} 4090`,
  (id: string) => `models ${id}`,
  // What nobody would ask, but anybody may.
  (id: string) => `lora ${id} targets:qv`,
  (id: string) => `vram ${id} for:qlora targets:mlp 4090 context:1 sequences:65536`,
  (id: string) => `vram ${id} pipeline:2 data:1024 context:100000000 kv:q4_0 show:steps`,
  (id: string) => `fit ${id} 3x 4090 sequences:65536`,
  (id: string) => `latency ${id} 2x m1 prompt:1 output:1 sequences:65536 show:steps`,
  (id: string) => `cost ${id} 4090 output:1 price:0.0001 busy:0.001`,
];

async function problemsOf(lines: readonly string[]): Promise<string[]> {
  const world = createWorld();
  const found: string[] = [];
  for (const [index, line] of lines.entries()) {
    // Quotas are for people.
    const reply: Reply = await world.ask(line, { as: `p${index}` });
    for (const problem of replyProblems(reply)) found.push(`${line}: ${problem}`);
    if (/NaN|∞|undefined|Something went wrong/.test(words(reply))) {
      found.push(`${line}: ${words(reply)}`);
    }
  }
  return found;
}

test.each(MODELS.map(({ id }) => id))('every answer about %s fits every platform', async (id) => {
  expect(await problemsOf(ABOUT_A_MODEL.map((line) => line(id)))).toEqual([]);
});

test('every answer about every GPU fits every platform', async () => {
  const lines = GPUS.flatMap(({ id }) => [`gpus ${id}`, `fit ${id}`, `vram llama-3.1-8b ${id}`]);

  expect(await problemsOf(lines)).toEqual([]);
});

test('the lists fit every platform', async () => {
  expect(
    await problemsOf([
      'models',
      'models llama',
      'models qwen',
      'gpus',
      'gpus nvidia',
      'help',
      'help vram',
    ]),
  ).toEqual([]);
});
