import { randomFrom } from '../../../src/core/random.ts';
import type { Bot, Command } from '../../../src/spine/command.ts';
import type { Reply } from '../../../src/spine/reply.ts';
import type { Machine } from '../machine.ts';
import type { Actor, FormSeen, Message, Seen } from '../stage.ts';
import { inTime } from '../waiting.ts';
import { cancelling, filling, type How, markOf } from './filling.ts';
import { type Finding, findingsIn, namedIn } from './rules.ts';

/** What the crawler is given of the machine beside its stage: each reply as the bot made it. */
type Watched = { bot(): Bot; lastReply(): Reply | undefined; around(bot: Bot): Bot };

/** Keeps the bot of today and its last reply, through restarts. */
export function watching(): Watched {
  let bot: Bot | undefined;
  let reply: Reply | undefined;
  return {
    bot() {
      if (!bot) throw new Error('nothing was started');
      return bot;
    },
    lastReply: () => reply,
    around(started) {
      bot = started;
      return {
        ...started,
        prepare: async (request) => {
          const step = await started.prepare(request);
          if (step.kind !== 'run') return step;
          return {
            ...step,
            run: async () => {
              reply = await step.run();
              return reply;
            },
          };
        },
      };
    },
  };
}

type CrawlOptions = {
  machine: Machine;
  watched: Watched;
  commands: readonly Command[];
  seed: string;
  presses: number;
  /** How long an answer may compute, and may be waited for. */
  lateMs?: number;
  waitMs?: number;
};

/** A card that somebody can use, with how often each of its controls was used. */
type Card = { message: Message; used: Map<string, number> };
type Person = { name: string; actor: Actor; cards: Card[]; marks: string[]; toFollow: string[] };

/** Cards that one person keeps in view. */
const IN_VIEW = 24;

/** Where the long flows begin. */
const FLOWS = [
  'mock mode:solo minutes:15',
  'mock mode:solo minutes:15',
  'mock mode:solo minutes:15 style:strict public:yes',
  'peer lobby',
  'peer lobby',
  'mock grade',
  'mock mode:history',
  'daily',
  'daily',
  'quiz mode:drill',
  'question list',
  'daily action:history',
  'daily action:now',
  'setup',
];

/** What nobody does by accident in an open flow, and only makes the rest of the walk emptier. */
const RARELY = /Delete my data|Delete interview|Turn off|Disable|Withdraw/;

/** Walks through everything that can be reached, as an admin, a learner, and somebody who takes no part. */
export async function crawl(options: CrawlOptions) {
  const { machine, watched, commands, seed, presses, lateMs = 3000, waitMs } = options;
  const { stage } = machine;
  const random = randomFrom(seed);
  const oneOf = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const people: Person[] = ['ana', 'bo', 'eve'].map((name) => ({
    name,
    actor: stage.actor(name, { admin: name === 'ana' }),
    cards: [],
    marks: [],
    toFollow: [],
  }));
  const findings: Finding[] = [];
  const shared = new Set<string>();
  let used = 0;
  let impossible = 0;
  const reached = new Set<string>();
  let events = machine.events.length;

  /** Does one thing, and looks at what came of it. */
  async function meet(
    person: Person,
    gesture: string,
    act: () => Promise<Seen>,
    on: { card?: Card; label?: string } = {},
  ): Promise<Seen | undefined> {
    used += 1;
    const before = on.card?.message;
    const isFirst = (on.card?.used.get(on.label ?? '') ?? 0) === 0;
    if (on.card && on.label) on.card.used.set(on.label, (on.card.used.get(on.label) ?? 0) + 1);
    const cpu = process.cpuUsage();
    try {
      const seen = await inTime(act(), waitMs);
      const { user, system } = process.cpuUsage(cpu);
      const reply = watched.lastReply();
      const cpuMs = (user + system) / 1000;
      findings.push(
        ...findingsIn(
          { by: person.name, gesture, pressed: before, isFirst, seen, reply, cpuMs },
          { lateMs },
        ),
      );
      if (reply) person.toFollow.push(...namedIn(reply).slice(0, 3));
      if (seen.kind === 'message') see(person, seen, before);
      return seen;
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      if (/did not answer|Nothing came back|Nothing was said/.test(words))
        findings.push({ rule: 'unanswered', by: person.name, gesture, seen: words.slice(0, 300) });
      // A person's client lets nobody do it, such as sending an empty field that is required.
      else impossible += 1;
      return undefined;
    } finally {
      for (const event of machine.events.slice(events)) {
        if (event.kind === 'command') reached.add(event.command);
        if (event.kind === 'failed')
          findings.push({
            rule: 'error reference',
            by: person.name,
            gesture,
            seen: `${event.where}: ${event.error}`,
          });
      }
      events = machine.events.length;
    }
  }

  function see(person: Person, message: Message, before?: Message): void {
    const known = person.cards.find((card) => card.message.id === (before?.id ?? message.id));
    if (known && (message.replaced || known.message.id === message.id)) {
      if (`${known.message.buttons}` !== `${message.buttons}`) known.used.clear();
      known.message = message;
      return;
    }
    if (message.buttons.length + message.selects.length === 0) return;
    person.cards.push({ message, used: new Map() });
    if (person.cards.length > IN_VIEW) person.cards.shift();
  }

  /** What stands in the channel, in open rooms, and in people's direct messages. */
  async function lookAround(): Promise<void> {
    await machine.tick();
    const places: { channel: string; thread?: string }[] = [{ channel: stage.channel }];
    for (let id = 1; id < 200; id += 1) {
      const interview = await machine.store.interview(id);
      const session = await machine.store.peerSession(id);
      for (const held of [interview, session])
        if (held?.channel && held.state !== 'ended')
          places.push({ channel: held.channel, ...(held.thread ? { thread: held.thread } : {}) });
    }
    for (const { channel, thread } of places) {
      const standing = (await stage.messages(channel, thread)).slice(-3);
      for (const person of people) for (const message of standing) see(person, message);
    }
    for (const person of people)
      for (const message of (await person.actor.inbox()).slice(-3)) see(person, message);
    await lookForSecrets();
  }

  /** What somebody wrote in private stands in the channel only when they shared it. */
  async function lookForSecrets(): Promise<void> {
    const told = (await stage.messages(stage.channel)).map(({ text }) => text).join('\n');
    for (const { name, marks } of people)
      for (const mark of marks)
        if (told.includes(mark) && !shared.has(mark)) {
          shared.add(mark);
          findings.push({ rule: 'public secret', by: name, gesture: `wrote ${mark}`, seen: mark });
        }
  }

  /** Fills in a form in one of several ways, and answers it properly when it is refused. */
  async function fill(person: Person, form: FormSeen): Promise<void> {
    const how = oneOf<How>(['well', 'well', 'empty', 'wrong']) ?? 'well';
    let open: Seen | undefined = form;
    let before = '';
    for (const way of [how, 'well'] as const) {
      if (open?.kind !== 'form') break;
      const mark = markOf(person.name, used);
      person.marks.push(mark);
      const now = open;
      const looks = JSON.stringify([now.fields, now.problem ?? '']);
      if (looks === before && now.problem === undefined)
        findings.push({
          rule: 'unchanged',
          by: person.name,
          gesture: `fill ${now.title}`,
          seen: looks,
        });
      before = looks;
      const values = filling(now, way, { mark, platform: stage.platform });
      open = await meet(person, `fill ${now.title} ${way}`, () => person.actor.fill(now, values));
    }
    // The terminal asks until it is told to stop; everywhere else a form is closed by hand.
    if (stage.platform === 'terminal' && open?.kind !== 'message')
      await person.actor.fill(form, cancelling(form)).catch(() => undefined);
  }

  async function runLine(person: Person, line: string): Promise<void> {
    const { name, options: given } = watched.bot().named(line);
    const command = commands.find((each) => each.name === name);
    const isOffered = command && !(command.hidden && stage.platform === 'discord');
    if (command && !isOffered) return;
    const values = Object.fromEntries(given.map(({ name: key, value }) => [key, value]));
    if (Object.values(values).some((value) => /[@#]/.test(value))) return;
    const seen = await meet(person, `run ${line}`, () => person.actor.command(name, values));
    if (seen?.kind === 'form') await fill(person, seen);
  }

  async function useCard(person: Person): Promise<boolean> {
    const usable = person.cards.filter(
      ({ message }) => message.buttons.length + message.selects.length > 0,
    );
    const fresh = usable.filter((card) =>
      controlsOf(card.message).some((each) => !card.used.has(each)),
    );
    // Mostly on with what came last, so that flows are followed to their end.
    const card =
      fresh.length === 0 || random() < 0.15
        ? oneOf(usable)
        : random() < 0.6
          ? fresh.at(-1)
          : oneOf(fresh);
    if (!card) return false;
    const controls = controlsOf(card.message).filter(
      (each) => !RARELY.test(each) || random() < 0.1,
    );
    const unused = controls.filter((each) => !card.used.has(each));
    const label = oneOf(unused.length > 0 ? unused : controls);
    if (label === undefined) return false;
    const { message } = card;
    const select = message.selects.find((each) => each.label === label);
    // What is shared is meant to be read by all.
    if (/share|show mine|show my|this channel/i.test(label))
      for (const mark of person.marks) shared.add(mark);
    const choice = select && oneOf(select.choices);
    const act = () =>
      select && choice !== undefined
        ? person.actor.choose(message, label, choice)
        : person.actor.press(message, label);
    const seen = await meet(person, `press ${label}`, act, { card, label });
    if (seen?.kind === 'form') await fill(person, seen);
    return true;
  }

  const firstLines = () =>
    people.flatMap((person) => [
      ...listed.map(({ example, name }) => ({ person, lines: [name, example] })),
      ...FLOWS.filter(isKnown).map((line) => ({ person, lines: [line] })),
    ]);
  const isKnown = (line: string) => commands.some(({ name }) => name === line.split(' ')[0]);
  const listed = commands.filter(({ hidden }) => !hidden);
  const [admin] = people;
  if (admin && isKnown('setup')) {
    await runLine(admin, 'setup plan time:09:00 zone:UTC days:weekdays');
    await useCard(admin);
  }
  let untried = firstLines();
  while (used < presses) {
    const person = oneOf(people);
    if (!person) break;
    const chance = random();
    if (chance < 0.02) await machine.restart();
    else if (chance < 0.04)
      machine.clock.moveTo(
        new Date(machine.clock.now().getTime() + 3_600_000 * Math.ceil(random() * 16)),
      );
    if (chance < 0.12) await lookAround();
    const line = person.toFollow.length > 0 && chance < 0.3 ? person.toFollow.shift() : undefined;
    if (person.toFollow.length > 12) person.toFollow.length = 6;
    if (line !== undefined) await runLine(person, line);
    else if (chance > 0.85 || !(await useCard(person))) {
      const next = oneOf(untried);
      untried = untried.filter((each) => each !== next);
      if (untried.length === 0) untried = firstLines();
      await runLine(next?.person ?? person, oneOf(next?.lines ?? ['help']) ?? 'help');
      await lookAround();
    }
  }
  for (const complaint of stage.complaints())
    findings.push({ rule: 'protocol', by: 'the platform', gesture: '', seen: complaint });
  return { used, impossible, reached, findings };
}

const controlsOf = ({ buttons, selects }: Message): string[] => [
  ...new Set([...buttons, ...selects.map(({ label }) => label)]),
];

/** Different findings once each, in words. */
export function summary(findings: readonly Finding[]): string[] {
  return [
    ...new Set(
      findings.map(({ rule, by, gesture, seen }) => `${rule}: ${by}, ${gesture}: ${seen}`),
    ),
  ];
}
