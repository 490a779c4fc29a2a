import type { Command } from '../../command.ts';
import type { Item, Sentence } from './items.ts';
import { COUNT } from './vocabulary.ts';

/** Words that may stand between a label and what it is for: `batch size of 4`, `kv cache in fp8`. */
const GLUE =
  /^(?:of|is|=|:|to|at|in|as|size|length|about|around|~|max|up|the|a|an|with|type|dtype|set|each|quantized|quantised|per)$/i;

const isGlue = ({ kind, text, why }: Item) =>
  kind === 'idle' && why === undefined && (GLUE.test(text) || TOKENS.test(text));

/** In `a 100k token prompt` the number is of the prompt. */
const TOKENS = /^tok(?:en)?s?$/i;

/**
 * Gives numbers and names to the labels beside them: `16 users`, `ctx 8k`, `fp8 kv cache`. A number between two labels
 * belongs to the one that has no other.
 */
export function bindLabels(items: Item[], { command }: Sentence): void {
  for (const [at, label] of items.entries()) {
    if (label.kind !== 'label' || !label.phrase) continue;
    const { of, options, isBehind, why, choice } = label.phrase;
    const right = beside(items, at, 1);
    const left = counted(items, at) ?? beside(items, at, -1);
    if (left?.kind === 'label' && left.option !== undefined && left.option === options[0]) {
      label.option = left.option;
      continue;
    }
    const lists = command.options
      .filter(({ name }) => options.includes(name))
      .map(({ suggests }) => suggests);
    const isFree = (item: Item | undefined): item is Item =>
      item !== undefined &&
      item.option === undefined &&
      (of === 'number'
        ? (item.kind === 'number' && isFitting(item, label)) || isAmount(item, lists)
        : isListed(item, lists));
    if (
      left?.kind === 'number' &&
      left.option === undefined &&
      /^(?:gpus|cards)$/i.test(label.text)
    ) {
      left.option = COUNT;
      continue;
    }
    const isClaimed = (item: Item) => claims(items, items.indexOf(item));
    const ahead = isFree(right) && !isClaimed(right) ? right : undefined;
    const behind = isFree(left) ? left : undefined;
    const taken = isBehind
      ? (behind ?? ahead)
      : (ahead ?? behind ?? (isFree(right) ? right : undefined));
    if (taken && why !== undefined) {
      Object.assign(taken, { kind: 'idle', text: '' });
      Object.assign(label, {
        kind: 'idle',
        why,
        text:
          label.from < taken.from
            ? `${label.text} ${value(taken)}`
            : `${value(taken)} ${label.text}`,
      });
    } else if (taken) {
      taken.option = sequenceOption(label, taken, command) ?? options[0] ?? '';
      taken.by = label.text;
      label.option = taken.option;
    } else if (why !== undefined && options.length === 0)
      Object.assign(label, { kind: 'idle', why });
    else if (choice) Object.assign(label, { kind: 'choice', ...choice });
  }
}

/** `16k` are tokens and no requests; and nobody asks for 4 tokens, as in `max ctx 4 llama 8b`. */
function isFitting({ text }: Item, { phrase, text: label }: Item): boolean {
  const [option] = phrase?.options ?? [];
  if (option === 'sequences') return !/\dk$/i.test(text) || SEQUENCE.test(label);
  return option !== 'context' || !/^\d$/.test(text) || phrase?.isBehind === true;
}

const SEQUENCE = /^(?:seq|sequence)$/i;

/** `one 64k sequence` has 64k tokens, and `256 seq` are so many sequences. */
function sequenceOption(label: Item, number: Item, { options }: Command): string | undefined {
  if (!SEQUENCE.test(label.text)) return undefined;
  const isCount = number.from < label.from && /^\d{1,3}$/.test(number.text);
  const wanted = /k$/i.test(number.text) ? 'context' : isCount ? 'sequences' : undefined;
  return options.find(({ name }) => name === wanted)?.name;
}

const value = ({ value: text, text: typed }: Item) => text ?? typed;

const isListed = ({ kind, text, lists = [] }: Item, wanted: readonly (string | undefined)[]) =>
  kind === 'named' &&
  (wanted.some((list) => list !== undefined && lists.includes(list)) ||
    // Such a cache exists, although it isn't on the list: `q6 cache`.
    (wanted.includes('kv-formats') && /^q\d$/i.test(text)));

const isAmount = (item: Item, wanted: readonly (string | undefined)[]) =>
  isListed(
    item,
    wanted.filter((list) => list === 'amounts' || list === 'parameters'),
  );

/** The next item on one side, over words that join. */
function beside(items: readonly Item[], at: number, step: 1 | -1): Item | undefined {
  for (let next = at + step; ; next += step) {
    const item = items[next];
    if (!item || !isGlue(item)) return item;
  }
}

/** In `40 internal users` a word that is unknown stands between a number and what it counts. */
function counted(items: readonly Item[], at: number): Item | undefined {
  const [number, word, label] = items.slice(Math.max(0, at - 2), at + 1);
  const isBetween =
    label?.phrase?.isBehind && word?.kind === 'unknown' && ADJECTIVE.test(word.text);
  return isBetween && number?.kind === 'number' && /^\d+$/.test(number.text) ? number : undefined;
}

const ADJECTIVE = /^[a-z]{3,}$/i;

/** A number in front of a label that has none behind it: in `ctx 8k 4 users` the 4 is of users. */
function claims(items: readonly Item[], at: number): boolean {
  const label = items[at + 1];
  const item = items[at];
  if (
    label?.kind !== 'label' ||
    !label.phrase ||
    label.phrase.of !== (item?.kind === 'number' ? 'number' : 'name')
  )
    return false;
  const after = beside(items, at + 1, 1);
  return label.phrase.isBehind === true || after?.kind !== item?.kind;
}
