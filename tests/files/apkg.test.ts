import Sqlite from 'better-sqlite3';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { readCatalog } from '../../src/catalog.ts';
import { noteOf } from '../../src/core/questions/exchange/anki.ts';
import { readNotes } from '../../src/core/questions/exchange/read.ts';
import { packNotes, unpackNotes } from '../../src/files/apkg.ts';
import { singleItem } from '../support/items.ts';

const at = new Date('2026-03-02T08:00:00Z');
const notes = ['a', 'b', 'c'].map((id) => noteOf(singleItem(id)));

async function collectionOf(bytes: Uint8Array): Promise<Sqlite.Database> {
  const file = unzipSync(bytes)['collection.anki2'];
  if (!file) throw new Error('There is no collection in the package');
  return new Sqlite(Buffer.from(file));
}

/** A package around a database that somebody else made. */
function packageOf(statements: string): Uint8Array {
  const sqlite = new Sqlite(':memory:');
  sqlite.exec(statements);
  const bytes = zipSync({ 'collection.anki2': sqlite.serialize(), media: strToU8('{}') });
  sqlite.close();
  return bytes;
}

test('the whole bank comes back from a package as it left', async () => {
  const { catalog } = readCatalog();

  const packed = packNotes(catalog.questions.map(noteOf), at);
  const unpacked = unpackNotes(packed);

  if ('problem' in unpacked) throw new Error(unpacked.problem);
  const upload = readNotes('deck.apkg', unpacked.notes, 2_000);
  expect(upload.problems).toEqual([]);
  expect(upload.rewritten).toEqual([]);
  expect(upload.questions).toEqual(catalog.questions);
});

test('a package holds what Anki looks for: notes, their cards, a note type and a deck', async () => {
  const sqlite = await collectionOf(packNotes(notes, at));

  const [col] = sqlite.prepare('select ver, models, decks from col').all() as {
    ver: number;
    models: string;
    decks: string;
  }[];
  const rows = sqlite
    .prepare('select notes.guid, notes.mid, cards.did from notes join cards on nid = notes.id')
    .all() as { guid: string; mid: number; did: number }[];

  expect(col?.ver).toBe(11);
  expect(rows.map(({ guid }) => guid)).toEqual(['warmup-a', 'warmup-b', 'warmup-c']);
  for (const { mid, did } of rows) {
    expect(JSON.parse(col?.models ?? '{}')[mid].flds).toHaveLength(3);
    expect(JSON.parse(col?.decks ?? '{}')[did].name).toBe('Warmup');
  }
  expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
  sqlite.close();
});

test('the same notes keep their guid in a later export, with a later change', async () => {
  const first = await collectionOf(packNotes(notes, at));
  const later = await collectionOf(packNotes(notes, new Date(at.getTime() + 60_000)));
  const read = (sqlite: Sqlite.Database) =>
    sqlite.prepare('select guid, mod from notes order by guid').all() as {
      guid: string;
      mod: number;
    }[];

  expect(read(later)).toEqual(read(first).map(({ guid, mod }) => ({ guid, mod: mod + 60 })));
});

test.each([
  ['words', strToU8('this is no package'), /not a whole zip|no Anki collection/],
  ['nothing', new Uint8Array(), /not a whole zip|no Anki collection/],
  ['a zip of something else', zipSync({ 'letter.txt': strToU8('hello') }), /no Anki collection/],
  [
    'a collection that is no database',
    zipSync({ 'collection.anki2': strToU8('x'.repeat(5000)) }),
    /damaged/,
  ],
  [
    "Anki's newest layout",
    zipSync({ 'collection.anki2': strToU8('x'), 'collection.anki21b': strToU8('x') }),
    /Support older Anki versions/,
  ],
  ['no notes', packageOf('create table letters (id integer)'), /no notes table/],
  [
    'a view that counts for ever',
    packageOf(
      'create view notes as with recursive n(i) as (select 1 union all select i + 1 from n) select i as flds from n',
    ),
    /no notes table/,
  ],
  [
    'a column that computes',
    packageOf('create table notes (id integer, flds text as (hex(zeroblob(500000000))) virtual)'),
    /no notes table/,
  ],
])('a package of %s is refused in words', async (_, bytes, expected) => {
  const unpacked = unpackNotes(bytes);

  expect('problem' in unpacked && unpacked.problem).toMatch(expected);
});

test('a zip bomb is given up after 32 MB', async () => {
  const bomb = zipSync({ 'collection.anki2': [new Uint8Array(60 * 1024 * 1024), { level: 1 }] });
  expect(bomb.byteLength).toBeLessThan(1024 * 1024);

  // Zeros are packed evenly: what was read of the package says how much of them was ever unpacked.
  let read = 0;
  bomb.subarray = (from, to) => {
    read = to ?? bomb.byteLength;
    return bomb.slice(from, to);
  };
  const unpacked = unpackNotes(bomb);

  expect('problem' in unpacked && unpacked.problem).toMatch(/more than 32 MB/);
  // 32 of 60, and a step of at most 4 more.
  expect(read / bomb.byteLength).toBeLessThan(36 / 60);
});

test('a package cut short is refused', async () => {
  const packed = packNotes(notes, at);

  const unpacked = unpackNotes(packed.subarray(0, packed.byteLength / 2));

  expect('problem' in unpacked && unpacked.problem).toMatch(/complete zip archive/);
});

test('more notes than anybody has are refused', async () => {
  const many = packageOf(
    `create table notes (id integer primary key, flds text not null);
     with recursive n(i) as (select 1 union all select i + 1 from n where i < 5001)
     insert into notes select i, 'x' from n`,
  );

  const unpacked = unpackNotes(many);

  expect('problem' in unpacked && unpacked.problem).toMatch(/more than 5000 notes/);
});
