// One of several processes on a PostgreSQL server, as `postgres.test.ts` starts, stops and kills it: the built store and
// jobs, people who press buttons, and a platform that posts to the test over HTTP.
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { createApp } from '../../src/app.ts';
import { readCatalog } from '../../src/catalog.ts';
import { openStore } from '../../src/store/open.ts';

const { url, port, name, people } = JSON.parse(process.argv[2]);
const elapsedMs = () => performance.now();
const machineClock = { now: () => new Date() };
const { store, clock } = await openStore(url, {
  clock: machineClock,
  elapsedMs,
  answerKey: 'the key of the tests',
});

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
const { bot, platforms, ticker } = createApp({ store, catalog, clock, emit: () => {}, newId });
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

async function pressOften() {
  for (let post = 1; ; post += 1) {
    await Promise.all(people.map((person) => press(`${person}-${name}`, post).catch(() => {})));
    await pause(150);
  }
}

process.stdout.write('started\n');
pressOften();
for (;;) {
  await ticker.tick();
  await pause(100);
}
