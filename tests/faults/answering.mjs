// One process of the built bot under the load of people who answer, as the tests of locks and of
// power cuts start it: the real store, machine and health server, and a platform that takes everything.
import { once } from 'node:events';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { createApp } from '../../src/app.ts';
import { readCatalog } from '../../src/catalog.ts';
import { createCatalog } from '../../src/core/catalog.ts';
import { createHttp } from '../../src/http.ts';
import { openSqlite } from '../../src/store/sqlite.ts';

const { file, people, posts, at, spreadMs, tries, isWarm, isUnsafe } = JSON.parse(process.argv[2]);
const tell = (what, facts) => process.stdout.write(`${JSON.stringify({ what, ...facts })}\n`);

if (isUnsafe) {
  const { pragma } = Sqlite.prototype;
  Sqlite.prototype.pragma = function unsafe(text, ...rest) {
    return pragma.call(this, text.replace('synchronous = FULL', 'synchronous = NORMAL'), ...rest);
  };
}

const { store } = openSqlite(`file:${file}`);
const { catalog: bank } = readCatalog();
const catalog = createCatalog({
  ...bank,
  generators: [],
  questions: bank.questions.filter(({ format }) => format === 'single'),
});
let now = new Date(at);
const clock = { now: () => now };
const platform = {
  name: 'slack',
  resendSafeForMs: 0,
  send: async ({ channel, account, key }) => {
    tell('sent', { key });
    return { ok: true, channel: channel ?? account, message: `m ${key}` };
  },
  check: async () => [],
};
const emit = (event) => {
  if (event.kind === 'failed') tell('failed', { where: event.where, error: String(event.error) });
};
const { bot, platforms, ticker } = createApp({
  store,
  catalog,
  clock,
  emit,
  isUnlimited: true,
});
platforms.set('slack', platform);
const server = await createHttp(async () => ({ isReady: true, parts: [] })).listen(0, '127.0.0.1');
await ticker.tick();

const rights = new Map();
for (let post = 1; post <= posts; post += 1) {
  const { question } = await store.post(post);
  rights.set(post, 'abcdef'[question.options.findIndex(({ correct }) => correct)]);
}

async function answer(person, post, attempt, choice) {
  const began = performance.now();
  const step = await bot.prepare({
    platform: 'slack',
    workspace: 'slack:T1',
    account: `slack:p${person}`,
    accountName: `p${person}`,
    isAdmin: false,
    place: { channel: 'c0', kind: 'channel' },
    delivery: `${person} ${post} ${attempt}`,
    said: { kind: 'text', text: `answer ${post} choice:${choice} try:${attempt}` },
  });
  const reply = await step.run();
  const ms = performance.now() - began;
  // Short enough that a pipe takes the line whole or not at all.
  const text = JSON.stringify(reply).slice(0, 500);
  tell('reply', { person, post, attempt, choice, ms, text });
}

/** Answers all posts one after the other; with two tries, every third is wrong at first. */
async function answerAll(person) {
  for (let post = isWarm ? 2 : 1; post <= posts; post += 1) {
    const right = rights.get(post);
    const isWrong = tries > 1 && (person + post) % 3 === 0;
    await answer(person, post, 1, isWrong ? (right === 'a' ? 'b' : 'a') : right);
    if (isWrong) await answer(person, post, 2, right);
  }
}

// Code that runs for the first time is slow: half of the people have answered something before.
if (isWarm)
  for (let person = 0; person < people; person += 2) await answer(person, 1, 1, rights.get(1));

tell('ready', { port: server.address().port });
await once(createInterface({ input: process.stdin }), 'line');
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
// What falls due now is sent by the next tick that can.
now = new Date(now.getTime() + 60_000);
const ticks = setInterval(() => ticker.tick(), 250);
await Promise.all(
  Array.from({ length: people }, async (_, person) => {
    await wait((person / people) * spreadMs);
    await answerAll(person);
  }),
);
clearInterval(ticks);
await ticker.tick();
await ticker.tick();
// The health server keeps the process alive until the test ends it.
tell('done', { blockedMs: delay.max / 1e6 });
