import { freeTextOf, itemsOf, type Mix } from '../../core/questions/choose.ts';
import { isZone, parseTimeOfDay, zonesOfCity } from '../../core/time.ts';
import { readChapters } from '../../session/chapter-input.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import type { Schedule } from '../../store/schema.ts';
import { FREE_TEXT_DAYS, formatDays, goOnWith } from './schedule-words.ts';

/**
 * A check of a schema with the words of a reader, so that a form keeps what was typed and says what is
 * wrong beside it.
 */
export const readableBy =
  (read: (typed: string) => unknown) =>
  (typed: string, { addIssue }: { addIssue(message: string): void }) => {
    try {
      read(typed);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      // The words of a check get their full stop where they are shown.
      addIssue(error.message.replace(/\.$/, ''));
    }
  };

/** @throws UserError when it is no time of day. */
export function readTime(typed: string): string {
  const time = parseTimeOfDay(typed);
  if (!time) throw new UserError(`"${typed}" isn't a time. Use a format like 09:00 or 9:30 pm.`);
  return time;
}

/**
 * A zone by its name, or by the city that it is named after.
 *
 * @throws UserError when there is no such zone, or more than one.
 */
export function readZone(typed: string): string {
  const named = typed.trim().replace(/\s+/g, '_');
  if (isZone(named)) return named;
  const [zone, another] = zonesOfCity(named);
  if (!zone || another)
    throw new UserError(
      `I don't know the time zone "${typed}". Use a name like Europe/Berlin, America/New_York, or UTC.`,
    );
  return zone;
}

/** What a new team is asked, where its chapters have any: hard is an admin's choice. */
const FIRST_DIFFICULTIES: Mix['difficulties'] = ['easy', 'medium'];

/**
 * Difficulties and chapters to draw from; what is not named stays as it was; a new schedule begins without hard ones.
 *
 * @throws UserError when a chapter is unknown or nothing fits.
 */
export function readMix(
  given: { difficulty?: Mix['difficulties'] | undefined; chapters?: string | undefined },
  { catalog }: Context,
  before?: Mix,
): Mix {
  const chapters =
    given.chapters === undefined
      ? (before?.chapters ?? [])
      : readChapters(given.chapters, { catalog });
  const mixOf = (difficulties: Mix['difficulties']): Mix => ({ difficulties, chapters });
  const isEmpty = (mix: Mix) => itemsOf(catalog.questions, mix).length === 0;
  const first = mixOf(FIRST_DIFFICULTIES);
  const mix = mixOf(
    given.difficulty ?? before?.difficulties ?? (isEmpty(first) ? [] : FIRST_DIFFICULTIES),
  );
  if (isEmpty(mix))
    throw new UserError('No question matches these difficulties and chapters. Add more of them.', {
      option: 'chapters',
    });
  return mix;
}

/** The ISO weekday of a choice; null for off. */
export const freeTextDay = (choice: (typeof FREE_TEXT_DAYS)[number]) =>
  FREE_TEXT_DAYS.indexOf(choice) || null;

/**
 * The weekday of the open question; null for none.
 *
 * @throws UserError when this day has no question, or the bank none in words.
 */
export function checkedFreeTextDay(
  day: number | null,
  { days, mix }: Pick<Schedule, 'days' | 'mix'>,
  { catalog }: Context,
): number | null {
  if (day === null) return null;
  if (!days.includes(String(day)))
    throw new UserError(
      `This schedule has no question ${formatDays(String(day))}. Choose another day for the free-text question, or turn it off.`,
      { option: 'days' },
    );
  if (freeTextOf(catalog.freeText, mix).length === 0)
    throw new UserError(
      'No free-text question matches these difficulties and chapters. Add more of them, or turn the free-text question off.',
    );
  return day;
}

/** Every schedule of the team that isn't deleted. */
export async function allSchedules({ store, team }: Context): Promise<Schedule[]> {
  return [
    ...(await store.schedulesOf(team.id)),
    ...(await store.scheduleDrafts(team.id)),
    ...(await store.schedulesOff(team.id)),
  ];
}

/**
 * The schedule of that number, else the only one of this channel, else the only one of the team; a draft only
 * where nothing runs, one that is off only where all are.
 *
 * @throws UserError when there is none, it is off, or several and none is named.
 */
export async function chosenSchedule(id: number | undefined, context: Context): Promise<Schedule> {
  const meant = await scheduleOnOrOff(id, context);
  if (meant.state === 'off')
    throw new UserError([`Schedule ${meant.id} is off. `, ...goOnWith(meant)]);
  return meant;
}

/**
 * Like `scheduleMeant`, but also one that is off.
 *
 * @throws UserError when there is none, or several and none is named.
 */
export async function scheduleOnOrOff(
  id: number | undefined,
  { store, team, place }: Context,
): Promise<Schedule> {
  if (id !== undefined) {
    const named = await store.schedule(id);
    if (named?.teamId !== team.id || named.state === 'deleted')
      throw new UserError([
        `There's no schedule ${id}. Run `,
        { command: 'setup' },
        ' to see your schedules.',
      ]);
    return named;
  }
  const running = await store.schedulesOf(team.id);
  const drafts = running.length > 0 ? [] : await store.scheduleDrafts(team.id);
  const [all = []] = [running, drafts, await store.schedulesOff(team.id)].filter(
    ({ length }) => length > 0,
  );
  const here = all.filter((schedule) => schedule.channel === place.channel);
  const [only, second] = here.length > 0 ? here : all;
  if (!only)
    throw new UserError([
      'No daily question yet. Run ',
      { command: 'setup' },
      ' to pick a channel and time.',
    ]);
  if (second)
    throw new UserError([
      `There are several schedules. Add one, like schedule:${only.id}. Run `,
      { command: 'setup' },
      ' to see them.',
    ]);
  return only;
}
