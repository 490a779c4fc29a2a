import { runLine } from '../../button.ts';
import type { Values } from './items.ts';
import { type Asked, offered, reading } from './readings.ts';

/** Question words, and what `fit` answers them with. */
const WANTS: readonly [asks: RegExp, wants: readonly string[]][] = [
  [/^how many users$/, ['users']],
  [/^(?:how many|number of|fewest)$/, ['smallest', 'users']],
  [/^(?:smallest|minimum|min)$/, ['smallest']],
  [/^(?:largest|biggest|highest|best)$/, ['models', 'format']],
  [/^longest$/, ['context']],
  [/^(?:max|maximum|most)$/, ['context', 'users']],
  [/^cheapest$/, ['cheapest']],
];

const LABELS: Readonly<Record<string, string>> = {
  models: 'Find models',
  format: 'Find best format',
  context: 'Find longest context',
  users: 'Find most users',
  smallest: 'Find number of GPUs',
  cheapest: 'Find cheapest GPUs',
};

/** Commands that are asked what only `fit` answers, and the options that it has too. */
const COMMANDS = ['vram', 'latency', 'kv', 'cost'];
const OPTIONS = ['model', 'gpu', 'format', 'context', 'sequences', 'kv', 'engine', 'utilisation'];

/**
 * Refuses a question that this command doesn't answer, such as `how many`, where `fit` does.
 *
 * @throws UserError with the questions that may be meant, and the line as it was read.
 */
export function offerWants(
  asks: readonly string[],
  told: ReadonlyMap<string, string>,
  values: Values,
  asked: Asked,
): void {
  const isCommon = [...told.keys()].every((name) => OPTIONS.includes(name));
  if (!isCommon || !told.has('model') || !COMMANDS.includes(asked.command.name)) return;
  const offers = (asking: string) =>
    (WANTS.find(([asks]) => asks.test(asking))?.[1] ?? []).filter((want) => isOpen(want, told));
  const asking = asks.find((each) => offers(each).length > 0);
  if (asking === undefined) return;
  const lines = offers(asking).map((want) => {
    const { model, ...rest } = Object.fromEntries(told);
    const isOfModel = want !== 'models' && model !== undefined;
    const run = runLine('fit', { ...(isOfModel ? { model } : {}), ...rest, want });
    return { label: LABELS[want] ?? want, run };
  });
  const asRead = { ...reading(values, [], asked, ''), label: 'Leave it out' };
  throw offered(`I read "${asking}" in more than one way.`, [...lines, asRead], asked);
}

/** Whether `fit` has what it needs to find that. */
function isOpen(want: string, told: ReadonlyMap<string, string>): boolean {
  const isStated = told.has({ format: 'format', users: 'sequences' }[want] ?? '');
  return !isStated && (want === 'smallest' || want === 'cheapest' || told.has('gpu'));
}
