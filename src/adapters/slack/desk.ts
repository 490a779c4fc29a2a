import type { WebClient } from '@slack/web-api';
import type { Bot, Step } from '../../bot/command.ts';
import type { Said } from '../../bot/request.ts';
import type { Origin } from './origin.ts';
import type { Profile } from './people.ts';
import type { Deliver } from './replies.ts';
import { slackRequest, type Team } from './requests.ts';

/** All that the listeners need. */
export type Desk = {
  bot: Bot;
  team: Team;
  /** The app's own user. */
  botUser: string;
  api: WebClient;
  profileOf(user: string, fallbackName: string): Promise<Profile>;
  deliver: Deliver;
  /** Remembers that a channel is a direct message with this app. */
  learnDirect(channel: string): void;
  report(where: string, error: unknown): void;
  /** Keeps the process from stopping in the middle of some work. */
  track<T>(work: Promise<T>): Promise<T>;
};

/** Something that Slack told us of: what was said, where and by whom. */
export type Heard = { origin: Origin; name: string; delivery: string; said: Said };

/** Hands it to the machine. Nothing is read before the acknowledgement but what the request itself says. */
export async function prepare({ origin, name, delivery, said }: Heard, desk: Desk): Promise<Step> {
  const { bot, team, profileOf } = desk;
  const { user, place, message } = origin;
  const profile = await profileOf(user, name);
  return bot.prepare(slackRequest({ team, user, profile, place, message, delivery, said }));
}

/** Work that goes on although Slack did not take the acknowledgement: it may be the only delivery. */
export async function acknowledge(ack: () => Promise<void>, { report }: Desk) {
  await ack().catch((error: unknown) => report('slack ack', error));
}
