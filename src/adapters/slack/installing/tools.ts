import type { RequestListener } from 'node:http';
import type { AppOptions, Logger } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import type { Clock } from '../../../core/time.ts';
import type { Bot } from '../../../spine/command.ts';
import type { Emit } from '../../../spine/event.ts';
import type { HealthMonitor } from '../../../spine/health.ts';
import type { Connection } from '../connect.ts';
import type { Leaving } from '../event-listeners.ts';
import type { Desk, DeskOf, ListenerContext } from '../listener-context.ts';
import type { Seat } from './desks.ts';
import type { Installing } from './oauth.ts';

/** What the adapter is given. */
export type SlackOptions = {
  bot: Bot;
  /** Of the only workspace; absent where workspaces install the app themselves. */
  botToken?: string | undefined;
  /** Lets workspaces install the app themselves, over HTTP. */
  installing?: Installing | undefined;
  /** Starts Socket Mode. */
  appToken?: string | undefined;
  /** Without an app token: requests come over HTTP, signed with this secret. */
  signingSecret?: string | undefined;
  /** Where to listen for HTTP; 3000 when absent. */
  port?: number | undefined;
  /** Takes our listener into a server of its own; then no port is opened. */
  mount?: ((listener: RequestListener) => void) | undefined;
  /** Another Web API than Slack's, for tests. */
  apiUrl?: string | undefined;
  emit: Emit;
  clock: Clock;
  /** How often the bot token is tried; once a minute when absent. */
  checkEveryMs?: number | undefined;
};

/** What all workspaces share. */
export type Tools = Pick<ListenerContext, 'report' | 'learnDirect' | 'track'> & {
  logger: Logger;
  clientOptions: WebClientOptions;
  /** Of the only workspace. */
  token: HealthMonitor;
  socket: HealthMonitor;
  underWay: ReadonlySet<Promise<unknown>>;
  open(seat: Seat): Desk;
};

/** Which workspaces there are, and how they reach us. */
export type Way = {
  connection: Connection;
  /** The token for Bolt, when there is only one. */
  app: Pick<AppOptions, 'token' | 'botId' | 'botUserId'>;
  deskOf: DeskOf;
  /** Rejects with `NOT_INSTALLED` where the app is not installed. */
  deskIn(workspace?: string): Promise<Desk>;
  leaving: Leaving;
  /** Looks now and then whether the token still works, until it is told to stop. */
  keepChecking(): () => void;
};
