import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Clock } from './core/time.ts';
import type { Observed } from './heartbeat.ts';
import type { MetricsPage } from './http.ts';
import type { Event } from './spine/event.ts';

/** What became of a slot that was due; each of them is counted from zero. */
const OUTCOMES = ['sent', 'missed', 'unknown', 'failed', 'empty'] as const;
type SlotOutcome = (typeof OUTCOMES)[number];

/** Platforms wait three seconds for an acknowledgement. */
const ACKNOWLEDGED_WITHIN = [0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3, 5];
const COMMITTED_WITHIN = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 2.5];

/**
 * Counters that read the event stream, and what is late at the moment when they are read; docs/operations.md
 * says what each one means. `observe` is called once the machine is there.
 */
export function createMetrics(clock: Clock) {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const parts = instruments(registers);
  let observe: () => Promise<void> = async () => {};
  return {
    count: counting(clock, parts),
    /** Notes that everything due in this minute was looked at. */
    ticked: () => parts.lastTick.set(clock.now().getTime() / 1000),
    /** Notes how long a commit took. */
    committed: (ms: number) => parts.committed.observe(ms / 1000),
    observe(observed: Observed): void {
      observe = gaugesOf(registers, clock, observed);
    },
    page: {
      type: registry.contentType,
      async text() {
        await observe();
        return registry.metrics();
      },
    } satisfies MetricsPage,
  };
}

/** What events are counted with. */
function instruments(registers: Registry[]) {
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name, help, labelNames, registers });
  const seconds = (name: string, help: string, buckets: number[], labelNames: string[] = []) =>
    new Histogram({ name, help, buckets, labelNames, registers });
  return {
    due: counter('warmup_slots_due_total', 'Daily questions whose time came'),
    slots: counter('warmup_slots_total', 'What became of due daily questions', ['outcome']),
    lastSlot: new Gauge({
      name: 'warmup_slot_last_timestamp_seconds',
      help: 'When a slot last had this outcome; 0 before the first since the start',
      labelNames: ['outcome'],
      registers,
    }),
    lastTick: new Gauge({
      name: 'warmup_last_tick_timestamp_seconds',
      help: 'When the bot last finished looking for what is due',
      registers,
    }),
    messages: counter('warmup_messages_total', 'Messages that the bot sent by itself', [
      'platform',
      'what',
      'outcome',
    ]),
    commands: counter('warmup_commands_total', 'Requests that people made', [
      'platform',
      'command',
      'outcome',
    ]),
    duplicates: counter('warmup_duplicates_total', 'Repeated deliveries that were dropped', [
      'platform',
    ]),
    limited: counter('warmup_rate_limited_total', 'Calls that were answered with 429', [
      'platform',
    ]),
    failures: counter('warmup_failures_total', 'Errors in the log', ['where']),
    acknowledged: seconds(
      'warmup_acknowledgement_seconds',
      'From hearing a person to telling the platform so',
      ACKNOWLEDGED_WITHIN,
      ['platform'],
    ),
    committed: seconds(
      'warmup_commit_seconds',
      'How long a commit to the database took',
      COMMITTED_WITHIN,
    ),
  };
}

/** Counts each event with what it says something about. */
function counting(clock: Clock, to: ReturnType<typeof instruments>) {
  for (const outcome of OUTCOMES) {
    to.slots.inc({ outcome }, 0);
    to.lastSlot.set({ outcome }, 0);
  }
  const slot = (outcome: SlotOutcome) => {
    to.slots.inc({ outcome });
    to.lastSlot.set({ outcome }, clock.now().getTime() / 1000);
  };
  return (event: Event): void => {
    if (event.kind === 'claimed' || event.kind === 'missed' || event.kind === 'empty') to.due.inc();
    if (event.kind === 'missed' || event.kind === 'empty') slot(event.kind);
    if (event.kind === 'posted') slot('sent');
    if (event.kind === 'sent') {
      const { platform, what, outcome } = event;
      to.messages.inc({ platform, what, outcome });
      if (what === 'question' && outcome === 'lost') slot('unknown');
      if (what === 'question' && outcome === 'failed') slot('failed');
    }
    if (event.kind === 'command') {
      const { platform, command, outcome } = event;
      to.commands.inc({ platform, command, outcome });
      if (outcome === 'repeated') to.duplicates.inc({ platform });
    }
    if (event.kind === 'acknowledged')
      to.acknowledged.observe({ platform: event.platform }, event.ms / 1000);
    if (event.kind === 'limited') to.limited.inc({ platform: event.platform });
    if (event.kind === 'failed') to.failures.inc({ where: event.where });
  };
}

/** Gauges that are worked out whenever somebody reads them. */
function gaugesOf(registers: Registry[], clock: Clock, { platforms, backlog, health }: Observed) {
  const gauge = (name: string, help: string, labelNames: string[]) =>
    new Gauge({ name, help, labelNames, registers });
  const overdue = gauge(
    'warmup_slot_overdue_seconds',
    'How long the oldest due question waits to be posted',
    ['platform'],
  );
  const waiting = gauge('warmup_queue_messages', 'Messages that are due and not sent', [
    'platform',
  ]);
  const age = gauge('warmup_queue_age_seconds', 'How long the oldest of them waits', ['platform']);
  const up = gauge('warmup_part_up', 'Whether a part works (1) or not (0)', ['part']);
  return async (): Promise<void> => {
    const now = clock.now();
    const secondsSince = (at: Date | undefined) =>
      at ? Math.max(0, now.getTime() - at.getTime()) / 1000 : 0;
    for (const platform of platforms()) {
      const late = await backlog(platform, now);
      overdue.set({ platform }, secondsSince(late.slotDueSince));
      waiting.set({ platform }, late.waiting);
      age.set({ platform }, secondsSince(late.waitingSince));
    }
    for (const { part, health: of } of await health()) up.set({ part }, of.ok ? 1 : 0);
  };
}
