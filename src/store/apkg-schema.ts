/** The tables of an Anki collection of version 11, which every Anki since 2012 reads. */
export const SCHEMA = `
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

/** The settings, note type and decks of a collection, as JSON for its one row. */
export function deckColumns({
  deckId,
  modelId,
  fields,
  seconds,
}: {
  deckId: number;
  modelId: number;
  fields: readonly string[];
  seconds: number;
}): { conf: string; models: string; decks: string; dconf: string } {
  const model = {
    id: modelId,
    name: 'Warmup question',
    type: 0,
    mod: seconds,
    usn: -1,
    sortf: 0,
    did: deckId,
    css: CSS,
    latexPre: '',
    latexPost: '',
    tags: [],
    vers: [],
    req: [[0, 'any', [0]]],
    flds: fields.map((name, ord) => ({
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
      curModel: String(modelId),
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
    models: JSON.stringify({ [modelId]: model }),
    decks: JSON.stringify({
      1: deck(1, 'Default', seconds),
      [deckId]: deck(deckId, 'Warmup', seconds),
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
