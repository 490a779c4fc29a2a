import type { ChoiceQuestion, NumericQuestion, OrderQuestion, Question } from './schema.ts';

/** Formats that the daily question can post and score by itself. */
export type ScoredQuestion = ChoiceQuestion | NumericQuestion | OrderQuestion;

/** Tells whether the daily question can post and score an item by itself. */
export function isScored(question: Question): question is ScoredQuestion {
  return 'options' in question || question.format === 'numeric' || question.format === 'order';
}

/** How right an answer is (0 to 1), and what to say to a wrong one without telling the key. */
export type Verdict = { share: number; right: boolean; why: string[] };

/** Letters of the item's own order: `a` is its first option or step. */
export const letterOf = (index: number) => String.fromCharCode(97 + index);

const indexOf = (letter: string) => letter.charCodeAt(0) - 97;

/** Checks chosen options, given as letters in the item's own order. */
export function checkChoice(question: ChoiceQuestion, letters: readonly string[]): Verdict {
  const chosen = new Set(letters.map(indexOf));
  const rights = question.options.filter((option) => option.correct).length;
  let hits = 0;
  let falsePicks = 0;
  const why: string[] = [];
  for (const [index, option] of question.options.entries()) {
    if (!chosen.has(index)) continue;
    if (option.correct) hits += 1;
    else {
      falsePicks += 1;
      why.push(option.why);
    }
  }
  const share = Math.max(0, (hits - falsePicks) / rights);
  return { share, right: share === 1, why };
}

/** Reads a typed number with an optional unit and compares it within the tolerance. */
export function checkNumber(question: NumericQuestion, typed: string): Verdict | undefined {
  const read = readNumber(typed);
  if (!read) return undefined;
  const factor = unitFactor(question, read.unit);
  if (factor === undefined) return undefined;
  const value = read.value * factor;
  const { tolerance, answer } = question;
  const allowed =
    'relative' in tolerance ? Math.abs(answer) * tolerance.relative : tolerance.absolute;
  const near = (target: number, margin: number) => Math.abs(value - target) <= margin * (1 + 1e-9);
  if (near(answer, allowed)) return { share: 1, right: true, why: [] };
  const slip = question.slips?.find((s) =>
    near(s.answer, Math.max(Math.abs(s.answer) * 0.01, 1e-9)),
  );
  return { share: 0, right: false, why: slip ? [slip.why] : [] };
}

/** `1,024.5 GiB`, `1.5e9`, `12 %`, `3×10^8`: the number, and the unit if one was typed. */
export function readNumber(typed: string): { value: number; unit: string } | undefined {
  const text = typed
    .normalize('NFKC')
    .trim()
    .replace(/[≈~=]/g, '')
    .replace(/(\d)[,_\u00a0\u202f ](?=\d{3}(?!\d))/g, '$1')
    .replace(/\s*[×x*]\s*10\^?([-+]?\d+)/i, 'e$1')
    .replace(/^([-+]?\d+),(\d{1,2})(?!\d)/, '$1.$2')
    .trim();
  const match = /^([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*(.*)$/i.exec(text);
  const value = Number(match?.[1]);
  if (!match || !Number.isFinite(value)) return undefined;
  return { value, unit: (match[2] ?? '').trim() };
}

function unitFactor(question: NumericQuestion, unit: string): number | undefined {
  const same = (a: string, b: string) =>
    a.toLowerCase().replace(/\s/g, '') === b.toLowerCase().replace(/\s/g, '');
  if (unit === '' || same(unit, question.unit)) return 1;
  return question.accepts?.find((other) => same(other.unit, unit))?.factor;
}

/** The share of pairs of steps that stand in the right order. */
export function checkOrder(
  question: OrderQuestion,
  letters: readonly string[],
): Verdict | undefined {
  const given = letters.map(indexOf);
  const count = question.steps.length;
  if (given.length !== count || new Set(given).size !== count) return undefined;
  if (given.some((index) => index < 0 || index >= count)) return undefined;
  let ordered = 0;
  for (let first = 0; first < count; first += 1) {
    for (let second = first + 1; second < count; second += 1) {
      if ((given[first] ?? 0) < (given[second] ?? 0)) ordered += 1;
    }
  }
  const share = ordered / ((count * (count - 1)) / 2);
  return { share, right: share === 1, why: [] };
}

/**
 * The fewest steps of an order that would have to move, given as letters in the order that was answered: all
 * that are not in its longest run of steps that follow each other.
 */
export function misplacedSteps(letters: readonly string[]): string[] {
  const given = letters.map(indexOf);
  const runs: number[][] = [];
  for (const step of given) {
    const before = runs.filter((run) => (run.at(-1) ?? -1) < step);
    const longest = before.reduce<number[]>(
      (best, run) => (run.length > best.length ? run : best),
      [],
    );
    runs.push([...longest, step]);
  }
  const kept = runs.reduce<number[]>((best, run) => (run.length > best.length ? run : best), []);
  return given.filter((step) => !kept.includes(step)).map(letterOf);
}
