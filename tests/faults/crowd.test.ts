import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { inspect, type Load, seed } from '../support/load.ts';
import { discordLoad } from '../support/load-discord.ts';
import { slackLoad } from '../support/load-slack.ts';
import { startProgram } from '../support/process.ts';

/** People who answer in the same moment: 25 in CI, whose machine may be slow, and `PEOPLE=200` before a release. */
const PEOPLE = Number(process.env['PEOPLE'] ?? 25);
/** Clicks of one person, all at once. */
const CLICKS = Math.min(50, PEOPLE);
/** People who go on answering meanwhile, one after the other in each lane. */
const LANES = 2;
/** Platforms wait for three seconds. */
const PLATFORM_MS = 3000;
const ACKNOWLEDGED_MS = 1000;

const folder = mkdtempSync(join(tmpdir(), 'warmup-crowd-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** How people come in, and within how many ms nearly all of them are acknowledged. */
const WAYS: [name: string, load: () => Promise<Load>, withinMs: number][] = [
  // A connection for each request takes a few ms: 200 in the same instant are more than a second of work.
  ['Slack over HTTP', () => slackLoad('http'), PLATFORM_MS],
  ['Slack in Socket Mode', () => slackLoad('socket'), ACKNOWLEDGED_MS],
  ['Discord', discordLoad, ACKNOWLEDGED_MS],
];

/** How long the acknowledgement of somebody's answer took; undefined when none came. */
async function acknowledgedMs(load: Load, person: number): Promise<number | undefined> {
  const began = performance.now();
  const answering = load.answer(person);
  await answering.ended;
  return answering.isAcknowledged() ? performance.now() - began : undefined;
}

const p99 = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.99) - 1] ?? 0;

test.each(WAYS)(
  `%s: ${CLICKS} clicks of one person and ${PEOPLE} people at once, while others answer`,
  async (name, begin, withinMs) => {
    const load = await begin();
    const file = join(folder, `${name}.db`);
    await seed(file, load);
    const program = startProgram({ ...load.environment, DATABASE_URL: `file:${file}` });
    await program.says(`"what":"${load.platform}"`, 60);
    // Code that runs for the first time is slow.
    for (let person = 9000; person < 9080; person += 1) await acknowledgedMs(load, person);

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
    expect(p99(times)).toBeLessThan(withinMs);
    for (let person = 0; person <= PEOPLE; person += 1)
      expect(answered.has(load.account(person)), `person ${person}`).toBe(true);
    expect(new Set(tries)).toEqual(new Set([1]));
    expect({ integrity, unequal, unanswered }).toEqual({
      integrity: 'ok',
      unequal: 0,
      unanswered: 0,
    });
  },
);
