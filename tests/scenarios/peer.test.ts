import { test } from 'vitest';
import { machineOn, STAGES } from '../support/stages.ts';
import {
  playAway,
  playHours,
  playInvitationSeen,
  playNoShow,
  playPeer,
  playUndelivered,
} from './peer.ts';

test.each(STAGES)('a whole peer interview: %s', async (name) => {
  const { machine, stop } = await machineOn(name);

  await playPeer(machine);

  await stop();
});

test.each(STAGES)('somebody does not come: %s', async (name) => {
  const { machine, stop } = await machineOn(name);

  await playNoShow(machine);

  await stop();
});

test.each(STAGES)('the bot is away while both come: %s', async (name) => {
  const { machine, stop } = await machineOn(name);

  await playAway(machine);

  await stop();
});

test.each(STAGES)('the lobby waits for the hours of both: %s', async (name) => {
  const { machine, stop } = await machineOn(name);

  await playHours(machine);

  await stop();
});

test.each(STAGES)('direct messages are refused: %s', async (name) => {
  const { machine, stop } = await machineOn(name);

  await playUndelivered(machine);

  await stop();
});

test.each([...STAGES, 'web'] as const)(
  'an invitation is seen where somebody looks next: %s',
  async (name) => {
    const { machine, stop } = await machineOn(name);

    await playInvitationSeen(machine);

    await stop();
  },
);
