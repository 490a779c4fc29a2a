import { z } from 'zod';
import { fitOnGpu } from '../../core/calculators/memory/capacity.ts';
import type { LatencyRequest } from '../../core/calculators/speed/latency.ts';
import { formatGiB } from '../../core/units.ts';
import type { Context } from '../command.ts';
import { UserError } from '../errors.ts';
import type { Cards } from './gpu.ts';
import type { Subject } from './model.ts';
import { readServing, type Serving, type ServingInput } from './serving.ts';

/** Lengths that are assumed when none are told. */
const USUAL = { prompt: 1024, output: 256 };

/** Lengths of a request: what is read and what is written. */
export const LENGTH_OPTIONS = {
  prompt: z
    .int()
    .min(1)
    .max(10_000_000)
    .meta({
      kind: 'count',
      words: [
        'input',
        'in',
        'prompt tokens',
        'input tokens',
        'tokens in',
        'input length',
        'prompt length',
        'isl',
        'prefill',
        'context',
        'ctx',
      ],
    })
    .default(USUAL.prompt)
    .describe('Tokens of the prompt, such as 2k'),
  output: z
    .int()
    .min(1)
    .max(1_000_000)
    .meta({
      kind: 'count',
      words: [
        'out',
        'output tokens',
        'tokens out',
        'output length',
        'osl',
        'completion',
        'answer',
        'generated',
        'new tokens',
      ],
    })
    .default(USUAL.output)
    .describe('Tokens of the answer, such as 500'),
};

/** The lengths that were told, for a line that repeats them. */
export function lengthValues({ prompt, output }: { prompt: number; output: number }) {
  return {
    prompt: prompt === USUAL.prompt ? undefined : prompt,
    output: output === USUAL.output ? undefined : output,
  };
}

/** A served model whose speed can be told. */
export type Speed = {
  serving: Serving & { cards: Cards };
  request: LatencyRequest & { batch: number };
};

/**
 * What is to be served and how long its requests are.
 *
 * @throws UserError when no card is named, or one without a speed.
 */
export function readSpeed(
  subject: Subject,
  input: Omit<ServingInput, 'context'> & { prompt: number; output: number },
  context: Pick<Context, 'catalog' | 'person' | 'team' | 'locale'>,
  example: string,
): Speed {
  const { prompt, output } = input;
  const serving = readServing(subject, { ...input, context: prompt + output }, context);
  const { cards, request } = serving;
  if (!cards) throw new UserError(`On which GPU? Try: ${example}`);
  if (cards.isAnonymous) {
    throw new UserError(`Speed needs the card's name, not only its memory. Try: ${example}`);
  }
  if (request.shape.kind === 'encoder') {
    throw new UserError(`${subject.name} is an encoder: it writes no tokens.`);
  }
  const { shape, format, parallel, sequences, kv } = request;
  return {
    serving: { ...serving, cards },
    request: {
      shape,
      format,
      parallel,
      gpu: cards.gpu,
      promptTokens: prompt,
      outputTokens: output,
      batch: sequences,
      ...(kv ? { kv } : {}),
    },
  };
}

/** Said when the speed is that of a model which the cards do not hold. */
export function fitWarnings({ serving }: Speed, locale: string): string[] {
  const { request, cards, utilisation } = serving;
  const fit = fitOnGpu(request, cards.gpu, utilisation);
  if (fit.fits) return [];
  return [
    `It does not fit: ${formatGiB(-fit.spare, locale)} are missing on ${serving.gpus > 1 ? 'each card' : 'the card'}. The speed is what it would be with more memory.`,
  ];
}
