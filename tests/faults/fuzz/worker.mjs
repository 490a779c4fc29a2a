// One process of the bot that is sent hostile input from one seed, with a bystander beside it. `run.ts` starts it, reads
// what it prints as JSON lines, and sees it die.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { presentForm, present as presentOnDiscord } from '../../../src/adapters/discord/present.ts';
import { formView } from '../../../src/adapters/slack/form.ts';
import { presentMessage, wholeText } from '../../../src/adapters/slack/present.ts';
import { present as presentInTerminal } from '../../../src/adapters/terminal/present.ts';
import { createApp } from '../../../src/app.ts';
import { readCatalog } from '../../../src/catalog.ts';
import { openSqlite } from '../../../src/store/sqlite.ts';
import { chanceFrom } from './chance.mjs';
import { input } from './requests.mjs';
import { cpuMs, LIMITS, peakBytes, watch } from './watch.mjs';

const { seed, rounds, until } = JSON.parse(process.argv[2]);
/** An input that costs more processor time than this is told among the dearest. */
const DEAR_MS = 50;
/** Between two inputs: nobody sends more than one in this time, so that quotas are seldom met. */
const STEP_MS = 20_000;
const PEOPLE = 12;
const CHANNELS = ['C0FUZZ001', 'C0FUZZ002', 'C0FUZZ003'];
const LOOK = { isColorful: false, zone: 'UTC', locale: 'en-GB' };

// Whoever reads lines ends one at these two, which JSON keeps as they are.
const lineOf = (value) =>
  JSON.stringify(value).replace(/[\u2028\u2029]/g, (sign) =>
    sign === '\u2028' ? '\\u2028' : '\\u2029',
  );
const tell = (line) => process.stdout.write(`${lineOf(line)}\n`);
const folder = mkdtempSync(join(tmpdir(), 'warmup-fuzz-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

let current = { index: -1, shown: 'the start' };
const problem = (kind, detail) => tell({ kind, detail, ...current });
process.on('unhandledRejection', (error) => problem('unhandled', stackOf(error)));

let now = new Date('2026-03-02T08:59:00Z').getTime();
const clock = { now: () => new Date(now) };
let ids = 0;
const { store, close } = openSqlite(`file:${join(folder, 'fuzz.db')}`);
const { catalog } = readCatalog();
// As the process that serves does when it starts.
const freeText = catalog.questions.find((question) => 'keyPoints' in question);
catalog.search('warm-up', 1);
catalog.grade(freeText, freeText.prompt);
const emit = (event) => {
  if (event.kind === 'failed') problem('failed', `${event.where}: ${stackOf(event.error)}`);
};
const machine = createApp({
  store,
  catalog,
  clock,
  emit,
  meter: cpuMs,
  newId: () => `id${++ids}-${seed}`,
});
let posted = 0;
const send = async ({ channel, account }) => ({
  ok: true,
  channel: channel ?? account,
  message: `m${++posted}`,
});
for (const name of ['discord', 'slack']) {
  machine.platforms.set(name, { name, resendSafeForMs: 0, send, check: async () => [] });
}

function requestOf(said, { person, platform, kind = 'direct', isAdmin = true }) {
  return {
    platform,
    workspace: `${platform}:T1`,
    account: platform === 'slack' ? `slack:T1/${person}` : `${platform}:${person}`,
    accountName: person,
    isAdmin,
    place: kind === 'direct' ? { channel: `dm-${person}`, kind } : { channel: CHANNELS[0], kind },
    said,
  };
}

/** Sends a request to its end and shows the reply as every platform would. */
async function ask(said, speaker) {
  const step = await machine.bot.prepare(requestOf(said, speaker));
  if (step.kind === 'form') {
    presentForm(step.form);
    formView(step.form, '');
    return undefined;
  }
  if (step.kind !== 'run') return undefined;
  const reply = await step.run();
  if (speaker.platform === 'discord') presentOnDiscord(reply);
  else if (speaker.platform === 'slack') presentMessage(reply);
  else presentInTerminal(reply, LOOK);
  return reply;
}

const line = (text) => ({ kind: 'text', text });
const keeper = { person: 'U1', platform: 'slack' };

async function exported(format) {
  // A slow machine charges a person so much for one file that the next would have to wait.
  now += 10 * 60_000;
  const reply = await ask(line(`question export format:${format} scope:all`), keeper);
  const { content } = reply.blocks.find(({ kind }) => kind === 'file');
  const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content);
  return format === 'apkg' ? bytes : bytes.subarray(0, 30_000);
}

async function prepared() {
  for (const [index, channel] of CHANNELS.entries()) {
    const open = index === 0 ? 'monday' : 'off';
    const settings = `time:09:00 zone:UTC days:"every day" open:${open}`;
    await ask(line(`setup plan channel:${channel} ${settings}`), keeper);
    await ask(line(`setup on schedule:${index + 1}`), keeper);
  }
  now += 60_000;
  for (let minute = 0; minute < 3; minute += 1) await machine.ticker.tick();
  if (posted < CHANNELS.length) throw new Error(`${posted} of ${CHANNELS.length} schedules posted`);
  const { unzipSync } = await import('fflate');
  const apkg = await exported('apkg');
  return {
    yaml: await exported('yaml'),
    json: await exported('json'),
    csv: await exported('csv'),
    anki: await exported('anki-tsv'),
    apkg,
    collection: Buffer.from(unzipSync(apkg)['collection.anki2']),
  };
}

/** The same words in an interview: begun, asked, answered, graded. */
async function interviewed(said, speaker) {
  const replies = [];
  for (const each of [line('mock solo'), line('mock go'), said, line('mock go')]) {
    replies.push(await measured(() => ask(each, speaker)));
    await breathe();
  }
  return replies[2];
}

const dearest = [];
let dear = 0;
async function measured(work) {
  const begun = cpuMs();
  const result = await work();
  const cost = cpuMs() - begun;
  dear = Math.max(dear, cost);
  return result;
}

/** What was written in a form stands nowhere else: a refusal gives it back. Typed words stand where they were typed. */
function lossIn(said, reply) {
  const error = reply?.data?.error;
  if (typeof error !== 'string' || said.kind !== 'form') return undefined;
  const shown = squeezed(wholeText(reply));
  const lost = large(said.values).find((text) => !shown.includes(squeezed(text)));
  return lost === undefined
    ? undefined
    : `refused with "${error.slice(0, 200)}", and ${lost.length} characters are gone`;
}

/** Presenters clean what is invisible. */
const squeezed = (text) => text.replace(/[^\p{L}\p{N}]+/gu, '');
const multiline = new Set(
  machine.bot.commands.flatMap(({ options }) =>
    options.filter((each) => each.multiline).map(({ name }) => name),
  ),
);
const large = (values) =>
  Object.entries(values).flatMap(([name, value]) =>
    multiline.has(name) && typeof value === 'string' ? [value] : [],
  );

function stackOf(error) {
  return error instanceof Error
    ? (error.stack ?? error.message).split('\n').slice(0, 6).join('\n').slice(0, 900)
    : String(error);
}

/** An input as it can be read in a report, cut. */
function shown({ way, said, completes }) {
  const cut = (_, value) =>
    typeof value === 'string' && value.length > 160
      ? `${value.slice(0, 120)}…${value.slice(-20)} (${value.length})`
      : value;
  return `${way} ${JSON.stringify(said ?? completes, cut)}`.slice(0, 1200);
}

async function round(index, samples) {
  const chance = chanceFrom(`${seed} ${index}`);
  const made = input(chance, { commands: machine.bot.commands, samples });
  const platform = chance.one(['discord', 'slack', 'terminal']);
  const speaker = {
    person: `p${chance.below(PEOPLE)}`,
    platform,
    kind: chance.one(['direct', 'channel']),
    isAdmin: chance.percent(80),
  };
  if (made.said?.kind === 'action' && chance.percent(80))
    made.said.author = requestOf(made.said, speaker).account;
  current = { index, shown: shown(made) };
  process.stderr.write(`${index} ${current.shown}\n`);
  watching.resume();
  now += STEP_MS;
  dear = 0;
  let reply;
  try {
    if (made.completes) {
      const { command, option, typed } = made.completes;
      await measured(() =>
        machine.bot.suggest(requestOf(line(''), speaker), command, option, typed),
      );
    } else if (made.said.kind === 'words')
      reply = await interviewed(made.said, { ...speaker, platform: 'terminal', kind: 'direct' });
    else reply = await measured(() => ask(made.said, speaker));
  } catch (error) {
    problem('thrown', stackOf(error));
  }
  const loss = made.said && lossIn(made.said, reply);
  if (loss) problem('lost', loss);
  await breathe();
  const met = dear > DEAR_MS ? await watching.look() : undefined;
  if (met && met.busyMs > LIMITS.waitMs)
    problem(
      'unanswered',
      `a bystander waited ${Math.round(met.longestMs)} ms (${Math.round(met.busyMs)} ms of processor time)`,
    );
  if (dear > DEAR_MS) dearest.push({ ms: Math.round(dear), ...current });
  if (watching.seen.heap > LIMITS.heapBytes)
    problem('heap', `${Math.round(watching.seen.heap / 2 ** 20)} MB`);
  counts[made.way] = (counts[made.way] ?? 0) + 1;
  if (reply?.data?.error) counts.refused = (counts.refused ?? 0) + 1;
  if (/at once|Try again in/.test(reply?.data?.error ?? ''))
    counts.overQuota = (counts.overQuota ?? 0) + 1;
  if (index % 40 === 39) await machine.ticker.tick();
}

const counts = {};
const samples = await prepared();
let bystanders = 0;
const watching = watch(() => {
  bystanders += 1;
  return ask(line('help'), {
    person: `b${bystanders % 40}`,
    platform: 'slack',
    kind: 'channel',
    isAdmin: false,
  });
});
let index = 0;
while (index < rounds && Date.now() < until) {
  await round(index, samples);
  index += 1;
}
await watching.stop();
dearest.sort((a, b) => b.ms - a.ms);
tell({
  kind: 'done',
  seed,
  rounds: index,
  counts,
  seen: watching.seen,
  peakBytes: peakBytes(),
  dearest: dearest.slice(0, 12),
});
close();
process.exit(0);
