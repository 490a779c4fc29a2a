import { UserError } from '../../errors.ts';
import type { Item, Sentence, Values } from './items.ts';
import { COUNT, NODES } from './vocabulary.ts';

/** Cards that are told in several places are one choice: `Strix Halo` and `128gb`, `2 nodes` and `8x h100`. */
export function joinCards(
  values: Values,
  items: readonly Item[],
  { command, recognize }: Sentence,
): void {
  const isTwo = command.options.some(({ name }) => name === 'other-gpu');
  if (items.some(isMac) && !items.some((item) => item.option === 'gpu' && !isMac(item)))
    throw new UserError('Which Mac? Add its chip and memory, like m3 max 64gb.');
  const told = values.get('gpu') ?? [];
  const bare = told.map((text) => text.replace(/^an? /i, ''));
  const isSize = (text: string) => /^\d+ ?g/i.test(text);
  const names = bare.filter((text) => !isSize(text));
  // Memory of the computer stands last.
  const sizes = bare.filter(isSize).sort((a, b) => Number(isRam(a)) - Number(isRam(b)));
  const joined = [...names, ...sizes].join(' ');
  if (!isTwo && told.length > 1 && names.length === 1 && recognize('gpus', joined))
    values.set('gpu', [joined]);
  multiply(values, items, recognize);
}

const isRam = (text: string) => /ram$|ddr\d$/i.test(text);

/** A kind of computer without its chip: an answer for some other one would be about something else. */
const isMac = ({ text }: Item) => /^(?:an? )?(?:i?mac|macbook(?: pro| air)?)$/i.test(text);

/** A number of GPUs, and of machines with as many each. */
function multiply(values: Values, items: readonly Item[], recognize: Sentence['recognize']): void {
  const [count] = values.get(COUNT) ?? [];
  const [nodes] = values.get(NODES) ?? [];
  values.delete(COUNT);
  values.delete(NODES);
  const cards = values.get('gpu') ?? [];
  const [card] = cards;
  const own = /^(\d+) ?x ?(.+)$/i.exec(card ?? '');
  const each = Number(own?.[1] ?? count ?? 1);
  // Sixteen GPUs in two machines are sixteen; two machines of eight are sixteen too.
  const all = nodes !== undefined && each <= 8 ? each * Number(nodes) : each;
  const name = own?.[2] ?? card?.replace(/^an? /i, '');
  const joined = `${all}x ${name}`;
  if (count === undefined && nodes === undefined) return;
  const isCounted = name !== undefined && cards.length === 1 && recognize('gpus', joined);
  if (isCounted) values.set('gpu', [joined]);
  for (const item of items)
    if (item.option === COUNT || item.option === NODES) {
      if (isCounted) item.option = 'gpu';
      else delete item.option;
    }
}
