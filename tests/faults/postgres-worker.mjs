// One of several processes on a PostgreSQL server, as `postgres.test.ts` starts, stops and kills it: the built store and
// jobs, people who press buttons, and a platform that posts to the test over HTTP.
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { request } from 'node:http';
import { createApp } from '../../src/app.ts';
import { readCatalog } from '../../src/catalog.ts';
import { openStore } from '../../src/store/open.ts';

const { url, port, name, people, origin, speed, stops } = JSON.parse(process.argv[2]);
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

const send = (outgoing) =>
  new Promise((resolve) => {
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

const { catalog } = readCatalog();
const { bot, platforms, ticker } = createApp({
  store: stops ? { ...store, beginSend } : store,
  catalog,
  clock,
  emit: () => {},
  newId,
});
platforms.set('slack', { name: 'slack', resendSafeForMs: 0, send, check: async () => [] });

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Presses a button and tells when its reply is there: from then on the answer must not be lost. */
async function press(person, post) {
  const began = elapsedMs();
  const step = await bot.prepare({
    platform: 'slack',
    workspace: 'slack:T1',
    account: `slack:T1/${person}`,
    accountName: person,
    isAdmin: false,
    place: { channel: 'c0', kind: 'channel' },
    said: { kind: 'text', text: `answer reveal ${post}` },
  });
  if (step.kind !== 'run') return;
  const reply = await step.run();
  const ms = Math.round(elapsedMs() - began);
  // Before the question is posted nothing is kept, and the reply says so.
  if (JSON.stringify(reply).includes("isn't posted yet")) return;
  if (reply.isFault || reply.data?.error) process.stdout.write(`told ${person} ${post} ${ms}\n`);
  else process.stdout.write(`ack ${person} ${post} ${ms}\n`);
}

/** New people press on every question that is posted, again and again. */
async function pressOften() {
  for (let round = 1; ; round += 1) {
    const posts = await store.recentPosts('T1', 50).catch(() => []);
    for (const { id } of posts.filter(({ state }) => state === 'posted')) {
      const names = people.map((person) => `${person}-${name}-${round}`);
      await Promise.all(names.map((person) => press(person, id).catch(() => {})));
      await pause(150);
    }
    await pause(150);
  }
}

process.stdout.write('started\n');
pressOften();
for (;;) {
  await ticker.tick();
  if (stopped) process.stdout.write('went on\n');
  await pause(100);
}
