import { ASKING, isAnsweredBy } from './estimates/asked.ts';
import { ASKED_WORDS, FILLERS, PROGRAMS } from './estimates/lexicon.ts';
import { respelled } from './estimates/pieces.ts';
import { spelledFamilies } from './estimates/typos.ts';
import type { OptionMatcher } from './option-matching.ts';
import { nearestWord } from './sentence-words.ts';

/** A training script that is called. */
const SCRIPT = 'vram for:train';

/** Asks which size: of a family that the next words name. */
const FAMILY_SIZES = /\b(?:which|what|best|biggest|largest) sizes?\b/i;

/** Memory to train with, which no other answer compares. */
const TRAINING: readonly [asks: RegExp, line: string] = [
  /\b(?:q?lora|fine-?\s?tun(?:e|ed|es|ing)|sft|train(?:ing)?|ft|fsdp|deepspeed|zero-?[123]|dpo|orpo|kto|ppo|grpo|rlhf)\b/i,
  'vram',
];

/** Words that ask for a command, the most telling first, and the line that they begin. */
const TASKS: readonly (readonly [asks: RegExp, line: string])[] = [
  [
    /\b(?:layers?|heads?|hidden (?:size|dim\w*)|vocab\w*|experts?|param(?:eter)?s|context|architecture)\b/i,
    'models',
  ],
  [
    /\b(?:bandwidth|specs?|t?flops|tdp|watts)\b|\b(?:v?ram|memory) .*\b(?:have|has|got)\b|\b(?:v?ram|memory|gb) of an? \S+\W*$|\bhow much (?:is|are)\b/i,
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
    /^(?!.*\b(?:v?ram|memory|fit)\b)(?=.*\b(?:train|fine-?\s?tun|sft)\w*).*\d ?(?:m|b|t|million|billion|trillion) (?:\w+ )?tokens\b/i,
    'train',
  ],
  [/\b\d+ (?:lora )?(?:adapters|loras)\b|\bmulti-?lora\b/i, 'vram'],
  TRAINING,
  [
    /(?=.*\d ?(?:tok(?:en)?s?|t) ?(?:\/ ?|per |a )s(?:ec(?:ond)?)?\b|.*\d ?tps\b).*\b(?:how many|number of|fewest|cheapest|smallest|need)\b/i,
    'plan',
  ],
  [/\bcheapest\b.*\b(?:gpus?|cards?)\b|\b(?:gpus?|cards?)\b.*\bcheapest\b/i, 'fit want:cheapest'],
  [/\b(?:costs?|price|cheap(?:est|er)|expensive|\$ ?per|per million)\b|\$ ?[\d/]/i, 'cost'],
  [
    /\bllama-bench\b|\b(?:vllm|trtllm|sglang)\S? ?\S?bench|\b(?:genai-perf|guidellm|aiperf)\b|\bhow long\b|\b(?:compute|memory|bandwidth)[ -]bound\b|\broofline\b|\b(?:arithmetic intensity|critical batch)\b|\btok\w*\/s|\b(?:how (?:fast|quick|slow)|time to first token|isl|osl|pp ?\d{3,}|tg ?\d{2,}|speed|latency|throughput|ttft|tps|t\/s|tok\/s|tok(?:en)?s?(?: ?\/ ?| per | a )s(?:ec(?:ond)?)?)\b/i,
    'latency',
  ],
  [/\b(?:vs\.?|versus|compared? (?:to|with))\s/i, 'compare'],
  [
    /\b(?:how many|most|max(?:imum)?|largest|biggest|highest) (?:of )?(?:concurrent |parallel |simultaneous |\d+k )*(?:users?|sequences?|seqs|req(?:uest)?s|people|clients|sessions|chats|streams|agents|dev(?:eloper)?s|engineers|concurrency|batch(?:[ -]?size)?(?! ?(?:of )?\d))\b|\b(?:users|req(?:uest)?s|sequences|batch(?: size)?|concurrency)\b.*\bmax(?:imum)?\W*$/i,
    'fit want:users',
  ],
  [
    /\b(?:longest|max(?:imum)?|largest|biggest|how (?:much|long(?: an?)?|large(?: an?)?|big(?: an?)?)|what|full) (?:context|ctx)(?: length| window| size)?\b|(?:[,;]|\band|\bwhat) ?(?:context|ctx)(?: length| window| size)? ?\?|\bhow far\b/i,
    'fit want:context',
  ],
  [
    /\b(?:which|what|best|highest|biggest|largest|smallest) (?:\S+ ){0,4}?(?:quant\w*|format|precision|bpw|bits?)\b/i,
    'fit want:format',
  ],
  [
    /\b(?:which|what|how many|best|recommended|minimum|good) (?:\w+ )?(?:gpus?|cards?|hardware|rig)\b|\bhow many (?=[a-z]*\d)|\bhow many\b.{0,20}\b(?:do|would|will) (?:i|we|it) (?:need|take)|\bhow many\W*$|\bnumber of [a-z]*\d|\b(?:minimum|smallest|fewest) (?:gpus?|cards?)\b/i,
    'fit want:smallest',
  ],
  [FAMILY_SIZES, 'fit want:models'],
  [
    /\b(?:which|what|best|biggest|largest) (?:[a-z]+ ){0,2}?(?:llms?|models?)(?: can i run)?\b|\bwhat can (?:i|we) run\b|\bwhat fits\b|\bwhat(?:'s| is) the (?:best|biggest|largest) (?:llm|model)\b/i,
    'fit',
  ],
  [/\b(?:room|space|left|headroom)\b.{0,20}\b(?:kv|cache)\b/i, 'vram'],
  // Beside its format, or in a flag, the cache is an option of another question.
  [
    /(?<![-_]|\b(?:with|and|plus|(?:q|fp|int|bf)\d\w*) )\bkv\b(?![-_:=]|(?:[ -]?cache)?(?: (?:quant\w*|type|dtype))? (?:(?:is|in|at|of) )?(?:i?q|n?v?fp|f|int|bf)\d)|\bkv[ -]?cache (?:size|memory|for|of|per)\b|\b(?:big|large|much|size|memory)\b.{0,20}\bkv\b|^\s*kv\b/i,
    'kv',
  ],
  [/(?:^|\s)\d+k?\/\d+k?(?:\s|,|$)/i, 'latency'],
  [/\b(?:v?ram|memory|fits?|run|running|serve|host|load|needs?|deploy)\b/i, 'vram'],
];

/** Only a model or a card: its memory is what people ask for most. */
const ANY: (typeof TASKS)[number] = [/^/, 'vram'];

/** The call of a program that serves models. */
const CALL: (typeof TASKS)[number] = [/^/, 'vram'];

/** A longer text is no question; the command line of a program may be. */
const MAX_QUESTION = 1000;

/**
 * The command line that a question in plain words means, such as `can i run mixtral on 2x3090`, and whether a word asks
 * for that command; undefined unless it names a model or a GPU that is known.
 */
export function plainQuestion(
  said: string,
  recognize: OptionMatcher,
): { line: string; isAsked: boolean } | undefined {
  if (said.length > MAX_QUESTION) return undefined;
  const line = respelled(said);
  const isCall = PROGRAMS.some(([called]) => called.test(line));
  const name = nameIn(line, recognize);
  if (!isCall && name === undefined) return undefined;
  // The flags of a call ask for nothing.
  const words = isCall ? line.replaceAll(/(?<=\s)--?[a-z]\S*/gi, ' ') : line;
  const spelled = words.replace(/\p{L}{4,20}/gu, (word) => spelledRight(word));
  // These aren't read word by word, and so take no other words.
  const isFact = ([, command]: (typeof TASKS)[number]) =>
    (command !== 'models' && command !== 'gpus') ||
    (name !== undefined && isFactOf(command, line, name, recognize));
  const asking = TASKS.filter(isFact);
  const asked = asking.find(([asks]) => asks.test(spelled));
  const task =
    comparedTask(line, asked, recognize) ??
    familyTask(words, asked, recognize) ??
    asked ??
    (isCall ? CALL : undefined);
  // What a script trains is told by its flags.
  const isLora = task?.[1] === SCRIPT && /lora/i.test(line);
  const command = isLora ? 'vram for:lora' : (task ?? ANY)[1];
  if (name !== undefined && (command === 'models' || command === 'gpus'))
    return { line: `${command} ${name}`, isAsked: true };
  const typed = said.trim().replace(/^\//, '');
  return { line: `${command} ${typed}`, isAsked: task !== undefined };
}

/** Whether a line says nothing but a name and words that the answer on a model or a GPU explains. */
function isFactOf(command: string, line: string, name: string, recognize: OptionMatcher): boolean {
  if (!recognize(command, name)) return false;
  const named = name.toLowerCase().split(' ');
  const words = line.toLowerCase().split(/[\s,;?!()]+/);
  return words.every(
    (word) =>
      word === '' || named.includes(word) || FILLERS.has(word) || isAnsweredBy(command, word),
  );
}

type Task = (typeof TASKS)[number];

/** Two things with `or` or `vs` between them are compared, whatever of them is asked. */
function comparedTask(
  line: string,
  asked: Task | undefined,
  recognize: OptionMatcher,
): Task | undefined {
  // Two prices have no place beside each other.
  const isPriced = /[$€]|\d ?\/ ?h/i.test(line);
  const isOpen =
    asked === undefined || (asked !== TRAINING && !isPriced && COMPARABLE.has(asked[1]));
  const list = isOpen ? listOfChoice(line, recognize) : undefined;
  if (list === undefined) return undefined;
  // Formats of the cache stand beside each other in its own answer.
  return [/^/, list === 'formats' && /\b(?:kv|cache)\b/i.test(line) ? 'kv' : 'compare'];
}

/** Questions whose answer stands in a comparison, too. */
const COMPARABLE: ReadonlySet<string> = new Set([
  'vram',
  'latency',
  'compare',
  'fit want:smallest',
]);

/** Lists of what can be compared. */
const COMPARED = ['models', 'gpus', 'formats'];

/** Stands between two things that are compared. */
const BETWEEN = /^(?:or|vs\.?|versus|than)$/i;

/** Words beside it that a name of the other side stands within: `70b iq4_xs or 32b q8`, `than on an l4`. */
const BESIDE = 3;

/** The list of which `or` or `vs` stands between two names, and no third one does. */
function listOfChoice(line: string, recognize: OptionMatcher): string | undefined {
  const words = line
    .replaceAll(/([,;?!()])/g, ' $1 ')
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, MAX_WORDS);
  const [at = -1, ...others] = words.flatMap((word, index) => (BETWEEN.test(word) ? [index] : []));
  if (at < 1 || others.length > 0) return undefined;
  return COMPARED.find((list) => {
    const isNamed = (from: number, to: number) => {
      const run = words.slice(from, to);
      const isWhole = from >= 0 && run.length === to - from && !run.includes(',');
      return isWhole && recognize(list, run.join(' '));
    };
    const counts = [1, 2, 3, 4];
    const steps = [...Array(BESIDE).keys()];
    const isRight = steps.some((step) =>
      counts.some((count) => isNamed(at + 1 + step, at + 1 + step + count)),
    );
    const end = steps
      .map((step) => at - step)
      .find((to) => counts.some((count) => isNamed(to - count, to)));
    if (end === undefined || !isRight) return false;
    // `h100, h200 or mi300x` are three.
    const comma = words.slice(0, end).lastIndexOf(',');
    const isThird =
      comma > 0 && end - comma <= 4 && counts.some((count) => isNamed(comma - count, comma));
    return !isThird;
  });
}

/** `which qwen can i run` and `largest llama` ask for a model of a family. */
function familyTask(
  line: string,
  asked: Task | undefined,
  recognize: OptionMatcher,
): Task | undefined {
  if (asked !== undefined && !/^(?:vram|fit)$/.test(asked[1])) return undefined;
  const [, family = ''] =
    /\b(?:which|what|best|biggest|largest|newest) ([a-z][a-z-]{1,20}(?: ?\d(?:\.\d)?)?)(?![\w.-]|[^,;?]{0,20}\b\d+(?:\.\d+)?b\b)/i.exec(
      line,
    ) ?? [];
  return family !== '' && recognize('model-families', family)
    ? [/^/, 'fit want:models']
    : undefined;
}

/** A misspelt word of a question: `bigest`, `latancy`. */
function spelledRight(word: string): string {
  const typed = word.toLowerCase();
  return ASKED_WORDS.includes(typed) || FILLERS.has(typed) || ASKING.has(typed)
    ? word
    : (nearestWord(typed, ASKED_WORDS) ?? word);
}

/** Words in which a name is looked for. */
const MAX_WORDS = 60;

/** The longest name of a model, or else of a GPU. */
function nameIn(line: string, recognize: OptionMatcher): string | undefined {
  const words = spelledFamilies(
    line
      .replaceAll(/[,;?!()]|['’]s\b/g, ' ')
      .split(/\s+/)
      .filter(Boolean)
      .slice(0, MAX_WORDS),
    recognize,
  );
  for (const list of ['models', 'gpus'])
    for (const count of [3, 2, 1])
      for (const at of words.keys()) {
        const run = words.slice(at, at + count).join(' ');
        // `a` and `one` also stand before a card, but `a 2 year old pc` is no A2.
        if (/\d|[a-z]{4}/i.test(run) && !/^an? \d{1,2}$/i.test(run) && recognize(list, run))
          return run;
      }
  return undefined;
}
