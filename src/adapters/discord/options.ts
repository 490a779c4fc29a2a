import type { Clock } from '../../core/time.ts';
import type { Bot } from '../../spine/command.ts';
import type { Emit } from '../../spine/event.ts';
import type { Chart } from '../../spine/reply.ts';

/** What the Discord adapter is started with. */
export type DiscordOptions = {
  bot: Bot;
  token: string;
  /** Discord's API, or a server that stands in for it in tests. */
  apiUrl?: string;
  /** The shards of this process, and how many all processes have; one shard has everything when absent. */
  shards?: { ids: number[]; count: number };
  emit: Emit;
  clock: Clock;
  /** Hears messages that mention the bot, answer it or are sent to it directly. */
  typedAnswers?: boolean;
  /** Draws a chart as PNG; the numbers stand in the text with or without it. */
  draw?(chart: Chart): Promise<Uint8Array | undefined>;
  /** A reply that takes longer is promised first. */
  deferAfterMs?: number;
};
