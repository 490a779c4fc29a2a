/** Words that ask for a command, and the line that they begin. */
export type Task = readonly [asks: RegExp, line: string];

/** A training script that is called. */
export const SCRIPT = 'vram for:train';

/** Asks which size: of a family that the next words name. */
const FAMILY_SIZES = /\b(?:which|what|best|biggest|largest) sizes?\b/i;

/** Memory to train with, which no other answer compares. */
export const TRAINING: Task = [
  /\b(?:q?lora|fine-?\s?tun(?:e|ed|es|ing)|sft|train(?:ing)?|ft|fsdp|deepspeed|zero-?[123]|dpo|orpo|kto|ppo|grpo|rlhf)\b/i,
  'vram',
];

/** Words that ask for a command, the most telling first, and the line that they begin. */
export const TASKS: readonly Task[] = [
  [
    /\b(?:which|what|list|show) (?:\S+ ){0,3}models\b.*\b(?:you (?:know|have|support)|are there)\b|\b(?:layers?|heads?|hidden (?:size|dim\w*)|vocab\w*|experts?|(?:parameters?|params)|context|architecture)\b/i,
    'models',
  ],
  [
    /\b(?:bandwidth|specs?|t?flops|tdp|watts)\b|\b(?:v?ram|memory) .*\b(?:have|has|got)\b|\b(?:v?ram|memory|gb) of an? \S+\W*$|\bhow much (?:is|are)\b/i,
    'gpus',
  ],
  [
    /\b(?:list|show|which|what) (?:\w+ ){0,3}(?:gpus|cards) (?:with|that have|have|over|above|under|below)\b.*\b\d+ ?gi?b\W*$/i,
    'gpus',
  ],
  [/\b(?:draft|speculat\w+)\b/i, 'speculate'],
  [
    /\b(?:accelerate launch|torchrun|deepspeed \S+\.py)\b|\b(?:train|finetune|sft|dpo)\w*\.py\b/i,
    SCRIPT,
  ],
  [
    /\b(?:how (?:long|many (?:gpu[ -]?)?(?:days|hours|weeks))|cost|price|days)\b.*\b(?:train(?:ing)?|fine-?\s?tun\w+|sft|q?lora)\b|\b(?:train|fine-?\s?tun)\w*\b.*\b(?:how long|how many (?:gpu[ -]?)?(?:days|hours|weeks)|days|cost)\W*$|\bpre-?train\w*|\b(?:training (?:time|flops|compute|days)|chinchilla)\b|\btime (?:to|for) (?:train|fine-?\s?tun)\w*/i,
    'train',
  ],
  [
    /\b(?:size|parameters) of .*\b(?:lora|adapter)\b|\badapter (?:file )?size\b|\btrainable param\w*|\bhow many param\w*.*\b(?:lora|adapter)\b|\bdora\b/i,
    'lora',
  ],
  // So many tokens are a run's, and no context.
  [
    /^(?!.*\b(?:v?ram|memory|fit)\b)(?=.*\b(?:train|fine-?\s?tun|sft|q?lora)\w*).*\d ?(?:m|b|t|million|billion|trillion) (?:\w+ )?tokens\b(?! (?:of )?(?:context|ctx|seq))/i,
    'train',
  ],
  [/\b\d+ (?:lora )?(?:adapters|loras)\b|\bmulti-?lora\b/i, 'vram'],
  TRAINING,
  [
    /^(?=.*\d ?(?:tok(?:en)?s?|t) ?(?:\/ ?|per |a )s(?:ec(?:ond)?)?\b|.*\d ?tps\b).*\b(?:how many|number of|fewest|cheapest|smallest|need)\b/i,
    'plan',
  ],
  [/\bcheapest\b.*\b(?:gpus?|cards?)\b|\b(?:gpus?|cards?)\b.*\bcheapest\b/i, 'fit want:cheapest'],
  [/\b(?:costs?|price|cheap(?:est|er)|expensive|\$ ?per|per million)\b|\$ ?[\d/]/i, 'cost'],
  [
    /\bllama-bench\b|\b(?:vllm|trtllm|sglang)\S? ?\S?bench|\b(?:genai-perf|guidellm|aiperf)\b|\bhow long\b(?! (?:of )?(?:an? )?(?:context|ctx))|\b(?:compute|memory|bandwidth)[ -]bound\b|\broofline\b|\b(?:arithmetic intensity|critical batch)\b|\btok\w*\/s|\b(?:how (?:fast|quick|slow)|time to first token|isl|osl|pp ?\d{3,}|tg ?\d{2,}|speed|latency|throughput|ttft|tps|t\/s|tok\/s|tok(?:en)?s?(?: ?\/ ?| per | a )s(?:ec(?:ond)?)?)\b/i,
    'latency',
  ],
  [/\b(?:vs\.?|versus|compared? (?:to|with))\s/i, 'compare'],
  [
    /\b(?:how many|most|max(?:imum)?|largest|biggest|highest) (?:of )?(?:concurrent |parallel |simultaneous |\d+k(?:[- ]tok(?:en)?s?)? )*(?:users?|sequences?|seqs|(?:requests|reqs)|people|clients|sessions|chats|streams|agents|dev(?:eloper)?s|engineers|concurrency|batch(?:[ -]?size)?(?! ?(?:of )?\d))\b|\b(?:users|(?:requests|reqs)|sequences|batch(?: size)?|concurrency)\b.*\bmax(?:imum)?\W*$/i,
    'fit want:users',
  ],
  [
    /\b(?:longest|max(?:imum)?|largest|biggest|how (?:much|long(?: an?)?|large(?: an?)?|big(?: an?)?)|what|full) (?:context|ctx)(?: length| window| size)?\b|(?:[,;]|\band|\bwhat) ?(?:context|ctx)(?: length| window| size)? ?\?|\bhow far\b|\bhow many tokens (?:of context|can|could|fit)\b/i,
    'fit want:context',
  ],
  [
    /\b(?:which|what|best|highest|biggest|largest|smallest) (?:\S+ ){0,4}?(?:quant\w*|format|precision|bpw|bits?)\b/i,
    'fit want:format',
  ],
  [
    /\b(?:which|what|how many|best|recommended|minimum) (?:\w+ )?(?:gpus?|cards?|hardware|rig)\b|\bhow many (?=[a-z]*\d)|\bhow many\b.{0,20}\b(?:do|would|will) (?:i|we|it) (?:need|take)|\bhow many\W*$|\bnumber of [a-z]*\d|\b(?:minimum|smallest|fewest) (?:gpus?|cards?)\b/i,
    'fit want:smallest',
  ],
  [FAMILY_SIZES, 'fit want:models'],
  [
    /\b(?:which|what|best|biggest|largest) (?:[a-z]+ ){0,2}?(?:llms?|models?)(?: can i run)?\b|\bwhat can (?:i|we) run\b|\bwhat fits\b|\bwhat(?:'s| is) the (?:best|biggest|largest) (?:llm|model)\b/i,
    'fit',
  ],
  // A context has no billions of tokens.
  [/\d ?(?:b|t|billion|trillion) tok(?:en)?s\b(?! (?:of )?(?:context|ctx))/i, 'train'],
  // Without a number of tokens the cache may fill all that is left.
  [
    /^(?!.*\b\d[\d.,]*k?[- ]?(?:tok\w*|ctx|context)\b)(?!.*\b(?:ctx|context)\b)(?!.*\d ?k\b)(?!.*\d (?:\w+ )?(?:seq\w*|users|requests)\b).*\b(?:room|space|left|headroom)\b.{0,20}\b(?:kv|cache)\b/i,
    'fit want:context',
  ],
  [/\b(?:room|space|left|headroom)\b.{0,20}\b(?:kv|cache)\b/i, 'vram'],
  // Beside its format, or in a flag, the cache is an option of another question.
  [
    /(?<![-_]|\b(?:with|and|plus|(?:q|fp|int|bf)\d\w*) )\bkv\b(?![-_:=]|(?:[ -]?cache)?(?: (?:quant\w*|type|dtype))? (?:(?:is|in|at|of) )?(?:i?q|n?v?fp|f|int|bf)\d)|\bkv[ -]?cache (?:size|memory|for|of|per)\b|\b(?:big|large|much|size|memory)\b.{0,20}\bkv\b|^\s*kv\b/i,
    'kv',
  ],
  [/(?:^|\s)\d+k?\/\d+k?(?:\s|,|$)|\dk? in[ ,]+(?:and )?\d[\d.,]*k? out\b/i, 'latency'],
  [/\b(?:v?ram|memory|fits?|run|running|serve|host|load|needs?|deploy)\b/i, 'vram'],
];
