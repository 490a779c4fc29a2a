import type { Context } from '../../spine/command.ts';
import type { Block, Text } from '../../spine/reply.ts';
import type { NewSettingChange, Schedule } from '../../store/schema.ts';
import type { NamedChange } from './queries/setting-changes.ts';
import { formatDays, formatFreeTextDay, formatMix } from './schedule-words.ts';

/** The settings of a schedule as its admins read them. */
const SETTINGS: Record<string, (schedule: Schedule) => string> = {
  state: ({ state }) => state,
  channel: ({ channel }) => channel,
  time: ({ time }) => time,
  'time zone': ({ zone }) => zone,
  days: ({ days }) => formatDays(days).replace(/^on /, ''),
  questions: ({ mix }) => formatMix(mix),
  'free-text question': ({ freeTextDay }) => formatFreeTextDay(freeTextDay),
  closes: ({ closes }) => (closes === 'hours' ? 'after 23 hours' : 'with the next question'),
  'skipped days': ({ daysOff }) => (daysOff.length === 0 ? 'none' : daysOff.join(', ')),
};

/** What a change of a schedule changes, to be noted with it. */
export function changesOf(
  schedule: Schedule,
  change: Partial<Schedule>,
  { person, clock }: Pick<Context, 'person' | 'clock'>,
): NewSettingChange[] {
  const changed = { ...schedule, ...change };
  const at = clock.now();
  return Object.entries(SETTINGS).flatMap(([setting, format]) => {
    const [before, after] = [format(schedule), format(changed)];
    if (before === after) return [];
    const { id, teamId } = schedule;
    return [{ teamId, personId: person.id, schedule: id, setting, before, after, at }];
  });
}

/** The newest changes of a team's settings, for its admins. */
export function changeTable(changes: readonly NamedChange[]): Block[] {
  if (changes.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: 'Recent changes',
      columns: [{ label: 'When' }, { label: 'Who' }, { label: 'What' }],
      rows: changes.map((change) => [
        { time: change.at, show: 'moment' },
        change.name,
        formatChange(change),
      ]),
    },
  ];
}

function formatChange({ schedule, setting, before, after }: NamedChange): Text {
  const value = (text: string) => (setting === 'channel' ? { channel: text } : text);
  return [`Schedule ${schedule ?? ''}, ${setting}: `, value(before), ' → ', value(after)];
}
