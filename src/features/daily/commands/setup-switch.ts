import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { moreOfSchedule, scheduleCard } from '../schedule-card.ts';
import { chosenSchedule, scheduleOnOrOff } from '../schedule-input.ts';
import { deleteSchedule, pause, turnOff, turnOn } from '../schedule-switching.ts';

export const setupSwitch = defineCommand({
  name: 'setup switch',
  summary: 'Show a schedule, turn it on or off, or delete it',
  example: 'setup switch schedule:1 do:off',
  says: [
    {
      like: [
        'disable the daily question',
        'stop the daily question',
        'end the daily questions',
        'switch off the daily question',
        'turn {schedule} off',
        'turn off the daily question',
        'turn the schedule off',
        'turn off {schedule}',
        'no more daily questions',
      ],
      values: { do: 'off' },
      takes: ['schedule'],
      label: 'Turn off',
    },
    {
      like: [
        'delete the schedule',
        'delete {schedule}',
        'remove the schedule',
        'cancel the schedule',
        'get rid of the schedule',
      ],
      values: { do: 'delete' },
      takes: ['schedule'],
      label: 'Delete schedule',
    },
    {
      like: [
        'enable the daily question',
        'activate the schedule',
        'turn {schedule} on',
        'switch on the daily question',
        'start the schedule',
        'switch the daily question back on',
        'turn on the daily question',
        'turn the schedule on again',
        'turn on {schedule}',
      ],
      values: { do: 'on' },
      takes: ['schedule'],
      label: 'Turn on',
    },
  ],
  visibility: 'private',
  hidden: true,
  onlyShows: (input) => input.do === 'show' || input.do === 'more',
  access: 'admin',
  input: z.object({
    schedule: z.int().min(1).optional().describe('Schedule number'),
    do: z
      .enum(['show', 'more', 'on', 'off', 'pause', 'delete'])
      .default('show')
      .describe('What to do with it'),
    confirm: z.boolean().optional().describe('Confirm deleting it'),
  }),

  async run({ schedule: id, do: act, confirm }, context) {
    // Only the one that runs can be turned off; the others may be off already.
    if (act === 'off') return turnOff(await chosenSchedule(id, context), context);
    const schedule = await scheduleOnOrOff(id, context);
    switch (act) {
      case 'show':
        return scheduleCard(schedule, context);
      case 'more':
        return moreOfSchedule(schedule, context);
      case 'on':
        return turnOn(schedule, context);
      case 'pause':
        return pause(schedule, context);
      case 'delete':
        return deleteSchedule(schedule, confirm === true, context);
    }
  },
});
