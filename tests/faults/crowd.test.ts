import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { inspect, type Load, seed } from '../support/load.ts';
import { discordLoad } from '../support/load-discord.ts';
import { slackLoad } from '../support/load-slack.ts';
import { startProgram } from '../support/process.ts';

/** People who answer in the same moment, and clicks of one of them; each at once, in every run. */
const PEOPLE = Number(process.env['PEOPLE'] ?? 200);
const CLICKS = 50;
/** People who go on answering meanwhile, one after the other in each lane. */
const LANES = 8;
/** Platforms wait for three seconds; we mean to take one. */
const ACKNOWLEDGED_MS = 1000;

const folder = mkdtempSync(join(tmpdir(), 'warmup-crowd-'));
afterAll(() => rmSync(folder, { recursive: true }));

const WAYS: Record<string, () => Promise<Load>> = {
  'Slack over HTTP': () => slackLoad('http'),
  'Slack in Socket Mode': () => slackLoad('socket'),
  Discord: discordLoad,
};

/** How long the acknowledgement of somebody's answer took; undefined when none came. */
async function acknowledgedMs(load: Load, person: number): Promise<number | undefined> {
  const began = performance.now();
  const answering = load.answer(person);
  await answering.ended;
  return answering.isAcknowledged() ? performance.now() - began : undefined;
}

const p99 = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.99) - 1] ?? 0;

test.each(Object.keys(WAYS))(
  `%s: ${CLICKS} clicks of one person and ${PEOPLE} people at once, while others answer`,
  async (name) => {
    const load = await (WAYS[name] as () => Promise<Load>)();
    const file = join(folder, `${name}.db`);
    await seed(file, load);
    const program = startProgram({ ...load.environment, DATABASE_URL: `file:${file}` });
    await program.says(`"what":"${load.platform}"`, 60);
    // Code that runs for the first time is slow.
    for (let person = 9000; person < 9020; person += 1) await acknowledgedMs(load, person);

    let isOver = false;
    let others = 10_000;
    const lanes = Array.from({ length: LANES }, async () => {
      while (!isOver) {
        others += 1;
        await acknowledgedMs(load, others);
      }
    });
    const clicks = await Promise.all(
      Array.from({ length: CLICKS }, () => acknowledgedMs(load, PEOPLE)),
    );
    const crowd = await Promise.all(
      Array.from({ length: PEOPLE }, (_, person) => acknowledgedMs(load, person)),
    );
    isOver = true;
    await Promise.all(lanes);
    program.child.kill('SIGTERM');
    await program.ended;
    await load.stop();

    const all = [...clicks, ...crowd];
    const times = all.filter((ms) => ms !== undefined);
    const { answered, integrity, unequal, unanswered } = inspect(file);
    const sqlite = new Sqlite(file, { readonly: true });
    const tries = sqlite
      .prepare('select count(*) from attempts where try = 1 group by person_id')
      .pluck()
      .all();
    sqlite.close();
    process.stdout.write(
      `${name}: ${times.length} of ${all.length} acknowledged, p99 ${p99(times).toFixed(0)} ms, ` +
        `${others - 10_000} others meanwhile\n`,
    );
    expect(times).toHaveLength(all.length);
    expect(p99(times)).toBeLessThan(ACKNOWLEDGED_MS);
    for (let person = 0; person <= PEOPLE; person += 1)
      expect(answered.has(load.account(person)), `person ${person}`).toBe(true);
    expect(new Set(tries)).toEqual(new Set([1]));
    expect({ integrity, unequal, unanswered }).toEqual({
      integrity: 'ok',
      unequal: 0,
      unanswered: 0,
    });
  },
  120_000,
);
