import { type Explained, product, type Step, stepNumber, stepPower } from '../result.ts';
import {
  chinchillaOptimal,
  TOKENS_PER_PARAMETER,
  trainingFlops,
  trainingSeconds,
} from './compute.ts';

/**
 * Share of the dense peak that training usually reaches: 38 to 43 % for Llama 3.1 405B, 46 % for PaLM.
 *
 * @see https://arxiv.org/abs/2407.21783 (Table 4)
 */
export const USUAL_TRAINING_SHARE = 0.4;

/** What a training run is asked for. */
export type TrainingRunRequest = {
  /** Active parameters in a mixture of experts. */
  parameters: number;
  tokens: number;
  /** Arithmetic of the attention scores of one token; 0 when left out. */
  attentionFlopsPerToken?: number;
  gpus: number;
  /** Dense peak of one GPU in FLOP/s. */
  peakFlops: number;
  /** Share of the peak for useful arithmetic; the usual one when left out. */
  utilisation?: number;
  usdPerGpuHour?: number;
  watts?: number;
};

/** Arithmetic, time, cost and energy of a training run. */
export type TrainingRun = {
  flops: number;
  days: number;
  gpuHours: number;
  usd?: number;
  megawattHours?: number;
  tokensPerParameter: number;
  /** What the same arithmetic would be spent on best. */
  best: { parameters: number; tokens: number };
};

function runSteps(request: TrainingRunRequest, flops: number, days: number): Step[] {
  const { attentionFlopsPerToken = 0 } = request;
  const { parameters, tokens, gpus, peakFlops, utilisation = USUAL_TRAINING_SHARE } = request;
  return [
    {
      label: 'Compute',
      formula: '6 × parameters × tokens',
      numbers: product(6, parameters, tokens),
      value: trainingFlops({ parameters, tokens }),
      unit: 'FLOPs',
      source: 'https://arxiv.org/abs/2001.08361',
    },
    ...(attentionFlopsPerToken > 0
      ? [
          {
            label: 'Attention scores',
            formula: '12 × layers × heads × head size × sequence × tokens',
            numbers: product(attentionFlopsPerToken, tokens),
            value: attentionFlopsPerToken * tokens,
            unit: 'FLOPs',
            source: 'https://arxiv.org/abs/2204.02311 (appendix B)',
          },
        ]
      : []),
    {
      label: 'Time',
      formula: 'FLOPs / (GPUs × peak × utilization × 86,400)',
      numbers: `${stepPower(flops)} / (${product(gpus, peakFlops, utilisation, 86_400)})`,
      value: days,
      unit: 'days',
      source: 'https://arxiv.org/abs/2104.04473',
    },
  ];
}

/** A training run with its steps and how sure its time is. */
export function explainTrainingRun(request: TrainingRunRequest): TrainingRun & Explained {
  const { parameters, tokens, gpus, peakFlops, utilisation = USUAL_TRAINING_SHARE } = request;
  const { attentionFlopsPerToken = 0 } = request;
  const linear = trainingFlops({ parameters, tokens });
  const flops = linear + attentionFlopsPerToken * tokens;
  const days = trainingSeconds({ flops, gpus, peakFlops, utilisation }) / 86_400;
  const gpuHours = days * 24 * gpus;
  const ratio = tokens / parameters;
  return {
    flops,
    days,
    gpuHours,
    ...(request.usdPerGpuHour === undefined ? {} : { usd: gpuHours * request.usdPerGpuHour }),
    ...(request.watts === undefined ? {} : { megawattHours: (gpuHours * request.watts) / 1e6 }),
    tokensPerParameter: ratio,
    best: chinchillaOptimal(linear),
    steps: runSteps(request, flops, days),
    assumptions: [
      `${stepNumber(utilisation * 100)}% of the dense peak is useful compute (MFU).`,
      ...(attentionFlopsPerToken > 0 ? [] : ["Attention scores aren't counted."]),
    ],
    warnings:
      ratio < TOKENS_PER_PARAMETER
        ? [
            `${stepNumber(ratio)} tokens per parameter is below Chinchilla's ${TOKENS_PER_PARAMETER}.`,
          ]
        : [],
    band: {
      low: days * (utilisation / 0.55),
      high: days * (utilisation / 0.25),
      why: 'published runs reach 25–55% of the peak, restarts included',
    },
  };
}
