import { kindOf } from '../questions/generators/drawn.ts';

/** What a card asks: an item of the bank, one key point of it, or a kind of question with numbers of its own. */
export type CardTarget =
  | { kind: 'item'; item: string }
  | { kind: 'point'; item: string; point: string }
  | { kind: 'drill'; generator: string };

const DRILL = 'drill:';

/** The id of a card: `c5-kv-why`, `c5-kv-why#grows` or `drill:kv-per-token`. */
export function cardId(target: CardTarget): string {
  switch (target.kind) {
    case 'item':
      return target.item;
    case 'point':
      return `${target.item}#${target.point}`;
    case 'drill':
      return `${DRILL}${target.generator}`;
  }
}

/** Reads the id of a card. */
export function readCardId(id: string): CardTarget {
  if (id.startsWith(DRILL)) return { kind: 'drill', generator: id.slice(DRILL.length) };
  const [item = '', point] = id.split('#');
  return point === undefined ? { kind: 'item', item } : { kind: 'point', item, point };
}

/** The card of a question: one with numbers of its own comes back with others, so its card is its kind. */
export function cardOf(questionId: string): string {
  const generator = kindOf(questionId);
  return cardId(
    generator === undefined ? { kind: 'item', item: questionId } : { kind: 'drill', generator },
  );
}
