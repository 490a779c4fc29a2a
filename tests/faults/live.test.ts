import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import type { ChoiceQuestion } from '../../src/core/questions/schema.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { singleItem } from '../support/items.ts';
import { answerUntil, type Load } from '../support/load.ts';
import { discordLoad } from '../support/load-discord.ts';
import { slackLoad } from '../support/load-slack.ts';
import { startProgram } from '../support/process.ts';

const folder = mkdtempSync(join(tmpdir(), 'warmup-live-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** So many acknowledgements come before the kill. */
const BEFORE_KILL = 60;
/** The question closes so long after its seed, which leaves time for two starts of each. */
const OPEN_MS = 16_000;
/** A question whose time ended during the kill is open for 15 seconds more. */
const CLOSED_MS = 40_000;

const line = (person: number) => `live answer round:1 question:1 choice:${person % 3 ? 'b' : 'a'}`;

const WAYS: Record<string, () => Promise<Load & { channel: string }>> = {
  'Slack over HTTP': async () => {
    const load = await slackLoad('http', line);
    return { ...load, channel: load.slack.server.general.id };
  },
  Discord: async () => {
    const load = await discordLoad(line);
    return { ...load, channel: load.server.world.main.id };
  },
};

/** A round whose first question is open; its right answer is b. */
async function seed(file: string, { platform, workspace, channel }: Load & { channel: string }) {
  const { store, close } = openSqlite(`file:${file}`);
  const at = new Date();
  const { person, team } = await store.meet({
    account: `${platform}:host`,
    name: 'host',
    workspace,
    workspaceName: 'Team',
    newPersonId: 'host',
    newTeamId: 'team',
    at,
  });
  const settings = { count: 3, seconds: 15 };
  const where = { teamId: team.id, platform, channel, hostId: person.id, settings };
  const questions = ['q1', 'q2', 'q3'].map((id) => singleItem(id) as ChoiceQuestion);
  const { round } = await store.startLive(
    { ...where, dueAt: at, startedAt: at },
    questions,
    () => [],
  );
  const dueAt = new Date(at.getTime() + OPEN_MS);
  const asking = { ...round, state: 'asking', position: 1, dueAt } as const;
  await store.moveLive(round, asking, { at, rows: () => [] });
  close();
}

/** Who answered, where the round is, and whether the solution was sent, by plain SQL. */
function inspect(file: string) {
  const sqlite = new Sqlite(file, { readonly: true });
  const list = (sql: string) => sqlite.prepare(sql).pluck().all().map(String);
  const found = {
    answered: new Set(
      list('select a.id from live_answers l join accounts a on a.person_id = l.person_id'),
    ),
    state: list("select state || ' ' || position from live_rounds")[0],
    shown: list(
      "select count(*) from outbox where key = 'live:1:solution:1' and state = 'sent'",
    )[0],
    text: list("select outgoing from outbox where key = 'live:1:solution:1'")[0],
  };
  sqlite.close();
  return found;
}

async function startBot(load: Load, file: string) {
  const program = startProgram({ ...load.environment, DATABASE_URL: `file:${file}` });
  await program.says(`"what":"${load.platform}"`, 60);
  return program;
}

// Both wait for the end of their question, so they wait together.
test.concurrent.each(Object.keys(WAYS))(
  '%s: killed while people answer a live round, no acknowledged answer is lost and it goes on',
  async (name) => {
    const load = await (WAYS[name] as (typeof WAYS)[string])();
    const file = join(folder, `${load.platform}.db`);
    await seed(file, load);
    const killed = await startBot(load, file);
    const all = await answerUntil(load, {
      atOnce: 16,
      after: BEFORE_KILL,
      over: () => killed.child.kill('SIGKILL'),
    });
    await killed.ended;
    const acknowledged = all.filter(({ answering }) => answering.isAcknowledged());

    const next = await startBot(load, file);
    const until = performance.now() + CLOSED_MS;
    while (inspect(file).shown !== '1' && performance.now() < until) await wait(100);
    next.child.kill('SIGTERM');
    await next.ended;
    const { answered, shown, state, text } = inspect(file);
    const lost = acknowledged.filter(({ person }) => !answered.has(load.account(person)));
    await load.stop();
    console.log(name, JSON.stringify({ acknowledged: acknowledged.length, lost: lost.length }));

    expect(acknowledged.length).toBeGreaterThanOrEqual(BEFORE_KILL);
    expect(lost).toEqual([]);
    expect({ shown, state }).toEqual({ shown: '1', state: 'break 1' });
    expect(text).toContain(`of ${answered.size} answered correctly.`);
  },
);
