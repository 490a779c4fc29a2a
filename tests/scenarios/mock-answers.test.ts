import { expect, test } from 'vitest';
import { machineOn, STAGES } from '../support/stages.ts';
import { message } from './daily.ts';
import { answer, openInterview, STRONG } from './mock.ts';

const LONG = `${'The keys and values of past tokens are stored. '.repeat(100)}THE END`;

test.each(STAGES)('an answer that is too long is refused and nothing is cut: %s', async (name) => {
  const { machine, stop } = await machineOn(name);
  const ana = machine.stage.actor('ana');
  const asked = message(await ana.press(await openInterview(machine, ana), 'Begin'));

  const told = message(await ana.act('Use as my answer', LONG));

  expect(told.isPrivate).toBe(true);
  expect(told.text).toContain('4,707 characters, and I can read 4,000');
  expect(told.text).not.toContain('Try:');
  const given = await answer(ana, asked, STRONG);
  expect(given.text).toContain('Your answer, 44 words');
  expect(machine.stage.complaints()).toEqual([]);
  await stop();
});
