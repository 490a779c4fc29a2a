import type { OptionMatcher } from './option-matching.ts';

/** Words that ask for a command, the most telling first, and the line that they begin. */
const TASKS: readonly [asks: RegExp, line: string][] = [
  [/\bhow (?:long|many days)\b.*\btrain(?:ing)?\b|\bpre-?train\w*/i, 'train'],
  [/\b(?:q?lora|fine-?\s?tun(?:e|ed|es|ing)|sft|train(?:ing)?|ft)\b/i, 'vram'],
  [/\b(?:costs?|price|cheap|expensive|\$ ?per|per million)\b|\$\//i, 'cost'],
  [
    /\b(?:how (?:fast|quick)|speed|latency|throughput|ttft|tps|t\/s|tok\/s|tok(?:en)?s?(?: ?\/ ?| per | a )s(?:ec(?:ond)?)?)\b/i,
    'latency',
  ],
  [/\b(?:vs\.?|versus|compared? (?:to|with))\s/i, 'compare'],
  [/\b(?:how many|most|max(?:imum)?) (?:concurrent |parallel |simultaneous )?(?:users?|sequences|requests|people|clients)\b/i, 'fit want:users'],
  [/\b(?:longest|max(?:imum)?|largest|biggest|how (?:much|long(?: an?)?|large(?: an?)?|big(?: an?)?)|what) (?:context|ctx)(?: length| window| size)?\b/i, 'fit want:context'],
  [/\b(?:which|what|best|highest|biggest|largest) (?:quant\w*|format|precision)\b/i, 'fit want:format'],
  [/\b(?:which|what|how many) (?:\w+ )?(?:gpus?|cards?)\b|\bhow many (?=[a-z]*\d)/i, 'fit want:smallest'],
  [/\b(?:which|what|best|biggest|largest) (?:llms?|models?)(?: can i run)?\b|\bwhat can (?:i|we) run\b|\bwhat fits\b|\bwhat(?:'s| is) the (?:best|biggest|largest) (?:llm|model)\b/i, 'fit'],
  [/\bkv[ -]?cache (?:size|memory|for|of|per)\b|\b(?:big|large|much|size|memory)\b.{0,20}\bkv\b|^\s*kv\b/i, 'kv'],
  [/\b(?:v?ram|memory|fits?|run|running|serve|host|load|needs?|deploy)\b/i, 'vram'],
];

/** Only a model or a card: its memory is what people ask for most. */
const ANY: (typeof TASKS)[number] = [/^/, 'vram'];

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
  if (line.length > MAX_QUESTION || !namesSomething(line, recognize)) return undefined;
  const task = TASKS.find(([asked]) => asked.test(line));
  const [, command] = task ?? ANY;
  return { line: `${command} ${line.trim()}`, isAsked: task !== undefined };
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
