/**
 * One script, every platform: a scenario speaks to this interface, and each platform's stage plays
 * it on the real client library against a server on loopback (or in the terminal).
 */

/** What somebody sees after an action, read from what the platform was really sent. */
export type Seen =
  | {
      kind: 'message';
      id: string;
      channel: string;
      thread?: string;
      isPrivate: boolean;
      /** All visible text, one line a block. */
      text: string;
      /** Labels of the buttons that can be pressed. */
      buttons: string[];
      selects: { label: string; choices: string[] }[];
      files: string[];
      /** It took the place of the message that was pressed. */
      replaced: boolean;
    }
  | {
      kind: 'form';
      id: string;
      title: string;
      fields: {
        name: string;
        label: string;
        required: boolean;
        choices: string[];
        value: string;
      }[];
      /** What stands above the fields, such as the question. */
      about?: string;
      problem?: string;
    };

export type Message = Extract<Seen, { kind: 'message' }>;
export type FormSeen = Extract<Seen, { kind: 'form' }>;

/** One person acting through the platform's own gestures. */
export type Actor = {
  /** A slash command with typed values, in the stage's main channel unless told otherwise. */
  command(
    name: string,
    values?: Record<string, string | number | boolean>,
    at?: { thread?: string },
  ): Promise<Seen>;
  /**
   * Enters a command exactly as a message shows it, such as `/warmup kv llama-3.1-8b`; undefined where the platform's
   * own client asks for what is missing before it sends anything.
   */
  type(shown: string): Promise<Seen | undefined>;
  /**
   * Words of one's own as people send them to the bot: in a direct message on Discord, after `/warmup` on Slack, and as
   * a line elsewhere. `@name` and `#channel` become what the platform's client makes of them.
   */
  say(text: string): Promise<Seen>;
  press(on: Message, label: string): Promise<Seen>;
  choose(on: Message, select: string, ...choices: string[]): Promise<Seen>;
  /** Sends a form; a refused form comes back with `problem`. */
  fill(form: FormSeen, values: Record<string, string>): Promise<Seen>;
  /** The message action with this title on a message with this text: one's own, or that of the actor with a name. */
  act(title: string, text: string, at?: { thread?: string; by?: string }): Promise<Seen>;
  /** Direct messages received so far. */
  inbox(): Promise<Message[]>;
};

export type Stage = {
  platform: 'discord' | 'slack-socket' | 'slack-http' | 'terminal' | 'web';
  channel: string;
  /** `admin` may manage the workspace. */
  actor(name: string, options?: { admin?: boolean }): Actor;
  /** What stands in a channel or thread now, oldest first, edits applied. */
  messages(channel: string, thread?: string): Promise<Message[]>;
  /** Makes the next sends fail: 'refuse' (missing permission), 'lose' (sent, but no answer arrives), 'busy' (429). */
  fail(how: 'refuse' | 'lose' | 'busy' | 'gone', times: number): void;
  /** Every request that the adapter sent, for assertions over all of it. */
  sent(): { method: string; path: string; body: unknown }[];
  /** What the stage's server refused: validation and protocol errors. A scenario expects none. */
  complaints(): string[];
};
