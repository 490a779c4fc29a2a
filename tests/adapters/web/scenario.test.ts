import { expect, test } from 'vitest';
import { playDaily } from '../../scenarios/daily.ts';
import { playMock } from '../../scenarios/mock.ts';
import { playOpenDaily } from '../../scenarios/open-daily.ts';
import { machineOn } from '../../support/stages.ts';

const onPage = async () => (await machineOn('web')).machine;

test('the daily flow happens on the page as it does in the terminal', async () => {
  const page = await onPage();
  const { machine: terminal, stop } = await machineOn('terminal');

  const there = await playDaily(terminal);
  const here = await playDaily(page);

  expect(here).toEqual(there);
  await page.stop();
  await stop();
});

test('the open question of the week happens on the page, with nothing missing', async () => {
  const page = await onPage();

  const events = await playOpenDaily(page);

  expect(events.at(-1)).toMatchObject({ kind: 'forgotten' });
  await page.stop();
});

test('a whole solo interview on the page, the bot restarted after every turn', async () => {
  const page = await onPage();

  expect(await playMock(page, { restarts: true })).toContain('Depth');

  await page.stop();
});
