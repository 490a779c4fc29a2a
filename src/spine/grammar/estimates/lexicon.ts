// cspell:ignore bmlx dropout ubatch
/**
 * Words that say nothing beside those that do: `can i run llama 70b on two h100`. The list is closed: no word stands here
 * that changes a figure, or asks for another one.
 */
export const FILLERS: ReadonlySet<string> = new Set(
  `a about add after again alone already also am an and any anyone anything are around as assuming at available
  be because been box build but by calculate can card's comfortably compute computer could currently decent
  deploy desktop did do does each easily else enough entire estimate estimated even every exactly expect
  expected for from get gets getting give given go going good got had handle hardware has have having hello help
  hey hi home host hosted hosting how i i'd i'm i've id if im in instance interested into is it it's its ive job
  just know let lets like llm llms load loaded local locally look looking machine make me mean might mine mode
  model models more much must my need needed needs new node now of off ok okay on one ones only our out own pc
  people personal please pls plz possible pretty prod production question rather really recommend recommended
  rent rented require required requirement requirements requires rig right roughly run running runs same say
  self serve served server serves serving setup should show side single so some someone something sorry sort
  still such sure system take takes team tell than thanks that the their them then there these they thing think
  this those through to together trying type u up us usage use used using w/ want wanted wants was way we well were
  what what's whats when where which while who whole will with within work works workstation would x yet you
  your # & + - -> >= <= < ≥ ≤ / : = > @ | ~ – — →`.split(/\s+/),
);

/** Nouns behind their number: `16 users`, `8k tokens`. Other names stand on either side. */
export const BEHIND: ReadonlySet<string> = new Set(
  `tokens token tok users user requests request reqs sequences seqs streams concurrent conc in out layers layer gpus cards
  images image adapters loras epochs conversations chats docs documents people clients developers devs engineers
  agents parallel simultaneous rps qps req/s requests/s cores core channels channel`.split(/\s+/),
);

/** What is known and changes no figure here, or has an effect that no estimate counts. */
export const WITHOUT_EFFECT: readonly [
  why: string,
  phrases: readonly string[],
  hasNumber: boolean,
][] = [
  [
    "doesn't change the memory",
    [
      'alpha',
      'lora alpha',
      'dropout',
      'lora dropout',
      'lr',
      'learning rate',
      'weight decay',
      'temperature',
      'temp',
      'top p',
      'seed',
    ],
    true,
  ],
  ['already assumed', ['swa', 'sliding window'], true],
  [
    'not counted',
    [
      'epochs',
      'epoch',
      'gb/s',
      'gbps',
      'tb/s',
      'tflops',
      'watts',
      'ms',
      'cores',
      'core',
      'channels',
      'channel',
    ],
    true,
  ],
  ['not compared', ['minutes', 'mins', 'months', 'month', 'years', 'year'], true],
  [
    "the model's own",
    ['kv heads', 'attention heads', 'query heads', 'heads', 'head dim', 'hidden size', 'experts'],
    true,
  ],
  [
    'per million tokens instead',
    ['per 1k requests', 'per 1000 requests', 'per thousand requests'],
    false,
  ],
  ['the default without tokens', ['chinchilla', 'chinchilla optimal', 'chinchilla-optimal'], false],
  [
    'already assumed',
    [
      'flash attention',
      'flash attn',
      'flash-attention',
      'flash-attn',
      'flashattention',
      'flash attention 2',
      'fa2',
      'fa3',
      'paged attention',
      'pagedattention',
      'continuous batching',
      'chunked prefill',
      'cuda graphs',
      'all linear',
      'all linear layers',
      'linear layers',
      'linear',
    ],
    false,
  ],
  [
    'not counted',
    [
      'images',
      'image',
      'adapters',
      'lora adapters',
      'loras',
      'gradient accumulation',
      'grad accumulation',
      'tp',
      'pp',
      'dp',
      'ep',
      'requests per second',
      'requests per minute',
      'requests/s',
      'req/s',
      'rps',
      'qps',
      'queries per second',
      'requests per day',
      'requests a day',
    ],
    true,
  ],
  ["its other models aren't counted", ['dpo', 'orpo', 'kto', 'ppo', 'grpo', 'rlhf'], false],
  [
    'not counted',
    [
      'vision',
      'prefix caching',
      'prefix cache',
      'speculative decoding',
      'mtp',
      'unsloth',
      'liger',
      'packing',
      'ref model',
      'reference model',
      'infiniband',
      'nvlink',
      'nvswitch',
      'openvino',
      'ktransformers',
      'onnx',
      'mlc',
      'directml',
    ],
    false,
  ],
];

/** How a program that runs models is called on a command line, and the engine that it is. */
export const PROGRAMS: readonly [called: RegExp, engine?: string][] = [
  [/\bvllm(?:\s+serve\b|\s+bench\b(?:\s+\w+)?|\.entrypoints\S*|\/vllm-openai\S*)/i, 'vllm'],
  [/\bsglang(?:[.:]\S{1,60}| serve\b)|\blmsysorg\/sglang\S{0,60}/i, 'sglang'],
  [/\btrtllm-(?:serve|build|bench)\b/i, 'tensorrt-llm'],
  [
    /\btext-generation-launcher\b|\bghcr\.io\/huggingface\/text-generation-inference\S{0,60}/i,
    'tgi',
  ],
  [
    /(?:[\w./-]{0,60}\/)?\bllama-(?:server|cli|bench|run)(?:\.exe)?\b|\bllama\.cpp\/main\b|(?:^|\s)\.\/main\b/i,
    'llama.cpp',
  ],
  [/\bollama\s+(?:run|pull|serve)\b/i, 'ollama'],
  [/\baphrodite run\b|\blmdeploy serve\b(?:\s+api_server)?/i, 'vllm'],
  [/(?:^|\s)mlx_lm(?:\.\w+)?\b/i],
  [/\b(?:genai-perf|guidellm|aiperf)(?: (?:profile|benchmark))?\b/i],
  // What trains is called with a script of one's own.
  [
    /\b(?:accelerate launch|torchrun|deepspeed)(?=\s.{0,200}\.py\b)|\bpython3?\s+(?!-m)\S{1,60}\.py\b/i,
  ],
];

/** Flags of those programs that take no value. */
export const BARE_FLAG =
  /^-{1,2}(?:enable-|disable-|no-|trust-|enforce-|skip-|use-|async-|verbose|gpus$|rm$|it$|d$|fa$|flash-attn$|mlock$|jinja$|cont-batching$|cb$|metrics$|ipc$|v$|nkvo$|no-mmap$)/;

/** What stands for a value of another option: `fsdp` is ZeRO stage 3. */
export const MEANS: readonly [phrase: string, option: string, value: string][] = [
  ['fsdp', 'zero', '3'],
  ['fsdp2', 'zero', '3'],
  ['unquantized', 'format', 'bf16'],
  ['unquantised', 'format', 'bf16'],
  ['no quantization', 'format', 'bf16'],
  ['without quantization', 'format', 'bf16'],
  ['single user', 'sequences', '1'],
  ['one user', 'sequences', '1'],
];

/** Words of questions, to which a misspelt one is put right. */
export const ASKED_WORDS: readonly string[] =
  `which what biggest largest highest quant quantization quantized cheapest latency throughput speed cost price token tokens
  second seconds million train training pretrain pretraining finetune finetuning qlora context users requests parallel
  concurrent memory vram cache difference compare requirement requirements possible single with enough batch output
  prompt draft adapter between maximum length far laptop offload images request alpha chats concurrency sequences
  throughput slow bpw many much which what length lora adapter`.split(/\s+/);
