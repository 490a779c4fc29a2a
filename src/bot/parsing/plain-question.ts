import { ASKING, isAnsweredBy } from './estimates/asked.ts';
import { ASKED_WORDS, FILLERS, PROGRAMS } from './estimates/lexicon.ts';
import { spelledFamilies } from './estimates/typos.ts';
import type { OptionMatcher } from './option-matching.ts';
import { nearestWord } from './sentence-words.ts';

/** Words that ask for a command, the most telling first, and the line that they begin. */
const TASKS: readonly [asks: RegExp, line: string][] = [
  [/\blayers?\b.*\bheads?\b|\bheads?\b.*\blayers?\b/i, 'models'],
  [/\b(?:draft|speculat\w+)\b/i, 'speculate'],
  [/\baccelerate launch\b/i, 'vram for:train'],
  [
    /\b(?:how (?:long|many days)|cost|price)\b.*\b(?:train(?:ing)?|fine-?\s?tun\w+)\b|\bpre-?train\w*|\btraining time\b/i,
    'train',
  ],
  [
    /\b(?:size|parameters) of .*\b(?:lora|adapter)\b|\badapter (?:file )?size\b|\btrainable param\w*|\bdora\b/i,
    'lora',
  ],
  [
    /\b(?:q?lora|fine-?\s?tun(?:e|ed|es|ing)|sft|train(?:ing)?|ft|fsdp|deepspeed|zero-?[123])\b/i,
    'vram',
  ],
  [/\bcheapest\b.*\b(?:gpus?|cards?)\b|\b(?:gpus?|cards?)\b.*\bcheapest\b/i, 'fit want:cheapest'],
  [/\b(?:costs?|price|cheap(?:est|er)?|expensive|\$ ?per|per million)\b|\$ ?[\d/]/i, 'cost'],
  [
    /\bllama-bench\b|\bhow long\b|\btok\w*\/s|\b(?:how (?:fast|quick|slow)|time to first token|isl|osl|pp ?\d{3,}|tg ?\d{2,}|speed|latency|throughput|ttft|tps|t\/s|tok\/s|tok(?:en)?s?(?: ?\/ ?| per | a )s(?:ec(?:ond)?)?)\b/i,
    'latency',
  ],
  [/\b(?:vs\.?|versus|compared? (?:to|with))\s/i, 'compare'],
  [
    /\b(?:how many|most|max(?:imum)?) (?:concurrent |parallel |simultaneous )?(?:users?|sequences|requests|people|clients)\b|\b(?:users|requests|sequences)\b.*\bmax(?:imum)?\W*$/i,
    'fit want:users',
  ],
  [
    /\b(?:longest|max(?:imum)?|largest|biggest|how (?:much|long(?: an?)?|large(?: an?)?|big(?: an?)?)|what|full) (?:context|ctx)(?: length| window| size)?\b|\bhow far\b/i,
    'fit want:context',
  ],
  [
    /\b(?:which|what|best|highest|biggest|largest) (?:quant\w*|format|precision|bpw|bits?)\b/i,
    'fit want:format',
  ],
  [
    /\b(?:which|what|how many) (?:\w+ )?(?:gpus?|cards?)\b|\bhow many (?=[a-z]*\d)|\bhow many\b.{0,20}\b(?:do|would|will) (?:i|we|it) (?:need|take)|\bhow many\W*$|\bnumber of [a-z]*\d|\b(?:minimum|smallest|fewest) (?:gpus?|cards?)\b/i,
    'fit want:smallest',
  ],
  [/\b(?:which|what|best|biggest|largest) sizes?\b/i, 'fit want:models'],
  [
    /\b(?:which|what|best|biggest|largest) (?:llms?|models?)(?: can i run)?\b|\bwhat can (?:i|we) run\b|\bwhat fits\b|\bwhat(?:'s| is) the (?:best|biggest|largest) (?:llm|model)\b/i,
    'fit',
  ],
  // Beside its format, or in a flag, the cache is an option of another question.
  [
    /(?<![-_]|\b(?:with|and|plus|(?:q|fp|int|bf)\d\w*) )\bkv\b(?![-_:=]|(?:[ -]?cache)? (?:(?:is|in|at|of) )?(?:i?q|n?v?fp|f|int|bf)\d)|\bkv[ -]?cache (?:size|memory|for|of|per)\b|\b(?:big|large|much|size|memory)\b.{0,20}\bkv\b|^\s*kv\b/i,
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
  line: string,
  recognize: OptionMatcher,
): { line: string; isAsked: boolean } | undefined {
  if (line.length > MAX_QUESTION) return undefined;
  const isCall = PROGRAMS.some(([called]) => called.test(line));
  const name = nameIn(line, recognize);
  if (!isCall && name === undefined) return undefined;
  // The flags of a call ask for nothing.
  const words = isCall ? line.replaceAll(/(?<=\s)--?[a-z]\S*/gi, ' ') : line;
  const spelled = words.replace(/\p{L}{4,20}/gu, (word) => spelledRight(word));
  // Only `models` isn't read word by word, and so takes no other words.
  const isOfModel = name !== undefined && isAboutModel(line, name);
  const asking = TASKS.filter(([, command]) => command !== 'models' || isOfModel);
  const task = asking.find(([asked]) => asked.test(spelled)) ?? (isCall ? CALL : undefined);
  const [, command] = task ?? ANY;
  if (command === 'models' && name !== undefined)
    return { line: `${command} ${name}`, isAsked: true };
  const typed = line.trim().replace(/^\//, '');
  return { line: `${command} ${typed}`, isAsked: task !== undefined };
}

/** Whether a line says nothing but the name and words that the answer on a model explains. */
function isAboutModel(line: string, name: string): boolean {
  const named = name.toLowerCase().split(' ');
  const words = line.toLowerCase().split(/[\s,;?!()]+/);
  return words.every(
    (word) =>
      word === '' || named.includes(word) || FILLERS.has(word) || isAnsweredBy('models', word),
  );
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
        // `a` and `one` also stand before a card.
        if (/\d|[a-z]{4}/i.test(run) && recognize(list, run)) return run;
      }
  return undefined;
}
