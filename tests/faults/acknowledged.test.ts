import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { randomFrom } from '../../src/core/random.ts';
import { answerUntil, inspect, type Load, seed } from '../support/load.ts';
import { discordLoad } from '../support/load-discord.ts';
import { slackLoad } from '../support/load-slack.ts';
import { BUILT, startProgram } from '../support/process.ts';

/** Kills for each way in: one in CI, `ROUNDS=50` before a release. */
const ROUNDS = Number(process.env['ROUNDS'] ?? 1);
/** `DIST` names another build than this tree's, to compare with. */
const MAIN = process.env['DIST'] ?? BUILT;
const AT_ONCE = 16;
/** So many acknowledgements come before a kill at the most. */
const MAX_BEFORE_KILL = 150;
/** Who is stored but not answered is answered so long after a start at the latest. */
const HEALED_MS = 15_000;

const folder = mkdtempSync(join(tmpdir(), 'warmup-acknowledged-'));
afterAll(() => rmSync(folder, { recursive: true }));

const WAYS: Record<string, () => Promise<Load>> = {
  'Slack over HTTP': () => slackLoad('http'),
  'Slack in Socket Mode': () => slackLoad('socket'),
  Discord: discordLoad,
};

async function startBot(load: Load, file: string) {
  const program = startProgram(
    { ...load.environment, DATABASE_URL: `file:${file}`, LOG_LEVEL: 'info' },
    [],
    MAIN,
  );
  await program.says(`"what":"${load.platform}"`, 60);
  return program;
}

/** Kills the program under load and starts it again: what was acknowledged must be there. */
async function killOnce(load: Load, { name, after }: { name: string; after: number }) {
  const file = join(folder, `${name}.db`);
  await seed(file, load);
  const killed = await startBot(load, file);
  const all = await answerUntil(load, {
    atOnce: AT_ONCE,
    after,
    over: () => killed.child.kill('SIGKILL'),
  });
  await killed.ended;

  const next = await startBot(load, file);
  const stored = inspect(file).unanswered;
  const until = performance.now() + HEALED_MS;
  while (inspect(file).unanswered > 0 && performance.now() < until) await wait(100);
  next.child.kill('SIGTERM');
  await next.ended;
  const { answered, integrity, unequal, unanswered } = inspect(file);
  const acknowledged = all.filter(({ answering }) => answering.isAcknowledged());
  const lost = acknowledged.filter(({ person }) => !answered.has(load.account(person)));
  return {
    requests: all.length,
    acknowledged: acknowledged.length,
    stored,
    lost: lost.length,
    unanswered,
    unequal,
    integrity,
  };
}

// Each waits for its own starts and leases, so they wait together.
test.concurrent.each(Object.keys(WAYS))(
  '%s: killed under load, nothing that was acknowledged is lost',
  async (name) => {
    const random = randomFrom(`acknowledged ${name}`);
    const total = { requests: 0, acknowledged: 0, stored: 0, lost: 0, unanswered: 0, unequal: 0 };
    const integrity = new Set<string>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const load = await (WAYS[name] as () => Promise<Load>)();
      const found = await killOnce(load, {
        name: `${name}-${round}`,
        after: Math.floor(random() * MAX_BEFORE_KILL),
      });
      await load.stop();
      for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += found[key];
      integrity.add(found.integrity);
    }
    console.log(`${name}: ${ROUNDS} kills`, JSON.stringify(total), [...integrity].join());

    expect(total.acknowledged).toBeGreaterThan(0);
    expect(total).toMatchObject({ lost: 0, unanswered: 0, unequal: 0 });
    expect([...integrity]).toEqual(['ok']);
  },
  ROUNDS * 60_000,
);
