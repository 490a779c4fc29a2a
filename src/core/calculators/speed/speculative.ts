import { requireCount, requireNotNegative } from '../../check.ts';
import { bandAround, type Explained, stepNumber } from '../result.ts';

const SOURCE = 'https://arxiv.org/abs/2211.17192';

/** What speculative decoding depends on. */
export type SpeculationRequest = {
  /** Chance that a drafted token is accepted, from 0 to 1. */
  acceptance: number;
  /** Tokens drafted in each cycle. */
  draftTokens: number;
  /** Time of a draft step as a share of a target step. */
  costRatio: number;
};

function requireAcceptance(acceptance: number): void {
  if (!(acceptance >= 0 && acceptance <= 1)) {
    throw new RangeError(`acceptance must be from 0 to 1, not ${acceptance}`);
  }
}

/**
 * Tokens that one run of the target model yields on average.
 *
 *     tokens = (1 - a^(g + 1)) / (1 - a), or g + 1 when every draft is accepted
 *
 * @throws RangeError when a value is out of range.
 * @see https://arxiv.org/abs/2211.17192
 */
export function tokensPerCycle(acceptance: number, draftTokens: number): number {
  requireAcceptance(acceptance);
  requireCount({ draftTokens });
  if (acceptance === 1) return draftTokens + 1;
  return (1 - acceptance ** (draftTokens + 1)) / (1 - acceptance);
}

/**
 * How many times faster the tokens come.
 *
 *     speed-up = tokens per cycle / (g × c + 1)
 *
 * Assumes that checking g + 1 tokens takes as long as one step, which fails for large batches and
 * for a mixture of experts at batch 1.
 */
export function speculativeSpeedup({
  acceptance,
  draftTokens,
  costRatio,
}: SpeculationRequest): number {
  requireNotNegative({ costRatio });
  return tokensPerCycle(acceptance, draftTokens) / (draftTokens * costRatio + 1);
}

/** How much more arithmetic is done: the theorem 3.11 of the paper, with the draft's share of operations. */
export function speculativeOperations({
  acceptance,
  draftTokens,
  costRatio,
}: SpeculationRequest): number {
  requireNotNegative({ costRatio });
  return (draftTokens * costRatio + draftTokens + 1) / tokensPerCycle(acceptance, draftTokens);
}

/** The draft length with the largest speed-up; 0 when drafting does not pay. */
export function bestDraftTokens(acceptance: number, costRatio: number, most = 64): number {
  let best = { draftTokens: 0, speedup: 1 };
  for (let draftTokens = 1; draftTokens <= most; draftTokens += 1) {
    const speedup = speculativeSpeedup({ acceptance, draftTokens, costRatio });
    if (speedup > best.speedup) best = { draftTokens, speedup };
  }
  return best.draftTokens;
}

/** The speed-up with its steps and the best draft length. */
export function explainSpeculation(
  request: SpeculationRequest,
): { tokens: number; speedup: number; operations: number; best: number } & Explained {
  const { acceptance, draftTokens, costRatio } = request;
  const tokens = tokensPerCycle(acceptance, draftTokens);
  const speedup = speculativeSpeedup(request);
  const best = bestDraftTokens(acceptance, costRatio);
  return {
    tokens,
    speedup,
    operations: speculativeOperations(request),
    best,
    steps: [
      {
        label: 'Tokens per cycle',
        ...(acceptance === 1
          ? { formula: 'g + 1', numbers: `${draftTokens} + 1` }
          : {
              formula: '(1 - a^(g + 1)) / (1 - a)',
              numbers: `(1 - ${acceptance}^${draftTokens + 1}) / (1 - ${acceptance})`,
            }),
        value: tokens,
        unit: 'tokens',
        source: SOURCE,
      },
      {
        label: 'Speedup',
        formula: 'tokens / (g × c + 1)',
        numbers: `${stepNumber(tokens)} / (${draftTokens} × ${stepNumber(costRatio)} + 1)`,
        value: speedup,
        unit: 'times',
        source: SOURCE,
      },
    ],
    assumptions: ['Checking the draft takes as long as one step of the target model.'],
    warnings: [
      ...(best === 0 ? ['No draft length pays off at this acceptance and cost.'] : []),
      'At large batches the check is no longer free, and at batch 1 a mixture of experts loads more experts.',
    ],
    band: bandAround(speedup, 0.2, 'acceptance varies with the text'),
  };
}
