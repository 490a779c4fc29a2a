import { requireCount, requirePositive } from '../../check.ts';
import type { Gpu } from '../hardware/gpu.ts';
import type { Parallel } from '../hardware/parallel.ts';
import { fitOnGpu, servingCapacity } from '../memory/capacity.ts';
import type { InferenceRequest } from '../memory/inference-memory.ts';
import { layoutProblem } from '../serving/deployed-layout.ts';
import { type Latency, servingLatency } from './latency.ts';
import type { LatencyRequest } from './passes.ts';

/** What is to be served, on which kind of GPU, and how fast. */
export type PlanRequest = {
  /** The model with its engine; the layout is what's looked for. */
  request: InferenceRequest;
  gpu: Gpu;
  timing: Pick<LatencyRequest, 'facts' | 'engine' | 'year' | 'promptTokens' | 'outputTokens'>;
  /** Requests at once over all GPUs. */
  concurrent: number;
  /** Tokens per second that each request shall get at least. */
  leastTokensPerSecond: number;
  mostGpus?: number;
  /** Good layouts to find. */
  wanted?: number;
  utilisation?: number;
};

/** One way to spread a model over GPUs, and what it does. */
export type Layout = {
  gpus: number;
  parallel: Required<Pick<Parallel, 'tensor' | 'pipeline' | 'data'>>;
  /** Free bytes on the fullest GPU; negative when it doesn't fit. */
  spare: number;
  /** Requests of this length that fit at once. */
  holds: number;
  /** Absent when it doesn't fit. */
  latency?: Latency;
};

/** Layouts that do what is asked, the fewest GPUs first, and the best of each smaller number that don't. */
export type Plan = { good: Layout[]; tooSmall: Layout[] };

/** Numbers of GPUs that servers come with. */
const COUNTS = [1, 2, 4, 8, 16, 32, 64] as const;

/** GPUs that share each matrix; more than eight would have to do so over the network. */
const TENSORS = [1, 2, 4, 8] as const;

/** Good layouts that are worked out unless fewer are wanted: the best and two others. */
const WANTED = 3;

/** More stages than servers of this many are deployed by nobody: each adds a hop to every token. */
const MOST_STAGES = 8;

/**
 * Every layout of a number of GPUs that people deploy and an engine accepts: heads, KV heads, and blocks of FP8 scales
 * divide by the tensor size; stages are whole servers, so that matrices are split as far as they can be first; and
 * llama.cpp splits by layers alone.
 */
function layoutsOf(
  { shape, engine, format }: InferenceRequest,
  gpus: number,
): Layout['parallel'][] {
  const hasBlocks = format.id === 'fp8-block';
  const isAccepted = (parallel: Layout['parallel']) => {
    const { tensor } = parallel;
    const cuts = { experts: tensor, dense: tensor };
    return layoutProblem({ parallel, gpus, cuts }, shape, { hasBlocks }) === undefined;
  };
  const tensors = (engine === 'llama.cpp' ? [1] : TENSORS).filter(
    (tensor) => gpus % tensor === 0 && isAccepted({ tensor, pipeline: 1, data: 1 }),
  );
  const most = Math.max(...tensors);
  return tensors
    .flatMap((tensor) =>
      COUNTS.filter(
        (pipeline) =>
          (gpus / tensor) % pipeline === 0 &&
          (pipeline === 1 ||
            engine === 'llama.cpp' ||
            (tensor === most && pipeline <= MOST_STAGES)),
      ).map((pipeline) => ({ tensor, pipeline, data: gpus / tensor / pipeline })),
    )
    .filter(isAccepted);
}

function tryLayout(plan: PlanRequest, parallel: Layout['parallel']): Layout {
  const { request, gpu, timing, concurrent, utilisation } = plan;
  const sequences = Math.ceil(concurrent / parallel.data);
  const { fits, spare } = fitOnGpu({ ...request, parallel, sequences }, gpu, utilisation);
  const { tensor, pipeline, data } = parallel;
  const layout = { gpus: tensor * pipeline * data, parallel, spare };
  if (!fits) return { ...layout, holds: 0 };
  const { shape, format, kv } = request;
  return {
    ...layout,
    holds: servingCapacity({ ...request, parallel }, gpu, utilisation).sequences,
    latency: servingLatency({
      ...timing,
      shape,
      format,
      gpu,
      parallel,
      batch: concurrent,
      ...(kv ? { kv } : {}),
    }),
  };
}

/** More stages than are needed to hold the model: people run copies of it instead. */
const isDeeper = ({ parallel: { tensor, pipeline } }: Layout, all: readonly Layout[]) =>
  tensor > 1 &&
  all.some(
    ({ parallel, spare }) =>
      parallel.tensor === tensor && parallel.pipeline < pipeline && spare >= 0,
  );

const rateOf = ({ latency }: Layout) => latency?.tokensPerSecond ?? 0;

/**
 * The fewest GPUs of one kind that hold a model with its requests and meet a token rate, with the
 * other layouts that do so: of the same number the fastest first.
 *
 * @throws RangeError when a count or the rate is out of range.
 * @see https://docs.vllm.ai/en/latest/serving/parallelism_scaling.html
 */
export function planServing(plan: PlanRequest): Plan {
  const { concurrent, leastTokensPerSecond, mostGpus = 64, wanted = WANTED } = plan;
  requireCount({ concurrent, mostGpus, wanted });
  requirePositive({ leastTokensPerSecond });
  const good: Layout[] = [];
  const tooSmall: Layout[] = [];
  for (const gpus of COUNTS.filter((count) => count <= mostGpus)) {
    const tried = layoutsOf(plan.request, gpus)
      .map((parallel) => tryLayout(plan, parallel))
      .filter((layout, _, all) => !isDeeper(layout, all))
      .sort((a, b) => rateOf(b) - rateOf(a) || b.spare - a.spare);
    const meets = tried.filter((layout) => rateOf(layout) >= leastTokensPerSecond);
    good.push(...meets);
    const [best] = tried;
    if (good.length === 0 && best) tooSmall.push(best);
    if (good.length >= wanted) break;
  }
  return { good: good.slice(0, wanted), tooSmall };
}
