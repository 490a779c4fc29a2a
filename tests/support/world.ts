import { createApp } from '../../src/app.ts';
import { type Catalog, createCatalog, type LearningPath } from '../../src/core/catalog.ts';
import type { Examiner } from '../../src/core/interview/examiner.ts';
import type { Sample } from '../../src/core/questions/catalog-schema.ts';
import type { Generator } from '../../src/core/questions/generators/generator.ts';
import type { Question } from '../../src/core/questions/schema.ts';
import { movableClock } from '../../src/demo/demo.ts';
import { buttonId } from '../../src/spine/button.ts';
import type { Step } from '../../src/spine/command.ts';
import type { Event } from '../../src/spine/event.ts';
import type { WorkOnFile } from '../../src/spine/files.ts';
import type { Form } from '../../src/spine/form.ts';
import type { Outgoing, Platform, Problem, Sent, Stranger } from '../../src/spine/platform.ts';
import { type Block, plain, type Reply } from '../../src/spine/reply.ts';
import type {
  Place,
  PlatformName,
  Request,
  RequestInput,
  Values,
} from '../../src/spine/request.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import {
  ENGINE_TABLES,
  FAILURES,
  GPUS,
  LATENCY,
  MODELS,
} from '../core/calculators/models/known.ts';
import { gradeInTests } from './grading.ts';
import { singleItem } from './items.ts';
import { openMemory } from './stores.ts';
import { looseButtons } from './strict-buttons.ts';

/** Where a channel is an id. */
const CHANNELS: Partial<Record<PlatformName, string>> = {
  discord: '100000000000000001',
  slack: 'C0DAILY01',
};

/** A platform that keeps what it was sent, and fails when told to. */
export function fakePlatform(name: PlatformName = 'terminal', resendSafeForMs = 0) {
  const sent: Outgoing[] = [];
  const outcomes: Sent[] = [];
  let messages = 0;
  const platform: Platform = {
    name,
    resendSafeForMs,
    async send(outgoing) {
      const planned = outcomes.shift();
      if (planned && !planned.ok && planned.outcome !== 'unknown') return planned;
      sent.push(outgoing);
      if ('reply' in outgoing) strict(outgoing.reply);
      messages += 1;
      if (planned) return planned;
      const channel = 'channel' in outgoing ? outgoing.channel : outgoing.account;
      return { ok: true, channel, message: `m${messages}` };
    },
    check: async () => problems,
    strangerIn: async (_workspace, account) => strangers.get(account),
    isAdmin: async (workspace, account) => {
      const key = `${workspace} ${account}`;
      return admins.has(key) ? admins.get(key) : false;
    },
  };
  const problems: Problem[] = [];
  const strangers = new Map<string, Stranger>();
  /** Of a workspace and an account: undefined is what the platform does not say. */
  const admins = new Map<string, boolean | undefined>();
  return {
    platform,
    sent,
    problems,
    strangers,
    admins,
    posts: () => sent.flatMap((each) => (each.kind === 'post' ? [each] : [])),
    directs: () => sent.flatMap((each) => (each.kind === 'direct' ? [each] : [])),
    /** The outcomes of the next sends, before they succeed again. */
    next: (...planned: Sent[]) => outcomes.push(...planned),
  };
}

export const refused: Sent = {
  ok: false,
  outcome: 'refused',
  problem: {
    code: 'missing-permission',
    words: 'I may not post in this channel. Give me Send Messages.',
  },
};
export const unknown: Sent = {
  ok: false,
  outcome: 'unknown',
  problem: { code: 'unavailable', words: 'no answer came' },
};
export const busy: Sent = {
  ok: false,
  outcome: 'busy',
  problem: { code: 'rate-limited', words: 'too fast' },
  retryAfterMs: 2_000,
};

export type WorldOptions = {
  at?: string;
  url?: string;
  /** Instead of one that is made of the questions here. */
  catalog?: Catalog;
  questions?: readonly Question[];
  generators?: readonly Generator[];
  samples?: readonly Sample[];
  paths?: readonly LearningPath[];
  platform?: PlatformName;
  resendSafeForMs?: number;
  /** Interviews open a room of their own; in a terminal they do not. */
  rooms?: boolean;
  /** All is said in direct messages with the bot, where an interview shows what it has. */
  isDirect?: boolean;
  /** Milliseconds of processor time so far; nobody is charged when absent. */
  meter?(): number;
  /** Nobody is too fast, where a test presses more in a moment than a person could. */
  isUnlimited?: boolean;
  /** Instead of the worker. */
  workOnFile?: WorkOnFile;
  /** The model that asks and grades; none when absent. */
  examiner?: Examiner;
};

/** The whole machine over a real SQLite database, on a clock that only moves when told to. */
export function createWorld({
  at = '2026-03-02T08:00:00Z',
  url = ':memory:',
  questions = ['q1', 'q2', 'q3', 'q4', 'q5'].map((id) => singleItem(id)),
  generators = [],
  samples = [],
  paths = [],
  platform: name = 'terminal',
  resendSafeForMs = 0,
  rooms = true,
  isDirect = false,
  isUnlimited = false,
  meter,
  workOnFile,
  examiner,
  catalog: given,
}: WorldOptions = {}) {
  const clock = movableClock(new Date(at));
  const { store, close } = url === ':memory:' ? openMemory() : openSqlite(url);
  const events: Event[] = [];
  const fake = fakePlatform(name, resendSafeForMs);
  const catalog =
    given ??
    createCatalog({
      questions,
      generators,
      samples,
      chapters: Array.from({ length: 12 }, (_, index) => ({
        number: index + 1,
        title: `Chapter title ${index + 1}`,
        summary: 'About it.',
        difficulty: 'medium' as const,
        topics: [],
        crossReferences: [],
      })),
      paths,
      models: MODELS,
      gpus: GPUS,
      latency: LATENCY,
      engines: ENGINE_TABLES,
      failures: FAILURES,
      grade: gradeInTests,
    });
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `id-${ids}-${url === ':memory:' ? '' : process.pid}`;
  };
  const emit = (event: Event) => void events.push(event);
  const machine = createApp({
    store,
    catalog,
    clock,
    emit,
    newId,
    rooms,
    isUnlimited,
    ...(meter ? { meter } : {}),
    ...(workOnFile ? { workOnFile } : {}),
    ...(examiner ? { examiner } : {}),
  });
  const { bot, context, platforms, ticker } = machine;
  platforms.set(name, fake.platform);

  const request = (said: RequestInput, from: From = {}): Request => {
    const workspace = `${name}:${from.team ?? 'T1'}`;
    const account = `${name}:${from.as ?? 'ana'}`;
    if (from.admin) fake.admins.set(`${workspace} ${account}`, true);
    return {
      platform: name,
      workspace,
      account,
      accountName: from.as ?? 'ana',
      isAdmin: from.admin ?? false,
      place: (from.isDirect ?? isDirect) ? DIRECT : { channel: 'daily', kind: 'channel' },
      said,
      ...(from.delivery ? { delivery: from.delivery } : {}),
      ...(from.message ? { message: from.message } : {}),
      ...(from.zone ? { zone: from.zone } : {}),
    };
  };

  async function replyOf(step: Step): Promise<Reply> {
    if (step.kind !== 'run') throw new Error(`Expected a reply and got ${step.kind}`);
    return strict(await step.run());
  }

  return {
    bot,
    store,
    clock,
    catalog,
    events,
    context,
    fake,
    close,
    request,
    tick: ticker.tick,
    setBack: machine.setBack,
    prepare: (said: RequestInput, from?: From) => bot.prepare(request(said, from)),
    /** Types a command line. */
    ask: async (text: string, from?: From) =>
      replyOf(await bot.prepare(request({ kind: 'text', text }, from))),
    /** Presses the button of a reply that has this label. */
    press: async (reply: Reply, label: string, from?: From) =>
      replyOf(
        await bot.prepare(request({ kind: 'button', id: buttonId(runOf(reply, label)).id }, from)),
      ),
    form: async (text: string, from?: From): Promise<Form> => {
      const step = await bot.prepare(request({ kind: 'text', text }, from));
      if (step.kind !== 'form') throw new Error(`Expected a form and got ${step.kind}`);
      return step.form;
    },
    send: async (form: Form, values: Values, from?: From) =>
      bot.prepare(request({ kind: 'form', id: form.id, values }, from)),
    /** Lets the time come and runs the jobs. */
    async comeTo(instant: string) {
      const backMs = clock.now().getTime() - Date.parse(instant);
      clock.moveTo(new Date(instant));
      if (backMs > 0) await machine.setBack(backMs);
      await ticker.tick();
    },
    /** Plans and turns on the daily question. */
    async setUp(words = 'time:09:00 zone:UTC days:weekdays', from: From = { admin: true }) {
      await replyOf(
        await bot.prepare(
          request(
            { kind: 'text', text: `setup plan channel:${CHANNELS[name] ?? 'daily'} ${words}` },
            from,
          ),
        ),
      );
      const team = await this.teamId();
      const [schedule] = [
        ...(await store.scheduleDrafts(team)),
        ...(await store.schedulesOf(team)),
      ];
      if (!schedule) throw new Error('The schedule was not stored');
      await replyOf(
        await bot.prepare(
          request({ kind: 'text', text: `setup on schedule:${schedule.id}` }, from),
        ),
      );
      return schedule;
    },
    async teamId() {
      const { team } = await store.meet({
        account: `${name}:ana`,
        name: 'ana',
        workspace: `${name}:T1`,
        workspaceName: `${name}:T1`,
        newPersonId: newId(),
        newTeamId: newId(),
        at: clock.now(),
      });
      return team.id;
    },
    async personId(as = 'ana') {
      const person = await store.personOfAccount(`${name}:${as}`);
      if (!person) throw new Error(`${as} has not spoken yet`);
      return person.id;
    },
  };
}

/** The same reply, whose buttons can all be read when they are pressed. */
function strict(reply: Reply): Reply {
  const loose = looseButtons(reply);
  if (loose.length > 0) throw new Error(`Values without a name in buttons: ${loose.join(' | ')}`);
  // Discord refuses a message with one.
  const isEmpty = (block: Block) => 'text' in block && plain(block.text).trim() === '';
  if (reply.blocks.some(isEmpty)) throw new Error('A block without words');
  return reply;
}

export type World = ReturnType<typeof createWorld>;
export type From = {
  as?: string;
  admin?: boolean;
  team?: string;
  delivery?: string;
  message?: string;
  zone?: string;
  /** Said in a direct message with the bot. */
  isDirect?: boolean;
};

const DIRECT: Place = { channel: 'direct', kind: 'direct' };

/** All words of a reply, one block a line. */
export function words(reply: Reply): string {
  return [reply.title ?? '', ...reply.blocks.map(blockWords)].filter(Boolean).join('\n');
}

function blockWords(block: Block): string {
  switch (block.kind) {
    case 'text':
    case 'note':
      return plain(block.text);
    case 'code':
      return block.code;
    case 'fields':
      return block.fields.map(({ label, value }) => `${label}: ${plain(value)}`).join('\n');
    case 'table':
      return block.rows.map((row) => row.map(plain).join(' | ')).join('\n');
    case 'chart':
      return block.alt;
    case 'buttons':
      return block.buttons.map(({ label }) => `[${label}]`).join(' ');
    case 'select':
      return `${block.label}: ${block.choices.map(({ label }) => label).join(', ')}`;
    case 'file':
      return `${block.name}\n${typeof block.content === 'string' ? block.content : ''}`;
  }
}

export function runOf(reply: Reply, label: string): string {
  for (const block of reply.blocks) {
    if (block.kind !== 'buttons') continue;
    const found = block.buttons.find((button) => button.label.startsWith(label));
    if (found) return found.run;
  }
  throw new Error(`No button "${label}" in: ${words(reply)}`);
}
