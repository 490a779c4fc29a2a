import type { Item, Sentence } from './items.ts';

/** `180b`, `0.5B`, `30b-a3b`: nothing but a model has such a size. */
const SIZE = /^e?\d+(?:\.\d+)?b(?:-a\d+(?:\.\d+)?b)?$/i;
/** `3.1`, `v0.3`; a share such as 0.8 is none. */
const VERSION = /^(?:v\d+(?:\.\d+)?|[1-9]\d*\.\d+)$/i;

const isModel = ({ kind, lists = [] }: Item) => kind === 'named' && lists.includes('models');
const piecesIn = (run: readonly Item[]) => run.reduce((sum, { length }) => sum + length, 0);
const isBare = (item: Item | undefined) => item !== undefined && SIZE.test(item.text);

/** `2507` and `0905` are the month of a release. */
const MONTH = /^(?:0[1-9]\d\d|1[0-2]\d\d|2[3-6](?:0[1-9]|1[0-2]))$/;

/**
 * A name of a model takes in all that can only be part of one: `falcon 180b`, `llama 9 8b` and `mistral tango 12b` are
 * other models than the ones that their first words name, and `lama 70b` is no 70b.
 */
export function joinNames(
  items: Item[],
  { command, recognize }: Sentence,
  raw: ReadonlyMap<string, string>,
): void {
  const isAmount = command.options.some(({ suggests }) => suggests === 'amounts');
  for (let at = 0; at < items.length; at += 1) {
    const item = items[at];
    if (!item) break;
    joinUnknown(items, at);
    const turned = turnedName(items, at, recognize);
    if (turned) {
      const { count, ...name } = turned;
      items.splice(at, count, { ...name, kind: 'named', lists: ['models'] });
      continue;
    }
    const isFirst = !raw.has('model') && !items.slice(0, at).some(isModel);
    const length =
      isModel(item) && !isBare(item)
        ? behindName(items, at, isAmount)
        : isFirst
          ? beforeSize(items, at)
          : 1;
    if (length < 2) continue;
    const run = items.slice(at, at + length);
    items.splice(at, length, {
      kind: 'named',
      text: run.map(({ text }) => text).join(' '),
      from: item.from,
      length: piecesIn(run),
      lists: ['models'],
    });
  }
}

/** Items of a name from its known beginning on. */
function behindName(items: readonly Item[], at: number, isAmount: boolean): number {
  const next = items[at + 1];
  if (next && MONTH.test(next.text)) return 2;
  if (next && VERSION.test(next.text)) return isBare(items[at + 2]) ? 3 : 2;
  if (isAmount) return 1;
  if (isBare(next)) return 2;
  const isPart =
    next && (next.kind === 'unknown' || (next.kind === 'number' && /^\d$/.test(next.text)));
  return isPart && isBare(items[at + 2]) ? 3 : 1;
}

/** `7b llama 2` is a `llama 2 7b`. */
function turnedName(
  items: readonly Item[],
  at: number,
  recognize: Sentence['recognize'],
): (Pick<Item, 'text' | 'from' | 'length'> & { count: number }) | undefined {
  for (const count of [3, 2]) {
    const run = items.slice(at, at + count);
    const [size = '', ...name] = run
      .map(({ text }) => text.replace(/^an? /i, ''))
      .join(' ')
      .split(' ');
    const text = [...name, size].join(' ');
    if (run.length === count && SIZE.test(size) && recognize('models', text))
      return { text, from: run[0]?.from ?? 0, length: piecesIn(run), count };
  }
  return undefined;
}

/** A number behind unknown words is part of their name, and counts nothing: `raspberry pi 5`, `rtx pro 4500`. */
function joinUnknown(items: Item[], at: number): void {
  const count = items.slice(at).findIndex(({ kind }) => kind !== 'unknown');
  const [number, next] = items.slice(at + count, at + count + 2);
  const isNumber = number?.kind === 'number' && /^\d{1,4}$/.test(number.text) && !number.option;
  if (count < 1 || !isNumber || next?.kind === 'label' || isBare(next)) return;
  const run = items.slice(at, at + count + 1);
  const isDevice = next?.kind === 'named' && next.lists?.includes('gpus');
  items.splice(at, run.length, {
    kind: 'unknown',
    text: run.map(({ text }) => text).join(' '),
    from: run[0]?.from ?? 0,
    length: piecesIn(run),
    ...(isDevice ? { why: 'not known' } : {}),
  });
}

/** A word that is unknown, perhaps a version, and a size. */
function beforeSize(items: readonly Item[], at: number): number {
  const [word, next, last] = items.slice(at, at + 3);
  if (word?.kind !== 'unknown' || !/^[a-z][\w.-]{2,}$/i.test(word.text)) return 1;
  if (isBare(next)) return 2;
  return next?.kind === 'number' && /^\d{1,2}$/.test(next.text) && isBare(last) ? 3 : 1;
}
