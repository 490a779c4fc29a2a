import { type Logger, LogLevel } from '@slack/bolt';

/** A logger for Slack's libraries that keeps to errors and tells them where all others are told. */
export function quietLogger(report: (where: string, error: unknown) => void): Logger {
  const ignore = () => {};
  return {
    debug: ignore,
    info: ignore,
    warn: ignore,
    error: (...words: unknown[]) => report('slack library', words.map(String).join(' ')),
    setLevel: ignore,
    setName: ignore,
    getLevel: () => LogLevel.ERROR,
  };
}
