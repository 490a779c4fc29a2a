import type { Bot } from '../../spine/command.ts';
import type { Emit } from '../../spine/event.ts';
import type { Platform } from '../../spine/platform.ts';
import type { ShownRank, ShownSpeaker } from './protocol.ts';

/** What is different from the demo team's usual day, for a view that needs it. */
export type Setting = {
  /** Nothing is set up yet and nobody has answered anything. */
  isBare?: boolean;
  /** Past working days with a question; five when absent. */
  days?: number;
  /** Eight people, for what is only shown of five or more. */
  isLarge?: boolean;
  /** One sample answer to grade is all that there is. */
  hasOneSample?: boolean;
  /** The format of the questions that are asked, such as `numeric`. */
  format?: string;
};

/** How well a question is answered. */
export type Answered = 'right' | 'wrong' | 'partly';

/** The demo team, its database and its clock, as the page sees them. */
export type WebWorld = {
  bot: Bot;
  workspace: string;
  workspaceName: string;
  channels: readonly string[];
  speakers: readonly ShownSpeaker[];
  zone: string;
  locale: string;
  now(): Date;
  /** Lives through the past days and posts today's question. */
  begin(): Promise<void>;
  /** Lets the time come that these words name; false when they name none. */
  jump(words: string): Promise<boolean>;
  /** Lets some time pass, with all that falls due in it. */
  pass(ms: number): Promise<void>;
  /** The same while the bot is switched off: what fell due waits until it is back, and hears nobody. */
  away(ms: number): Promise<void>;
  /** The time that a gesture takes; nothing falls due in it. */
  tick(): void;
  /** The team's leaderboard, best first. */
  board(): Promise<ShownRank[]>;
  /** What happens each second while somebody looks on: teammates answer, a live round runs. True when something did. */
  beat(): Promise<boolean>;
  /** The saved command that answers the open question so. */
  answer(how: Answered): Promise<string | undefined>;
  /** The model answer of the interview question that stands in these words. */
  modelAnswer(words: string): string;
  /** Waits for work that a gesture has set off. */
  settle(): Promise<void>;
  /** Waits for work under way and drops the database. */
  close(): Promise<void>;
};

/** Makes a world that sends through this platform. */
export type OpenWorld = (parts: {
  platform: Platform;
  emit: Emit;
  setting?: Setting;
  /** A fixed beginning, with ids that are the same each time; now and with chance when absent. */
  at?: Date;
}) => WebWorld;
