// One of several processes on a PostgreSQL server, as `postgres.test.ts` and `answers.test.ts` start, stop and kill it: the
// built machine, and a platform that posts to the test over HTTP and hears the answers of people from it, a line each.
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { request } from 'node:http';
import { createInterface } from 'node:readline';
import { createApp } from '../../src/app.ts';
import { readCatalog } from '../../src/catalog.ts';
import { createCatalog } from '../../src/core/catalog.ts';
import { untilSafe } from '../../src/spine/deliveries.ts';
import { openStore } from '../../src/store/open.ts';

const { url, port, name, origin = 0, speed = 1, stops } = JSON.parse(process.argv[2]);
/** Most answers take longer on a busy machine, and are stored first. */
const PATIENCE_MS = 20;
/** Longer than a process keeps a delivery without renewing it. */
const SLOW_MS = 3_500;

const elapsedMs = () => performance.now();
const machineClock = { now: () => new Date() };
const { store, clock: serverClock } = await openStore(url, {
  clock: machineClock,
  elapsedMs,
  answerKey: 'the key of the tests',
});
// All processes go by the server's time, and make it faster in the same way.
const clock = {
  now: () => new Date(Math.floor(origin + (serverClock.now().getTime() - origin) * speed)),
};

/** Stands still with what it has taken, right after it has noted the first attempt, until the test lets it go on. */
let stopped;
async function beginSend(leased) {
  if (stopped) {
    await stopped;
    return store.beginSend(leased);
  }
  stopped = store.beginSend(leased);
  const row = await stopped;
  writeSync(1, `stopped ${row.key}\n`);
  process.kill(process.pid, 'SIGSTOP');
  return row;
}

const newId = () => `${name}-${randomUUID()}`;
const lost = { ok: false, outcome: 'unknown', problem: { code: 'unavailable', words: 'lost' } };

/** Without a port all that is sent arrives. */
const send = (outgoing) =>
  new Promise((resolve) => {
    const { key, channel = outgoing.account } = outgoing;
    if (!port) return resolve({ ok: true, channel, message: key });
    const headers = { 'content-type': 'application/json' };
    const call = request({ port, method: 'POST', path: '/', headers }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => {
        text += chunk;
      });
      answer.on('end', () => resolve(JSON.parse(text)));
    });
    call.on('error', () => resolve(lost));
    call.end(JSON.stringify(outgoing));
  });

const { catalog: bank } = readCatalog();
const catalog = createCatalog({
  ...bank,
  generators: [],
  questions: bank.questions.filter(({ format }) => format === 'single'),
});
const { bot, platforms, ticker } = createApp({
  store: stops ? { ...store, beginSend } : store,
  catalog,
  clock,
  emit: () => {},
  newId,
});
platforms.set('slack', { name: 'slack', resendSafeForMs: 0, send, check: async () => [], resume });

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function answer({ id, person, post }, isRerun) {
  const step = await bot.prepare({
    platform: 'slack',
    workspace: 'slack:T1',
    account: `slack:T1/${person}`,
    accountName: person,
    isAdmin: false,
    place: { channel: 'c0', kind: 'channel' },
    delivery: id,
    isRerun,
    said: { kind: 'text', text: `answer ${post} b` },
  });
  return step.kind === 'run' ? step.run() : undefined;
}

/** As an adapter does it: what is slow is stored, and what is answered or stored is acknowledged. */
async function press(delivery) {
  const { id, person } = delivery;
  const answering = answer(delivery, false);
  const account = `slack:T1/${person}`;
  const store = () => bot.storeDelivery({ id, platform: 'slack', account, payload: delivery });
  try {
    const how = await untilSafe(answering, store, PATIENCE_MS);
    const isFault = how === 'done' && (await answering)?.isFault;
    process.stdout.write(`${isFault ? 'told' : 'ack'} ${id}\n`);
    await answering;
  } catch {
    process.stdout.write(`told ${id}\n`);
  }
}

/** Every tenth is held up by its platform, for longer than the lease. */
async function resume(delivery) {
  if (delivery.id.endsWith('0')) await pause(SLOW_MS);
  await answer(delivery, true);
}

createInterface({ input: process.stdin }).on('line', (line) => press(JSON.parse(line)));

process.stdout.write('started\n');
for (;;) {
  await ticker.tick();
  if (stopped) process.stdout.write('went on\n');
  await pause(100);
}
