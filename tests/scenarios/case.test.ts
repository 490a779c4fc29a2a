import { expect, test } from 'vitest';
import { machineOn, STAGES } from '../support/stages.ts';
import { CATALOG, playDesign, playIncident } from './case.ts';

/** The first screen of a report. */
const MOST_LETTERS = 800;

test.each(
  ['chat-70b', 'fine-tune'].flatMap((id) =>
    [...STAGES, 'web' as const].map((on) => [id, on] as const),
  ),
)('%s over two days and six restarts: %s', async (id, name) => {
  const { machine, stop } = await machineOn(name, { catalog: CATALOG });

  const report = await playDesign(machine, id);

  expect(report).toMatch(
    /Scoping 100%[\s\S]*Estimation 100%[\s\S]*Design 100%[\s\S]*Debugging 100%/,
  );
  expect(report.length).toBeLessThanOrEqual(MOST_LETTERS);
  await stop();
});

test.each([...STAGES, 'web'] as const)('an incident over two days: %s', async (name) => {
  const { machine, stop } = await machineOn(name, { catalog: CATALOG });

  const report = await playIncident(machine);

  expect(report).toMatch(/Scoping 100%[\s\S]*Debugging 100%/);
  expect(report.length).toBeLessThanOrEqual(MOST_LETTERS);
  await stop();
});
