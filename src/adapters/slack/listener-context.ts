import type { Context } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Bot, Step } from '../../spine/command.ts';
import { untilSafe } from '../../spine/deliveries.ts';
import { runTelling } from '../../spine/meanwhile.ts';
import { type Reply, say, type Visibility } from '../../spine/reply.ts';
import type { RequestInput } from '../../spine/request.ts';
import type { Origin } from './origin.ts';
import type { Profile } from './people.ts';
import type { Replies } from './replies.ts';
import { accountIn, slackRequest, type Team } from './requests.ts';

/** All that the listeners need. */
export type ListenerContext = Replies & {
  bot: Bot;
  team: Team;
  /** The app's own user. */
  botUser: string;
  api: WebClient;
  profileOf(user: string, fallbackName: string): Promise<Profile>;
  /** Remembers that a channel is a direct message with this app. */
  learnDirect(channel: string): void;
  report(where: string, error: unknown): void;
  /** Keeps the process from stopping in the middle of some work. */
  track<T>(work: Promise<T>): Promise<T>;
};

/** One workspace as the adapter works in it. */
export type Desk = ListenerContext & {
  /** For what goes out by itself. */
  posts: WebClient;
  botName: string;
  /** The token is that of a whole organization. */
  isWide: boolean;
};

/** Finds the desk of the workspace in which something was said. */
export type DeskOf = (context: Context) => Promise<ListenerContext>;

/**
 * Something that Slack told us of: what was said, where and by whom. Plain data, so that it can be
 * stored: `trigger` and `view` say where else than in messages its answer may go.
 */
export type IncomingEvent = {
  origin: Origin;
  name: string;
  delivery: string;
  said: RequestInput;
  trigger?: string;
  /** The form that was sent. */
  view?: string;
};

/** As it is stored, with the workspace in which it was said. */
export type StoredEvent = IncomingEvent & { team: string };

/** What came of it. */
export type Answer =
  | Exclude<Step, { kind: 'run' }>
  | { kind: 'reply'; reply: Reply; visibility: Visibility };

/** Lets the machine answer; when this resolves, all is durable. */
export async function answer(heard: IncomingEvent, desk: ListenerContext): Promise<Answer> {
  const { origin, name, delivery, said } = heard;
  const { bot, team, profileOf } = desk;
  const { user, place, message } = origin;
  const profile = await profileOf(user, name);
  const step = await bot.prepare(
    slackRequest({ team, user, profile, place, message, delivery, said }),
  );
  if (step.kind !== 'run') return step;
  const reply = await runTelling(step, (words) =>
    desk.deliver(say(words), 'private', origin).catch((error) => desk.report('slack wait', error)),
  );
  // A refused form stays open with what was written in it.
  if (reply.form) return { kind: 'form', form: reply.form };
  return { kind: 'reply', reply, visibility: step.visibility };
}

/** Resolves when something may be acknowledged: it is answered, or stored to be answered. */
export function safe(
  answering: Promise<Answer>,
  heard: IncomingEvent,
  { bot, team }: ListenerContext,
  ms?: number,
) {
  const store = () =>
    bot.storeDelivery({
      id: heard.delivery,
      platform: 'slack',
      account: accountIn(team, heard.origin.user),
      payload: { ...heard, team: team.id } satisfies StoredEvent,
    });
  return untilSafe(answering, store, ms);
}

/** True when Slack has to send it again, or the person to try again: nothing of it is stored. */
export function isFault(answer: Answer): boolean {
  return answer.kind === 'reply' && answer.reply.isFault === true;
}

/** What a listener throws so that Slack gets no acknowledgement; why is told and logged already. */
export const NOT_STORED = new Error('nothing was stored');

/** Work that goes on although Slack did not take the acknowledgement: it may be the only delivery. */
export async function acknowledge(ack: () => Promise<void>, { report }: ListenerContext) {
  await ack().catch((error: unknown) => report('slack ack', error));
}
