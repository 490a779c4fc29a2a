import { nextReminder, reminderUntil } from '../../../core/reminding.ts';
import { dayIn } from '../../../core/time.ts';
import { forEach, type Job, type JobContext } from '../../../spine/job.ts';
import { directRow } from '../../../spine/outbox.ts';
import { catalogOf } from '../../../spine/team-catalog.ts';
import type { Reminder } from '../../../store/schema.ts';
import { reminderCard } from '../reminder-card.ts';

const BATCH = 100;

/** Whoever leaves so many unused hears no more of them until they say so. */
const MOST_UNUSED = 5;

/** How soon somebody is looked at again for whom nothing waits yet: the question may come later in the day. */
const AGAIN_MS = 30 * 60_000;

/** Writes the direct messages that people asked for; whoever has nothing waiting gets none. */
export const reminders: Job = {
  name: 'reminders',
  async run(context) {
    const { store, clock } = context;
    const due = await store.dueReminders(clock.now(), BATCH);
    const byNumber = due.map((reminder, id) => ({ id, reminder }));
    await forEach(context, byNumber, 'reminder', ({ reminder }) => remindOne(context, reminder));
  },
};

async function remindOne(context: JobContext, reminder: Reminder): Promise<void> {
  const { store, clock } = context;
  const now = clock.now();
  const next = nextReminder(reminder, now) ?? null;
  const until = reminderUntil(reminder, now, reminder.lastAt);
  if (!until) return store.planReminder(reminder, { nextDueAt: next });
  if (await hasLeft(context, reminder)) return store.planReminder(reminder, { nextDueAt: null });
  const isLast = (await store.unusedReminders(reminder.personId)) >= MOST_UNUSED - 1;
  const reply = await cardFor(context, reminder, { now, isLast });
  if (!reply) {
    const again = new Date(now.getTime() + AGAIN_MS);
    const mayCome = reminder.about !== 'reviews' && again < until;
    return store.planReminder(reminder, { nextDueAt: mayCome ? again : next });
  }
  const row = directRow({
    key: `reminder:${reminder.personId}:${now.getTime()}`,
    teamId: reminder.teamId,
    personId: reminder.personId,
    platform: reminder.platform,
    account: reminder.account,
    what: 'reminder',
    reply,
    at: now,
    expiresAt: until,
  });
  await store.planReminder(reminder, { nextDueAt: isLast ? null : next, lastAt: now }, [row]);
}

async function cardFor(
  context: JobContext,
  reminder: Reminder,
  { now, isLast }: { now: Date; isLast: boolean },
) {
  const { store } = context;
  const { personId, teamId, about, platform, zone } = reminder;
  const open = about === 'reviews' ? [] : await store.openFor(teamId, personId);
  const reviews = about === 'daily' ? 0 : await store.dueCount(personId, dayIn(now, zone));
  const post = open.find((each) => each.platform === platform) ?? open[0];
  const team = (await store.teamById(teamId))?.name ?? 'your team';
  return reminderCard({ post, reviews, team, isLast }, await catalogOf(context, teamId));
}

/** Somebody who left the team no longer gets its questions. */
async function hasLeft(
  { store, platforms }: JobContext,
  { teamId, platform: name, account }: Reminder,
): Promise<boolean> {
  const platform = platforms.get(name);
  if (!platform?.roleIn) return false;
  for (const workspace of await store.workspacesOf(teamId, name))
    if ((await platform.roleIn(workspace, account)) === 'outside') return true;
  return false;
}
