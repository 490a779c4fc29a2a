import { test } from 'vitest';
import { machineOn, STAGES } from '../support/stages.ts';
import { CATALOG, playPath } from './path.ts';

test.each([...STAGES, 'web' as const])(
  'a learning path, its plan and its placement: %s',
  async (name) => {
    const { machine, stop } = await machineOn(name, { catalog: CATALOG });

    await playPath(machine);

    await stop();
  },
);
