import { join } from 'node:path';
import { compare, printHead } from './parts/compare.ts';
import { startProgram } from './parts/program.ts';
import { answer, api, inWords, loadOn, pressed, startOurs, typed } from './parts/slack-load.ts';
import { OPEN, PEOPLE } from './parts/team.ts';

/**
 * The real program on Slack over HTTP beside a Bolt echo: `npm run bench -- slack`. Both are processes of their own.
 */
const ECHO = join(import.meta.dirname, 'parts/slack-echo.mjs');
const PORTS = { bare: 39_310, ours: 39_311 };

const { program: ours, remove } = await startOurs(PORTS.ours);
const bare = startProgram(ECHO, [String(PORTS.bare), `${api.url}/api/`]);
await bare.says('ready');

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
  const value = `1:${nextAnswer()}`;
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
remove();
api.close();
process.exit();
