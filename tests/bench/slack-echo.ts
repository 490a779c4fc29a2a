import { type ChildProcess, fork } from 'node:child_process';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App } from '@slack/bolt';
import { startSlack } from '../../src/adapters/slack/index.ts';
import { say } from '../../src/bot/reply.ts';
import { signature } from '../support/slack/server.ts';
import { runs, stubBot } from '../support/slack/stub-bot.ts';

/**
 * Slash commands over HTTP: our adapter beside a bare Bolt that does the same.
 *
 *     npx tsx tests/bench/slack-echo.ts [rounds] [requests]
 *
 * `acknowledged` counts answers to Slack alone, `answered` also a message to the response_url.
 * Each server is a process of its own and takes turns with the others, so that a busy machine
 * slows all of them; read the ratios.
 */
const SECRET = 'bench';
const CONNECTIONS = 16;
const SERVERS = [
  'bare acknowledged',
  'ours acknowledged',
  'bare answered',
  'ours answered',
] as const;
type ServerName = (typeof SERVERS)[number];

/** The child: one of the four servers. */
async function serve(name: ServerName, port: number, apiPort: number) {
  const apiUrl = `http://127.0.0.1:${apiPort}/api/`;
  const isAnswering = name.endsWith('answered');
  if (name.startsWith('bare')) {
    const app = new App({
      token: 'xoxb-bench',
      signingSecret: SECRET,
      clientOptions: { slackApiUrl: apiUrl },
    });
    app.command('/warmup', async ({ ack, respond }) => {
      await ack();
      if (isAnswering) await respond({ response_type: 'ephemeral', text: 'Heard.' });
    });
    await app.start(port);
  } else {
    await startSlack({
      bot: stubBot(() => (isAnswering ? runs(say('Heard.')) : { kind: 'nothing' })),
      botToken: 'xoxb-bench',
      signingSecret: SECRET,
      port,
      apiUrl,
      emit: () => {},
      clock: { now: () => new Date() },
    });
  }
  process.send?.('ready');
}

/** A Web API that answers at once, and counts the messages that reach a response_url. */
async function startApi() {
  let answers = 0;
  const known = {
    ok: true,
    team_id: 'T1',
    user_id: 'U1',
    bot_id: 'B1',
    user: { id: 'U1', name: 'ada', tz: 'UTC' },
  };
  const body = JSON.stringify(known);
  const server = createServer((incoming, response) => {
    incoming.resume();
    if (incoming.url === '/response') {
      answers += 1;
      response.end('ok');
    } else {
      response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, answers: () => answers, close: () => server.close() };
}

function commandBody(apiPort: number, trigger: number): string {
  return String(
    new URLSearchParams({
      command: '/warmup',
      text: 'help',
      team_id: 'T1',
      channel_id: 'C1',
      user_id: 'U1',
      user_name: 'ada',
      trigger_id: String(trigger),
      response_url: `http://127.0.0.1:${apiPort}/response`,
    }),
  );
}

async function send(port: number, apiPort: number, trigger: number, agent: Agent) {
  const body = commandBody(apiPort, trigger);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': signature(SECRET, timestamp, body),
  };
  await new Promise<void>((resolve, reject) => {
    const path = '/slack/events';
    const sent = request({ port, path, method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`status ${response.statusCode}`));
      });
    });
    sent.on('error', reject).end(body);
  });
}

/** Requests a second over some connections at once. */
async function measure(port: number, apiPort: number, count: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  let next = 0;
  const worker = async () => {
    while (next < count) await send(port, apiPort, next++, agent);
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  const seconds = (performance.now() - began) / 1000;
  agent.destroy();
  return count / seconds;
}

async function startChild(name: ServerName, port: number, apiPort: number): Promise<ChildProcess> {
  const child = fork(import.meta.filename, ['serve', name, String(port), String(apiPort)]);
  await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', () => reject(new Error(`${name} did not start`)));
  });
  return child;
}

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;

async function main(rounds: number, count: number) {
  const api = await startApi();
  const children: ChildProcess[] = [];
  const rates = new Map<ServerName, number[]>(SERVERS.map((name) => [name, []]));
  for (const [index, name] of SERVERS.entries()) {
    children.push(await startChild(name, 39_310 + index, api.port));
    await measure(39_310 + index, api.port, Math.min(count, 1000));
  }
  for (let round = 0; round < rounds; round++) {
    for (const [index, name] of SERVERS.entries()) {
      const before = api.answers();
      rates.get(name)?.push(await measure(39_310 + index, api.port, count));
      while (name.endsWith('answered') && api.answers() < before + count) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    }
  }
  for (const child of children) child.kill();
  api.close();
  const rate = (name: ServerName) => median(rates.get(name) ?? []);
  for (const name of SERVERS) console.log(`${name.padEnd(18)} ${Math.round(rate(name))} req/s`);
  for (const kind of ['acknowledged', 'answered'] as const) {
    const ratio = rate(`ours ${kind}`) / rate(`bare ${kind}`);
    console.log(`ratio ${kind.padEnd(12)} ${ratio.toFixed(2)}`);
  }
}

const [first, ...rest] = process.argv.slice(2);
if (first === 'serve') await serve(rest[0] as ServerName, Number(rest[1]), Number(rest[2]));
else await main(Number(first ?? 5), Number(rest[0] ?? 5000));
