import { GIB } from '../../units.ts';
import { type Gpu, gpuBytes } from '../hardware/gpu.ts';
import { degreesOf } from '../hardware/parallel.ts';
import type { DeployedLayout } from './deployed-layout.ts';
import type { EngineRequest } from './engine-start.ts';

/** From here on vLLM takes a GPU for a large one, unless it is an A100. */
const LARGE_BYTES = 70 * GIB;

/**
 * vLLM's own limits by GPU.
 *
 * @see https://github.com/vllm-project/vllm/blob/main/vllm/engine/arg_utils.py
 */
export function usualLimits(gpu: Gpu): { sequences: number; batchedTokens: number } {
  const isLarge = gpuBytes(gpu) >= LARGE_BYTES && !/a100/i.test(gpu.name);
  return isLarge
    ? { sequences: 1024, batchedTokens: 8192 }
    : { sequences: 256, batchedTokens: 2048 };
}

/** SGLang's chunk and largest graph by memory, for fewer than 4 GPUs and for more. */
const SGLANG_SIZES: readonly [lessThanGiB: number, chunk: number, few: number, many: number][] = [
  [20, 2048, 8, 8],
  [35, 4096, 48, 160],
  [60, 4096, 32, 160],
  [160, 8192, 256, 512],
  [Infinity, 16_384, 512, 512],
];

/**
 * SGLang's own share for weights and cache.
 *
 *     reserved MB = 512 + 1.5 × chunk + 128 × TP × PP + 2 × batch (+ 3 × batch × DP), at least 10,240 above 60 GiB
 *
 * @see https://github.com/sgl-project/sglang/blob/main/python/sglang/srt/arg_groups/memory_hook.py
 */
function sglangShare(gpu: Gpu, { parallel, gpus }: DeployedLayout, chunk: number): number {
  const GiB = gpuBytes(gpu) / GIB;
  const { data, pipeline } = degreesOf(parallel);
  const [, , few, many] = SGLANG_SIZES.find(([most]) => GiB < most) ?? [0, 0, 256, 512];
  const tensor = gpus / pipeline;
  const batch = tensor < 4 ? few : many;
  const ranks = data > 1 ? (batch > 300 ? 4.5 : 3) * batch * data : 0;
  const reserved = 512 + 1.5 * Math.max(chunk, 2048) + 128 * gpus + 2 * batch + ranks;
  return 1 - Math.max(reserved, GiB > 60 ? 10_240 : 0) / (GiB * 1024);
}

/** The limits and the share that hold, where flags don't say them. */
export function startDefaults(request: EngineRequest, gpu: Gpu) {
  const { engine, context, layout, isChunked = true, version } = request;
  const usual =
    engine === 'vllm'
      ? isBefore(version, 8)
        ? { sequences: 256, batchedTokens: 2048 }
        : usualLimits(gpu)
      : {
          sequences: engine === 'trtllm' ? 2048 : 256,
          batchedTokens:
            engine === 'trtllm'
              ? 8192
              : (SGLANG_SIZES.find(([most]) => gpuBytes(gpu) / GIB < most)?.[1] ?? 8192),
        };
  const asked = request.batchedTokens ?? usual.batchedTokens;
  const batchedTokens = isChunked ? asked : Math.max(asked, context);
  const sequences = Math.min(request.sequences ?? usual.sequences, batchedTokens);
  const share =
    request.share ??
    (engine === 'sglang'
      ? sglangShare(gpu, layout, batchedTokens)
      : engine === 'trtllm'
        ? 0.9
        : isBefore(version, 21)
          ? 0.9
          : 0.92);
  return { sequences, batchedTokens, share };
}

/** Whether a version of vLLM is known and older than 0.`minor`. */
const isBefore = (version: string | undefined, minor: number) => {
  const [, major, own] = /^(\d+)\.(\d+)/.exec(version ?? '') ?? [];
  return own !== undefined && major === '0' && Number(own) < minor;
};
