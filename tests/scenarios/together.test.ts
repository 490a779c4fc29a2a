import { test } from 'vitest';
import { machineOn, STAGES } from '../support/stages.ts';
import { playTogether } from './together.ts';

test.each([...STAGES, 'web' as const])(
  'reminders, groups, digest and board of a team: %s',
  async (name) => {
    const { machine, stop } = await machineOn(name);

    await playTogether(machine);

    await stop();
  },
);
