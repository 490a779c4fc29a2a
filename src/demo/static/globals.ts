/** The globals of Node that the machine uses: the build of the static demo puts these where their names are. */

/** A timer that can be told to keep nothing alive, which a page does not know; `clearTimeout` takes its number. */
const timer = (id: number) =>
  Object.assign(new Number(id), {
    unref() {
      return this;
    },
  });
const later = (work: () => void, ms?: number) => timer(self.setTimeout(work, ms));
const often = (work: () => void, ms?: number) => timer(self.setInterval(work, ms));

export { later as setTimeout, often as setInterval };

const { port1, port2 } = new MessageChannel();
const turns = new Map<number, () => void>();
let last = 0;
port1.onmessage = ({ data }) => {
  const work = turns.get(data);
  turns.delete(data);
  work?.();
};
export function setImmediate<Given extends unknown[]>(
  work: (...given: Given) => unknown,
  ...given: Given
): number {
  last += 1;
  turns.set(last, () => void work(...given));
  port2.postMessage(last);
  return last;
}
export const clearImmediate = (turn: number) => turns.delete(turn);

const bytesOf = (text: string) => new TextEncoder().encode(text);
export const Buffer = {
  byteLength: (text: string) => bytesOf(text).byteLength,
  concat: (parts: readonly Uint8Array<ArrayBuffer>[]) =>
    new Uint8Array(parts.flatMap((part) => [...part])),
  from(source: string | Uint8Array, encoding?: 'base64'): Uint8Array {
    if (typeof source !== 'string') return new Uint8Array(source);
    return encoding ? Uint8Array.from(atob(source), (each) => each.charCodeAt(0)) : bytesOf(source);
  },
};
