import type { OptionMatcher } from './option-matching.ts';

/** Words that ask for a command, the most telling first, and what they become. */
const TASKS: readonly [asks: RegExp, line: string][] = [
  [/\bhow (?:long|many days)\b.*\btrain(?:ing)?\b|\bpre-?train\w*/i, 'train'],
  [/\b(?:fine-?\s?tun(?:e|ing)|train(?:ing)?)\b(?=.*\bq?lora\b)/i, 'vram'],
  [/\bq?lora\b/i, 'vram for:$&'],
  [/\b(?:fine-?\s?tun(?:e|ing)|train(?:ing)?)\b/i, 'vram for:train'],
  [/\bkv(?:[ -]?cache)?\b/i, 'kv'],
  [/\b(?:how many|most) (?:concurrent )?(?:users|sequences|requests)\b/i, 'fit want:users'],
  [/\b(?:longest|max(?:imum)?|largest|biggest) context(?: length| window)?\b/i, 'fit want:context'],
  [/\b(?:which|what|how many) (?:gpus?|cards?)\b/i, 'fit want:smallest'],
  [/\b(?:which|what) (?:llms?|models?)(?: can i run)?\b|\bwhat can i run\b/i, 'fit'],
  [/\bwhat fits\b/i, 'fit'],
  [/\b(?:costs?|price|cheap|expensive)\b/i, 'cost'],
  [
    /\b(?:how (?:fast|quick)|speed|latency|throughput|ttft|tps|tok(?:en)?s?(?: ?\/ ?| per | a )s(?:ec(?:ond)?)?)\b/i,
    'latency',
  ],
  [/\b(?:v?ram|memory|fits?|run|running|serve|host|load|needs?|finetune)\b/i, 'vram'],
];

/** Only a model or a card: its memory is what people ask for most. */
const ANY: (typeof TASKS)[number] = [/^/, 'vram'];

/**
 * The command line that a question in plain words means, such as `can i run mixtral on 2x3090`, and whether a word asks
 * for that command; undefined unless it names a model or a GPU that is known.
 */
export function plainQuestion(
  line: string,
  recognize: OptionMatcher,
): { line: string; isAsked: boolean } | undefined {
  if (line.length > 300 || !namesSomething(line, recognize)) return undefined;
  const task = TASKS.find(([asked]) => asked.test(line));
  const [asks, command] = task ?? ANY;
  const word = asks.exec(line)?.[0] ?? '';
  const meant = `${command.replace('$&', word)} ${line.replace(asks, ' ').trim()}`;
  return { line: meant, isAsked: task !== undefined };
}

function namesSomething(line: string, recognize: OptionMatcher): boolean {
  const words = line
    .replaceAll(/[,;?!]/g, ' ')
    .split(/\s+/)
    .filter(Boolean);
  return words.some((_, at) =>
    [1, 2, 3].some((count) => {
      const run = words.slice(at, at + count).join(' ');
      // `a` and `one` also stand before a card.
      return /\d|[a-z]{4}/i.test(run) && (recognize('models', run) || recognize('gpus', run));
    }),
  );
}
