import { runLine } from '../../button.ts';
import type { Command } from '../../command.ts';
import { UserError } from '../../errors.ts';
import type { Inline } from '../../reply.ts';
import type { Values as OptionValues } from '../../request.ts';
import type { OptionMatcher } from '../option-matching.ts';
import { simple } from '../simple-values.ts';
import { coerce } from '../values.ts';
import { notUsed } from './account.ts';
import type { Item, Values } from './items.ts';

export type Asked = {
  command: Command;
  raw: ReadonlyMap<string, string>;
  recognize: OptionMatcher;
  /** Words that are told as not used. */
  left: readonly string[];
};

/** What the question back asks by itself. */
const BETWEEN = /^(?:or|vs\.?|versus|between|side by side|difference)$/i;

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
    // All of three are offered, and two may be compared as well.
    const both = told.length > 2 ? undefined : comparison(option, values, asked);
    throw offered(
      `Which one: ${told.slice(0, MAX_OFFERED).join(' or ')}?`,
      [
        ...told
          .slice(0, MAX_OFFERED)
          .map((value) => reading(values, [[option, value]], asked, value)),
        ...(both ? [both] : []),
      ],
      { ...asked, left: asked.left.filter((each) => !BETWEEN.test(each)) },
    );
  }
  offerSizeOrCount(values, items, asked);
  const few = items.find(({ kind, option }) => kind === 'number' && option === undefined);
  if (!few || !/^\d[\d.,]*k?$/.test(few.text)) return;
  const count = few.text;
  const isFew = /^\d{1,3}$/.test(count) && Number(count) < 256;
  const ways: Way[] = [
    ...(isFew ? fewWays(count, asked, values) : []),
    ['prompt', count, `${count} prompt tokens`],
    ['output', count, `${count} output tokens`],
  ];
  const open = ways.filter(
    ([name]) =>
      asked.command.options.some((option) => option.name === name) &&
      !values.has(name) &&
      !asked.raw.has(name),
  );
  const all = [...(isFew ? detailWays(count, asked, values) : []), ...open];
  if (all.length > 0)
    throw offered(
      `What is ${count}?`,
      all.map(([name, value, label]) => reading(values, [[name, value]], asked, label)),
      { ...asked, left: asked.left.filter((each) => each !== count) },
    );
}

/** What a number may add to a name that is told: in `llama 3 70` and `h100 8` a size and a count. */
function detailWays(count: string, { recognize }: Asked, values: Values): Way[] {
  const model = values.get('model')?.[0];
  const gpu = values.get('gpu')?.[0];
  const sized = `${model} ${count}b`;
  const isSize = model !== undefined && !/\db\b/i.test(model) && recognize('models', sized);
  // In `one a100 40gb, or do I need the 80?` it is the card with more memory.
  const larger = `${gpu?.replace(/[ -]?\d+ ?gi?b$/i, '')} ${count}gb`;
  const isLarger = /\d ?gi?b$/i.test(gpu ?? '') && recognize('known-gpus', larger);
  const isCount = gpu !== undefined && /^[a-z]/i.test(gpu) && /^(?:2|4|8|16)$/.test(count);
  return [
    ...(isSize ? [['model', sized, `${count}B model`] satisfies Way] : []),
    ...(isLarger ? [['gpu', larger, `${count} GB`] satisfies Way] : []),
    ...(isCount ? [['gpu', `${count}x ${gpu}`, `${count} GPUs`] satisfies Way] : []),
  ];
}

function fewWays(count: string, { command, raw }: Asked, values: Values): Way[] {
  const isAdapter =
    command.name === 'lora' || /lora/.test(values.get('for')?.[0] ?? raw.get('for') ?? '');
  return [
    ['sequences', count, count === '1' ? '1 request' : `${count} requests`],
    ...(SIZES.test(count) ? [['gpu', `${count}gb`, `${count} GB GPU`] satisfies Way] : []),
    ...(isAdapter ? [['rank', count, `rank ${count}`] satisfies Way] : []),
    ...(/^[48]$/.test(count) ? [['format', `${count}bit`, `${count} bits`] satisfies Way] : []),
    ['context', `${count}k`, `${count}k context`],
  ];
}

type Way = [option: string, value: string, label: string];

/** Memory that cards are sold with. */
const SIZES = /^(?:6|8|10|11|12|16|20|24|32|40|48|64|80|96|128)$/;

/** In `llama 3 8 4090` the 8 is the size of the model, or counts the cards. */
function offerSizeOrCount(values: Values, items: readonly Item[], asked: Asked): void {
  for (const [at, model] of items.entries()) {
    const [, count = '', card = ''] = /^(\d{1,3}) (\S.*)$/.exec(items[at + 1]?.text ?? '') ?? [];
    const sized = `${model.text} ${count}b`;
    const isEither =
      card !== '' &&
      model.option === 'model' &&
      items[at + 1]?.option === 'gpu' &&
      !/\db\b/i.test(model.text) &&
      asked.recognize('models', sized);
    if (isEither)
      throw offered(
        `What is ${count}?`,
        [
          reading(
            values,
            [
              ['model', sized],
              ['gpu', card],
            ],
            asked,
            `${count}B model`,
          ),
          reading(values, [], asked, `${count} GPUs`),
        ],
        asked,
      );
  }
}

/** Options that `compare` has too. */
const COMPARED = new Set(['model', 'gpu', 'format', 'context', 'sequences', 'kv', 'engine']);

/** Two models, GPUs or formats beside each other. */
function comparison(option: string, values: Values, { raw }: Asked): Offered | undefined {
  const [one, other] = values.get(option) ?? [];
  if (!['model', 'gpu', 'format'].includes(option) || one === undefined || other === undefined)
    return undefined;
  const told = new Map([
    ...raw,
    ...[...values].map(([name, [value = '']]) => [name, value] as const),
  ]);
  // Nothing of the sentence is lost on the way.
  if ([...told.keys()].some((name) => !COMPARED.has(name))) return undefined;
  told.set(option, one);
  const line = Object.fromEntries([...told, [`other-${option}`, other]]);
  return { label: 'Compare both', run: runLine('compare', line) };
}

export type Offered = { label: string; run: string };

/** A question back, with each reading as a line and as a button. */
export const offered = (question: string, readings: readonly Offered[], { left }: Asked) => {
  const buttons = readings.slice(0, MAX_OFFERED);
  const lines = buttons.flatMap(({ run }): Inline[] => ['\n', { command: run }]);
  return new UserError([question, ...lines, notUsed(left)], { buttons });
};

/** The same line without words that have no place, where something else is clear. */
export function withoutWords(values: Values, asked: Asked): Offered | undefined {
  const isAbout = SUBJECTS.some((name) => values.has(name) || asked.raw.has(name));
  return isAbout ? { ...reading(values, [], asked, ''), label: 'Leave it out' } : undefined;
}

const SUBJECTS = ['model', 'gpu', 'config', 'file', 'parameters'];

/** The line of one reading: all that is clear, and this. */
export function reading(
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
