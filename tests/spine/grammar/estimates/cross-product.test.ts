import { expect, test } from 'vitest';
import { COMMANDS } from '../../../../src/commands.ts';
import { findCommand, parseText, remembered } from '../../../../src/spine/grammar/text.ts';
import { listIn, recognizes } from '../../../../src/spine/suggest.ts';
import { MODELS } from '../../../core/calculators/models/known.ts';
import { ESTIMATE_CATALOG as catalog } from '../../../support/estimate-catalog.ts';

const CONTEXTS: [string, number][] = [
  ['128k', 131_072],
  ['ctx 16k', 16_384],
  ['8,192 tokens', 8192],
  ['at 32 768 tokens', 32_768],
];
const FORMATS = ['fp8', 'q4_k_m', 'AWQ', '4 bit', 'in bf16'];
const CARDS: [string, string][] = [
  ['h100x2', '2 × H100 SXM5 80GB'],
  ['on two 3090s', '2 × RTX 3090'],
  ['m4 max 64gb', 'M4 Max with 64 GB'],
  ['on a mac mini m4 16gb', 'M4 with 16 GB'],
  ['8x a100 80gb', '8 × A100 SXM4 80GB'],
  ['m1', 'M1 with 16 GB'],
];

const [vram] = COMMANDS.filter(({ name }) => name === 'vram');

const shown = (list: string, value: unknown) => listIn(list)?.shows?.(String(value), catalog);

/** Thousands of lines have the same words. */
const recognize = remembered((list, words) => recognizes(list, words, catalog));

/** What is wrong with how a line is read; undefined when every word has its place. */
function misreading(line: string, expected: Record<string, unknown>): string | undefined {
  const found = findCommand(COMMANDS, line);
  if ('unknown' in found || !vram) return `${line}: no command`;
  try {
    const { values, unused } = parseText(vram, found.rest, recognize);
    const read = {
      model: shown('models', values['model']),
      gpu: shown('gpus', values['gpu']),
      format: shown('formats', values['format']),
      context: values['context'],
      unused,
      count: Object.keys(values).length,
    };
    const wanted = { ...expected, unused: [], count: 4 };
    return JSON.stringify(read) === JSON.stringify(wanted)
      ? undefined
      : `${line}: ${JSON.stringify(read)}`;
  } catch (error) {
    return `${line}: ${String(error)}`;
  }
}

test('every name of a model stands beside every context, format and card', () => {
  const wrong: string[] = [];
  let lines = 0;
  for (const model of MODELS)
    for (const name of new Set([model.id, model.name, ...model.aliases]))
      for (const [at, [context, tokens]] of CONTEXTS.entries())
        for (const [by, format] of FORMATS.entries())
          for (const step of [0, 1]) {
            const [card, gpu] = CARDS[(at + by + step * 3) % CARDS.length] ?? ['', ''];
            const parts = [name, card, format, context];
            const turned = step === 0 ? parts : [context, format, card, name];
            // `minimax m1` is a model too.
            if ([`${name} ${card}`, `${card} ${name}`].some((both) => recognize('models', both)))
              continue;
            lines += 1;
            const problem = misreading(`vram ${turned.join(' ')}`, {
              model: shown('models', name),
              gpu,
              format: shown('formats', format.replace('in ', '')),
              context: tokens,
            });
            if (problem) wrong.push(problem);
          }

  expect(lines).toBeGreaterThanOrEqual(20_000);
  expect(wrong.slice(0, 40), `${wrong.length} of ${lines}`).toEqual([]);
});
