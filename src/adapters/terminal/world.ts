/** Who can speak in the terminal. */
export type Speaker = { account: string; name: string; isAdmin: boolean };

/** What the terminal may do to the world around it: the demo team's clock and people. */
export type World = {
  workspace: string;
  workspaceName: string;
  channel: string;
  speakers: readonly Speaker[];
  zone: string;
  /** Lets the time come that these words name; false when they name none. */
  jump(words: string): Promise<boolean>;
  /** The present moment in words. */
  now(): string;
};
