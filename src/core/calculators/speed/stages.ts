import { isCpu } from '../hardware/cpu.ts';
import { LLAMA_CPP_MICRO_BATCH } from '../memory/activations.ts';
import { kvLoad, kvOfLayers } from '../memory/kv-cache.ts';
import type { Placed, Placement } from '../memory/placement.ts';
import { layerOrder } from '../models/model-shape.ts';
import type { LatencyConstants } from './latency-constants.ts';
import {
  type FilledRequest,
  type Load,
  middleContext,
  type Parts,
  partsSeconds,
  promptParts,
  type System,
  stepParts,
  systemOf,
} from './passes.ts';

/** Layers that one kind of memory holds, and what passes read and compute there. */
export type Stage = {
  system: System;
  /** A request's own prompt, the prompts of its batch, and a decode step. */
  prompt: Load;
  prompts: Load;
  step: Load;
  /** A GPU that weights of the computer's memory are copied to for long prompts. */
  helper?: System;
};

/**
 * Bytes per second at which prompts pull weights out of the computer's memory: between the 6 GB/s that were measured of
 * an older engine, and 20 on PCIe 5.0.
 *
 * @see https://github.com/ggml-org/llama.cpp/pull/6083 (batches of 32 tokens and more are computed on the GPU)
 * @see https://github.com/ggml-org/llama.cpp/issues/8164 (Llama 3 8B in Q6_K with -ngl 0: 128 tokens in 1.1 s)
 * @see https://github.com/ikawrakow/ik_llama.cpp/pull/405 (DeepSeek-V3 in Q2_K_XL: prompts at 110 tokens/s)
 */
export const COPIED_BYTES_PER_SECOND = 12e9;

/**
 * One stage for each memory that holds layers. Each has its share of the weights that a token reads, of the arithmetic,
 * and the cache of its own layers; experts are spread evenly.
 */
export function stagesOf(filled: FilledRequest, { places }: Placement, whole: Stage): Stage[] {
  const all = places.reduce((sum, { read }) => sum + read, 0);
  const gpu = places.find((place) => !isCpu(place.gpu));
  const helper = gpu && systemOf({ ...filled, gpu: gpu.gpu });
  const cache = kvLoad({
    shape: filled.shape,
    tokens: middleContext(filled),
    sequences: filled.batch,
    format: filled.kv,
  });
  const order = layerOrder(filled.shape);
  const stage = ({ gpu: own, from, to, read }: Placed): Stage => {
    const groups = order.slice(from, to);
    const share = (load: Load) => ({
      ...load,
      weights: (load.weights * read) / all,
      flops: (load.flops * read) / all,
    });
    return {
      system: { ...systemOf({ ...filled, gpu: own }), layers: groups.length },
      prompt: share(whole.prompt),
      prompts: share(whole.prompts),
      step: { ...share(whole.step), kv: kvOfLayers(groups, cache).bytes },
      ...(isCpu(own) && helper ? { helper } : {}),
    };
  };
  return places.filter(({ layers }) => layers > 0).map(stage);
}

/** A prompt that a GPU computes with weights which it copies for each micro-batch. */
function copiedParts(load: Load, helper: System, constants: LatencyConstants): Parts {
  const copies = Math.ceil(load.tokens / LLAMA_CPP_MICRO_BATCH);
  const { compute } = promptParts(load, helper, constants);
  const communication = (copies * load.weights) / COPIED_BYTES_PER_SECOND;
  return { memory: 0, compute, layers: 0, communication, server: 0 };
}

/** Seconds of the parts of a prompt in a stage: where it is, or on the GPU if that is faster. */
function stagePrompt({ system, helper }: Stage, load: Load, constants: LatencyConstants): Parts {
  const own = promptParts(load, system, constants);
  const copied = helper && copiedParts(load, helper, constants);
  return copied && partsSeconds(copied) < partsSeconds(own) ? copied : own;
}

/** Seconds that a stage adds to each time. */
export function stageTimes(stage: Stage, constants: LatencyConstants) {
  const prompt = stagePrompt(stage, stage.prompt, constants);
  const step = stepParts(stage.step, stage.system, constants);
  return {
    prompt,
    step,
    firstToken: partsSeconds(prompt),
    firstTokenOfAll: partsSeconds(stagePrompt(stage, stage.prompts, constants)),
    perToken: partsSeconds(step),
  };
}

/** The parts of all stages together. */
export function sumOfParts(list: readonly Parts[]): Parts {
  const sum = (of: (parts: Parts) => number) => list.reduce((all, parts) => all + of(parts), 0);
  return {
    memory: sum(({ memory }) => memory),
    compute: sum(({ compute }) => compute),
    layers: sum(({ layers }) => layers),
    communication: sum(({ communication }) => communication),
    server: sum(({ server }) => server),
  };
}
