import { z } from 'zod';
import { defineCommand } from '../bot/command.ts';
import type { Block } from '../bot/reply.ts';
import { daysInWords, formatState, mixInWords } from '../bot/schedule-words.ts';
import { itemsOf, spokenOf, unseenCount } from '../core/questions/choose.ts';
import type { Question } from '../core/questions/schema.ts';
import { nextSlots } from '../core/slots.ts';
import { dayIn, formatDay } from '../core/time.ts';

export const status = defineCommand({
  name: 'status',
  summary: 'Show the schedules, the last and next question, and failures',
  example: 'status',
  visibility: 'private',
  input: z.object({}),

  async run(_, { store, team, catalog, clock, locale }) {
    const now = clock.now();
    const schedules = await store.schedulesOf(team.id);
    if (schedules.length === 0)
      return {
        title: 'Status',
        blocks: [
          {
            kind: 'text',
            text: 'No daily question is set up yet. Somebody who manages this place can do it with setup.',
          },
        ],
      };
    const asked = await store.askedQuestions(team.id);
    const recent = await store.recentPosts(team.id, 30);
    const blocks: Block[] = [];
    for (const schedule of schedules) {
      const slots = await store.slotsSince(schedule.id, dayIn(now, schedule.zone));
      const [next] = nextSlots(schedule, now, 1, new Set(slots.map(({ day }) => day)));
      const last = recent.find((post) => post.scheduleId === schedule.id);
      blocks.push({
        kind: 'fields',
        fields: [
          { label: `Schedule ${schedule.id}`, value: schedule.state === 'on' ? 'on' : 'paused' },
          { label: 'Where', value: { channel: schedule.channel } },
          {
            label: 'When',
            value: `${schedule.time} ${daysInWords(schedule.days)}, ${schedule.zone}`,
          },
          { label: 'Questions', value: mixInWords(schedule.mix) },
          {
            label: 'Last',
            value: last ? `${formatDay(last.day, locale)}: ${formatState(last)}` : 'none yet',
          },
          {
            label: 'Next',
            value:
              schedule.state === 'on' && next
                ? { time: next.at, show: 'moment' }
                : 'none while it is paused',
          },
          {
            label: 'Left before repeats',
            value: leftInWords(itemsOf(catalog.questions, schedule.mix), asked),
          },
          {
            label: 'Open question',
            value:
              schedule.spokenDay === null
                ? 'off'
                : `${daysInWords(String(schedule.spokenDay))}; left before repeats: ${leftInWords(spokenOf(catalog.spoken, schedule.mix), asked)}`,
          },
          ...(schedule.daysOff.some((day) => day >= dayIn(now, schedule.zone))
            ? [
                {
                  label: 'Days off',
                  value: schedule.daysOff
                    .filter((day) => day >= dayIn(now, schedule.zone))
                    .join(', '),
                },
              ]
            : []),
        ],
      });
    }
    const problems = await store.recentProblems(team.id, 5);
    if (problems.length > 0) {
      blocks.push({
        kind: 'table',
        caption: 'What did not work, newest first',
        columns: [{ label: 'What' }, { label: 'Why' }],
        rows: problems.map((row) => [row.what, row.problem ?? 'unknown']),
      });
    }
    return { title: 'Status', blocks };
  },
});

function leftInWords(items: readonly Question[], asked: readonly string[]): string {
  const unseen = unseenCount(items, asked);
  if (unseen > 0) return `${unseen} of ${items.length}`;
  return `none of ${items.length}: questions come again, the longest unseen first`;
}
