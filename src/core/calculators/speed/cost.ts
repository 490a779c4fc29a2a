import { requireCount, requireFraction, requireNotNegative, requirePositive } from '../../check.ts';
import { type Explained, product, stepNumber } from '../result.ts';

/**
 * Dollars for a million tokens from rented GPUs.
 *
 *     usd = GPUs × price of an hour / (tokens per second × 3,600 × utilisation) × 10⁶
 *
 * @param utilisation Share of the time that the GPUs are busy at that speed.
 * @throws RangeError when a value is out of range.
 */
export function usdPerMillionTokens({
  gpus,
  usdPerGpuHour,
  tokensPerSecond,
  utilisation = 1,
}: {
  gpus: number;
  usdPerGpuHour: number;
  tokensPerSecond: number;
  utilisation?: number;
}): number {
  requirePositive({ gpus, usdPerGpuHour, tokensPerSecond });
  requireFraction({ utilisation });
  return ((gpus * usdPerGpuHour) / (tokensPerSecond * 3600 * utilisation)) * 1e6;
}

/**
 * Answered tokens per second of a server that computes each prompt once and decodes in batches.
 *
 *     tokens per second = batch × output / seconds of a whole request with the prompts of its batch
 *
 * @throws RangeError when a value is out of range.
 */
export function servedTokensPerSecond({
  batch,
  outputTokens,
  wholeSeconds,
}: {
  batch: number;
  outputTokens: number;
  wholeSeconds: number;
}): number {
  requireCount({ batch, outputTokens });
  requirePositive({ wholeSeconds });
  return (batch * outputTokens) / wholeSeconds;
}

/** Prices of an API in dollars for a million tokens. */
export type ApiPrices = { input: number; output: number; cachedInput?: number };

/**
 * Dollars for a number of API requests.
 *
 *     usd = requests × (fresh input × price + cached input × cached price + output × price) / 10⁶
 *
 * @throws RangeError when a value is negative, or more input is cached than there is.
 */
export function apiUsd({
  requests = 1,
  inputTokens,
  cachedTokens = 0,
  outputTokens,
  prices,
}: {
  requests?: number;
  inputTokens: number;
  cachedTokens?: number;
  outputTokens: number;
  prices: ApiPrices;
}): number {
  requireNotNegative({ requests, inputTokens, cachedTokens, outputTokens });
  requireNotNegative({ input: prices.input, output: prices.output });
  if (cachedTokens > inputTokens) {
    throw new RangeError(`cachedTokens must be at most inputTokens, not ${cachedTokens}`);
  }
  const cached = prices.cachedInput ?? prices.input;
  const fresh = inputTokens - cachedTokens;
  return (
    (requests * (fresh * prices.input + cachedTokens * cached + outputTokens * prices.output)) / 1e6
  );
}

/** Dollars for a million tokens, with the step behind it. */
export function explainServingCost(
  request: Parameters<typeof usdPerMillionTokens>[0],
): { usdPerMillion: number; usdPerHour: number } & Explained {
  const usdPerMillion = usdPerMillionTokens(request);
  const { gpus, usdPerGpuHour, tokensPerSecond, utilisation = 1 } = request;
  const rate = `${product(tokensPerSecond, 3600, utilisation)}`;
  return {
    usdPerMillion,
    usdPerHour: gpus * usdPerGpuHour,
    steps: [
      {
        label: 'Cost per million tokens',
        formula: 'GPUs × price per GPU-hour / (tokens per second × 3,600 × utilization) × 10⁶',
        numbers: `${product(gpus, usdPerGpuHour)} / (${rate}) × ${stepNumber(1e6)}`,
        value: usdPerMillion,
        unit: 'USD',
        source: 'arithmetic',
      },
    ],
    assumptions: [`GPUs are utilized ${stepNumber(utilisation * 100)}% of the time.`],
    warnings: [],
    band: {
      low: usdPerMillion,
      high: usdPerMillion / 0.5,
      why: 'real traffic keeps GPUs busy for only part of the day',
    },
  };
}
