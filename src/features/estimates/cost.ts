import { gpuSets, mostSequences } from '../../core/calculators/memory/fit.ts';
import { gpuChoiceId } from '../../core/calculators/names/gpu-names.ts';
import { product, stepNumber } from '../../core/calculators/result.ts';
import { explainServingCost, servedTokensPerSecond } from '../../core/calculators/speed/cost.ts';
import { servingLatency } from '../../core/calculators/speed/latency.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import type { Serving } from './serving.ts';
import { lengthValues, type Speed } from './speed.ts';

/** Options of a price as the command receives them. */
export type CostInput = {
  show: string;
  prompt: number;
  output: number;
  sequences?: number | undefined;
  price?: number | undefined;
  busy: number;
  year?: number | undefined;
  'api-input'?: number | undefined;
  'api-output'?: number | undefined;
};

/** The cheapest cards that hold the model, when none were named; undefined when none do. */
export function cheapestSet(serving: Serving, { catalog }: Context): string | undefined {
  const [set] = gpuSets({ ...serving.request, parallel: {} }, catalog.gpus, { order: 'cheapest' });
  return (
    set && gpuChoiceId({ gpu: set.gpu, count: set.count, isUsualSize: false, isAnonymous: false })
  );
}

/** Share of the time that GPUs are busy, when none is told: traffic by day and little by night. */
export const USUAL_BUSY = 0.5;

/** Sequences at once when none are told: as many as fit, up to a usual limit. */
const USUAL_SEQUENCES = 32;

/** The price of tokens at any number of sequences. */
export function price(speed: Speed, given: CostInput) {
  const { serving, request } = speed;
  const { cards, gpus } = serving;
  const most = mostSequences({ request: serving.request, gpu: cards.gpu }) ?? 1;
  const batch = given.sequences ?? Math.min(USUAL_SEQUENCES, most);
  const usdPerGpuHour = given.price ?? cards.gpu.rent?.usdPerHour;
  if (usdPerGpuHour === undefined) {
    throw new UserError(
      `I don't have an hourly price for ${cards.name}. Add one, like price:1.20.`,
    );
  }
  const at = (sequences: number) => {
    const { whole } = servingLatency({ ...request, batch: sequences });
    const tokensPerSecond = servedTokensPerSecond({
      batch: sequences,
      outputTokens: given.output,
      wholeSeconds: whole,
    });
    return {
      sequences,
      tokensPerSecond,
      ...explainServingCost({ gpus, usdPerGpuHour, tokensPerSecond, utilisation: given.busy }),
    };
  };
  const { context: _, ...rest } = serving.values;
  const values = {
    ...rest,
    ...lengthValues(given),
    sequences: given.sequences,
    price: given.price,
    year: given.year,
    busy: given.busy === USUAL_BUSY ? undefined : given.busy,
    'api-input': given['api-input'],
    'api-output': given['api-output'],
  };
  return { speed, given, batch, most, usdPerGpuHour, at, chosen: at(batch), values };
}

/** A served model with what its tokens cost. */
export type Priced = ReturnType<typeof price>;

/** The steps from the times to the price. */
export function allSteps({ chosen, speed, batch, given }: Priced) {
  const { tokensPerSecond } = chosen;
  const { firstTokenOfAll, perToken } = servingLatency({ ...speed.request, batch });
  return [
    {
      label: 'Tokens per second',
      formula:
        'batch × output / (first token with all prompts + (output - 1) × each additional token)',
      numbers: `${product(batch, given.output)} / (${stepNumber(firstTokenOfAll)} + ${stepNumber(given.output - 1)} × ${stepNumber(perToken)})`,
      value: tokensPerSecond,
      unit: 'tokens/s',
      source: 'https://arxiv.org/abs/2211.05102',
    },
    ...chosen.steps,
  ];
}
