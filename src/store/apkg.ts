import { createHash } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import { Unzip, UnzipInflate, zipSync } from 'fflate';
import { ANKI_FIELDS, type AnkiNote } from '../core/questions/exchange/anki.ts';
import type { NoteRow } from '../core/questions/exchange/read.ts';
import { hasSmallSchema } from './apkg-guard.ts';
import { deckColumns, SCHEMA } from './apkg-schema.ts';

/** The same at every export, so that Anki updates the deck instead of making a second one. */
const DECK_ID = 1_764_000_000_001;
const MODEL_ID = 1_764_000_000_002;

/** The database inside may unpack to this much; the whole bank takes a tenth. */
const MAX_BYTES = 32 * 1024 * 1024;
/** Deflate makes at most 1,032 times as much of its input, so no step makes more than 4 MB. */
const STEP_BYTES = 4096;
const MAX_NOTES = 5_000;
const MAX_NOTE = 200_000;
/** Far more than any note type has. */
const MAX_FIELDS = 100;

/** An Anki deck of notes, in the older layout that every Anki reads. */
export function packNotes(notes: readonly AnkiNote[], at: Date): Uint8Array {
  const sqlite = new Sqlite(':memory:');
  try {
    sqlite.exec(SCHEMA);
    const seconds = Math.floor(at.getTime() / 1000);
    sqlite
      .prepare(
        'insert into col values (1, @crt, @mod, @mod, 11, 0, 0, 0, @conf, @models, @decks, @dconf, @tags)',
      )
      .run({
        crt: seconds,
        mod: at.getTime(),
        tags: '{}',
        ...deckColumns({ deckId: DECK_ID, modelId: MODEL_ID, fields: ANKI_FIELDS, seconds }),
      });
    addNotes(sqlite, notes, at);
    const collection = sqlite.serialize();
    // A fixed time: the same notes give the same bytes.
    return zipSync(
      { 'collection.anki2': collection, media: new TextEncoder().encode('{}') },
      { mtime: at },
    );
  } finally {
    sqlite.close();
  }
}

function addNotes(sqlite: Sqlite.Database, notes: readonly AnkiNote[], at: Date): void {
  const seconds = Math.floor(at.getTime() / 1000);
  const note = sqlite.prepare(
    "insert into notes values (@id, @guid, @mid, @mod, -1, @tags, @flds, @sfld, @csum, 0, '')",
  );
  const card = sqlite.prepare(
    "insert into cards values (@id, @nid, @did, 0, @mod, -1, 0, 0, @due, 0, 0, 0, 0, 0, 0, 0, 0, '')",
  );
  sqlite.transaction(() => {
    for (const [index, { guid, front, back, item, tags }] of notes.entries()) {
      const id = at.getTime() + index;
      const sfld = front.replace(/<[^<>]*>/g, '');
      const csum = Number.parseInt(createHash('sha1').update(sfld).digest('hex').slice(0, 8), 16);
      note.run({
        id,
        guid,
        mid: MODEL_ID,
        mod: seconds,
        tags: ` ${tags.join(' ')} `,
        flds: [front, back, item].join('\x1f'),
        sfld,
        csum,
      });
      card.run({ id, nid: id, did: DECK_ID, mod: seconds, due: index + 1 });
    }
  })();
}

/** The notes of an Anki package, or why it cannot be read. */
export function unpackNotes(bytes: Uint8Array): { notes: NoteRow[] } | { problem: string } {
  const unpacked = unpack(bytes);
  if ('problem' in unpacked) return unpacked;
  if (!hasSmallSchema(unpacked.collection)) return { problem: 'its collection is damaged' };
  let sqlite: Sqlite.Database | undefined;
  try {
    sqlite = new Sqlite(withoutWal(unpacked.collection));
    sqlite.pragma('trusted_schema = off');
    sqlite.pragma('query_only = on');
    return readNotes(sqlite);
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError)) throw error;
    return { problem: 'its collection is damaged' };
  } finally {
    sqlite?.close();
  }
}

/** A database in memory has no write-ahead log: its two version bytes must say so. */
function withoutWal(collection: Uint8Array): Buffer {
  const copy = Buffer.from(collection);
  if (copy.length > 20) copy.fill(1, 18, 20);
  return copy;
}

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

/** Only a plain table is read: a view or a computed column could work for ever. */
function readNotes(sqlite: Sqlite.Database): { notes: NoteRow[] } | { problem: string } {
  const table = sqlite
    .prepare("select sql from sqlite_master where type = 'table' and name = 'notes'")
    .pluck()
    .get();
  const columns = sqlite.prepare("select name, hidden from pragma_table_xinfo('notes')").all();
  const isPlain =
    typeof table === 'string' &&
    !/^\s*create\s+virtual/i.test(table) &&
    // better-sqlite3 types a row as unknown.
    (columns as { hidden: number }[]).every(({ hidden }) => hidden === 0);
  if (!isPlain) return { problem: 'its collection has no notes table' };
  // Row by row and without a condition: SQLite itself cannot be stopped in the middle of a search.
  const rows = sqlite
    .prepare('select case when length(flds) <= ? then flds end from notes order by rowid')
    .pluck()
    .iterate(MAX_NOTE);
  const notes: NoteRow[] = [];
  let seen = 0;
  let characters = 0;
  for (const flds of rows) {
    seen += 1;
    if (seen > MAX_NOTES) return { problem: `it has more than ${MAX_NOTES} notes` };
    if (flds === null) continue;
    const text = String(flds);
    characters += text.length;
    if (characters > MAX_BYTES) return { problem: 'its collection is damaged' };
    notes.push({ fields: text.split('\x1f', MAX_FIELDS) });
  }
  return { notes };
}
