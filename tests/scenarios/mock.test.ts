import { expect, test } from 'vitest';
import { machineOn, STAGES } from '../support/stages.ts';
import { playMock, playTime } from './mock.ts';
import { playReview, playVerdicts } from './mock-verdicts.ts';

test.each(STAGES)('a whole solo interview: %s', async (name) => {
  const { machine, stop } = await machineOn(name);

  expect(await playMock(machine, { restarts: false })).toContain('Depth');

  await stop();
});

test.each(STAGES)('a solo interview, the bot restarted after every turn: %s', async (name) => {
  const { machine, stop } = await machineOn(name);

  expect(await playMock(machine, { restarts: true })).toContain('Depth');

  await stop();
});

test.each(STAGES)('the time of an interview is extended and switched off: %s', async (name) => {
  const { machine, stop } = await machineOn(name);

  await playTime(machine);

  await stop();
});

test.each(STAGES)('a point is marked: %s', async (name) => {
  const { machine, stop } = await machineOn(name);

  await playVerdicts(machine);

  await stop();
});

test.each(STAGES)('a strict interview is looked at again from its report: %s', async (name) => {
  const { machine, stop } = await machineOn(name);

  await playReview(machine);

  await stop();
});
