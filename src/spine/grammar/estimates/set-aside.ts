/** What a sentence says and its estimate has no use for: it is named as not used. */
import type { Item, Sentence, Values } from './items.ts';

/** What fits of all models is told of all, also where one is named; of a family, it is told of its models. */
export function leaveModel(values: Values, items: readonly Item[], { recognize }: Sentence): void {
  const [named, ...others] = values.get('model') ?? [];
  if (named !== undefined && others.length === 0 && recognize('model-families', named)) return;
  values.delete('model');
  for (const item of items)
    if (item.option === 'model')
      Object.assign(item, { option: undefined, why: 'all models are listed' });
}

/** The answer on a cache shows the usual formats beside each other, so that two of them are no contradiction. */
export function showAllFormats(values: Values): void {
  const [first, ...others] = values.get('format') ?? [];
  if (first !== undefined && others.length > 0 && others.every((each) => SHOWN.test(each)))
    values.set('format', [first]);
}

const SHOWN = /^(?:16[ -]?bit|f16|[bf][fp]16|fp8|q[48](?:_0)?)$/i;

/** `exl2 … 4.5bpw` and `mlx … 4 bit` are one format that is told in two places. */
export function joinFormats(values: Values): void {
  const told = values.get('format') ?? [];
  const bits = told.find((each) => /^[\d.]+(?:bpw|[ -]?bits?)$/i.test(each));
  const method = told.find((each) => /^(?:exl[23]?|mlx)$/i.test(each));
  if (told.length !== 2 || bits === undefined || method === undefined) return;
  values.set('format', [
    /^mlx/i.test(method) ? `mlx ${bits}` : bits.replace(/[ -]?bits?$/i, 'bpw'),
  ]);
}

/** Where the format is asked for, `exl3` and `gguf` are no answer to it. */
export function leaveMethod(values: Values, items: readonly Item[]): void {
  const isMethod = (text: string) => /^(?:exl[23]?|gguf|mlx|awq|gptq)(?: quant\w*)?$/i.test(text);
  const [method, ...others] = values.get('format') ?? [];
  if (method === undefined || others.length > 0 || !isMethod(method)) return;
  values.delete('format');
  // Only llama.cpp reads these files, in all of their formats.
  const isFile = /^gguf/i.test(method) && !values.has('engine');
  if (isFile) values.set('engine', ['llama.cpp']);
  const told = isFile
    ? { option: 'engine' }
    : { kind: 'idle', option: undefined, why: 'all formats are compared' };
  for (const item of items) if (item.option === 'format') Object.assign(item, told);
}

/** Of `12 devs, 6 active at once` the six are served at once. */
export function keepConcurrent(items: readonly Item[]): void {
  const told = items.filter(({ option, by }) => option === 'sequences' && by !== undefined);
  const isAtOnce = ({ by = '' }: Item) =>
    /^(?:active|concurrent|concurrency|parallel|simultaneous|at once)/i.test(by);
  if (told.every(isAtOnce) || !told.some(isAtOnce)) return;
  for (const item of told.filter((each) => !isAtOnce(each)))
    Object.assign(item, {
      kind: 'idle',
      option: undefined,
      text: `${item.text} ${item.by}`,
      why: 'not all at once',
    });
}

/** In `12 channel` the noun isn't known, and tells all the same what the number is of, which no option is. */
export function leaveCounted(items: readonly Item[]): void {
  for (const [at, number] of items.entries()) {
    const noun = items[at + 1];
    const isFew = number.kind === 'number' && /^\d{1,3}$/.test(number.text);
    if (!isFew || number.option !== undefined || noun?.kind !== 'unknown') continue;
    if (noun.option !== undefined || !/^[a-z]{4,}$/i.test(noun.text)) continue;
    Object.assign(number, {
      kind: 'idle',
      text: `${number.text} ${noun.text}`,
      why: 'not counted',
    });
    Object.assign(noun, { kind: 'idle', text: '' });
  }
}

/** In `8k tokens 16k context` the tokens are some of the context. */
export function keepContext(items: readonly Item[]): void {
  const told = items.filter(({ option, by }) => option === 'context' && by !== undefined);
  const isTokens = ({ by = '' }: Item) => /^tok/i.test(by);
  if (told.every(isTokens)) return;
  for (const item of told.filter(isTokens))
    Object.assign(item, {
      kind: 'idle',
      option: undefined,
      text: `${item.text} ${item.by}`,
      why: 'part of the context',
    });
}

/** Adapters that are served have a rank, and are not trained. */
export function serveAdapters(items: Item[], values: Values, raw: Map<string, string>): void {
  const isServed = items.some(
    ({ why, text }) => why !== undefined && /\d.*(?:adapters|loras)$/i.test(text),
  );
  const [purpose = 'infer'] = values.get('for') ?? [];
  if (!isServed || !/^(?:infer|serving)/.test(purpose)) return;
  values.delete('rank');
  for (const item of items)
    if (item.option === 'rank')
      Object.assign(item, {
        kind: 'idle',
        option: undefined,
        text: item.kind === 'number' ? `rank ${item.text}` : '',
        why: 'not counted',
      });
  const rank = raw.get('rank');
  if (rank === undefined || !raw.delete('rank')) return;
  items.push({ kind: 'idle', text: `rank ${rank}`, from: 0, length: 0, why: 'not counted' });
}
