/** A collection of Anki has about 20 tables and indexes on one or two pages. */
const MAX_PAGES = 50;
const MAX_ENTRIES = 500;
const MAX_SCHEMA_BYTES = 500_000;

/** Kinds of pages that hold a table. */
const INTERIOR = 5;
const LEAF = 13;

/**
 * False for a database whose list of tables is larger than that of any collection. SQLite reads that
 * list at the start in one go that nothing can stop, and pages that point to each other make it endless.
 *
 * @see https://www.sqlite.org/fileformat2.html#b_tree_pages
 */
export function hasSmallSchema(file: Uint8Array): boolean {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let pages = 0;
  let entries = 0;
  let bytes = 0;
  try {
    const pageBytes = view.getUint16(16) === 1 ? 65_536 : view.getUint16(16);
    const open = [1];
    for (let page = open.pop(); page !== undefined; page = open.pop()) {
      pages += 1;
      const start = (page - 1) * pageBytes;
      // The first page begins with the header of the file.
      const head = page === 1 ? 100 : start;
      const kind = view.getUint8(head);
      const count = view.getUint16(head + 3);
      entries += count;
      if (pages > MAX_PAGES || entries > MAX_ENTRIES) return false;
      if (kind !== INTERIOR && kind !== LEAF) return false;
      if (kind === INTERIOR) open.push(view.getUint32(head + 8));
      for (let cell = 0; cell < count; cell += 1) {
        const at = start + view.getUint16(head + (kind === LEAF ? 8 : 12) + 2 * cell);
        if (kind === INTERIOR) open.push(view.getUint32(at));
        else bytes += varint(view, at);
      }
    }
  } catch (error) {
    // It points out of the file.
    if (error instanceof RangeError) return false;
    throw error;
  }
  return bytes <= MAX_SCHEMA_BYTES;
}

/** SQLite's number of one to nine bytes, seven bits in each but the ninth. */
function varint(view: DataView, at: number): number {
  let value = 0;
  for (let index = 0; index < 8; index += 1) {
    const byte = view.getUint8(at + index);
    value = value * 128 + (byte & 127);
    if (byte < 128) return value;
  }
  return value * 256 + view.getUint8(at + 8);
}
