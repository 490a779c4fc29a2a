import { type Logger, LogLevel } from '@slack/bolt';

/** A logger for Slack's libraries that keeps to errors and tells them where all others are told. */
export function quietLogger(report: (where: string, error: unknown) => void): Logger {
  const ignore = () => {};
  return {
    debug: ignore,
    info: ignore,
    warn: ignore,
    error: (...words: unknown[]) => {
      const [error] = words;
      if (error instanceof Error && 'code' in error && isByVisitor(String(error.code))) return;
      report('slack library', words.map(String).join(' '));
    },
    setLevel: ignore,
    setName: ignore,
    getLevel: () => LogLevel.ERROR,
  };
}

/** What a visitor of the install page does wrong is said on that page: anybody may open it, as often as they like. */
export const isByVisitor = (code: string) =>
  /^slack_oauth_(missing_state|invalid_state|missing_code|installer_authorization_error)$/.test(
    code,
  );
