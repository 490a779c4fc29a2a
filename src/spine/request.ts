export type PlatformName = 'discord' | 'slack' | 'terminal' | 'web';

/** Where something is said. Ids are the platform's own; `thread` is set inside a thread. */
export type Place = {
  channel: string;
  thread?: string;
  kind: 'channel' | 'thread' | 'direct';
};

/** A file a person attached: read only when a command asks for it. */
export type Attachment = {
  name: string;
  bytes: number;
  text(): Promise<string>;
  /** The bytes themselves, where a platform hands over more than text. */
  content?(): Promise<Uint8Array>;
};

/** What reached us. Values of forms and platform options stay values and never turn into text. */
export type RequestInput =
  /** Typed words: a command line, and the file that came with it. */
  | { kind: 'text'; text: string; file?: Attachment }
  /** A slash command with typed options. */
  | { kind: 'command'; command: string; values: Values }
  /** A message action on the text of a message; `author` is the account that wrote it, if a person did. */
  | { kind: 'action'; command: string; text: string; author: string | undefined }
  /** A pressed button or a chosen option: the saved command as `button.ts` wrote it. */
  | { kind: 'button'; id: string; values?: Values }
  /** A sent form: the saved command it began with and what was filled in. */
  | { kind: 'form'; id: string; values: Values }
  /**
   * Plain words in a place where a conversation may be open; `isLine` where commands are typed there as well, `isForBot` in a
   * direct message or with a mention.
   */
  | { kind: 'words'; text: string; message?: string; isLine?: boolean; isForBot?: boolean };

export type Value = string | number | boolean | string[] | Attachment;
export type Values = Record<string, Value | undefined>;

/** Every way in becomes one of these. */
export type Request = {
  /** The delivery's own id; repeated by a redelivery. Absent where the platform never repeats. */
  delivery?: string;
  /** The delivery was stored by a process that is gone: for want of a database its step fails, and it is run again. */
  isRerun?: boolean;
  platform: PlatformName;
  /** `discord:<guild>`, `slack:<team>`; a person alone is a team of one, see `workspaceOfOne`. */
  workspace: string;
  workspaceName?: string;
  /** `discord:42`, `slack:T1/U1`. */
  account: string;
  accountName: string;
  /** What the platform says of this person in this workspace. */
  isAdmin: boolean;
  /** Written in a direct message, for a team elsewhere: before the role gives a right, it is asked for again. */
  isElsewhere?: boolean;
  place: Place;
  /** The message whose button was pressed. */
  message?: string;
  locale?: string;
  /** The person's IANA zone where the platform tells it. */
  zone?: string;
  said: RequestInput;
};

/** Where a direct message belongs that no team stands behind: `discord:@42` for `discord:42`. */
export function workspaceOfOne(account: string): string {
  return account.replace(':', ':@');
}
