import type { Health } from './health.ts';
import type { Reply, Text } from './reply.ts';
import type { PlatformName } from './request.ts';

/** Why a platform would not do something, in words for the reader who can mend it. */
export type Problem = {
  code:
    | 'missing-permission'
    | 'channel-gone'
    | 'not-a-member'
    | 'cannot-message'
    | 'archived'
    | 'token'
    | 'rate-limited'
    | 'invalid'
    | 'unavailable';
  /** What failed, which permission it needs, where to click, or what to run. */
  words: Text;
};

/**
 * The outcome of one attempt to send.
 *
 * - `refused`: certainly not sent, and asking again will not help until somebody mends it.
 * - `busy`: certainly not sent; try again after `retryAfterMs`.
 * - `unknown`: may have been sent (no answer, a lost connection, a server error).
 */
export type Sent =
  | { ok: true; channel: string; message: string }
  | { ok: false; outcome: 'refused' | 'busy' | 'unknown'; problem: Problem; retryAfterMs?: number };

/** What goes out by itself. `key` is the same for every attempt at the same row. */
export type Outgoing =
  | { kind: 'post'; channel: string; thread?: string; reply: Reply; key: string }
  | {
      kind: 'edit';
      channel: string;
      /** Of the message, when it stands in one. */
      thread?: string;
      message: string;
      reply: Reply;
      key: string;
    }
  /** A thread under a message; `message` of the outcome is the thread's id. */
  | { kind: 'thread'; channel: string; message: string; title: string; key: string }
  /** A private thread (Discord), a direct or group message (Slack), or, for everybody, a thread; the accounts are added. */
  | {
      kind: 'room';
      channel: string;
      title: string;
      accounts: string[];
      isPrivate: boolean;
      key: string;
    }
  | { kind: 'direct'; account: string; reply: Reply; key: string };

/** Somebody who cannot take part with the people of a workspace: an app, or one who is not in it, or of whom the platform does not say. */
export type Stranger = 'bot' | 'outside' | 'unknown';

/** What an account is in a workspace at this moment. */
export type Role = 'admin' | 'member' | 'outside';

/** One chat platform as jobs see it. */
export type Platform = {
  name: PlatformName;
  /** For how long a second attempt with the same key is certain to show only one message; 0 for never. */
  resendSafeForMs: number;
  /** `workspace` is the one to which the place or the person belongs, where it is known. */
  send(outgoing: Outgoing, workspace?: string): Promise<Sent>;
  /** What keeps the daily question from working in a channel; empty when all is well. */
  check(channel: string, workspace?: string): Promise<Problem[]>;
  /** Undefined for whoever belongs to the workspace. */
  strangerIn?(workspace: string, account: string): Promise<Stranger | undefined>;
  /** Whether people are heard and answered just now; absent where nothing can be lost. */
  health?(): Health;
  /** The clock was set back: what the platform's client waits for by the clock is forgotten. */
  setBack?(): void;
  /** Whether an account manages a workspace at this moment; undefined when the platform does not say. */
  isAdmin?(workspace: string, account: string): Promise<boolean | undefined>;
  /**
   * Undefined while the platform does not say. There only where direct messages belong to no workspace, so that
   * somebody acts in the team of one that they are in.
   */
  roleIn?(workspace: string, account: string): Promise<Role | undefined>;
  /**
   * Answers a stored delivery whose process is gone; its payload is what this adapter stored.
   *
   * @throws what `isStorageFailure` knows when nothing could be stored: it is to be run again.
   */
  resume?(payload: unknown): Promise<void>;
};

/** What differs between platforms, a row of `adapters/facts.ts`; nobody asks for a platform by its name. */
export type PlatformFacts = {
  name: PlatformName;
  /** As a sentence begins with it. */
  displayName: string;
  /** What people call the place that a team shares. */
  placeWord: 'server' | 'workspace';
  /** Rooms for interviews can be opened. */
  rooms: boolean;
  /** In a direct message one person is alone with the bot; elsewhere it may be one between two people. */
  isDirectAlone: boolean;
  /** Where the room of an interview opens that nobody else may read. */
  privateRoom: 'thread' | 'direct';
  /** What a link can show of a room: its thread, or only the channel around it; absent without links. */
  roomLink?: 'thread' | 'channel';
  /** What an id of a channel looks like; absent where a channel is its name. */
  channelId?: RegExp;
  /** Answers are simply typed as lines. */
  typesAnswers: boolean;
  /** People are named by a typed name: there is no list to choose them from. */
  namesPeople: boolean;
  /** How many characters of a text file can be shown where no file can be sent; absent where files are sent whole. */
  fileTextLimit?: number;
};

/** What a command may ask about the platform that it is replying on. */
export type PlatformOfRequest = PlatformFacts & {
  /** In a channel; see `Platform`. */
  check(channel: string): Promise<Problem[]>;
  /** Of an account, in the workspace of the request; see `Platform`. */
  stranger?(account: string): Promise<Stranger | undefined>;
  /** Of an account, in any workspace; see `Platform`. */
  isAdmin?(workspace: string, account: string): Promise<boolean | undefined>;
  /** Of an account, in any workspace; see `Platform`. */
  roleIn?(workspace: string, account: string): Promise<Role | undefined>;
};

/** What `main.ts` starts and stops. */
export type Adapter = { platform: Platform; stop(): Promise<void> };

/** What is kept of an installation. */
export type Installed = {
  /** The organization whose installation reaches this workspace. */
  organization: string | null;
  installedAt: Date;
  /** As the adapter gave it; undefined where only the organization has tokens. */
  data: unknown;
};

/** Where the app was installed with tokens of its own; ids are those of workspaces, such as `slack:T1`. */
export type Installations = {
  find(id: string): Promise<Installed | undefined>;
  /** A fresh installation, or replaced tokens of one; those of one that was dropped meanwhile are not kept. */
  keep(id: string, data: unknown, how: { isNew: boolean }): Promise<void>;
  /** A workspace is reached by the installation of its organization, or not any more. */
  link(id: string, organization: string): Promise<void>;
  unlink(id: string): Promise<void>;
  /** All that have tokens of their own. */
  all(): Promise<string[]>;
  /** The workspaces that an installation reaches. */
  reachedBy(id: string): Promise<string[]>;
  /** The tokens are gone, and in a moment no file of the database holds them. */
  drop(id: string): Promise<void>;
  /** False for the state of an installation that was used before. */
  isFirstUse(state: string): Promise<boolean>;
};
