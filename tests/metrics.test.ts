import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { createMetrics } from '../src/metrics.ts';
import { busy, createWorld, unknown } from './support/world.ts';

type Rule = { alert: string; expr: string; for?: string };
// The file is ours, and Prometheus itself reads it with the same shape.
const { groups } = parse(readFileSync('docs/alerts.yml', 'utf8')) as {
  groups: { interval: string; rules: Rule[] }[];
};
const rules = groups.flatMap((group) => group.rules);
const ruleOf = (name: string) => rules.find(({ alert }) => alert === name);

/** A daily question at nine, and the metrics of the bot that posts it. */
async function observed() {
  const world = createWorld({ isUnlimited: true });
  await world.setUp();
  await world.tick();
  const metrics = createMetrics(world.clock);
  metrics.observe({
    platforms: () => ['terminal'],
    backlog: world.store.backlog,
    health: async () => [
      { part: 'database', title: 'Database', health: { ok: true } },
      { part: 'slack', title: 'Slack', health: { ok: false, since: new Date(0), words: 'no' } },
    ],
  });
  let counted = world.events.length;
  const text = async () => {
    for (const event of world.events.slice(counted)) metrics.count(event);
    counted = world.events.length;
    return metrics.page.text();
  };
  /** The first sample of a series, such as `name{label="x"}`. */
  const read = async (series: string) => {
    const line = (await text()).split('\n').find((each) => each.startsWith(`${series} `));
    return line === undefined ? undefined : Number(line.slice(series.length));
  };
  return { world, metrics, text, read };
}

/** Whether the condition of a rule holds, for the two shapes of those that watch slots. */
async function holds(name: string, { world, read }: Awaited<ReturnType<typeof observed>>) {
  const rule = ruleOf(name)?.expr ?? '';
  const since = /^time\(\) - (\S+) < (\d+)$/.exec(rule);
  const over = /^(\w+) > (\d+)$/.exec(rule);
  const now = world.clock.now().getTime() / 1000;
  if (since) return now - ((await read(since[1] ?? '')) ?? Number.NaN) < Number(since[2]);
  return ((await read(`${over?.[1]}{platform="terminal"}`)) ?? Number.NaN) > Number(over?.[2]);
}

test('slots are counted by what became of them', async () => {
  const { world, read } = await observed();

  await world.comeTo('2026-03-02T09:00:00Z');
  expect(await read('warmup_slots_total{outcome="missed"}')).toBe(0);
  await world.comeTo('2026-03-03T08:30:00Z');
  world.fake.next(unknown);
  await world.comeTo('2026-03-03T09:00:00Z');
  await world.comeTo('2026-03-09T09:00:00Z');

  expect(await read('warmup_slots_due_total')).toBe(6);
  expect(await read('warmup_slots_total{outcome="sent"}')).toBe(2);
  expect(await read('warmup_slots_total{outcome="unknown"}')).toBe(1);
  expect(await read('warmup_slots_total{outcome="missed"}')).toBe(3);
  expect(
    await read('warmup_messages_total{platform="terminal",what="question",outcome="lost"}'),
  ).toBe(1);
});

test('a slot that was missed raises its alert at the first scrape, and for a quarter of an hour', async () => {
  const bot = await observed();
  await bot.world.comeTo('2026-03-02T09:00:00Z');
  expect(await holds('WarmupSlotMissed', bot)).toBe(false);

  await bot.world.comeTo('2026-03-04T10:00:00Z');

  expect(await holds('WarmupSlotMissed', bot)).toBe(true);
  await bot.world.comeTo('2026-03-04T10:14:00Z');
  expect(await holds('WarmupSlotMissed', bot)).toBe(true);
  await bot.world.comeTo('2026-03-04T10:16:00Z');
  expect(await holds('WarmupSlotMissed', bot)).toBe(false);
});

test('a question that nobody posts raises its alert within two minutes, scrape and evaluation included', async () => {
  const bot = await observed();
  const longest = 2 * 15;

  // The ticks have stopped: nothing claims the slot.
  bot.world.clock.moveTo(new Date('2026-03-02T08:59:59Z'));
  expect(await holds('WarmupSlotOverdue', bot)).toBe(false);
  bot.world.clock.moveTo(new Date('2026-03-02T09:00:59Z'));
  expect(await holds('WarmupSlotOverdue', bot)).toBe(false);
  bot.world.clock.moveTo(new Date(Date.parse('2026-03-02T09:02:00Z') - longest * 1000));
  expect(await holds('WarmupSlotOverdue', bot)).toBe(true);
  await bot.world.tick();
  expect(await holds('WarmupSlotOverdue', bot)).toBe(false);
});

test('a claimed question that the platform does not take is overdue too, and so is its message', async () => {
  const bot = await observed();
  bot.world.fake.next(...Array.from({ length: 9 }, () => busy));

  await bot.world.comeTo('2026-03-02T09:00:00Z');
  await bot.world.comeTo('2026-03-02T09:10:00Z');
  bot.world.clock.moveTo(new Date('2026-03-02T09:11:30Z'));

  expect(await holds('WarmupSlotOverdue', bot)).toBe(true);
  expect(await bot.read('warmup_queue_messages{platform="terminal"}')).toBe(1);
  expect(await bot.read('warmup_queue_age_seconds{platform="terminal"}')).toBeGreaterThan(0);
});

test('parts, requests and repetitions are counted', async () => {
  const { metrics, read } = await observed();
  const asked = { kind: 'command', command: 'kv', platform: 'slack', ms: 3 } as const;
  metrics.count({ ...asked, outcome: 'replied' });
  metrics.count({ ...asked, outcome: 'repeated' });
  metrics.count({ kind: 'acknowledged', platform: 'slack', ms: 240 });
  metrics.count({ kind: 'limited', platform: 'discord' });
  metrics.count({ kind: 'failed', where: 'kv', reference: 'abc', error: new Error('secret') });
  metrics.committed(4);

  expect(await read('warmup_part_up{part="database"}')).toBe(1);
  expect(await read('warmup_part_up{part="slack"}')).toBe(0);
  expect(await read('warmup_duplicates_total{platform="slack"}')).toBe(1);
  expect(await read('warmup_acknowledgement_seconds_bucket{le="0.25",platform="slack"}')).toBe(1);
  expect(await read('warmup_acknowledgement_seconds_bucket{le="0.1",platform="slack"}')).toBe(0);
  expect(await read('warmup_rate_limited_total{platform="discord"}')).toBe(1);
  expect(await read('warmup_failures_total{where="kv"}')).toBe(1);
  expect(await read('warmup_commit_seconds_bucket{le="0.005"}')).toBe(1);
  expect(await metrics.page.text()).not.toContain('secret');
});

test('docs/operations.md names every metric of ours and every alert', async () => {
  const { text } = await observed();
  const names = [...(await text()).matchAll(/^# TYPE (warmup_\w+)/gm)].map(([, name]) => name);
  const guide = readFileSync('docs/operations.md', 'utf8');

  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
  expect(rules.filter(({ alert }) => !guide.includes(alert))).toEqual([]);
});
