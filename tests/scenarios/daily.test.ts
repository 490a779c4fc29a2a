import { expect, test } from 'vitest';
import { startDiscord } from '../../src/adapters/discord/index.ts';
import { startSlack } from '../../src/adapters/slack/index.ts';
import type { Event } from '../../src/bot/event.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { createDiscordStage } from '../support/discord-stage.ts';
import { startMachine } from '../support/machine.ts';
import { createSlackStage } from '../support/slack-stage.ts';
import { createTerminalStage } from '../support/terminal-stage.ts';
import { playDaily } from './daily.ts';

const results = new Map<string, Event[]>();

test('the daily flow in the terminal', async () => {
  const { stage, start } = createTerminalStage();
  const machine = await startMachine({ platform: 'terminal', stage, start });

  results.set('terminal', await playDaily(machine));

  await machine.stop();
});

test('the daily flow on the real discord.js client', async () => {
  const { stage, url, token, stop } = await createDiscordStage();
  const machine = await startMachine({
    platform: 'discord',
    stage,
    start: ({ bot, emit, clock }) => startDiscord({ bot, token, apiUrl: url, emit, clock }),
  });

  results.set('discord', await playDaily(machine));

  await machine.stop();
  await stop();
}, 30_000);

test.each(['socket', 'http'] as const)(
  'the daily flow on real Bolt over %s',
  async (mode) => {
    const { stage, apiUrl, tokens, port, stop } = await createSlackStage({
      mode,
      commands: COMMANDS,
    });
    const machine = await startMachine({
      platform: 'slack',
      stage,
      // Signatures carry the real time, so this adapter has the real clock.
      start: ({ bot, emit }) =>
        startSlack({
          bot,
          emit,
          clock: { now: () => new Date() },
          apiUrl,
          ...tokens,
          ...(mode === 'http' ? { port } : {}),
        }),
    });

    results.set(`slack ${mode}`, await playDaily(machine));

    await machine.stop();
    await stop();
  },
  30_000,
);

test('the same things happened everywhere', () => {
  const [first, ...others] = [...results.values()];

  expect(results.size).toBe(4);
  expect(first?.length).toBeGreaterThan(8);
  for (const events of others) expect(events).toEqual(first);
});
