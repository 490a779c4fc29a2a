import { startDiscord } from '../../src/adapters/discord/index.ts';
import { startSlack } from '../../src/adapters/slack/index.ts';
import { COMMANDS } from '../../src/commands.ts';
import { createDiscordStage } from './discord/stage.ts';
import { meterTurns } from './loop-meter.ts';
import { type Machine, startMachine, type Variation } from './machine.ts';
import { createSlackStage } from './slack/stage.ts';
import { createTerminalStage } from './terminal/stage.ts';
import { createWebStage } from './web/stage.ts';

/** The four ways in which every scenario is played. */
export const STAGES = ['terminal', 'discord', 'slack socket', 'slack http'] as const;

/** The whole bot on one of them; `stop` ends both the bot and the server. */
export async function machineOn(
  name: (typeof STAGES)[number] | 'web',
  options: Variation = {},
): Promise<{ machine: Machine; stop(): Promise<void> }> {
  const { machine, stop } = await start(name, options);
  // Commands of a test may be slow on purpose.
  if (options.commands) return { machine, stop };
  const { check } = meterTurns();
  return { machine, stop: () => stop().then(check) };
}

async function start(
  name: (typeof STAGES)[number] | 'web',
  options: Variation,
): Promise<{ machine: Machine; stop(): Promise<void> }> {
  if (name === 'terminal' || name === 'web') {
    const { stage, start } = name === 'web' ? createWebStage() : createTerminalStage();
    const machine = await startMachine({ ...options, platform: name, stage, start });
    return { machine, stop: machine.stop };
  }
  if (name === 'discord') {
    const { stage, url, token, stop } = await createDiscordStage();
    const machine = await startMachine({
      ...options,
      platform: 'discord',
      stage,
      start: ({ bot, emit, clock }) =>
        startDiscord({ bot, token, apiUrl: url, emit, clock, typedAnswers: true }),
    });
    return { machine, stop: () => machine.stop().then(stop) };
  }
  const mode = name === 'slack http' ? 'http' : 'socket';
  const { stage, apiUrl, tokens, port, stop } = await createSlackStage({
    mode,
    commands: COMMANDS,
  });
  const machine = await startMachine({
    ...options,
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
  return { machine, stop: () => machine.stop().then(stop) };
}
