import { z } from 'zod';
import said from '../../../data/option-words.json' with { type: 'json' };
import { OPTIMIZERS, PRECISIONS } from '../../core/calculators/training/optimizers.ts';
import { attachment } from '../../spine/command.ts';

/** The longest context that is computed with. */
const MAX_TOKENS = 100_000_000;

const { words, also } = said;

const degree = (what: string, words: string[]) =>
  z.int().min(1).max(1024).meta({ words }).optional().describe(what);

/** What is estimated: a known model, or any model by its config.json. */
export const MODEL_OPTIONS = {
  model: z
    .string()
    .max(120)
    .meta({
      suggests: 'models',
      inForm: true,
      words: words.model,
    })
    .optional()
    .describe('Model, such as llama-3.1-8b'),
};

/** A model that is not on the list. They stand last, so that few people have to read them. */
export const CONFIG_OPTIONS = {
  config: z
    .string()
    .max(200_000)
    .meta({ label: 'config.json', suggests: 'configs', multiline: true, inForm: true })
    .optional()
    .describe('Text of a config.json, instead of a model'),
  file: attachment()
    .optional()
    .describe('A config.json, or the beginning of a GGUF file, instead of a model'),
};

/** Where it runs. */
export const gpuOption = z
  .string()
  .max(80)
  .meta({
    label: 'GPU',
    suggests: 'gpus',
    inForm: true,
    words: words.gpu,
  })
  .optional()
  .describe('GPUs, such as 4090, 2x h100, m3 max 64gb, or 24gb');

/** How weights are stored. */
export const formatOption = z
  .string()
  .max(40)
  .meta({
    suggests: 'formats',
    inForm: true,
    words: words.format,
  })
  .optional()
  .describe('Number format of the weights, such as bf16, fp8, int4, or q4_k_m');

/** Tokens of one sequence. */
export const contextOption = z
  .int()
  .min(1)
  .max(MAX_TOKENS)
  .meta({
    kind: 'count',
    suggests: 'contexts',
    inForm: true,
    words: words.context,
  })
  .optional()
  .describe('Tokens per sequence, such as 8k');

/** Sequences at once. */
export const sequencesOption = z
  .int()
  .min(1)
  .max(65_536)
  .meta({ words: words.sequences })
  .optional()
  .describe('Concurrent requests (batch size), such as 16');

/** How keys and values are stored. */
export const kvOption = z
  .string()
  .max(40)
  .meta({
    label: 'KV format',
    suggests: 'kv-formats',
    words: words.kv,
  })
  .optional()
  .describe('Number format of the KV cache, such as fp8 or q8_0');

/** How a model is served. */
export const SERVING_OPTIONS = {
  format: formatOption,
  context: contextOption,
  sequences: sequencesOption,
  kv: kvOption,
  engine: z
    .string()
    .max(40)
    .meta({ suggests: 'engines' })
    .optional()
    .describe('Engine, such as vllm, sglang, llama.cpp, or ollama'),
  tensor: degree('Tensor parallelism: GPUs that share each matrix', words.tensor),
  pipeline: degree('Pipeline parallelism: stages of layers', words.pipeline),
  data: degree('Data parallelism: copies of the model', words.data),
  expert: degree('Expert parallelism: GPUs that share the experts', words.expert),
  utilisation: z
    .number()
    .min(0.05)
    .max(1)
    .meta({
      label: 'Utilization',
      words: words.utilisation,
    })
    .optional()
    .describe('Share of the GPU memory to use, such as 0.9'),
};

/** Layers that llama.cpp puts on the GPUs, the output matrix being one of them; the computer's memory takes the rest. */
export const layersOption = z
  .int()
  .min(0)
  .max(1000)
  .meta({ words: words.layers })
  .optional()
  .describe('Layers on the GPU (the CPU gets the rest)');

/** Images of 1,024 by 1,024 pixels in each request; their tokens come from the vision tower's config.json. */
export const imagesOption = z
  .int()
  .min(1)
  .max(1000)
  .meta({ words: words.images })
  .optional()
  .describe('Images in each request (1,024 × 1,024 pixels)');

/** LoRA adapters in memory beside the model, each of `rank`, which vLLM calls `max-loras`. */
export const adaptersOption = z
  .int()
  .min(1)
  .max(1000)
  .meta({
    typed: true,
    words: words.adapters,
  })
  .optional()
  .describe('LoRA adapters served at once (with rank)');

/** The adapter of a LoRA run. */
export const ADAPTER_OPTIONS = {
  rank: z
    .int()
    .min(1)
    .max(4096)
    .meta({ words: words.rank })
    .optional()
    .describe('Rank of the adapter, such as 16'),
  targets: z
    .string()
    .max(80)
    .meta({ suggests: 'lora-targets', words: words.targets })
    .optional()
    .describe('Matrices with an adapter: qv, attention, mlp, all, or a list like q,v'),
};

/** How a training run is set up. */
export const TRAINING_OPTIONS = {
  ...ADAPTER_OPTIONS,
  optimizer: z
    .enum(OPTIMIZERS)
    .meta({
      also: also.optimizer,
    })
    .optional()
    .describe('Optimizer'),
  precision: z.enum(PRECISIONS).optional().describe('Training precision (default: mixed)'),
  checkpointing: z
    .enum(['full', 'selective', 'none'])
    .meta({
      words: words.checkpointing,
      also: also.checkpointing,
    })
    .optional()
    .describe('Activations to recompute'),
  zero: z
    .int()
    .min(0)
    .max(3)
    .meta({ words: words.zero })
    .optional()
    .describe('ZeRO stage (FSDP is 3)'),
  offload: z
    .enum(['none', 'optimizer', 'all'])
    .meta({
      also: also.offload,
    })
    .optional()
    .describe('What to offload to CPU memory'),
  savings: z
    .enum(['compiled', 'chunked-loss', 'both'])
    .meta({
      also: also.savings,
    })
    .optional()
    .describe('Fewer activations: torch.compile, a loss in chunks, or both'),
};

/** Other words for what memory is for, and for what may be found. */
export const OTHER_WORDS = also;

/** What part of an answer is wanted; only some answers have a sweep. */
export const stepsOption = z
  .enum(['answer', 'steps'])
  .default('answer')
  .describe('Show the answer or its steps');

/** The same with a sweep. */
export const showOption = z
  .enum(['answer', 'steps', 'sweep'])
  .default('answer')
  .describe('Show the answer, its steps, or a sweep over the context');

const length = (words: string[], usual: number, most: number, what: string) =>
  z.int().min(1).max(most).meta({ kind: 'count', words }).default(usual).describe(what);

/** Lengths that are assumed when none are told. */
export const USUAL_LENGTHS = { prompt: 1024, output: 256 };

/** Lengths of a request: what is read and what is written. */
export const LENGTH_OPTIONS = {
  prompt: length(words.prompt, USUAL_LENGTHS.prompt, 10_000_000, 'Prompt tokens, such as 2k'),
  output: length(words.output, USUAL_LENGTHS.output, 1_000_000, 'Output tokens, such as 500'),
};
