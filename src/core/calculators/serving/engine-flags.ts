import { z } from 'zod';

/** Engines whose flags are known, by the name of their file in `data/engines`. */
export const SERVING_ENGINES = ['vllm', 'sglang', 'trtllm', 'llamacpp', 'ollama'] as const;

export type ServingEngine = (typeof SERVING_ENGINES)[number];

/**
 * What a flag means for memory: a `demand` takes memory, a `limit` only caps what may be asked, a `share` is how much
 * of the GPU may be used, and `none` changes nothing.
 */
const MEANINGS = ['demand', 'limit', 'share', 'layout', 'precision', 'offload', 'none'] as const;

/** What flags of different engines set alike. */
const SETTINGS = [
  'model',
  'file',
  'tensor',
  'pipeline',
  'data',
  'dataLocal',
  'expert',
  'expertParallel',
  'redundantExperts',
  'contextParallel',
  'dpAttention',
  'nodes',
  'context',
  'sequences',
  'slots',
  'kvUnified',
  'batchedTokens',
  'chunkedPrefill',
  'maxTotalTokens',
  'share',
  'kvBytes',
  'kv',
  'kvValues',
  'format',
  'dtype',
  'blockSize',
  'microBatch',
  'graphBatch',
  'eager',
  'speculative',
  'draftModel',
  'lora',
  'loras',
  'loraRank',
  'multimodal',
  'mmproj',
  'textOnly',
  'cpuOffloadGiB',
  'offloadGroup',
  'offloadInGroup',
  'gpuLayers',
  'nCpuMoe',
  'cpuMoe',
  'overrideTensor',
  'noKvOffload',
  'splitMode',
  'tensorSplit',
  'fit',
  'fitTarget',
] as const;

export type Setting = (typeof SETTINGS)[number];

const FLAG = z.strictObject({
  /** Without hyphens in front, and with hyphens inside. */
  names: z.array(z.string().regex(/^[a-z][a-z0-9-]*$/)).min(1),
  meaning: z.enum(MEANINGS),
  sets: z.enum(SETTINGS).optional(),
  /** It takes no value. */
  bare: z.boolean().optional(),
  default: z.string().optional(),
  source: z.string().min(1),
});

const TABLE = z.strictObject({
  engine: z.enum(SERVING_ENGINES),
  label: z.string().min(1),
  note: z.string(),
  flags: z.array(FLAG).min(1),
});

/** A flag of an engine. */
export type EngineFlag = z.output<typeof FLAG>;

/** All known flags of an engine. */
export type EngineTable = z.output<typeof TABLE>;

/**
 * A file of data/engines.
 *
 * @throws ZodError naming every field that is wrong.
 */
export const readEngineTable = (file: unknown): EngineTable => TABLE.parse(file);

const NAMES = new WeakMap<EngineTable, ReadonlyMap<string, EngineFlag>>();

/** A flag by its name, with or without hyphens in front, and with `_` for `-`. */
export function findFlag(table: EngineTable, name: string): EngineFlag | undefined {
  const known =
    NAMES.get(table) ??
    new Map(table.flags.flatMap((flag) => flag.names.map((each) => [each, flag] as const)));
  NAMES.set(table, known);
  // `--speculative-config.method` is a key of the same flag.
  const plain = name.replace(/^-+/, '').replace(/\..*$/, '').replaceAll('_', '-');
  // `-DP` and `-dp` are different in no engine, but `--no-x` turns `x` off.
  return known.get(plain) ?? known.get(plain.toLowerCase()) ?? abbreviated(known, plain);
}

/** Parsers of Python take the beginning of a name that only one flag has: `--tensor-parallel 2`. */
function abbreviated(known: ReadonlyMap<string, EngineFlag>, name: string): EngineFlag | undefined {
  if (name.length < 6 || !name.includes('-')) return undefined;
  const found = new Set(
    [...known].filter(([each]) => each.startsWith(name)).map(([, flag]) => flag),
  );
  return found.size === 1 ? [...found][0] : undefined;
}
