import { isCpu } from '../hardware/cpu.ts';
import { kvFormat } from '../quantization/formats.ts';
import { explainWeights } from '../quantization/weights.ts';
import { type Band, type Explained, type Step, stepNumber } from '../result.ts';
import { explainInferenceMemory } from './inference-explain.ts';
import { type InferenceRequest, OVERHEAD } from './inference-memory.ts';
import { explainKvCache } from './kv-explain.ts';
import { type Machine, type Placed, type Placement, placeLayers } from './placement.ts';

const SOURCE = 'https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md';

/** `RTX 4090`, `RAM`. */
export const placeName = ({ gpu }: Placed): string =>
  isCpu(gpu) ? 'RAM' : gpu.name.replace(/^(?:NVIDIA|AMD|Intel) /, '');

function placeStep(place: Placed): Step {
  const { weights, kv, buffers, layers } = place;
  return {
    label: `${placeName(place)}, ${layers} ${layers === 1 ? 'layer' : 'layers'}`,
    formula: 'weights + KV cache of its layers + buffers',
    numbers: [weights, kv, buffers].map(stepNumber).join(' + '),
    value: place.total,
    unit: 'bytes',
    source: SOURCE,
  };
}

/** Bytes of all memories together. */
export const placedBytes = ({ places }: Placement): number =>
  places.reduce((sum, { total }) => sum + total, 0);

function bandOf(placement: Placement): Band {
  const { least, usual, most } = OVERHEAD['llama.cpp'];
  const used = placement.places.filter(({ buffers }) => buffers > 0).length;
  const total = placedBytes(placement);
  return {
    low: total - used * (usual - least),
    high: total + used * (most - usual),
    why: `compute buffers and the CUDA context of each of ${used}: from 0.25 to 1 GiB`,
  };
}

/** The layers of a model on a machine, with the steps and what they assume. */
export function explainPlacement(
  request: InferenceRequest,
  machine: Machine,
): Placement & Explained & { bitsPerWeight: number } {
  const placement = placeLayers(request, machine);
  const whole = explainInferenceMemory({ ...request, parallel: {} });
  const format = request.kv ?? kvFormat('fp16');
  const isStated = machine.mostLayers !== undefined;
  return {
    ...placement,
    bitsPerWeight: whole.bitsPerWeight,
    steps: [
      ...explainWeights(request.shape, request.format, request.weights).steps,
      ...explainKvCache({ ...request, format, rounding: 'llama.cpp' }).steps,
      ...placement.places.map(placeStep),
    ],
    assumptions: [
      ...whole.assumptions,
      ...(machine.gpus.length > 1
        ? ["Layers are divided in proportion to each GPU's memory."]
        : []),
      ...(machine.ram && !isStated
        ? ['As many layers as fit go to the GPU, the last ones first.']
        : []),
    ],
    warnings: whole.warnings,
    band: bandOf(placement),
  };
}
