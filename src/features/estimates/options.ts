import { z } from 'zod';
import { OPTIMIZERS, PRECISIONS } from '../../core/calculators/training/optimizers.ts';
import { attachment } from '../../spine/command.ts';

/** The longest context that is computed with. */
const MAX_TOKENS = 100_000_000;

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
      words: [
        'model-path',
        'model-name-or-path',
        'hf-repo',
        'hf',
        'm',
        'model-id',
        'checkpoint-dir',
        'model-name',
        'base-model',
      ],
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
    words: ['gpus', 'card', 'cards', 'hardware'],
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
    words: ['quant', 'quantization', 'dtype', 'weights', 'quantize'],
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
    words: [
      'ctx',
      'c',
      'tokens',
      'token',
      'tok',
      'length',
      'context length',
      'context window',
      'window',
      'max-model-len',
      'num_ctx',
      'seq',
      'seqlen',
      'seq len',
      'seq length',
      'sequence length',
      'max seq length',
      'max-seq-length',
      'max-seq-len',
      'context-length',
      'ctx-size',
      'n-ctx',
      'num-ctx',
      'context size',
      'max-total-tokens',
      'ollama-context-length',
      'sl',
      'max length',
      'max-length',
      'contextsize',
      'sequence len',
    ],
  })
  .optional()
  .describe('Tokens per sequence, such as 8k');

const SEQUENCE_WORDS = [
  'batch',
  'batch size',
  'bs',
  'sequence',
  'seqs',
  'concurrent',
  'concurrency',
  'conc',
  'reqs',
  'chats',
  'docs',
  'people',
  'team of',
  'streams',
  'max-num-seqs',
  'max-running-requests',
  'max-batch-size',
  'max-concurrency',
  'batch-size',
  'per-device-train-batch-size',
  'micro batch',
  'micro batch size',
  'parallel',
  'np',
  'parallel requests',
  'concurrent requests',
  'concurrent sessions',
  'sessions',
  'simultaneous',
  'batchsize',
  'active',
  'active users',
  'ollama-num-parallel',
  'at once',
  'seqs at once',
  'users',
  'user',
  'concurrent users',
  'requests',
];

const sequences = (words: string[]) =>
  z
    .int()
    .min(1)
    .max(65_536)
    .meta({ words })
    .optional()
    .describe('Concurrent requests (batch size), such as 16');

/** Sequences at once. */
export const sequencesOption = sequences(SEQUENCE_WORDS);

/** How keys and values are stored. */
export const kvOption = z
  .string()
  .max(40)
  .meta({
    label: 'KV format',
    suggests: 'kv-formats',
    words: [
      'kv cache',
      'kv-cache',
      'kv-cache-dtype',
      'cache',
      'kvcache',
      'kv quant',
      'kv quantization',
      'kv type',
      'kv dtype',
      'kv cache type',
      'kv cache quant',
      'kv cache dtype',
      'cache quant',
      'cache type',
      'cache-mode',
      'ctk',
      'ctv',
      'cache-type-k',
      'cache-type-v',
      'ollama-kv-cache-type',
    ],
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
  tensor: degree('Tensor parallelism: GPUs that share each matrix', [
    'tp',
    'tensor-parallel-size',
    'num-shard',
    'tp-size',
    'tensor parallel',
    'tensor parallelism',
  ]),
  pipeline: degree('Pipeline parallelism: stages of layers', [
    'pp',
    'pipeline-parallel-size',
    'pp-size',
    'pipeline parallel',
  ]),
  data: degree('Data parallelism: copies of the model', [
    'dp',
    'replicas',
    'data-parallel-size',
    'dp-size',
    'data parallel',
  ]),
  expert: degree('Expert parallelism: GPUs that share the experts', [
    'ep',
    'ep-size',
    'expert-parallel-size',
    'expert parallel',
  ]),
  utilisation: z
    .number()
    .min(0.05)
    .max(1)
    .meta({
      label: 'Utilization',
      words: [
        'utilization',
        'util',
        'gpu-memory-utilization',
        'mem-fraction-static',
        'gpu memory utilization',
      ],
    })
    .optional()
    .describe('Share of the GPU memory to use, such as 0.9'),
};

/** Layers that llama.cpp puts on the GPUs, the output matrix being one of them; the computer's memory takes the rest. */
export const layersOption = z
  .int()
  .min(0)
  .max(1000)
  .meta({ words: ['ngl', 'gpu-layers', 'n-gpu-layers', 'gpu layers', 'gpulayers', 'layer'] })
  .optional()
  .describe('Layers on the GPU (the CPU gets the rest)');

/** Images of 1,024 by 1,024 pixels in each request; their tokens come from the vision tower's config.json. */
export const imagesOption = z
  .int()
  .min(1)
  .max(1000)
  .meta({ words: ['image', 'pictures', 'photos', 'screenshots'] })
  .optional()
  .describe('Images in each request (1,024 × 1,024 pixels)');

/** LoRA adapters in memory beside the model, each of `rank`, which vLLM calls `max-loras`. */
export const adaptersOption = z
  .int()
  .min(1)
  .max(1000)
  .meta({
    typed: true,
    words: ['adapter', 'lora adapters', 'loras', 'max-loras', 'adapters at once'],
  })
  .optional()
  .describe('LoRA adapters served at once (with rank)');

/** The adapter of a LoRA run. */
export const ADAPTER_OPTIONS = {
  rank: z
    .int()
    .min(1)
    .max(4096)
    .meta({ words: ['r', 'lora rank', 'lora-r', 'lora-rank', 'max-lora-rank'] })
    .optional()
    .describe('Rank of the adapter, such as 16'),
  targets: z
    .string()
    .max(80)
    .meta({ suggests: 'lora-targets', words: ['target', 'modules'] })
    .optional()
    .describe('Matrices with an adapter: qv, attention, mlp, all, or a list like q,v'),
};

/** How a training run is set up. */
export const TRAINING_OPTIONS = {
  ...ADAPTER_OPTIONS,
  optimizer: z
    .enum(OPTIMIZERS)
    .meta({
      also: {
        adam: 'adamw',
        '8bit-adam': 'adamw-8bit',
        '8bit adam': 'adamw-8bit',
        '8-bit adam': 'adamw-8bit',
        '8-bit adamw': 'adamw-8bit',
        'adam-8bit': 'adamw-8bit',
        adam8bit: 'adamw-8bit',
        adamw8bit: 'adamw-8bit',
        'adamw 8bit': 'adamw-8bit',
        adamw_8bit: 'adamw-8bit',
        paged_adamw_8bit: 'adamw-8bit',
      },
    })
    .optional()
    .describe('Optimizer'),
  precision: z.enum(PRECISIONS).optional().describe('Training precision (default: mixed)'),
  checkpointing: z
    .enum(['full', 'selective', 'none'])
    .meta({
      words: ['recompute', 'gradient-checkpointing'],
      also: {
        on: 'full',
        yes: 'full',
        off: 'none',
        no: 'none',
        checkpointing: 'full',
        'grad checkpointing': 'full',
        'gradient checkpointing': 'full',
        'activation checkpointing': 'full',
        'no checkpointing': 'none',
        'without checkpointing': 'none',
        'no gradient checkpointing': 'none',
        'without gradient checkpointing': 'none',
      },
    })
    .optional()
    .describe('Activations to recompute'),
  zero: z
    .int()
    .min(0)
    .max(3)
    .meta({ words: ['zero-', 'zero stage', 'deepspeed zero', 'stage'] })
    .optional()
    .describe('ZeRO stage (FSDP is 3)'),
  offload: z
    .enum(['none', 'optimizer', 'all'])
    .meta({
      also: {
        cpu: 'all',
        offload: 'all',
        'offload cpu': 'all',
        'offload to cpu': 'all',
        offloaded: 'all',
        'cpu offload': 'all',
        offloading: 'all',
        'cpu offloading': 'all',
      },
    })
    .optional()
    .describe('What to offload to CPU memory'),
  savings: z
    .enum(['compiled', 'chunked-loss', 'both'])
    .meta({
      also: {
        'torch.compile': 'compiled',
        'torch compile': 'compiled',
        'chunked loss': 'chunked-loss',
        'chunked cross entropy': 'chunked-loss',
        liger: 'both',
      },
    })
    .optional()
    .describe('Fewer activations: torch.compile, a loss in chunks, or both'),
};

/** What part of an answer is wanted. */
export const showOption = z
  .enum(['answer', 'steps', 'sweep'])
  .default('answer')
  .describe('Show the answer, its steps, or a sweep over the context');
