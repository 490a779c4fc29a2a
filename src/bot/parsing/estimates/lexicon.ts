// cspell:ignore bmlx dropout ubatch
/** Words that say nothing beside those that do: `can i run llama 70b on two h100`. */
export const FILLERS: ReadonlySet<string> = new Set(
  `latency throughput ttft tps t/s tok/s tokens/s tok/sec cost costs price cheap cheapest expensive train training fine-tune second sec seconds million days day longest highest
  a about add after again all alone already also am an and any anyone anything are around as assuming at available be
  because been best better between big both box budget build but buy by calculate can card cards cluster comfortably
  compute computer could currently decent deploy desktop did do does doing each easily else enough entire estimate
  estimated even every exactly expect expected fast faster fit fits fitting for from generate generating get
  gets getting give given go going good got gpu gpus had handle hardware has have having help hello hey hi hold home
  host hosted hosting how i id i'd i'm i've if im in inference infer instance interested into is it its it's ive job
  just know largest least let lets like limit llm llms load loaded local locally long longer look looking machine make
  many max maximum me mean memory might min minimum mode model models more most much must my need needed needs new node
  now number ok okay of off on one ones only or our out own pc people per performance personal please pls plz
  possible pretty prod production question quick quickly rate rather really recommend recommended rent rented require
  required requirement requirements requires rig right roughly run running runs same say self server serve served serves
  serving setup should show single size sized smallest so some someone something sort speed still such sure system take
  takes team tell than thanks that the their them then there these they thing think this those through time to together
  total trying type u up us usage them side speedup vs vs. versus compare compared comparison difference per user request dollars usd hr h hour finetune finetuning fine tune tuning # gpus gpu/hr w/ tokens token tok pretrain pretraining adapter possible biggest bigger smaller sorry mine its gpu's card's use used using vram want wanted was way we week well were what what's whats when where
  which while who whole will with within work works workstation would x yet you your + & - – — / = : ~ @ | > -> →`.split(
    /\s+/,
  ),
);

/** Nouns behind their number: `16 users`, `8k tokens`. Other names stand on either side. */
export const BEHIND: ReadonlySet<string> = new Set(
  `tokens token tok users user requests request reqs sequences seqs streams concurrent conc in out layers layer gpus cards
  images image adapters loras epochs conversations chats docs people clients parallel simultaneous`.split(
    /\s+/,
  ),
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
      'epochs',
      'epoch',
      'weight decay',
      'temperature',
      'temp',
      'top p',
      'seed',
    ],
    true,
  ],
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
      'swa',
      'sliding window',
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
    ],
    true,
  ],
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
      'dpo',
      'ppo',
      'grpo',
      'rlhf',
      'ref model',
      'reference model',
      'infiniband',
      'nvlink',
    ],
    false,
  ],
];

/** How a program that runs models is called on a command line, and the engine that it is. */
export const PROGRAMS: readonly [called: RegExp, engine?: string][] = [
  [/\bvllm(?:\s+serve\b|\.entrypoints\S*|\/vllm-openai\S*)/i, 'vllm'],
  [/\bsglang(?:[.:]\S{1,60}| serve\b)|\blmsysorg\/sglang\S{0,60}/i, 'sglang'],
  [/\btrtllm-(?:serve|build|bench)\b/i, 'tensorrt-llm'],
  [/\btext-generation-launcher\b/i, 'tgi'],
  [
    /(?:[\w./-]{0,60}\/)?\bllama-(?:server|cli|bench|run)(?:\.exe)?\b|\bllama\.cpp\/main\b/i,
    'llama.cpp',
  ],
  [/\bollama\s+(?:run|pull|serve)\b/i, 'ollama'],
  [/(?:^|\s)mlx_lm(?:\.\w+)?\b/i],
  [/\baccelerate launch\b/i],
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
  throughput slow bpw`.split(/\s+/);
