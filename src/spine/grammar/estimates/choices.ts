import type { OptionMatcher } from '../option-matching.ts';
import { type Task, TRAINING } from './tasks.ts';

/** Words in which a choice is looked for. */
const MAX_WORDS = 60;

/** Two things with `or` or `vs` between them are compared, whatever of them is asked. */
export function comparedTask(
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
  const isBoth = /\b(?:side by side|difference|between|compare|both)\b/i.test(line);
  const isBetween = (word: string) => BETWEEN.test(word) || (isBoth && /^and$/i.test(word));
  const [at = -1, ...others] = words.flatMap((word, index) => (isBetween(word) ? [index] : []));
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
export function familyTask(
  line: string,
  asked: Task | undefined,
  recognize: OptionMatcher,
): Task | undefined {
  if (asked !== undefined && !/^(?:vram|fit)$/.test(asked[1])) return undefined;
  const [, family = ''] =
    /\b(?:which|best|biggest|largest|newest|what(?=.{3,30} (?:can|could|should|fits?|to run)\b)) ([a-z][a-z-]{1,20}(?: ?\d(?:\.\d)?)?)(?![\w.-]|[^,;?]{0,20}\b\d+(?:\.\d+)?b\b)/i.exec(
      line,
    ) ?? [];
  return family !== '' && recognize('model-families', family)
    ? [/^/, 'fit want:models']
    : undefined;
}
