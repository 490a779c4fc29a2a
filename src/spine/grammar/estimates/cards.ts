import { UserError } from '../../errors.ts';
import type { Item, Sentence, Values } from './items.ts';
import { COUNT, NODES } from './vocabulary.ts';

/** Cards that are told in several places are one choice: `Strix Halo` and `128gb`, `2 nodes` and `8x h100`. */
export function joinCards(
  values: Values,
  items: Item[],
  sentence: Sentence,
  raw: ReadonlyMap<string, string>,
): void {
  const { command, recognize } = sentence;
  const isTwo = command.options.some(({ name }) => name === 'other-gpu');
  if (!isTwo) leaveCpu(values, items);
  if (items.some(isMac) && !items.some((item) => item.option === 'gpu' && !isMac(item)))
    throw new UserError('Which Mac? Add its chip and memory, like m3 max 64gb.');
  const told = values.get('gpu') ?? [];
  const bare = told.map((text) => text.replace(/^an? /i, '').replace(MAC, ''));
  const isSize = (text: string) => /^\d+ ?g/i.test(text);
  const names = bare.filter((text) => !isSize(text));
  // Memory of the computer stands last.
  const sizes = bare.filter(isSize).sort((a, b) => Number(isRam(a)) - Number(isRam(b)));
  const joined = [...names, ...sizes].join(' ');
  // Memory of a GPU and of the computer are one choice, too.
  const [card, beside] = sizes;
  const isBoth = names.length === 0 && beside !== undefined && isRam(beside) && !isRam(card ?? '');
  if (!isTwo && told.length > 1 && (names.length === 1 || isBoth) && recognize('gpus', joined))
    values.set('gpu', [joined]);
  // `a 3090 and an old 1080 ti` are two cards of one computer.
  const mix = names.join(' + ');
  if (
    !isTwo &&
    names.length === told.length &&
    told.length > 1 &&
    isMixed(items) &&
    recognize('gpus', mix)
  )
    values.set('gpu', [mix]);
  // Of a card that isn't known, its memory counts.
  const [strange, size] = [names.find((name) => !recognize('known-gpus', name)), sizes[0]];
  if (!isTwo && names.length === 1 && strange !== undefined && size !== undefined) {
    values.set('gpu', [size]);
    for (const item of items)
      if (item.option === 'gpu' && item.text === strange)
        Object.assign(item, { kind: 'idle', option: undefined, why: 'not known' });
  }
  if (!isTwo && !NEEDS_NAME.has(command.name)) takeMemory(values, items, recognize);
  multiply(values, items, sentence, raw);
}

/** Speed depends on more than the memory. */
const NEEDS_NAME: ReadonlySet<string> = new Set(['latency', 'cost', 'plan']);

/** Of `rx 6700 xt 12gb`, which isn't known, the memory counts. */
function takeMemory(values: Values, items: Item[], recognize: Sentence['recognize']): void {
  const [card = '', ...others] = values.get('gpu') ?? [];
  const [, count = '', name = '', size = ''] =
    /^(?:an? |(\d{1,2}) ?x? )?(.*[a-z].*\S)[ -](\d{1,3} ?gi?b)$/i.exec(card) ??
    turned(/^(?:an? )?(\d{1,3} ?gi?b) (.*[a-z].*)$/i.exec(card));
  const isKnown = others.length > 0 || name === '' || recognize('known-gpus', name);
  if (isKnown || !recognize('gpus', name)) return;
  values.set('gpu', [count === '' ? size : `${count}x ${size}`]);
  items.push({ kind: 'idle', text: name, from: 0, length: 0, why: 'not known' });
}

/** `4gb gtx 1650` has its memory in front. */
const turned = (match: RegExpExecArray | null): readonly string[] =>
  match ? ['', '', match[2] ?? '', match[1] ?? ''] : [];

/** Whether all cards are joined by words that add one, and none that leave a choice. */
function isMixed(items: readonly Item[]): boolean {
  const at = [...items.keys()].filter((each) => items[each]?.option === 'gpu');
  return at.slice(1).every((next, index) => {
    const between = items
      .slice((at[index] ?? next) + 1, next)
      .map(({ text }) => text.toLowerCase());
    const isChoice = between.some((text) => /^(?:or|vs\.?|versus|to|than)$/.test(text));
    return !isChoice && between.some((text) => /^(?:\+|and|plus|&)$/.test(text));
  });
}

/** `some layers on cpu`, beside a GPU that is named. */
function leaveCpu(values: Values, items: readonly Item[]): void {
  const told = values.get('gpu') ?? [];
  const others = told.filter((text) => text.toLowerCase() !== 'cpu');
  if (others.length === 0 || others.length === told.length) return;
  values.set('gpu', others);
  for (const item of items)
    if (item.option === 'gpu' && item.text.toLowerCase() === 'cpu')
      Object.assign(item, { kind: 'unknown', option: undefined });
}

/** The computer before the memory of its chip. */
const MAC = /^(?:imac|mac ?book(?: pro| air)?|mac (?:studio|mini|pro)) (?=\d+ ?g)/i;

/** The number behind a chip of Apple's is its memory: `m3 ultra 512`. */
export function joinMemory(items: Item[]): void {
  for (const [at, chip] of items.entries()) {
    const [number, next] = items.slice(at + 1, at + 3);
    const isChip = chip.kind === 'named' && /(?:^|\s)m\d(?: (?:pro|max|ultra))?$/i.test(chip.text);
    const isSize = number?.kind === 'number' && SIZES.test(number.text) && !number.option;
    if (!isChip || !number || !isSize || next?.kind === 'label') continue;
    const joined = { text: `${chip.text} ${number.text}gb`, length: chip.length + number.length };
    items.splice(at, 2, { ...chip, ...joined });
  }
}

const SIZES = /^(?:8|16|18|24|32|36|48|64|96|128|192|256|512)$/;

/** A price of a whole machine, with eight GPUs at the most, becomes one of each, which is what is computed with. */
export function shareOfNode(line: string, raw: Map<string, string>): void {
  const price = raw.get('price');
  const count = Number(/^(\d+)/.exec(raw.get('gpu') ?? '')?.[1] ?? 1);
  const isOfNode =
    /\b(?:whole|entire|per|for all) (?:node|machine|server)\b/i.test(line) || MACHINE.test(line);
  if (price === undefined || count < 2 || !isOfNode) return;
  const each = Number.parseFloat(price.replace('$', '')) / Math.min(count, 8);
  raw.set('price', String(Number(each.toPrecision(6))));
}

/** Machines that are rented whole: `p5.48xlarge at $55/h`. */
const MACHINE = /\b[dh]gx\b|\d{0,2}xlarge\b|\bn[cd]\d{2}[a-z]*_|gpu-\d{1,2}g\b/i;

const isRam = (text: string) => /(?<!v)ram$|ddr\d$/i.test(text);

/** A kind of computer without its chip: an answer for some other one would be about something else. */
const isMac = ({ text }: Item) => /^(?:an? )?(?:i?mac|macbook(?: pro| air)?)$/i.test(text);

/** A number of machines says nothing without their GPUs. */
const nameless = ({ kind, text, by = '' }: Item) => ({
  kind: 'idle',
  option: undefined,
  why: 'add a GPU',
  text: kind === 'number' ? `${text} ${by}`.trim() : '',
});

/** A number of GPUs, and of machines with as many each. */
function multiply(
  values: Values,
  items: readonly Item[],
  { command: { options }, recognize }: Sentence,
  told: ReadonlyMap<string, string>,
): void {
  const [count, otherCount] = values.get(COUNT) ?? [];
  const [nodes, otherNodes] = values.get(NODES) ?? [];
  values.delete(COUNT);
  values.delete(NODES);
  const cards = values.get('gpu') ?? [];
  const [card] = cards;
  const own = /^(\d{1,3})(?: ?x ?| )(\D.*)$/i.exec(card ?? '');
  const each = Number(own?.[1] ?? count ?? 1);
  // Sixteen GPUs in two machines are sixteen; two machines of eight are sixteen too.
  const all = nodes !== undefined && each <= 8 ? each * Number(nodes) : each;
  const name = own?.[2] ?? card?.replace(/^an? /i, '');
  // `2 gpus, a 3090 and a 3060` are those two, and not two of each.
  const kinds = (card ?? '').split(/ ?\+ ?| (?:and|plus|&) /i).length;
  const joined = kinds > 1 ? (kinds === all ? (card ?? '') : '') : `${all}x ${name}`;
  if (count === undefined && nodes === undefined) return;
  // `8 or 16 gpus` is none of both.
  const isOne = (otherCount ?? otherNodes) === undefined;
  // A model is split over GPUs whose name isn't told.
  const purpose = told.get('for') ?? values.get('for')?.[0] ?? 'infer';
  const share = /^infer/.test(purpose) ? 'tensor' : 'data';
  const isShared =
    name === undefined &&
    isOne &&
    count !== undefined &&
    options.some((option) => option.name === share) &&
    !told.has(share) &&
    !values.has(share);
  const isCounted = isOne && name !== undefined && cards.length === 1 && recognize('gpus', joined);
  if (isCounted) values.set('gpu', [joined]);
  for (const item of items)
    if (item.option === COUNT || item.option === NODES) {
      if (isCounted) item.option = 'gpu';
      else if (name === undefined && isOne)
        Object.assign(item, isShared ? { option: share } : nameless(item));
      else delete item.option;
    }
  if (isShared) values.set(share, [String(all)]);
}
