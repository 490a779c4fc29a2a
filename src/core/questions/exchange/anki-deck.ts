import { ANKI_FIELDS, type AnkiNote } from './anki.ts';

/** The tables of an Anki collection of version 11, which every Anki since 2012 reads. */
export const DECK_SCHEMA = `
create table col (id integer primary key, crt integer not null, mod integer not null,
  scm integer not null, ver integer not null, dty integer not null, usn integer not null,
  ls integer not null, conf text not null, models text not null, decks text not null,
  dconf text not null, tags text not null);
create table notes (id integer primary key, guid text not null, mid integer not null,
  mod integer not null, usn integer not null, tags text not null, flds text not null,
  sfld integer not null, csum integer not null, flags integer not null, data text not null);
create table cards (id integer primary key, nid integer not null, did integer not null,
  ord integer not null, mod integer not null, usn integer not null, type integer not null,
  queue integer not null, due integer not null, ivl integer not null, factor integer not null,
  reps integer not null, lapses integer not null, left integer not null, odue integer not null,
  odid integer not null, flags integer not null, data text not null);
create table revlog (id integer primary key, cid integer not null, usn integer not null,
  ease integer not null, ivl integer not null, lastIvl integer not null, factor integer not null,
  time integer not null, type integer not null);
create table graves (usn integer not null, oid integer not null, type integer not null);
create index ix_notes_usn on notes (usn);
create index ix_notes_csum on notes (csum);
create index ix_cards_usn on cards (usn);
create index ix_cards_nid on cards (nid);
create index ix_cards_sched on cards (did, queue, due);
create index ix_revlog_usn on revlog (usn);
create index ix_revlog_cid on revlog (cid);
`;

const CSS =
  '.card { font-family: sans-serif; font-size: 18px; text-align: left; } pre { white-space: pre-wrap; }';

/** The same at every export, so that Anki updates the deck instead of making a second one. */
const DECK_ID = 1_764_000_000_001;
const MODEL_ID = 1_764_000_000_002;

type Row = Record<string, string | number>;

/** A deck of these notes as the rows of a collection; `checksum` is Anki's, of a text without markup. */
export function deckRows(
  notes: readonly AnkiNote[],
  { at, checksum }: { at: Date; checksum(text: string): number },
): Record<'col' | 'notes' | 'cards', Row[]> {
  const began = at.getTime();
  const seconds = Math.floor(began / 1000);
  const col = { id: 1, crt: seconds, mod: began, scm: began, ver: 11, dty: 0, usn: 0, ls: 0 };
  return {
    col: [{ ...col, ...settings(seconds), tags: '{}' }],
    notes: notes.map((note, index) => {
      const sfld = note.front.replace(/<[^<>]*>/g, '');
      return {
        id: began + index,
        guid: note.guid,
        mid: MODEL_ID,
        mod: seconds,
        usn: -1,
        tags: ` ${note.tags.join(' ')} `,
        flds: [note.front, note.back, note.item].join(FIELD_END),
        sfld,
        csum: checksum(sfld),
        flags: 0,
        data: '',
      };
    }),
    cards: notes.map((_, index) => ({
      id: began + index,
      nid: began + index,
      did: DECK_ID,
      ...NEW_CARD,
      mod: seconds,
      due: index + 1,
    })),
  };
}

/** What stands between the fields of a note. */
export const FIELD_END = '\x1f';

/** A card that nobody has seen. */
const NEW_CARD: Row = {
  ord: 0,
  usn: -1,
  type: 0,
  queue: 0,
  ivl: 0,
  factor: 0,
  reps: 0,
  lapses: 0,
  left: 0,
  odue: 0,
  odid: 0,
  flags: 0,
  data: '',
};

/** The settings, note type and decks of a collection, as JSON for its one row. */
function settings(seconds: number): Row {
  const model = {
    id: MODEL_ID,
    name: 'Warmup question',
    type: 0,
    mod: seconds,
    usn: -1,
    sortf: 0,
    did: DECK_ID,
    css: CSS,
    latexPre: '',
    latexPost: '',
    tags: [],
    vers: [],
    req: [[0, 'any', [0]]],
    flds: ANKI_FIELDS.map((name, ord) => ({
      name,
      ord,
      sticky: false,
      rtl: false,
      font: 'Arial',
      size: 18,
      media: [],
    })),
    tmpls: [
      {
        name: 'Card 1',
        ord: 0,
        qfmt: '{{Front}}',
        afmt: '{{FrontSide}}<hr id="answer">{{Back}}',
        bqfmt: '',
        bafmt: '',
        did: null,
      },
    ],
  };
  return {
    conf: JSON.stringify({
      activeDecks: [1],
      curDeck: 1,
      curModel: String(MODEL_ID),
      nextPos: 1,
      newSpread: 0,
      collapseTime: 1200,
      timeLim: 0,
      estTimes: true,
      dueCounts: true,
      addToCur: true,
      newBury: true,
      sortType: 'noteFld',
      sortBackwards: false,
    }),
    models: JSON.stringify({ [MODEL_ID]: model }),
    decks: JSON.stringify({
      1: deck(1, 'Default', seconds),
      [DECK_ID]: deck(DECK_ID, 'Warmup', seconds),
    }),
    dconf: JSON.stringify({ 1: options() }),
  };
}

function deck(id: number, name: string, seconds: number) {
  const today = [0, 0];
  return {
    id,
    name,
    desc: '',
    mod: seconds,
    usn: -1,
    conf: 1,
    dyn: 0,
    collapsed: false,
    extendNew: 10,
    extendRev: 50,
    lrnToday: today,
    newToday: today,
    revToday: today,
    timeToday: today,
  };
}

/** Anki's own defaults. */
function options() {
  return {
    id: 1,
    name: 'Default',
    mod: 0,
    usn: 0,
    autoplay: true,
    replayq: true,
    timer: 0,
    maxTaken: 60,
    new: {
      delays: [1, 10],
      ints: [1, 4, 7],
      initialFactor: 2500,
      order: 1,
      perDay: 20,
      bury: true,
      separate: true,
    },
    rev: { perDay: 100, ease4: 1.3, fuzz: 0.05, ivlFct: 1, maxIvl: 36500, minSpace: 1, bury: true },
    lapse: { delays: [10], mult: 0, minInt: 1, leechFails: 8, leechAction: 0 },
  };
}
