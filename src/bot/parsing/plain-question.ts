import { ASKED_WORDS, FILLERS, PROGRAMS } from './estimates/lexicon.ts';
import type { OptionMatcher } from './option-matching.ts';
import { nearestWord } from './sentence-words.ts';

/** Words that ask for a command, the most telling first, and the line that they begin. */
const TASKS: readonly [asks: RegExp, line: string][] = [
  [/\b(?:draft|speculat\w+)\b/i, 'speculate'],
  [
    /\b(?:how (?:long|many days)|cost|price)\b.*\b(?:train(?:ing)?|fine-?\s?tun\w+)\b|\bpre-?train\w*/i,
    'train',
  ],
  [/\b(?:size|parameters) of .*\b(?:lora|adapter)\b|\badapter size\b/i, 'lora'],
  [
    /\b(?:q?lora|fine-?\s?tun(?:e|ed|es|ing)|sft|train(?:ing)?|ft|fsdp|deepspeed|zero-?[123])\b/i,
    'vram',
  ],
  [/\bcheapest\b.*\b(?:gpus?|cards?)\b|\b(?:gpus?|cards?)\b.*\bcheapest\b/i, 'fit want:cheapest'],
  [/\b(?:costs?|price|cheap|expensive|\$ ?per|per million)\b|\$\//i, 'cost'],
  [
    /\bllama-bench\b|\bhow long\b|\btok\w*\/s|\b(?:how (?:fast|quick)|speed|latency|throughput|ttft|tps|t\/s|tok\/s|tok(?:en)?s?(?: ?\/ ?| per | a )s(?:ec(?:ond)?)?)\b/i,
    'latency',
  ],
  [/\b(?:vs\.?|versus|compared? (?:to|with))\s/i, 'compare'],
  [
    /\b(?:how many|most|max(?:imum)?) (?:concurrent |parallel |simultaneous )?(?:users?|sequences|requests|people|clients)\b/i,
    'fit want:users',
  ],
  [
    /\b(?:longest|max(?:imum)?|largest|biggest|how (?:much|long(?: an?)?|large(?: an?)?|big(?: an?)?)|what|full) (?:context|ctx)(?: length| window| size)?\b/i,
    'fit want:context',
  ],
  [
    /\b(?:which|what|best|highest|biggest|largest) (?:quant\w*|format|precision)\b/i,
    'fit want:format',
  ],
  [
    /\b(?:which|what|how many) (?:\w+ )?(?:gpus?|cards?)\b|\bhow many (?=[a-z]*\d)|\bhow many\b.{0,20}\b(?:do|would|will) (?:i|we|it) (?:need|take)/i,
    'fit want:smallest',
  ],
  [
    /\b(?:which|what|best|biggest|largest) (?:llms?|models?)(?: can i run)?\b|\bwhat can (?:i|we) run\b|\bwhat fits\b|\bwhat(?:'s| is) the (?:best|biggest|largest) (?:llm|model)\b/i,
    'fit',
  ],
  [
    /\bkv[ -]?cache (?:size|memory|for|of|per)\b|\b(?:big|large|much|size|memory)\b.{0,20}\bkv\b|^\s*kv\b/i,
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
  if (!isCall && !namesSomething(line, recognize)) return undefined;
  const spelled = line.replace(/\p{L}{4,20}/gu, (word) => spelledRight(word));
  const task = TASKS.find(([asked]) => asked.test(spelled)) ?? (isCall ? CALL : undefined);
  const [, command] = task ?? ANY;
  return { line: `${command} ${line.trim()}`, isAsked: task !== undefined };
}

/** A misspelt word of a question: `bigest`, `latancy`. */
function spelledRight(word: string): string {
  const typed = word.toLowerCase();
  return ASKED_WORDS.includes(typed) || FILLERS.has(typed)
    ? word
    : (nearestWord(typed, ASKED_WORDS) ?? word);
}

/** Words in which a name is looked for. */
const MAX_WORDS = 60;

function namesSomething(line: string, recognize: OptionMatcher): boolean {
  const words = line
    .replaceAll(/[,;?!()]/g, ' ')
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, MAX_WORDS);
  return words.some((_, at) =>
    [1, 2, 3].some((count) => {
      const run = words.slice(at, at + count).join(' ');
      // `a` and `one` also stand before a card.
      return /\d|[a-z]{4}/i.test(run) && (recognize('models', run) || recognize('gpus', run));
    }),
  );
}
