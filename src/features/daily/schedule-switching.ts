import { CATCH_UP_MS, hasSlot, type SlotTime, slotOn } from '../../core/slots.ts';
import { addDays, dayIn } from '../../core/time.ts';
import type { Context } from '../../spine/command.ts';
import { type Block, type Button, type Reply, say } from '../../spine/reply.ts';
import type { Schedule } from '../../store/schema.ts';
import { comingSlots } from './coming-slots.ts';
import { formatDays, formatUpcoming, scheduleName } from './schedule-words.ts';
import { changesOf } from './setting-changes.ts';

/** Turns a schedule on, once nothing is missing in its channel. */
export async function turnOn(schedule: Schedule, context: Context): Promise<Reply> {
  const { emit, platform } = context;
  const problems = await platform.check(schedule.channel);
  if (problems.length > 0) {
    return {
      title: 'Not turned on yet',
      blocks: [
        ...problems.map((problem): Block => ({ kind: 'text', text: problem.words })),
        {
          kind: 'buttons',
          buttons: [
            { label: 'Retry', run: `setup switch schedule:${schedule.id} do:on`, style: 'primary' },
          ],
        },
      ],
    };
  }
  const first = await begin(schedule, context);
  emit({ kind: 'scheduled', schedule: String(schedule.id) });
  return {
    title: 'Daily question turned on',
    update: true,
    blocks: [
      {
        kind: 'text',
        text: first
          ? [
              'First question ',
              { time: first.at, show: 'moment' },
              `, then ${formatDays(schedule.days)} at ${schedule.time} (${schedule.zone}).`,
            ]
          : 'This schedule is on but has no upcoming days. Check its days and skipped days.',
      },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Post now', run: `daily action:now schedule:${schedule.id}` },
          ...editButtons(schedule),
          { label: 'Turn off', run: `setup switch schedule:${schedule.id} do:off` },
          SETUP,
        ],
      },
    ],
  };
}

/** The way back to the panel of admins. */
export const SETUP: Button = { label: 'Setup', run: 'setup' };

/** The ways to change a schedule for good. */
export const editButtons = ({ id }: Schedule): [edit: Button, remove: Button] => [
  { label: 'Edit', run: `setup action:change schedule:${id}` },
  { label: 'Delete', run: `setup switch schedule:${id} do:delete` },
];

/** Deletes a schedule once that is confirmed: nothing brings it back. */
export async function deleteSchedule(
  schedule: Schedule,
  isConfirmed: boolean,
  context: Context,
): Promise<Reply> {
  const { store, emit } = context;
  const { id } = schedule;
  if (!isConfirmed)
    return {
      title: 'Delete this schedule?',
      blocks: [
        {
          kind: 'text',
          text: [
            'This is ',
            ...scheduleName(schedule),
            ". It stops posting, and you can't undo this. Points and past questions are kept.",
          ],
        },
        {
          kind: 'buttons',
          buttons: [
            {
              label: 'Delete schedule',
              run: `setup switch schedule:${id} do:delete confirm:yes`,
              style: 'danger',
            },
            SETUP,
          ],
        },
      ],
    };
  await store.deleteSchedule(id, changesOf(schedule, { state: 'deleted' }, context));
  emit({ kind: 'paused', schedule: String(id) });
  return { ...say(['Deleted: ', ...scheduleName(schedule), '.']), update: true };
}

/** Ends a schedule; its points and history stay. */
export async function turnOff(schedule: Schedule, context: Context): Promise<Reply> {
  const before = schedule.state === 'paused' ? 'pause' : 'on';
  await setState(schedule, { state: 'off' }, context);
  context.emit({ kind: 'paused', schedule: String(schedule.id) });
  return {
    update: true,
    blocks: [
      {
        kind: 'text',
        text: ['Turned off: ', ...scheduleName(schedule), '. Points and history are kept.'],
      },
      {
        kind: 'buttons',
        buttons: [{ label: 'Undo', run: `setup switch schedule:${schedule.id} do:${before}` }],
      },
    ],
  };
}

/** Stops a schedule for a while, or sets one that is off back to this. */
export async function pause(schedule: Schedule, context: Context): Promise<Reply> {
  await setState(schedule, { state: 'paused' }, context);
  context.emit({ kind: 'paused', schedule: String(schedule.id) });
  return {
    update: true,
    blocks: [
      {
        kind: 'text',
        text: [
          'Paused: ',
          ...scheduleName(schedule),
          ". It won't be posted until you resume. Streaks aren't affected.",
        ],
      },
      {
        kind: 'buttons',
        buttons: [{ label: 'Resume', run: `daily action:resume schedule:${schedule.id}` }],
      },
    ],
  };
}

/** Goes on with a schedule that was paused. */
export async function resume(schedule: Schedule, context: Context): Promise<Reply> {
  const next = await begin(schedule, context);
  context.emit({ kind: 'resumed', schedule: String(schedule.id) });
  return {
    ...say([
      schedule.state === 'on' ? 'Already on: ' : 'Resumed: ',
      ...scheduleName(schedule),
      '. ',
      ...formatUpcoming({ ...schedule, state: 'on' }, next, context.zone),
    ]),
    update: true,
  };
}

/**
 * Sets a schedule on from its next slot: days that went by while it was not on are over. One that is on
 * stays as it is, with a day that is due and not claimed yet.
 */
async function begin(schedule: Schedule, context: Context): Promise<SlotTime | undefined> {
  const { store, clock } = context;
  if (schedule.state === 'on') return (await comingSlots(schedule, 1, { store, clock }))[0];
  const today = dayIn(clock.now(), schedule.zone);
  const [first] = await comingSlots({ ...schedule, startsOn: today }, 1, { store, clock });
  await setState(schedule, { state: 'on', startsOn: first?.day ?? addDays(today, 1) }, context);
  return first;
}

const setState = (
  schedule: Schedule,
  change: { state: Schedule['state']; startsOn?: string },
  context: Context,
) => context.store.setScheduleState(schedule.id, change, changesOf(schedule, change, context));

/**
 * Where a schedule that is on begins after a change: with its next slot, since no day before the change was
 * missed. Today's question that had not come yet is due at once when its new hour has just gone by.
 */
export async function startAfterChange(
  before: Schedule,
  after: Schedule,
  { store, clock }: Context,
): Promise<{ startsOn: string; isDue: boolean }> {
  if (before.state !== 'on') return { startsOn: before.startsOn, isDue: false };
  const now = clock.now();
  const today = dayIn(now, after.zone);
  const fresh = { ...after, startsOn: today };
  const slots = await store.slotsSince(before.id, today);
  const wasToCome = hasSlot(before, today) && !slots.some(({ day }) => day === today);
  const lateMs = now.getTime() - slotOn(fresh, today).at.getTime();
  if (wasToCome && hasSlot(fresh, today) && lateMs >= 0 && lateMs <= CATCH_UP_MS)
    return { startsOn: today, isDue: true };
  const [next] = await comingSlots(fresh, 1, { store, clock });
  return { startsOn: next?.day ?? addDays(today, 1), isDue: false };
}
