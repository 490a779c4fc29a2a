import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildWhenOld } from '../../../tests/support/build.ts';
import { BUILT } from '../../../tests/support/process.ts';
import { signature } from '../../../tests/support/slack/server.ts';
import { inLanes } from './compare.ts';
import { startProgram, whenReady } from './program.ts';
import { FIRST_OPEN, makeTeam, PEOPLE } from './team.ts';

/** The real program on Slack over HTTP, with a team of 1,000 people on disk, and what people send to it. */
const SECRET = 'bench';

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

/** The Slack that both programs call. */
export const api = await startApi();
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

/** A command that is typed by one person after the other. */
export const typed = (command: string, text: (at: number) => string) => (at: number) => ({
  command,
  text: text(at),
  team_id: 'T1',
  channel_id: 'C1',
  user_id: `U${at % PEOPLE}`,
  user_name: `Person ${at % PEOPLE}`,
  trigger_id: String(deliveries++),
  response_url: `${api.url}/response`,
});

/** A button that is pressed by one person after the other. */
export const pressed = (value: (at: number) => string) => (at: number) => ({
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
export const answer = (at: number) =>
  `answer post:${FIRST_OPEN + Math.floor(at / PEOPLE)} try:1 choice:${at % 3 ? 'b' : 'a'}`;

/** Sends over so many connections; `answers` is how many messages follow by response_url. */
export function loadOn(
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

/** Acknowledgements that say something. */
export const inWords = (words: string) => words !== '';

/** Starts the program, and lets everybody say something: Slack tells of everybody once in five minutes. */
export async function startOurs(port: number) {
  buildWhenOld();
  const team = await makeTeam('slack', 'slack:T1', members);
  const program = startProgram(BUILT, [], {
    DATABASE_URL: team.url,
    SLACK_BOT_TOKEN: 'xoxb-bench',
    SLACK_SIGNING_SECRET: SECRET,
    SLACK_API_URL: `${api.url}/api/`,
    PORT: String(port),
  });
  await whenReady(port);
  await loadOn(
    port,
    16,
    typed('/warmup', () => 'help'),
    inWords,
  )(PEOPLE);
  return { program, remove: team.remove };
}
