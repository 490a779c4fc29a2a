/** What a GGUF header says, as far as the bytes reach. */
export type GgufHeader = {
  /** Numbers, texts, and flags by key; of a list only its length, under `key.length`. */
  values: ReadonlyMap<string, number | string | boolean>;
  /** Names of the tensors; absent when the bytes end before their list does. */
  tensors?: ReadonlySet<string>;
};

/** True for bytes that begin as a GGUF file does. */
export function isGguf(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(0, 4)) === 'GGUF';
}

/** Bytes of each value of a fixed size, by the number of its type. */
const SIZES: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
};
const [BOOL, STRING, LIST] = [7, 8, 9];

/** Reads little-endian values one after the other; RangeError where the bytes end. */
function readerOf(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const skip = (size: number): number => {
    if (!(at + size <= bytes.length)) throw new RangeError('the header is cut off');
    at += size;
    return at - size;
  };
  const int = () => view.getUint32(skip(4), true);
  const long = () => Number(view.getBigUint64(skip(8), true));
  const text = () => {
    const length = long();
    const from = skip(length);
    return new TextDecoder().decode(bytes.subarray(from, from + length));
  };
  const number = (type: number) => {
    const from = skip(SIZES[type] ?? 0);
    if (type === 4) return view.getUint32(from, true);
    if (type === 5) return view.getInt32(from, true);
    if (type === 6) return view.getFloat32(from, true);
    if (type === 12) return view.getFloat64(from, true);
    if (SIZES[type] === 8) return Number(view.getBigInt64(from, true));
    return SIZES[type] === 2 ? view.getUint16(from, true) : view.getUint8(from);
  };
  return { skip, int, long, text, number };
}

type Reader = ReturnType<typeof readerOf>;

/** Reads a value under its key; of a list the length alone, which stands before its items. */
function readValue(reader: Reader, key: string, values: Map<string, number | string | boolean>) {
  const type = reader.int();
  if (type === STRING) values.set(key, reader.text());
  else if (type === BOOL) values.set(key, reader.number(BOOL) === 1);
  else if (type === LIST) {
    const item = reader.int();
    const length = reader.long();
    values.set(`${key}.length`, length);
    if (item !== STRING) reader.skip(length * (SIZES[item] ?? Number.NaN));
    else for (let index = 0; index < length; index += 1) reader.skip(reader.long());
  } else values.set(key, reader.number(type));
}

/**
 * Reads the header of a GGUF file, or as much of it as there is: what a model is made of stands before
 * the words of its tokenizer, and the names of its tensors after them.
 *
 * @see https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
export function readGgufHeader(bytes: Uint8Array): GgufHeader {
  const values = new Map<string, number | string | boolean>();
  const reader = readerOf(bytes);
  try {
    reader.skip(8);
    const tensorCount = reader.long();
    const keyCount = reader.long();
    for (let index = 0; index < keyCount; index += 1) readValue(reader, reader.text(), values);
    const tensors = new Set<string>();
    for (let index = 0; index < tensorCount; index += 1) {
      tensors.add(reader.text());
      const dimensions = reader.int();
      reader.skip(8 * dimensions + 4 + 8);
    }
    return { values, tensors };
  } catch (error) {
    if (error instanceof RangeError) return { values };
    throw error;
  }
}
