import type { Item, Sentence } from './items.ts';

/** Gives values to shapes that say two things at once: `32 x 4k` are requests and tokens, `4k/1k` prompt and output. */
export function joinShapes(items: Item[], { command }: Sentence): void {
  const has = (name: string) => command.options.some((option) => option.name === name);
  const put = (at: number, length: number, parts: [option: string, value: string][]) => {
    const run = items.slice(at, at + length);
    const from = run[0]?.from ?? 0;
    const pieces = run.reduce((sum, each) => sum + each.length, 0);
    const text = run.map((item) => item.text).join(' ');
    const made = parts.map(
      ([option, value], index): Item => ({
        kind: 'number',
        text: index === 0 ? text : value,
        from,
        length: index === 0 ? pieces : 0,
        option,
        value,
      }),
    );
    items.splice(at, length, ...made);
  };
  for (let at = 0; at < items.length; at += 1) {
    const text = items.slice(at, at + 8).map((item) => item.text);
    for (let length = text.length; length > 0; length -= 1) {
      const [, prompt = '', output = ''] = LENGTHS.exec(text.slice(0, length).join(' ')) ?? [];
      if (!isTokens(prompt) || !isTokens(output)) continue;
      if (has('output'))
        put(at, length, [
          ['prompt', prompt],
          ['output', output],
        ]);
      else if (has('context'))
        put(at, length, [['context', String(tokens(prompt) + tokens(output))]]);
      break;
    }
    const hour = PER_HOUR.exec(
      items
        .slice(at, at + 3)
        .map((item) => item.text)
        .join(' '),
    );
    if (hour && items[at]?.kind === 'number' && has('price')) {
      const length = hour[0].split(' ').length;
      put(at, length, [['price', hour[1] ?? '']]);
    }
    setRateAside(items, at, has('rate'));
    for (const length of [1, 2, 3, 4]) {
      const times = TIMES.exec(text.slice(0, length).join(' '));
      const [, one = '', other = ''] = times ?? [];
      const isPair = isTokens(one) !== isTokens(other) && isPlain(items.slice(at, at + length));
      if (!times || !isPair || !has('sequences')) continue;
      const [count, context] = isTokens(one) ? [other, one] : [one, other];
      put(at, length, [
        ['sequences', count],
        [has('context') ? 'context' : 'prompt', context],
      ]);
      break;
    }
  }
}

/** `35 tok/s` was measured or is wanted, which only a plan asks for. */
function setRateAside(items: Item[], at: number, isAsked: boolean): void {
  const [last, number, rate] = [items[at - 1], items[at], items[at + 1]];
  const isRate = number?.kind === 'number' && rate !== undefined && RATE.test(rate.text);
  if (!isRate || isAsked || last?.kind === 'label' || number.option !== undefined) return;
  const { from, length } = number;
  const text = `${number.text} ${rate.text}`;
  items.splice(at, 2, {
    kind: 'idle',
    text,
    from,
    length: length + rate.length,
    why: 'not compared',
  });
}

const RATE = /^(?:tok(?:en)?s?(?: ?\/ ?| per | an? )s(?:ec(?:ond)?)?|tps|t\/s)$/i;

/** `0.80 an hour`, `2.5 per hour`. */
const PER_HOUR =
  /^\$?(\d+(?:\.\d+)?)(?: ?\$)?(?: ?\/ ?| (?:an?|per) )(?:gpu[ -]?)?(?:hours?|hr|h)$/i;

/** `4k/1k`, `3k prompt + 1k completion`. */
const LENGTHS =
  /^(\d[\d.]*k?)(?: ?\/ ?|(?: tokens?)? (?:prompt|input|in)(?: tokens?)? (?:[+&,/] |and )?)(\d[\d.]*k?)(?:(?: tokens?)? (?:completion|output|out|generated|new)(?: tokens?)?)?$/i;
const TIMES = /^(\d[\d.,]*k?)(?: (?:context|ctx|tokens?))? ?[x×*] ?(\d[\d.,]*k?)$/i;

/** `4k`, or a number that is one of tokens rather than of anything else. */
const isTokens = (text = '') =>
  /^\d[\d.]*k$/i.test(text) || (/^\d+$/.test(text) && Number(text) >= 256);

const isPlain = (items: readonly Item[]) => items.every(({ kind }) => kind !== 'named');

const tokens = (text: string) => Number.parseFloat(text) * (/k$/i.test(text) ? 1024 : 1);
