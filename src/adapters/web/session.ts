import type { Command } from '../../bot/command.ts';
import type { Event } from '../../bot/event.ts';
import { type Reply, say } from '../../bot/reply.ts';
import { type Conversation, converse, requestOf } from './conversation.ts';
import { createPlatform, directPlace, show } from './platform.ts';
import { type Draw, presentBoth } from './present.ts';
import { createRecord } from './record.ts';
import type { BotMessage, Change, Fault, Faults, Said, ShownCommand, Snapshot } from './wire.ts';
import type { Answered, OpenWorld, Setting, WebWorld } from './world.ts';

/** What a session is given; a view of the gallery names its setting and its first moment. */
export type SessionOptions = {
  open: OpenWorld;
  draw: Draw;
  setting?: Setting;
  at?: Date;
  /** In front of the addresses of files. */
  filesAt?: string;
};

const NO_FAULTS: Faults = { permission: false, busy: false, lost: false, twice: false };

/** One demo team with everything that its people see; gestures go in, messages come out. */
export async function createSession({ open, draw, setting, at, filesAt }: SessionOptions) {
  const record = createRecord(filesAt);
  const waits = new Set<NodeJS.Timeout>();
  let world: WebWorld;
  const parts: Conversation = {
    record,
    faults: { ...NO_FAULTS },
    now: () => world.now(),
    world: () => world,
    present: (reply, isPrivate) => presentBoth(reply, { isPrivate, draw, keep: record.keep }),
    later(ms) {
      const wait = setTimeout(() => {
        waits.delete(wait);
        void world.pass(ms).then(tellClock);
      }, ms);
      waits.add(wait);
    },
  };
  const tellClock = () => record.tell({ kind: 'clock', now: world.now().toISOString() });
  const tellFaults = () => record.tell({ kind: 'faults', faults: { ...parts.faults } });

  async function begin(): Promise<void> {
    world = open({
      platform: createPlatform(parts),
      emit: (event) => record.note(eventLine(event)),
      ...(setting ? { setting } : {}),
      ...(at ? { at } : {}),
    });
    for (const id of world.channels) record.addPlace({ id, title: `#${id}`, kind: 'channel' });
    for (const { account } of world.speakers) directPlace(record, account);
    await world.begin();
  }

  const work = new Set<Promise<unknown>>();
  let resetting: Promise<void> | undefined;

  /** Does something in a world that is there until it is done. */
  async function inWorld<T>(act: () => Promise<T>): Promise<T> {
    await resetting;
    const acting = act();
    work.add(acting);
    return acting.finally(() => work.delete(acting));
  }

  async function anew(): Promise<void> {
    await end();
    record.clear();
    Object.assign(parts.faults, NO_FAULTS);
    await record.quietly(begin);
    record.tell({ kind: 'all', all: snapshot() });
  }

  async function end(): Promise<void> {
    await Promise.allSettled(work);
    for (const wait of waits) clearTimeout(wait);
    waits.clear();
    await world.close();
  }

  function snapshot(): Snapshot {
    return {
      workspace: world.workspaceName,
      speakers: [...world.speakers],
      commands: world.bot.commands
        .filter(({ hidden, message }) => !hidden || message)
        .map(shownCommand),
      places: record.places(),
      messages: record.messages(),
      faults: { ...parts.faults },
      happened: record.happened(),
      now: world.now().toISOString(),
      zone: world.zone,
      locale: world.locale,
    };
  }

  await begin();

  return {
    snapshot,
    say: (given: Said) =>
      inWorld(async () => {
        const outcome = await converse(parts, given);
        tellClock();
        return outcome;
      }),
    listen: (listener: (change: Change) => void) => record.listen(listener),
    file: record.file,
    message: record.message,
    places: record.places,
    messages: record.messages,
    suggest: (asked: { account: string; command: string; option: string; typed: string }) =>
      inWorld(async () => {
        const [place = ''] = world.channels;
        const gesture = { kind: 'text', text: `/${asked.command}` } as const;
        const request = requestOf(parts, { delivery: '', account: asked.account, place, gesture });
        return request ? world.bot.suggest(request, asked.command, asked.option, asked.typed) : [];
      }),
    jump: (words: string): Promise<boolean> =>
      inWorld(async () => {
        const isMoved = await world.jump(words);
        if (isMoved) tellClock();
        return isMoved;
      }),
    setFault(fault: Fault, isOn: boolean): void {
      parts.faults[fault] = isOn;
      tellFaults();
    },
    answer: (how: Answered) => world.answer(how),
    modelAnswer: (prompt: string) => world.modelAnswer(prompt),
    settle: () => world.settle(),
    /** Puts a refusal in these words on the page, as the machine would say it. */
    async refusal(words: string, only: string, place: string): Promise<BotMessage> {
      const reply: Reply = { ...say(words), visibility: 'private' };
      return show(parts, reply, { id: record.newId(), place, only });
    },
    /** Begins the demo anew: another database, the first morning. */
    reset(): Promise<void> {
      resetting ??= anew().finally(() => {
        resetting = undefined;
      });
      return resetting;
    },
    async stop(): Promise<void> {
      await resetting;
      await end();
    },
  };
}

/** What `createSession` makes. */
export type Session = Awaited<ReturnType<typeof createSession>>;

function shownCommand({ name, summary, example, options, message, hidden }: Command): ShownCommand {
  return {
    name,
    summary,
    example,
    options: options.map((option) => ({
      name: option.name,
      summary: option.summary,
      kind: option.kind,
      required: option.required,
      ...(option.choices ? { choices: option.choices } : {}),
      ...(option.suggests ? { suggests: option.suggests } : {}),
    })),
    ...(message ? { action: message.title } : {}),
    ...(hidden ? { isHidden: true } : {}),
  };
}

const HIDDEN = new Set(['kind', 'error', 'person', 'ms', 'platform']);

/** What happened in a line, without anybody's words or ids. */
function eventLine(event: Event): string {
  const parts = Object.entries(event)
    .filter(([key, value]) => !HIDDEN.has(key) && typeof value !== 'object')
    .map(([key, value]) => `${key} ${value}`);
  return [event.kind, ...parts].join(' · ');
}
