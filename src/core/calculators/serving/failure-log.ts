import { z } from 'zod';

/** What people's logs die of. */
export const CAUSES = [
  'kv-too-long',
  'utilization',
  'weights',
  'activation-peak',
  'capture',
  'state-slots',
  'kv-full',
  'other-process',
  'fragmentation',
  'host-memory',
  'optimizer-state',
  'training-activations',
  'parallel-divisibility',
  'max-len',
  'shm',
  'disk',
  'network',
  'unsupported-dtype',
  'not-memory',
  'ngl',
  'logits',
  'oom',
] as const;

export type Cause = (typeof CAUSES)[number];

const ROW = z.strictObject({
  id: z.string(),
  /** A regular expression; its groups are numbers of the text. */
  pattern: z.string(),
  when: z.string(),
  cause: z.enum(CAUSES),
  /** What it may be besides. */
  also: z.array(z.enum(CAUSES)).optional(),
  /** Absent where the text doesn't tell. */
  isMemory: z.boolean().optional(),
  says: z.string(),
  fixes: z.array(z.string()),
});

/** A failure by its text: what died, why, and what to change. */
export type FailureRow = z.output<typeof ROW>;

/**
 * data/engines/failures.json: the most telling rows first.
 *
 * @throws ZodError naming every row and field that is wrong.
 */
export const readFailures = (file: unknown): FailureRow[] => z.array(ROW).parse(file);

const MATCHES = new WeakMap<FailureRow, RegExp>();

/** Compiled once: the built bank is JSON. */
function matchOf(row: FailureRow): RegExp {
  const known = MATCHES.get(row) ?? new RegExp(row.pattern, 'i');
  MATCHES.set(row, known);
  return known;
}

/** What a log says of a death. */
export type Failure = {
  row: FailureRow;
  /** The likely causes, the first first. */
  causes: readonly Cause[];
  isMemory: boolean | undefined;
  when: string;
  says: string;
  fixes: readonly string[];
  /** Numbers of the text, by the names of groups. */
  numbers: Readonly<Record<string, number>>;
};

/** Training, where memory goes to optimizers and activations. */
const TRAINS =
  /\b(?:torchrun|deepspeed|accelerate launch|fsdp|axolotl|sample_packing|llama-?factory|peft|sfttrainer|trl|fine-?tun\w*|per_device_train|gradient_(?:accumulation|checkpointing)|lora|qlora|\.backward\(|forward_backward|optimizer\.step)\b/i;

/** Training of few parameters, or of long sequences: its memory is activations. */
const OF_ACTIVATIONS =
  /lora|peft|packing|long samples|max_(?:seq|length)|cut_?off|checkpointing not|sequence length/i;

const amountIn = (text: string, pattern: RegExp): number | undefined => {
  const [, number = '', unit = ''] = pattern.exec(text) ?? [];
  if (number === '') return undefined;
  return Number(number) / (/^m/i.test(unit) ? 1024 : 1);
};

/** What PyTorch tried to take, and what there was, in GiB. */
function amountsIn(text: string) {
  const GiB = (pattern: RegExp) => amountIn(text, pattern);
  return {
    tried: GiB(/Tried to allocate ([\d.]+) ([MG])iB/i),
    total: GiB(/total capac\w+ of ([\d.]+) ([MG])iB|([\d.]+) ([MG])iB total capac/i),
    free: GiB(/of which ([\d.]+) ([MG])iB is free/i) ?? GiB(/([\d.]+) ([MG])iB free/i),
  };
}

/** What was missing of a GPU, where PyTorch says it. */
function missingIn(text: string): Record<string, number> {
  const { tried, total, free } = amountsIn(text);
  return tried === undefined || total === undefined || free === undefined
    ? {}
    : { missingGiB: Math.max(0, tried - free), capacityGiB: total };
}

/**
 * What ended in PyTorch's own words: `A` is the last straw and not what is missing; what others hold is the capacity
 * without what is free and what this process holds.
 */
function ofTorch(text: string): Pick<Failure, 'causes' | 'when' | 'says' | 'fixes'> {
  const GiB = (pattern: RegExp) => amountIn(text, pattern);
  const { total, free, tried = 0 } = amountsIn(text);
  const own = GiB(/this process has ([\d.]+) ([MG])iB/i);
  const idle = GiB(/(?:and )?([\d.]+) ([MG])iB is reserved by PyTorch but unallocated/i) ?? 0;
  if (TRAINS.test(text)) {
    const isActivation = OF_ACTIVATIONS.test(text);
    return {
      causes: isActivation
        ? ['training-activations', 'optimizer-state']
        : ['optimizer-state', 'training-activations'],
      when: 'during training',
      says: isActivation
        ? 'Activations of long or many sequences fill the GPU.'
        : 'Weights, gradients, and optimizer states take about 16 bytes per parameter.',
      fixes: isActivation
        ? ['Turn on gradient checkpointing.', 'Lower the batch size or the sequence length.']
        : ['Use more GPUs, LoRA, or an 8-bit optimizer.', 'Offload optimizer states to the CPU.'],
    };
  }
  const others =
    total !== undefined && free !== undefined && own !== undefined ? total - free - own : 0;
  if (others > 1)
    return {
      causes: ['other-process', 'activation-peak'],
      when: 'when memory was asked for',
      says: `Other processes hold about ${others.toFixed(1)} GiB of this GPU.`,
      fixes: ['Stop the other process (`nvidia-smi` shows it).'],
    };
  if (idle > 1 && idle > tried)
    return {
      causes: ['fragmentation', 'activation-peak'],
      when: 'at run time',
      says: 'PyTorch holds enough, but in pieces.',
      fixes: ['Set `PYTORCH_CUDA_ALLOC_CONF=expandable_segments:True`.'],
    };
  if (
    /load_model|loading (?:weights|safetensors|checkpoint)|load_weights|create_weights|Loading/i.test(
      text,
    )
  )
    return {
      causes: ['weights', 'activation-peak'],
      when: 'while weights loaded',
      says: "The weights don't fit.",
      fixes: ['Use more GPUs with `--tensor-parallel-size`, or a smaller format.'],
    };
  if (/cross_entropy|logits|loss\b/i.test(text))
    return {
      causes: ['logits', 'activation-peak'],
      when: 'when memory was asked for',
      says: 'The logits of all tokens are large: tokens × vocabulary × 4 bytes.',
      fixes: [
        'Use a fused or chunked cross-entropy.',
        'Lower the batch size or the sequence length.',
      ],
    };
  const share = Number(
    /(?:utilization|mem[-_]fraction[-_]static)["'=: ]+(0?\.\d+)/i.exec(text)?.[1] ?? 0,
  );
  if (share > 0.92)
    return {
      causes: ['utilization', 'activation-peak'],
      when: 'at run time',
      says: `A share of ${share} leaves too little for peaks.`,
      fixes: ['Lower `--gpu-memory-utilization` (SGLang: `--mem-fraction-static`) to 0.9.'],
    };
  const isGraph = /captur|cuda_?graph|enforce-eager/i.test(text);
  return {
    causes: isGraph ? ['capture', 'activation-peak'] : ['activation-peak', 'weights'],
    when: isGraph ? 'while graphs were captured' : 'when memory was asked for',
    says: isGraph
      ? 'Nothing is left for the CUDA graphs.'
      : 'Nothing is left for activations beside weights and cache.',
    fixes: [
      'Lower `--gpu-memory-utilization` (SGLang: `--mem-fraction-static`) or `--max-num-seqs`.',
      'Lower `--max-num-batched-tokens` (SGLang: `--chunked-prefill-size`).',
    ],
  };
}

const numbersIn = (groups: Record<string, string | undefined> = {}) =>
  Object.fromEntries(
    Object.entries(groups).flatMap(([name, text]) => {
      const value = Number(text?.replaceAll(',', ''));
      return text === undefined || !Number.isFinite(value) ? [] : [[name, value]];
    }),
  );

/** The longest text that is searched: what died is told near the end. */
const MOST = 20_000;

/** Where a log begins another run: a prompt with a command, or the first line of an engine. */
const NEW_RUN =
  /^(?=[^\n]{0,120}[$#>] (?:[A-Z_]+=\S+ )*(?:vllm|sglang|python3?|docker|trtllm-serve|llama-server|ollama|torchrun)\b|[^\n]{0,120}(?:vLLM API server version|server_args=ServerArgs)|build: \d+ \()/m;

/** Runs that are looked at, from the last. */
const MOST_RUNS = 8;

/** What a log died of, of several runs the last; undefined where it tells of no death. */
export function failureIn(log: string, rows: readonly FailureRow[]): Failure | undefined {
  const runs = log.slice(-MOST).split(NEW_RUN);
  // What stands in front of the last few is one.
  const early = runs.splice(0, Math.max(0, runs.length - MOST_RUNS)).join('');
  if (early !== '') runs.unshift(early);
  let text = '';
  let failure: Failure | undefined;
  for (const run of runs.reverse()) {
    // An earlier death is none of the last run's, nor is it one's that has started.
    if (failure && failureOf(run, rows)) return failure;
    text = run + text;
    failure = failureOf(text, rows);
    if (!failure && startIn(text)) return undefined;
  }
  return failure;
}

function failureOf(text: string, rows: readonly FailureRow[]): Failure | undefined {
  for (const row of rows) {
    const match = matchOf(row).exec(text);
    if (!match) continue;
    const numbers = numbersIn(match.groups);
    const { causes, when, says, fixes } =
      row.cause === 'oom'
        ? ofTorch(text)
        : {
            causes: [row.cause, ...(row.also ?? [])],
            when: row.when,
            says: row.says,
            fixes: row.fixes,
          };
    return {
      row,
      causes,
      isMemory: row.isMemory,
      when,
      says,
      fixes,
      numbers: {
        ...numbers,
        ...missingIn(text),
        ...numbersIn(/max(?:imum)? seq len \(?(?<asked>\d[\d,]*\d)/i.exec(text)?.groups),
        ...numbersIn(/available KV cache memory \((?<available>[\d.]+) GiB/i.exec(text)?.groups),
        ...numbersIn(/(?<needed>[\d.]+) GiB KV cache is needed/i.exec(text)?.groups),
        ...numbersIn(/estimated maximum model length is (?<most>[\d,]+)/i.exec(text)?.groups),
      },
    };
  }
  return undefined;
}

/** What an engine logs when it has started. */
const STARTED =
  /GPU KV cache size|Maximum concurrency for|Available KV cache memory: \d|max_total_num_tokens=|Application startup complete|loaded runners|no changes needed|tokens in paged KV cache|KV Cache is allocated|reserved for KV|Allocated KV|server is listening|# GPU blocks: [1-9]|The server is fired up|KV self size|llama_context: .*KV|Uvicorn running|init engine .* took/i;

/** What a log of a start says of the pool. */
export type LoggedStart = {
  poolGiB?: number;
  tokens?: number;
  requests?: number;
  context?: number;
};

/** The numbers of a start that went well; undefined where the log doesn't tell of one. */
export function startIn(log: string): LoggedStart | undefined {
  if (!STARTED.test(log)) return undefined;
  const count = (pattern: RegExp) => {
    const found = pattern.exec(log)?.[1]?.replaceAll(',', '');
    return found === undefined ? undefined : Number(found);
  };
  const start = {
    poolGiB: count(/Available KV cache memory: ([\d.]+) GiB/i),
    tokens: count(
      /GPU KV cache size: ([\d,]+) tokens|max_total_num_tokens=(\d+)|Using (\d+) tokens in paged/i,
    ),
    requests: count(/Maximum concurrency for [\d,]+ tokens per request: ([\d.]+)x/i),
    context: count(/Maximum concurrency for ([\d,]+) tokens/i),
  };
  return Object.fromEntries(Object.entries(start).filter(([, value]) => value !== undefined));
}
