/** What a Slack workspace remembers: people, channels, messages, windows and one-time keys. */

import { SILENCE_MS } from '../waiting.ts';

export type User = {
  id: string;
  name: string;
  isAdmin: boolean;
  tz: string;
  locale: string;
  /** Of another workspace, or no person. */
  team?: string;
  /** Of an organization: the workspaces in which they are, and whether they manage all of it. */
  enterprise?: { teams: string[]; isAdmin?: boolean };
  isBot?: boolean;
  isDeleted?: boolean;
  home?: unknown;
};

export type SlackMessage = {
  ts: string;
  channel: string;
  user: string;
  text: string;
  blocks: unknown[];
  thread?: string;
  /** Only this person sees it. */
  ephemeralTo?: string;
  files?: { name: string; text: string }[];
};

export type Channel = {
  id: string;
  name: string;
  isPrivate: boolean;
  isArchived: boolean;
  members: Set<string>;
  messages: SlackMessage[];
};

export type View = {
  id: string;
  hash: string;
  user: string;
  view: { type: string; blocks: unknown[]; private_metadata?: string; callback_id?: string };
};

/** What one person gets to see at once after doing something. */
export type Output =
  | { kind: 'message'; message: SlackMessage; replaced: boolean }
  | { kind: 'view'; view: View; problem?: string };

type ResponseUrl = {
  at: number;
  uses: number;
  user: string;
  channel: string;
  pressed?: SlackMessage;
};

export type Workspace = ReturnType<typeof createWorkspace>;

/** A workspace with one channel in which the app is a member. */
export function createWorkspace() {
  let counter = 0;
  let offsetMs = 0;
  const now = () => Date.now() + offsetMs;
  const users = new Map<string, User>();
  const channels = new Map<string, Channel>();
  const views = new Map<string, View>();
  const triggers = new Map<string, { at: number; user: string; isUsed: boolean }>();
  const responseUrls = new Map<string, ResponseUrl>();
  const uploads = new Map<string, { name: string; length: number; content?: string }>();
  const complaints: string[] = [];
  const waiting: { user: string; take(output: Output): void }[] = [];
  const bot = { user: 'U0WARMUP', id: 'B0WARMUP', name: 'warmup' };
  const team = { id: 'T0TEAM', name: 'Test Team', domain: 'test-team' };

  const nextId = () => String(++counter).padStart(6, '0');

  function addChannel(name: string, options: Partial<Channel> = {}): Channel {
    const channel: Channel = {
      id: `C0${name.toUpperCase().replaceAll(/\W/g, '')}`,
      name,
      isPrivate: false,
      isArchived: false,
      members: new Set([bot.user]),
      messages: [],
      ...options,
    };
    channels.set(channel.id, channel);
    return channel;
  }

  /** The direct message between a person and the app. */
  function directWith(user: string): Channel {
    const id = `D0${user.slice(1)}`;
    return (
      channels.get(id) ??
      addChannel('directmessage', { id, isPrivate: true, members: new Set([bot.user, user]) })
    );
  }

  /** The group message of some people and the app. */
  function groupOf(people: string[]): Channel {
    const name = `mpdm-${[...people].sort().join('-')}`;
    const found = [...channels.values()].find((channel) => channel.name === name);
    const members = new Set([bot.user, ...people]);
    return found ?? addChannel(name, { isPrivate: true, members });
  }

  const general = addChannel('general');

  return {
    bot,
    team,
    general,
    users,
    channels,
    views,
    triggers,
    responseUrls,
    uploads,
    complaints,
    now,
    nextId,
    addChannel,
    directWith,
    groupOf,
    advance(ms: number) {
      offsetMs += ms;
    },
    complain(words: string) {
      complaints.push(words);
    },

    addUser(name: string, options: Partial<User> = {}): User {
      const id = `U0${name.toUpperCase().replaceAll(/\W/g, '')}`;
      const known = users.get(id);
      if (known) return Object.assign(known, options);
      const user = { id, name, isAdmin: false, tz: 'Europe/Berlin', locale: 'en-GB', ...options };
      users.set(id, user);
      general.members.add(id);
      return user;
    },

    addMessage(message: Omit<SlackMessage, 'ts'>): SlackMessage {
      const added = { ...message, ts: `${Math.floor(now() / 1000)}.${nextId()}` };
      channels.get(message.channel)?.messages.push(added);
      return added;
    },

    findMessage(channel: string, ts: string): SlackMessage | undefined {
      return channels.get(channel)?.messages.find((message) => message.ts === ts);
    },

    newTrigger(user: string): string {
      const id = `${nextId()}.${team.id}.${user}`;
      triggers.set(id, { at: now(), user, isUsed: false });
      return id;
    },

    newResponseUrl(url: Omit<ResponseUrl, 'at' | 'uses'>): string {
      const id = `r${nextId()}`;
      responseUrls.set(id, { ...url, at: now(), uses: 0 });
      return id;
    },

    openView(user: string, view: View['view']): View {
      const opened = { id: `V0${nextId()}`, hash: nextId(), user, view };
      views.set(opened.id, opened);
      return opened;
    },

    /** Shows something to a person who may be waiting for it. */
    show(user: string, output: Output) {
      const index = waiting.findIndex((waiter) => waiter.user === user);
      if (index >= 0) waiting.splice(index, 1)[0]?.take(output);
    },

    /** What a person sees next; `seen` rejects when nothing comes for some seconds. */
    nextOutput(user: string, timeoutMs = SILENCE_MS): { seen: Promise<Output>; cancel(): void } {
      let cancel = () => {};
      const seen = new Promise<Output>((resolve, reject) => {
        const waiter = { user, take };
        const timer = setTimeout(() => {
          cancel();
          const words = complaints.join(' | ') || 'none';
          reject(new Error(`${user} saw nothing; complaints: ${words}`));
        }, timeoutMs);
        function take(output: Output) {
          clearTimeout(timer);
          resolve(output);
        }
        waiting.push(waiter);
        cancel = () => {
          clearTimeout(timer);
          const index = waiting.indexOf(waiter);
          if (index >= 0) waiting.splice(index, 1);
        };
      });
      // Somebody who cancels waits for nothing more.
      seen.catch(() => {});
      return { seen, cancel: () => cancel() };
    },
  };
}
