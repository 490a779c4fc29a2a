import { CATCH_UP_MS, dueSlots, firstDayToCheck, type SlotTime } from '../../../core/slots.ts';
import { formatDay } from '../../../core/time.ts';
import { outbox } from '../../../jobs/sending/outbox.ts';
import { LEASE_MS } from '../../../jobs/sending/sending.ts';
import { forEach, type Job, type JobContext, runJob } from '../../../spine/job.ts';
import { noticeToAdmins } from '../../../spine/notice.ts';
import { say, type Text } from '../../../spine/reply.ts';
import { catalogOf } from '../../../spine/team-catalog.ts';
import type { Schedule } from '../../../store/schema.ts';
import { claimSlotNow } from '../posting.ts';

/** Schedules that are looked at together: their claims share commits, and all else goes on between two times. */
const TOGETHER = 16;

/**
 * Claims every slot that has come: the newest is posted, older ones are recorded as missed. What was claimed
 * first is sent already while the rest is claimed. Processes that share the database share the schedules: each
 * takes some at a time, and those of one that ends meanwhile fall due again.
 */
export const daily: Job = {
  name: 'daily',
  async run(context) {
    const { store, clock } = context;
    if ((await store.dueSchedules(clock.now())).length === 0) return;
    let sending: Promise<void> | undefined;
    while (!context.isStopping()) {
      const at = clock.now();
      const until = new Date(at.getTime() + LEASE_MS);
      const schedules = await store.takeDueSchedules({ at, until, limit: TOGETHER });
      if (schedules.length === 0) break;
      await lookAt(context, schedules);
      sending ??= runJob(context, outbox).finally(() => {
        sending = undefined;
      });
    }
    await sending;
  },
};

/** Looks at some schedules, and notes when those fall due next with which all went well. */
async function lookAt(context: JobContext, schedules: Schedule[]): Promise<void> {
  const { store, clock } = context;
  const now = clock.now();
  const teams = [...new Set(schedules.map(({ teamId }) => teamId))];
  const looked: Schedule[] = [];
  // One after the other within a team, which is not asked the same question twice.
  await Promise.all(
    teams.map((team) =>
      forEach(
        context,
        schedules.filter(({ teamId }) => teamId === team),
        'schedule',
        async (schedule) => {
          await claimDue(context, schedule, now);
          looked.push(schedule);
        },
      ),
    ),
  );
  await store.planNext(looked, now);
}

async function claimDue(context: JobContext, schedule: Schedule, now: Date): Promise<void> {
  const { store } = context;
  const slots = await store.slotsSince(schedule.id, firstDayToCheck(schedule, now));
  if (slots.some(({ state, dueAt }) => state === 'missed' && dueAt > now))
    await store.releaseMissed(schedule.id, now);
  const due = dueSlots(schedule, new Set(slots.map(({ day }) => day)), now);
  const newest = due.at(-1);
  if (!newest) return;
  const inTime = now.getTime() - newest.at.getTime() <= CATCH_UP_MS;
  await recordMissed(context, schedule, inTime ? due.slice(0, -1) : due);
  if (!inTime) return;
  const catalog = await catalogOf(context, schedule.teamId);
  const outcome = await claimSlotNow({ ...context, catalog }, schedule, newest);
  if (outcome === 'claimed')
    context.emit({ kind: 'claimed', schedule: String(schedule.id), day: newest.day });
  if (outcome === 'empty') await recordEmpty(context, schedule, newest);
}

async function recordMissed(
  context: JobContext,
  schedule: Schedule,
  missed: SlotTime[],
): Promise<void> {
  const last = missed.at(-1);
  if (!last) return;
  const why = "Warmup wasn't running at that time";
  const days = missed.map(({ day }) => formatDay(day)).join('; ');
  const words: Text = [
    `I missed ${missed.length === 1 ? '1 question' : `${missed.length} questions`} in `,
    { channel: schedule.channel },
    ` (${days}) because ${why}. Streaks aren't affected, and the next question is on schedule.`,
  ];
  for (const slot of missed) {
    const notice =
      slot === last
        ? await noticeToAdmins(context, schedule, {
            key: `missed:${schedule.id}:${slot.day}`,
            reply: say(words),
          })
        : [];
    const claimed = await context.store.claimSlot({
      schedule,
      day: slot.day,
      state: 'missed',
      dueAt: slot.at,
      problem: why,
      announce: () => notice,
    });
    if (claimed !== undefined)
      context.emit({ kind: 'missed', schedule: String(schedule.id), day: slot.day, why });
  }
}

async function recordEmpty(context: JobContext, schedule: Schedule, slot: SlotTime): Promise<void> {
  const problem = "no question matches this schedule's difficulty and chapters";
  const notice = await noticeToAdmins(context, schedule, {
    key: `empty:${schedule.id}:${slot.day}`,
    reply: say([
      `I couldn't post today's question: ${problem}. Run `,
      { command: 'setup' },
      ' to change them.',
    ]),
  });
  const claimed = await context.store.claimSlot({
    schedule,
    day: slot.day,
    state: 'failed',
    dueAt: slot.at,
    problem,
    announce: () => notice,
  });
  if (claimed !== undefined)
    context.emit({ kind: 'empty', schedule: String(schedule.id), day: slot.day });
}
