import { Unzip, UnzipInflate, zipSync } from 'fflate';
import { oldDigest } from '../core/digest.ts';
import type { AnkiNote } from '../core/questions/exchange/anki.ts';
import { DECK_SCHEMA, deckRows, FIELD_END } from '../core/questions/exchange/anki-deck.ts';
import type { NoteRow } from '../core/questions/exchange/read.ts';
import { MAX_BYTES, MAX_ROWS, readColumn, writeDatabase } from '../store/database-file.ts';

/** Deflate makes at most 1,032 times as much of its input, so no step makes more than 4 MB. */
const STEP_BYTES = 4096;
/** Far more than any note type has. */
const MAX_FIELDS = 100;

/** An Anki deck of notes, in the older layout that every Anki reads. */
export function packNotes(notes: readonly AnkiNote[], at: Date): Uint8Array {
  const collection = writeDatabase(DECK_SCHEMA, deckRows(notes, { at, checksum }));
  // A fixed time: the same notes give the same bytes.
  return zipSync(
    { 'collection.anki2': collection, media: new TextEncoder().encode('{}') },
    { mtime: at },
  );
}

const checksum = (text: string) => Number.parseInt(oldDigest(text).slice(0, 8), 16);

/** The notes of an Anki package, or why it cannot be read. */
export function unpackNotes(bytes: Uint8Array): { notes: NoteRow[] } | { problem: string } {
  const unpacked = unpack(bytes);
  if ('problem' in unpacked) return unpacked;
  const read = readColumn(unpacked.collection, { table: 'notes', column: 'flds' });
  if ('values' in read)
    return { notes: read.values.map((text) => ({ fields: text.split(FIELD_END, MAX_FIELDS) })) };
  return { problem: PROBLEMS[read.problem] };
}

const PROBLEMS = {
  damaged: 'its collection is damaged',
  'no-table': 'its collection has no notes table',
  'too-many': `it has more than ${MAX_ROWS} notes`,
};

/** Newest first: a package for older versions may hold both of the last two. */
const COLLECTIONS = ['collection.anki21', 'collection.anki2'];

function unpack(bytes: Uint8Array): { collection: Uint8Array } | { problem: string } {
  const found = new Map<string, Uint8Array[]>();
  let size = 0;
  let isNewLayout = false;
  const unzip = new Unzip((file) => {
    if (file.name === 'collection.anki21b') isNewLayout = true;
    if (!COLLECTIONS.includes(file.name) || found.has(file.name)) return;
    const chunks: Uint8Array[] = [];
    found.set(file.name, chunks);
    file.ondata = (error, chunk) => {
      if (error) throw error;
      size += chunk.byteLength;
      chunks.push(chunk);
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (let at = 0; at < bytes.byteLength && size <= MAX_BYTES; at += STEP_BYTES) {
      unzip.push(bytes.subarray(at, at + STEP_BYTES), at + STEP_BYTES >= bytes.byteLength);
    }
  } catch {
    return { problem: "it isn't a complete zip archive" };
  }
  if (size > MAX_BYTES) return { problem: 'it unpacks to more than 32 MB' };
  if (isNewLayout) {
    return {
      problem:
        "it's in Anki's newest format. Export it again with Support older Anki versions turned on",
    };
  }
  const name = COLLECTIONS.find((each) => found.has(each));
  const chunks = name === undefined ? undefined : found.get(name);
  if (!chunks) return { problem: 'it contains no Anki collection' };
  return { collection: Buffer.concat(chunks) };
}
