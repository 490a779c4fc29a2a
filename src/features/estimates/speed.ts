import { z } from 'zod';
import { fitOnGpu } from '../../core/calculators/memory/capacity.ts';
import { fitOnMachine, placeLayers } from '../../core/calculators/memory/placement.ts';
import type { LatencyRequest } from '../../core/calculators/speed/passes.ts';
import { formatGiB } from '../../core/units.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import type { Text } from '../../spine/reply.ts';
import type { Cards } from './gpu.ts';
import type { Subject } from './model.ts';
import { USUAL_LENGTHS } from './options.ts';
import { imagesOf, readServing, type Serving, type ServingInput } from './serving.ts';

/** The first and last year of the engines that were measured. */
const YEARS = { first: 2023, last: 2026 };

/** How old the engine is. */
export const yearOption = z
  .int()
  .optional()
  .describe('Year of a server like vLLM, such as 2024: newer ones wait less between layers');

/**
 * Refuses a year of which no engine was measured.
 *
 * @throws UserError naming the first and the last year.
 */
export function requireYear(year: number | undefined): void {
  if (year === undefined || (year >= YEARS.first && year <= YEARS.last)) return;
  throw new UserError(
    `Engines were measured from ${YEARS.first} to ${YEARS.last}. Choose one of these years, like year:${YEARS.last}.`,
    { option: 'year' },
  );
}

/** The lengths that were told, for a line that repeats them. */
export function lengthValues({ prompt, output }: { prompt: number; output: number }) {
  return {
    prompt: prompt === USUAL_LENGTHS.prompt ? undefined : prompt,
    output: output === USUAL_LENGTHS.output ? undefined : output,
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
  input: Omit<ServingInput, 'context'> & {
    prompt: number;
    output: number;
    year?: number | undefined;
  },
  context: Pick<Context, 'catalog' | 'person' | 'team' | 'locale'>,
  example: string,
): Speed {
  const { prompt, output, year } = input;
  requireYear(year);
  const serving = readServing(subject, { ...input, context: prompt + output }, context);
  const { cards, request } = serving;
  if (!cards)
    throw new UserError(['On which GPU? Try ', { command: example }, '.'], { option: 'gpu' });
  if (cards.isAnonymous) {
    throw new UserError(namelessGpu(example), { option: 'gpu' });
  }
  if (request.shape.kind === 'encoder') {
    throw new UserError(`${subject.name} is an encoder, so it doesn't generate tokens.`);
  }
  const { shape, format, parallel, sequences, kv, weights } = request;
  const { machine } = serving;
  return {
    serving: {
      ...serving,
      cards,
      notes: [...serving.notes, ...towerNotes(serving), ...recalledNotes(cards)],
    },
    request: {
      shape,
      format,
      parallel,
      gpu: cards.gpu,
      facts: context.catalog.latency,
      engine: serving.family,
      ...(year === undefined ? {} : { year }),
      promptTokens: prompt + imagesOf(subject, input).tokens,
      outputTokens: output,
      batch: sequences,
      ...(machine ? { placement: placeLayers(request, machine) } : {}),
      ...(kv ? { kv } : {}),
      ...(weights ? { weights } : {}),
    },
  };
}

/** Said of images, whose tower is small beside the prompt. */
const towerNotes = ({ images }: Serving): string[] =>
  images === undefined ? [] : ["The time of the vision tower isn't counted."];

/** Figures of a GPU that speeds depend on, by the field that holds them. */
const SPEED_FIELDS = [
  ['tflops', 'peak compute'],
  ['bandwidthGBps', 'bandwidth'],
  ['link', 'link'],
] as const;

/** A note on figures of a GPU that no document confirmed. */
export function recalledNotes({ gpu, name }: Cards): string[] {
  const recalled = SPEED_FIELDS.filter(([field]) =>
    gpu.unconfirmed.some((each) => each.startsWith(field)),
  ).map(([, words]) => words);
  if (recalled.length === 0) return [];
  return [`Recalled and not confirmed by a source for ${name}: ${recalled.join(', ')}.`];
}

/** What to say of a GPU of which only the memory is known, when a speed is wanted. */
export function namelessGpu(example: string): Text {
  return [
    "To estimate speed, I need the GPU's name, not just its memory. Try ",
    { command: example },
    '.',
  ];
}

/** Said when the speed is that of a model which the cards do not hold. */
export function fitWarnings({ serving }: Speed, locale: string): string[] {
  const { request, cards, utilisation, machine, gpus } = serving;
  const fit = machine ? fitOnMachine(request, machine) : fitOnGpu(request, cards.gpu, utilisation);
  if (fit.fits) return [];
  const isPlain = !machine && request.engine === 'llama.cpp' && gpus === 1 && !cards.gpu.unified;
  const ram = isPlain ? ` To count layers in RAM, add it, like gpu:${cards.id}+64gb-ram.` : '';
  return [
    `It doesn't fit: short by ${formatGiB(-fit.spare, locale)}${gpus > 1 && !machine ? ' on each GPU' : ''}. This is the speed it would have with enough memory.${ram}`,
  ];
}
