/** What the playground allows; nothing here is a platform's limit. */
export const LIMITS = {
  /** A request of the page: a gesture with a file of 10 MB, which base64 makes a third larger. */
  bodyBytes: 14 * 1024 * 1024,
  /** What somebody types at once. */
  text: 10_000,
  /** Beginning of a text file that is shown under its name. */
  filePreview: 1500,
  /** Lines kept of what the machine did. */
  happened: 100,
  /** How long a message waits after a simulated 429. */
  retryAfterMs: 2000,
  /** The page's scripts, compressed. */
  scriptBytes: 150 * 1024,
} as const;

/** The port of the page when nothing else is asked for and nobody else has it. */
export const PORT = 4747;
