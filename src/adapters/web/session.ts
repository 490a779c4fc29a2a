import { formatClock } from '../../core/time.ts';
import type { Event } from '../../spine/event.ts';
import { type Conversation, converse, suggestTo } from './conversation.ts';
import { createPlatform, directPlace } from './platform.ts';
import { type Draw, presentBoth } from './present.ts';
import type { Change, Fault, Faults, Outcome, Said } from './protocol.ts';
import { createRecord, type FileAt, type PageRecord } from './record.ts';
import { snapshotOf } from './snapshot.ts';
import { createWork } from './work.ts';
import type { Answered, OpenWorld, Setting, WebWorld } from './world.ts';

/** What a session is given; a view of the gallery names its setting and its first moment. */
export type SessionOptions = {
  open: OpenWorld;
  draw: Draw;
  setting?: Setting;
  at?: Date;
  fileAt?: FileAt;
};

/** How often a world that somebody looks at goes on by itself. */
const BEAT_MS = 1000;

const NO_FAULTS: Faults = { permission: false, busy: false, lost: false, twice: false };

/** One demo team with everything that its people see; gestures go in, messages come out. */
export async function createSession(options: SessionOptions) {
  const record = createRecord(options.fileAt);
  const { parts, begin, end } = createWorlds(record, options);
  const work = createWork();
  const world = () => parts.world();

  async function anew(): Promise<void> {
    await end();
    record.clear();
    Object.assign(parts.faults, NO_FAULTS);
    await record.quietly(begin);
    record.tell({ kind: 'all', all: snapshotOf(parts) });
  }

  await begin();
  // What is told and played again has no time of its own.
  const beats = options.at
    ? undefined
    : setInterval(() => void work.during(() => beat(parts)), BEAT_MS).unref();

  return {
    snapshot: () => snapshotOf(parts),
    say: (given: Said) => work.during(() => hear(parts, given)),
    listen: (listener: (change: Change) => void) => record.listen(listener),
    file: record.file,
    message: record.message,
    places: record.places,
    messages: record.messages,
    suggest: (asked: Parameters<typeof suggestTo>[1]) => work.during(() => suggestTo(parts, asked)),
    jump: (words: string) => work.during(() => jump(parts, words)),
    away: (ms: number) => work.during(() => world().away(ms)),
    setFault(fault: Fault, isOn: boolean): void {
      parts.faults[fault] = isOn;
      record.tell({ kind: 'faults', faults: { ...parts.faults } });
    },
    answer: (how: Answered) => world().answer(how),
    modelAnswer: (prompt: string) => world().modelAnswer(prompt),
    settle: () => world().settle(),
    /** Begins the demo anew: another database, the first morning. */
    reset: () => work.renew(anew),
    stop(): Promise<void> {
      clearInterval(beats);
      return work.end(end);
    },
  };
}

/** What `createSession` makes. */
export type Session = Awaited<ReturnType<typeof createSession>>;

/** The worlds of a session, one after the other; what is said in them is kept in the record. */
function createWorlds(record: PageRecord, { open, draw, setting, at }: SessionOptions) {
  const waits = new Set<NodeJS.Timeout>();
  let world: WebWorld;
  const parts: Conversation = {
    record,
    faults: { ...NO_FAULTS },
    board: [],
    now: () => world.now(),
    world: () => world,
    clock: (instant) => formatClock(instant, world.zone),
    isAdmin: (account) => world.speakers.find((each) => each.account === account)?.isAdmin,
    present: (reply, isPrivate) =>
      presentBoth(reply, { isPrivate, draw, keep: record.keep, named: world.bot.named }),
    later(ms) {
      const wait = setTimeout(() => {
        waits.delete(wait);
        void world.pass(ms).then(() => tellClock(parts));
      }, ms);
      waits.add(wait);
    },
  };
  return {
    parts,
    async begin(): Promise<void> {
      world = open({
        platform: createPlatform(parts),
        emit: (event) => record.note(eventLine(event)),
        ...(setting ? { setting } : {}),
        ...(at ? { at } : {}),
      });
      for (const id of world.channels) record.addPlace({ id, title: `#${id}`, kind: 'channel' });
      for (const { account } of world.speakers) directPlace(record, account);
      await world.begin();
      parts.board = await world.board();
    },
    async end(): Promise<void> {
      for (const wait of waits) clearTimeout(wait);
      waits.clear();
      await world.close();
    },
  };
}

/** Answers a gesture, which takes its time. */
async function hear(parts: Conversation, given: Said): Promise<Outcome | undefined> {
  const outcome = await converse(parts, given);
  await tellNews(parts);
  return outcome;
}

async function jump(parts: Conversation, words: string): Promise<boolean> {
  const isMoved = await parts.world().jump(words);
  if (isMoved) await tellNews(parts);
  return isMoved;
}

async function beat(parts: Conversation): Promise<void> {
  if (await parts.world().beat()) await tellNews(parts);
}

/** Tells what time it is, and the leaderboard when it has moved. */
async function tellNews(parts: Conversation): Promise<void> {
  tellClock(parts);
  const board = await parts.world().board();
  if (JSON.stringify(board) === JSON.stringify(parts.board)) return;
  parts.board = board;
  parts.record.tell({ kind: 'board', board });
}

function tellClock({ record, now }: Conversation): void {
  record.tell({ kind: 'clock', now: now().toISOString() });
}

const HIDDEN = new Set(['kind', 'error', 'person', 'ms', 'platform']);

/** What happened in a line, without anybody's words or ids. */
function eventLine(event: Event): string {
  const parts = Object.entries(event)
    .filter(([key, value]) => !HIDDEN.has(key) && typeof value !== 'object')
    .map(([key, value]) => `${key} ${value}`);
  return [event.kind, ...parts].join(' · ');
}
