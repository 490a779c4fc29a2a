import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buildWhenOld } from '../support/build.ts';
import { BUILT } from '../support/process.ts';
import { signature } from '../support/slack/server.ts';
import { compare, inLanes, printHead } from './parts/compare.ts';
import { startProgram, whenReady } from './parts/program.ts';
import { FIRST_OPEN, makeTeam, OPEN, PEOPLE } from './parts/team.ts';

/**
 * The real program on Slack over HTTP, with a team of 1,000 people on disk, beside a Bolt echo:
 * `npm run bench -- slack`. Both are processes of their own.
 */
const SECRET = 'bench';
const ECHO = join(import.meta.dirname, 'parts/slack-echo.mjs');
const PORTS = { bare: 39_310, ours: 39_311 };

const members = Array.from({ length: PEOPLE }, (_, index) => ({
  account: `slack:T1/U${index}`,
  name: `Person ${index}`,
}));

/** A Web API that answers at once, and counts the messages that reach a response_url. */
async function startApi() {
  let answered = () => {};
  const about = (user: string) => ({
    ok: true,
    user: { id: user, name: 'p', real_name: `Person ${user.slice(1)}`, tz: 'UTC' },
  });
  const self = {
    ok: true,
    team_id: 'T1',
    team: 'Team',
    user_id: 'UBOT',
    user: 'bot',
    bot_id: 'B1',
    channel: 'C1',
    ts: '1.1',
  };
  const server = createServer((incoming, response) => {
    if (incoming.url === '/response') {
      incoming.resume();
      response.end('ok');
      answered();
      return;
    }
    let body = '';
    incoming.on('data', (chunk) => {
      body += chunk;
    });
    incoming.on('end', () => {
      const user = new URLSearchParams(body).get('user');
      const known = incoming.url?.endsWith('users.info') && user ? about(user) : self;
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(known));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    /** Calls back at every message to a response_url. */
    onAnswer: (call: () => void) => {
      answered = call;
    },
    close: () => server.close(),
  };
}

const api = await startApi();
let deliveries = 0;

/** A signed request as Slack sends it; resolves with the words of the acknowledgement. */
async function send(port: number, agent: Agent, fields: Record<string, string>): Promise<string> {
  const body = String(new URLSearchParams(fields));
  const timestamp = String(Math.floor(Date.now() / 1000));
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': signature(SECRET, timestamp, body),
  };
  return new Promise((resolve, reject) => {
    const path = '/slack/events';
    const sent = request({ port, path, method: 'POST', agent, headers }, (response) => {
      let words = '';
      response.on('data', (chunk) => {
        words += chunk;
      });
      response.on('end', () => {
        if (response.statusCode === 200) resolve(words);
        else reject(new Error(`status ${response.statusCode}`));
      });
    });
    sent.on('error', reject).end(body);
  });
}

const about = (person: number) => ({ id: `U${person}`, name: `Person ${person}`, team_id: 'T1' });

const typed = (command: string, text: (at: number) => string) => (at: number) => ({
  command,
  text: text(at),
  team_id: 'T1',
  channel_id: 'C1',
  user_id: `U${at % PEOPLE}`,
  user_name: `Person ${at % PEOPLE}`,
  trigger_id: String(deliveries++),
  response_url: `${api.url}/response`,
});

const pressed = (value: (at: number) => string) => (at: number) => ({
  payload: JSON.stringify({
    type: 'block_actions',
    team: { id: 'T1', domain: 'team' },
    user: about(at % PEOPLE),
    trigger_id: String(deliveries++),
    response_url: `${api.url}/response`,
    channel: { id: 'C1', name: 'general' },
    container: { type: 'message', message_ts: '1.1', channel_id: 'C1', is_ephemeral: false },
    message: { type: 'message', ts: '1.1', text: 'The question', blocks: [] },
    actions: [{ action_id: 'x', block_id: 'b', type: 'button', value: value(at) }],
  }),
});

/** Everybody answers one question after the other. */
const answer = (at: number) =>
  `answer post:${FIRST_OPEN + Math.floor(at / PEOPLE)} try:1 choice:${at % 3 ? 'b' : 'a'}`;

/** Sends over so many connections; `answers` is how many messages follow by response_url. */
function loadOn(
  port: number,
  connections: number,
  fields: (at: number) => Record<string, string>,
  isAnswered: (words: string) => boolean,
) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let begun = 0;
  return async (count: number) => {
    let open = count;
    const ended = new Promise<void>((resolve) => {
      const one = () => {
        open -= 1;
        if (open === 0) resolve();
      };
      api.onAnswer(one);
      inLanes(connections, count, async () => {
        if (isAnswered(await send(port, agent, fields(begun++)))) one();
      });
    });
    await ended;
  };
}

buildWhenOld();
const team = await makeTeam('slack', 'slack:T1', members);
const bare = startProgram(ECHO, [String(PORTS.bare), `${api.url}/api/`]);
const ours = startProgram(BUILT, [], {
  DATABASE_URL: team.url,
  SLACK_BOT_TOKEN: 'xoxb-bench',
  SLACK_SIGNING_SECRET: SECRET,
  SLACK_API_URL: `${api.url}/api/`,
  PORT: String(PORTS.ours),
});
await Promise.all([bare.says('ready'), whenReady(PORTS.ours)]);
// Slack tells of everybody once in five minutes.
const warm = typed('/warmup', () => 'help');
await loadOn(PORTS.ours, 16, warm, (words) => words !== '')(PEOPLE);

const inWords = (words: string) => words !== '';
const never = () => false;

printHead();
for (const connections of [16, 64]) {
  const board = typed('/leaderboard', () => '');
  await compare(
    `Slack \`/leaderboard\`, ${connections} connections`,
    { program: ours, load: loadOn(PORTS.ours, connections, board, inWords) },
    { program: bare, load: loadOn(PORTS.bare, connections, board, inWords) },
  );
}
let answers = 0;
const nextAnswer = () => {
  if (answers >= OPEN * PEOPLE) throw new Error('everybody has answered everything');
  return answer(answers++);
};
for (const connections of [16, 64]) {
  const fields = typed('/warmup', () => '');
  const answering = (at: number) => {
    const who = answers % PEOPLE;
    return { ...fields(at), user_id: `U${who}`, user_name: `Person ${who}`, text: nextAnswer() };
  };
  await compare(
    `Slack typed answer, durable, ${connections} connections`,
    { program: ours, load: loadOn(PORTS.ours, connections, answering, inWords) },
    { program: bare, load: loadOn(PORTS.bare, connections, fields, inWords) },
  );
}
const press = () => {
  const who = answers % PEOPLE;
  const value = `2:${nextAnswer()}`;
  return pressed(() => value)(who);
};
await compare(
  'Slack button answer, durable, 16 connections',
  { program: ours, load: loadOn(PORTS.ours, 16, press, never) },
  {
    program: bare,
    load: loadOn(
      PORTS.bare,
      16,
      pressed(() => 'x'),
      never,
    ),
  },
);
await Promise.all([ours.stop(), bare.stop()]);
team.remove();
api.close();
process.exit();
