import { formatNumber, formatPercent, GIB } from '../../units.ts';
import { degreesOf, gpuCount, parallelProblem, type Replication } from '../hardware/parallel.ts';
import { expertCount } from '../models/model-shape.ts';
import { countParameters } from '../models/parameters.ts';
import { kvFormat } from '../quantization/formats.ts';
import { explainWeights } from '../quantization/weights.ts';
import { type Band, type Explained, product, type Step, stepNumber } from '../result.ts';
import { loraParameters } from '../training/lora.ts';
import { widestLayer } from './activations.ts';
import {
  chunkOf,
  heldTwice,
  type InferenceMemory,
  type InferenceRequest,
  inferenceMemory,
  OVERHEAD,
  USUAL_CHUNK,
} from './inference-memory.ts';
import { explainKvCache } from './kv-explain.ts';

const OVERHEAD_SOURCE = 'https://github.com/kaito-project/kaito/pull/2139';

/** `1 GiB + 5% of the weights`. */
function formatBound(bytes: number, weightShare: number): string {
  const size = `${formatNumber(bytes / GIB, 'en', 2)} GiB`;
  return weightShare > 0 ? `${size} + ${formatPercent(weightShare)} of the weights` : size;
}

function bandOf({ engine = 'vllm' }: InferenceRequest, memory: InferenceMemory): Band {
  const { weights, kv, activations, adapters = 0, total } = memory.perGpu;
  const { least, most, weightShare } = OVERHEAD[engine];
  const parts =
    engine === 'vllm'
      ? 'CUDA graphs, communication buffers, and allocator slack'
      : 'compute buffers and the CUDA context';
  const highest = Math.max(activations + least, most + weightShare * weights);
  return {
    low: weights * 0.99 + kv + activations + least + adapters,
    high: Math.max(total, weights * 1.01 + kv * 1.005 + highest + adapters),
    why: `${parts}: from ${formatBound(least, 0)} to ${formatBound(most, weightShare)}`,
  };
}

function activationNumbers(request: InferenceRequest): string {
  const { shape, engine = 'vllm', sequences = 1 } = request;
  const { tensor, data } = degreesOf(request.parallel);
  const here = Math.ceil(sequences / data);
  const chunk = stepNumber(chunkOf({ ...request, sequences: here }));
  const outputs = shape.head === false ? 0 : shape.vocabulary;
  const [hidden, vocabulary, width] = [shape.hidden, outputs, widestLayer(shape)].map(stepNumber);
  if (engine === 'llama.cpp')
    return `${chunk} × (max(${vocabulary}, 2 × ${width}) + ${hidden}) × 4`;
  const shared = tensor > 1 ? ` / ${tensor}` : '';
  const logits = shape.kind === 'encoder' ? '' : ` + ${here} × ${vocabulary} × 4${shared}`;
  return `${chunk} × (4 × ${hidden} + 2 × ${width}${shared}) × 2${logits}`;
}

function layoutSteps(request: InferenceRequest, memory: InferenceMemory): Step[] {
  const { weights, kv, activations, overhead, adapters = 0, total } = memory.perGpu;
  const { engine = 'vllm' } = request;
  const { least, usual, weightShare } = OVERHEAD[engine];
  const { tensor, pipeline } = degreesOf(request.parallel);
  const layout = gpuCount(request.parallel) > 1 ? ` on the fullest of ${memory.gpus} GPUs` : '';
  const source = engine === 'vllm' ? OVERHEAD_SOURCE : 'llama.cpp logs of compute buffers';
  const step = (label: string, formula: string, numbers: string, value: number): Step => {
    return { label: `${label}${layout}`, formula, numbers, value, unit: 'bytes', source };
  };
  const share = `weights / (${tensor} × ${pipeline}), plus what can't be split`;
  return [
    ...(layout === ''
      ? []
      : [
          step('Weights', share, '', weights),
          step('KV cache', 'KV heads / tensor, layers / pipeline', '', kv),
        ]),
    step(
      'Activations',
      engine === 'vllm'
        ? 'chunk × (4 × hidden + 2 × width / GPUs) × 2 + sequences × vocabulary × 4 / GPUs'
        : 'micro-batch × (max(vocabulary, 2 × width) + hidden) × 4',
      activationNumbers(request),
      activations,
    ),
    step(
      'Engine overhead',
      `max(${formatBound(least, 0)}, ${formatBound(usual, weightShare)} - activations)`,
      `max(${stepNumber(least)}, ${stepNumber(usual)} + ${product(weightShare, weights)} - ${stepNumber(activations)})`,
      overhead,
    ),
    ...(request.adapters ? [adapterStep(request, adapters)] : []),
    step(
      'Total',
      `weights + KV cache + activations + overhead${adapters > 0 ? ' + LoRA adapters' : ''}`,
      [weights, kv, activations, overhead, ...(adapters > 0 ? [adapters] : [])]
        .map(stepNumber)
        .join(' + '),
      total,
    ),
  ];
}

/** Said of a GGUF whose tower isn't counted. */
const isAboutTower = (warning: string) => warning.startsWith('The vision or audio tower');

function towerSteps({ towerBytes }: InferenceRequest): Step[] {
  if (!towerBytes) return [];
  return [
    {
      label: 'Vision tower, in a file of its own',
      formula: 'parameters × 2',
      numbers: `${stepNumber(towerBytes / 2)} × 2`,
      value: towerBytes,
      unit: 'bytes',
      source: 'https://github.com/ggml-org/llama.cpp/blob/master/docs/multimodal.md',
    },
  ];
}

function adapterStep({ shape, adapters, parallel }: InferenceRequest, bytes: number): Step {
  const { tensor, pipeline } = degreesOf(parallel);
  const parameters = adapters ? loraParameters({ shape, ...adapters }) : 0;
  return {
    label: 'LoRA adapters',
    formula: 'adapters × parameters × 2 × (1 + 1 / tensor) / 2 / pipeline',
    numbers: `${stepNumber(adapters?.count ?? 0)} × ${stepNumber(parameters)} × 2 × (1 + 1 / ${tensor}) / 2 / ${pipeline}`,
    value: bytes,
    unit: 'bytes',
    source: 'https://docs.vllm.ai/en/stable/api/vllm/config/lora/',
  };
}

/** Memory for serving a model, with the steps, the assumptions and how sure it is. */
export function explainInferenceMemory(
  request: InferenceRequest,
): InferenceMemory & Explained & { bitsPerWeight: number; replication: Replication } {
  const { shape, format, engine = 'vllm' } = request;
  const memory = inferenceMemory(request);
  const weights = explainWeights(shape, format, request.weights);
  const kv = explainKvCache({
    ...request,
    format: request.kv ?? kvFormat('fp16'),
    rounding: engine === 'vllm' ? 'paged' : 'llama.cpp',
  });
  const chunk = stepNumber(request.chunkTokens ?? USUAL_CHUNK[engine]);
  const problem = parallelProblem(shape, request.parallel ?? {});
  const warnings = [...(problem ? [problem] : []), ...kv.warnings, ...weights.warnings];
  if (expertCount(shape) > 0) {
    const { total, active } = countParameters(shape);
    warnings.push(
      `All ${stepNumber(total / 1e9)} billion parameters must be in memory. Each token uses ${stepNumber(active / 1e9)} billion.`,
    );
  }
  return {
    ...memory,
    bitsPerWeight: weights.bitsPerWeight,
    replication: heldTwice(request),
    steps: [...weights.steps, ...towerSteps(request), ...kv.steps, ...layoutSteps(request, memory)],
    assumptions: [
      ...weights.assumptions,
      ...kv.assumptions,
      engine === 'vllm'
        ? `Paged KV cache (vLLM, SGLang), with prompts in chunks of ${chunk} tokens.`
        : `llama.cpp with flash attention and a micro-batch of ${chunk} tokens.`,
    ],
    warnings: request.towerBytes ? warnings.filter((each) => !isAboutTower(each)) : warnings,
    band: bandOf(request, memory),
  };
}
