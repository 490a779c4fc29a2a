import { z } from 'zod';
import { formatGiB, formatUsd } from '../units.ts';
import { CACHES, cheapestServing, WEIGHTS } from './cheapest.ts';
import { type Asked, budgetOf, type Checker } from './checker.ts';
import { designWords, layoutWords, readDesign, readStoredDesign, storedDesign } from './designs.ts';
import { numberOf, pricesOf, shownNumber } from './draw.ts';
import { ADAPTED, modelOf } from './quantities.ts';
import { checkServing, gpusOf, type Measured, type Target } from './serving.ts';

/** What a design has to do, from the values of its case; a twist changes it. */
export function targetOf(asked: Asked): Target {
  const { drawn, facts, twist } = asked;
  const number = (name: string) => numberOf(drawn, name);
  const budget = budgetOf(asked);
  const { most, adapters, rank } = drawn;
  const target = {
    model: modelOf(drawn, facts),
    prices: pricesOf(drawn),
    rate: number('rate'),
    promptTokens: number('prompt'),
    cachedTokens: drawn['fresh'] === undefined ? 0 : number('prompt') - Math.round(number('fresh')),
    outputTokens: number('output'),
    firstTokenMs: number('firstTokenMs'),
    perTokenMs: number('perTokenMs'),
    spare: 0,
    ...(budget === undefined ? {} : { budget }),
    ...(typeof most === 'number' ? { most } : {}),
    ...(typeof adapters === 'number'
      ? { adapters: { count: adapters, rank: Number(rank), targets: ADAPTED } }
      : {}),
  };
  if (twist === 'load') return { ...target, rate: target.rate * 10 };
  if (twist === 'spare') return { ...target, spare: 1 };
  if (twist === 'cut') return { ...target, perTokenMs: target.perTokenMs * 2 };
  if (twist === 'long')
    return {
      ...target,
      promptTokens: 100_000,
      cachedTokens: 0,
      rate: target.rate / 50,
      firstTokenMs: 20_000,
    };
  return target;
}

const three = (value: number) => shownNumber(Number(value.toPrecision(3)));

const WORDS: Readonly<
  Record<Measured['what'], { label: string; words(measured: Measured): string }>
> = {
  memory: {
    label: 'Memory',
    words: ({ has, needs }) => `${formatGiB(needs)} of ${formatGiB(has)} on each GPU`,
  },
  throughput: {
    label: 'Throughput',
    words: ({ has, needs }) => `${three(has)} requests per second, needs ${shownNumber(needs)}`,
  },
  firstToken: {
    label: 'First token',
    words: ({ has, needs }) => `${three(has)} ms, limit ${shownNumber(needs)} ms`,
  },
  latency: {
    label: 'Latency',
    words: ({ has, needs }) => `${three(has)} ms per token, limit ${shownNumber(needs)} ms`,
  },
  budget: {
    label: 'Budget',
    words: ({ has, needs }) => `${formatUsd(has)} of ${formatUsd(needs)} per hour`,
  },
};

/** Services: memory, throughput, first token, latency, and budget. */
export const SERVING = {
  form: {
    gpus: z
      .string()
      .max(40)
      .optional()
      .describe('GPUs, like 8 x H100')
      .meta({ label: 'GPUs', inForm: 'required' }),
    layout: z
      .string()
      .max(40)
      .optional()
      .describe('Layout, like TP 2 PP 1 DP 8')
      .meta({ inForm: 'required' }),
    weights: z
      .enum(WEIGHTS)
      .optional()
      .describe('Format of the weights')
      .meta({ inForm: 'required' }),
    cache: z
      .enum(CACHES)
      .optional()
      .describe('Format of the KV cache')
      .meta({ label: 'KV cache', inForm: 'required' }),
    batch: z
      .int()
      .min(1)
      .max(4096)
      .optional()
      .describe('Requests that each copy takes at once')
      .meta({ label: 'Batch limit', inForm: 'required' }),
  },
  note: 'TP: GPUs per matrix. PP: stages. DP: copies. The batch limit is for each copy, and its cache must hold so many whole requests.',
  per: 'per hour',
  twists: {
    load: 'The launch went well: the load is 10 times higher, and you may spend about 10 times as much.',
    spare:
      'A GPU died in the middle of a batch, and its whole copy was gone. From now on one copy may be down while the others carry the load.',
    long: 'The product changed: prompts are 100,000 tokens of fresh text, there are 50 times fewer of them, and the first token may take 20 seconds.',
    cut: 'Finance asks whether it gets cheaper if tokens may take twice as long.',
  },
  targets(asked) {
    const { model, rate, promptTokens, cachedTokens, outputTokens, adapters, ...target } =
      targetOf(asked);
    const cached = cachedTokens > 0 ? ` (${shownNumber(cachedTokens)} cached)` : '';
    return [
      { label: 'Model', value: model.name },
      { label: 'Load', value: `${shownNumber(rate)} requests per second` },
      {
        label: 'Each request',
        value: `${shownNumber(promptTokens)} tokens in${cached}, ${shownNumber(outputTokens)} out`,
      },
      ...(adapters
        ? [{ label: 'Adapters', value: `${adapters.count} of rank ${adapters.rank} in memory` }]
        : []),
      {
        label: 'First token',
        value: `${shownNumber(target.firstTokenMs)} ms or less, queueing aside`,
      },
      { label: 'Average per token', value: `${shownNumber(target.perTokenMs)} ms or less` },
      ...(target.most ? [{ label: 'GPUs', value: `Up to ${target.most}` }] : []),
    ];
  },
  read(typed, asked) {
    const { gpus, layout, weights, cache, batch } = typed;
    const read = readDesign(
      {
        gpus: String(gpus),
        layout: String(layout),
        weights: String(weights),
        cache: String(cache),
        batch: Number(batch),
      },
      targetOf(asked),
      asked.facts.gpus,
    );
    return 'why' in read ? read : { stored: storedDesign(read.design) };
  },
  typed(stored, { gpus }) {
    const design = readStoredDesign(stored, gpus);
    const { gpu, format, kv, batch } = design;
    return {
      gpus: `${gpusOf(design)} x ${gpu.id}`,
      layout: layoutWords(design),
      weights: format.id,
      cache: kv.id,
      batch,
    };
  },
  words: (stored, { gpus }) => designWords(readStoredDesign(stored, gpus)),
  check(stored, asked) {
    const design = readStoredDesign(stored, asked.facts.gpus);
    return checkServing(design, targetOf(asked), asked.facts.latency).map((measured) => {
      const { label, words } = WORDS[measured.what];
      return { ...measured, label, words: words(measured) };
    });
  },
  cheapest(asked) {
    const best = cheapestServing(targetOf(asked), asked.facts);
    return best && { stored: storedDesign(best.design), usd: best.usd };
  },
} satisfies Checker;
