import { runLine } from '../../button.ts';
import type { Command } from '../../command.ts';
import { UserError } from '../../errors.ts';
import type { Inline } from '../../reply.ts';
import type { Values as OptionValues } from '../../request.ts';
import type { OptionMatcher } from '../option-matching.ts';
import { simple } from '../simple-values.ts';
import { coerce } from '../values.ts';
import type { Item, Values } from './items.ts';

type Asked = { command: Command; raw: ReadonlyMap<string, string>; recognize: OptionMatcher };

/** So many readings are read at a glance. */
const MAX_OFFERED = 3;

/**
 * Refuses a sentence with more than one reading, with each of them as a button.
 *
 * @throws UserError when an option has two values, or a number may be for two options.
 */
export function offerReadings(values: Values, items: readonly Item[], asked: Asked): void {
  const twice = [...values].find(([, told]) => told.length > 1);
  if (twice) {
    const [option, told] = twice;
    const both = comparison(option, values, asked);
    throw offered(`Which one: ${told.slice(0, MAX_OFFERED).join(' or ')}?`, [
      ...told.slice(0, 2).map((value) => reading(values, [[option, value]], asked, value)),
      ...(both ? [both] : []),
    ]);
  }
  const few = items.find(({ kind, option }) => kind === 'number' && option === undefined);
  if (!few || !/^\d[\d.,]*k?$/.test(few.text)) return;
  const count = few.text;
  const isFew = /^\d{1,3}$/.test(count) && Number(count) < 256;
  const ways: [string, string, string][] = [
    ...(isFew ? fewWays(count) : []),
    ['prompt', count, `${count} prompt tokens`],
    ['output', count, `${count} output tokens`],
  ];
  const open = ways.filter(
    ([name]) =>
      asked.command.options.some((option) => option.name === name) &&
      !values.has(name) &&
      !asked.raw.has(name),
  );
  if (open.length > 0)
    throw offered(
      `What is ${count}?`,
      open.map(([name, value, label]) => reading(values, [[name, value]], asked, label)),
    );
}

const fewWays = (count: string): [string, string, string][] => [
  ['sequences', count, count === '1' ? '1 request' : `${count} requests`],
  ['rank', count, `rank ${count}`],
  ['context', `${count}k`, `${count}k context`],
];

/** Two models, GPUs or formats beside each other. */
function comparison(option: string, values: Values, { raw }: Asked): Offered | undefined {
  const [one, other] = values.get(option) ?? [];
  if (!['model', 'gpu', 'format'].includes(option) || one === undefined || other === undefined)
    return undefined;
  const first = (name: string) => raw.get(name) ?? values.get(name)?.[0];
  const told = ['model', 'gpu', 'format', 'kv'].flatMap((name): [string, string][] => {
    const value = name === option ? one : first(name);
    return value === undefined ? [] : [[name, value]];
  });
  const line = Object.fromEntries([...told, [`other-${option}`, other]]);
  return { label: 'Compare both', run: runLine('compare', line) };
}

type Offered = { label: string; run: string };

const offered = (question: string, readings: readonly Offered[]) => {
  const buttons = readings.slice(0, MAX_OFFERED);
  const lines = buttons.flatMap(({ run }): Inline[] => ['\n', { command: run }]);
  return new UserError([question, ...lines], { buttons });
};

/** The line of one reading: all that is clear, and this. */
function reading(
  values: Values,
  chosen: readonly [string, string][],
  { command, raw }: Asked,
  label: string,
): Offered {
  const told = new Map(raw);
  for (const [option, [value]] of values) if (value !== undefined) told.set(option, value);
  for (const [option, value] of chosen) told.set(option, value);
  const given: OptionValues = {};
  for (const option of command.options) {
    const text = told.get(option.name);
    const read = text === undefined ? undefined : coerce(option, text);
    if (read && 'value' in read) given[option.name] = read.value;
  }
  return { label: `Use ${label}`.slice(0, 24), run: runLine(command.name, simple(given)) };
}
