import { degreesOf, type Parallel, parallelProblem } from '../hardware/parallel.ts';
import { expertCount, type ModelShape } from '../models/model-shape.ts';
import type { ServingEngine, Setting } from './engine-flags.ts';

/** How an engine lays a model out, or why it refuses. */
export type DeployedLayout = {
  /** As memory counts it: heads over `tensor`, a cache for each of `data`, experts over `expert`. */
  parallel: Parallel;
  gpus: number;
  /** Over how many GPUs the widths of experts, and of dense blocks, are cut. */
  cuts: { experts: number; dense: number };
  problem?: string;
};

const countOf = (settings: ReadonlyMap<Setting, string>, name: Setting): number => {
  const value = Number(settings.get(name) ?? 1);
  return Number.isInteger(value) && value >= 1 && value <= 4096 ? value : 1;
};

/**
 * The layout that flags ask for. In vLLM, data-parallel ranks share the experts with or without expert parallelism
 * (EP = TP × DP). In SGLang and TensorRT-LLM, attention of data-parallel ranks divides the ranks of tensor parallelism.
 *
 * @see https://docs.vllm.ai/en/latest/serving/expert_parallel_deployment/
 * @see https://docs.sglang.ai/advanced_features/server_arguments.html (enable-dp-attention)
 */
export function deployedLayout(
  engine: ServingEngine,
  settings: ReadonlyMap<Setting, string>,
  shape: ModelShape,
): DeployedLayout {
  const of = (name: Setting) => countOf(settings, name);
  const [tensor, pipeline, data] = [of('tensor'), of('pipeline'), of('data')];
  const isMixture = expertCount(shape) > 0;
  const hasAttentionRanks = settings.has('dpAttention') && engine !== 'vllm';
  if (hasAttentionRanks) {
    const ranks = engine === 'trtllm' ? tensor : data;
    const expert = isMixture ? tensor : 1;
    if (tensor % ranks !== 0)
      return refused(
        `${tensor} GPUs of tensor parallelism can't be divided into ${ranks} data-parallel ranks.`,
        tensor * pipeline,
      );
    const isDealt = settings.has('expertParallel') || of('expert') > 1;
    return {
      parallel: { tensor: tensor / ranks, pipeline, data: ranks, expert },
      gpus: tensor * pipeline,
      cuts: {
        experts: isDealt ? tensor / Math.max(of('expert'), 1) : tensor,
        dense: tensor / ranks,
      },
    };
  }
  const isDealt = isMixture && (settings.has('expertParallel') || of('expert') > 1);
  const isOverRanks = isMixture && engine === 'vllm' && data > 1;
  const spread = engine === 'vllm' ? tensor * data : Math.max(of('expert'), 1);
  const dealt = settings.has('expertParallel') ? tensor * (engine === 'vllm' ? data : 1) : spread;
  return {
    parallel: { tensor, pipeline, data, ...(isDealt || isOverRanks ? { expert: dealt } : {}) },
    gpus: tensor * pipeline * data,
    cuts: {
      experts: isDealt
        ? Math.max(1, (tensor * (engine === 'vllm' ? data : 1)) / dealt)
        : isOverRanks
          ? tensor * data
          : tensor,
      dense: tensor,
    },
  };
}

const refused = (problem: string, gpus: number): DeployedLayout => ({
  parallel: {},
  gpus,
  cuts: { experts: 1, dense: 1 },
  problem,
});

/** Values of one side of a block that shares a scale, in FP8 checkpoints of DeepSeek's kind. */
const BLOCK = 128;

/**
 * Why an engine refuses a layout: heads or experts that can't be divided, or pieces of a matrix that cut blocks of
 * FP8 scales. Experts that are held whole cut none.
 *
 * @param hasBlocks True for FP8 weights with a scale for each block of 128 × 128.
 */
export function layoutProblem(
  { parallel, cuts, problem }: DeployedLayout,
  shape: ModelShape,
  { hasBlocks, redundant = 0 }: { hasBlocks: boolean; redundant?: number },
): string | undefined {
  if (problem) return problem;
  const { expert, data, tensor } = degreesOf(parallel);
  // Experts that all ranks hold a piece of needn't be divided by number.
  const isDealt = expert > 1 && cuts.experts < tensor * data;
  const experts = expertCount(shape);
  if (isDealt && (experts + redundant) % expert !== 0)
    return `${experts + redundant} experts can't be split evenly across ${expert} GPUs.`;
  const heads = parallelProblem(shape, { ...parallel, expert: 1 });
  if (heads) return heads;
  if (!hasBlocks) return undefined;
  for (const { feedForward } of shape.layers) {
    if (feedForward.kind === 'none') continue;
    const cut = feedForward.kind === 'moe' ? cuts.experts : cuts.dense;
    const piece = feedForward.width / cut;
    if (cut > 1 && piece % BLOCK !== 0) {
      const what = feedForward.kind === 'moe' ? 'experts' : 'feed-forward blocks';
      return `In FP8, ${cut} GPUs cut the ${what} (width ${feedForward.width}) into pieces of ${piece}, which aren't multiples of the ${BLOCK}-wide scale blocks.`;
    }
  }
  return undefined;
}
