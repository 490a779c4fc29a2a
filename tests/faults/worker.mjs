// One process of the bot, as `crash.test.ts` starts and kills it: the built store and jobs, and a
// platform that posts to the test over HTTP, so that what was shown outlives the process.
import { request } from 'node:http';
import { createApp } from '../../src/app.ts';
import { readCatalog } from '../../src/catalog.ts';
import { openSqlite } from '../../src/store/sqlite.ts';

const {
  file,
  port,
  platform: name,
  at,
  killAt,
  delayMs,
  people,
  resendSafeForMs,
} = JSON.parse(process.argv[2]);

const die = () => process.kill(process.pid, 'SIGKILL');
const reach = (point) => {
  if (point === killAt) die();
};

const { store: real } = openSqlite(`file:${file}`);
const store = {
  ...real,
  claimSlot: async (slot) => {
    reach('before-claim');
    const id = await real.claimSlot(slot);
    reach('after-claim');
    return id;
  },
  leaseDue: async (lease) => {
    const rows = await real.leaseDue(lease);
    if (rows.length > 0) reach('after-lease');
    return rows;
  },
  settle: async (settlement) => {
    reach('before-settle');
    const done = await real.settle(settlement);
    reach('after-settle');
    return done;
  },
  recordAttempt: async (attempt) => {
    const recorded = await real.recordAttempt(attempt);
    reach('after-answer');
    return recorded;
  },
};

const clock = { now: () => new Date(at) };
let ids = 0;
const newId = () => `w${process.pid}-${++ids}`;

function send(outgoing) {
  reach('before-send');
  return new Promise((resolve) => {
    const body = JSON.stringify({ file, outgoing, at });
    const call = request(
      { port, method: 'POST', path: '/', headers: { 'content-type': 'application/json' } },
      (answer) => {
        let text = '';
        answer.on('data', (chunk) => {
          text += chunk;
        });
        answer.on('end', () => {
          if (outgoing.kind === 'thread') reach('after-thread');
          resolve(JSON.parse(text));
        });
      },
    );
    call.on('error', () =>
      resolve({ ok: false, outcome: 'unknown', problem: { code: 'unavailable', words: 'lost' } }),
    );
    call.end(body, () => {
      // The request has left; whether it has arrived when the process dies is up to the delay.
      if (killAt !== 'in-send') return;
      if (delayMs === 0) die();
      else setTimeout(die, delayMs - 1);
    });
  });
}

const platform = { name, resendSafeForMs, send, check: async () => [] };
const { catalog } = readCatalog();
const { bot, platforms, ticker } = createApp({ store, catalog, clock, emit: () => {}, newId });
platforms.set(name, platform);

await ticker.tick();

// Everybody answers at once; an answer is acknowledged when its reply is there.
await Promise.all(
  Array.from({ length: people }, async (_, index) => {
    const step = await bot.prepare({
      platform: name,
      workspace: `${name}:T1`,
      account: `${name}:p${index}`,
      accountName: `p${index}`,
      isAdmin: false,
      place: { channel: 'c0', kind: 'channel' },
      said: { kind: 'text', text: 'answer reveal 1' },
    });
    if (step.kind === 'run') await step.run();
    process.stdout.write(`ack ${index}\n`);
    if (killAt === 'in-answers' && index === Math.floor(people / 2)) die();
  }),
);
process.stdout.write('done\n');
process.exit(0);
