import { addDays, type Day, dayIn, instantOf, weekday } from './time.ts';

/** What of a schedule decides its slots. */
export type SlotRule = {
  /** Local time of day, `HH:MM`. */
  time: string;
  zone: string;
  /** ISO weekdays, such as `12345`. */
  days: string;
  daysOff: readonly string[];
  /** The first local day that may have a slot. */
  startsOn: string;
};

/** A local day of a schedule and the instant of its question. */
export type SlotTime = { day: Day; at: Date };

/** A late slot is still posted within this. */
export const CATCH_UP_MS = 12 * 3_600_000;

/** Older slots than this are not looked for after an outage. */
const LOOK_BACK_DAYS = 45;

/** True when a schedule posts on this local day. */
export function hasSlot(rule: SlotRule, day: Day): boolean {
  return (
    day >= rule.startsOn && rule.days.includes(String(weekday(day))) && !rule.daysOff.includes(day)
  );
}

/** The slot of a schedule on this local day, whether it posts then or not. */
export function slotOn(rule: Pick<SlotRule, 'time' | 'zone'>, day: Day): SlotTime {
  return { day, at: instantOf({ day, time: rule.time, zone: rule.zone }) };
}

/** Slots whose instant has come and whose day is not taken yet, oldest first. */
export function dueSlots(rule: SlotRule, taken: ReadonlySet<Day>, now: Date): SlotTime[] {
  const today = dayIn(now, rule.zone);
  const slots: SlotTime[] = [];
  for (let day = firstDayToCheck(rule, now); day <= today; day = addDays(day, 1)) {
    if (taken.has(day) || !hasSlot(rule, day)) continue;
    const slot = slotOn(rule, day);
    if (slot.at <= now) slots.push(slot);
  }
  return slots;
}

/** The day from which `dueSlots` looks. */
export function firstDayToCheck(rule: SlotRule, now: Date): Day {
  const oldest = addDays(dayIn(now, rule.zone), -LOOK_BACK_DAYS);
  return laterDay(rule.startsOn, oldest);
}

/** The coming slots after an instant; `taken` days are passed over. */
export function nextSlots(
  rule: SlotRule,
  after: Date,
  count: number,
  taken: ReadonlySet<Day> = new Set(),
): SlotTime[] {
  const slots: SlotTime[] = [];
  const today = dayIn(after, rule.zone);
  let day = laterDay(rule.startsOn, today);
  const last = addDays(day, 400);
  for (; slots.length < count && day <= last; day = addDays(day, 1)) {
    if (taken.has(day) || !hasSlot(rule, day)) continue;
    const slot = slotOn(rule, day);
    if (slot.at > after) slots.push(slot);
  }
  return slots;
}

function laterDay(one: Day, other: Day): Day {
  if (one > other) return one;
  return other;
}
