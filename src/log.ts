import { pino } from 'pino';
import type { Config } from './config.ts';
import type { Event } from './spine/event.ts';

/** Tokens, and SQL parameters that an error of the database carries. */
const SECRETS =
  /xox[abpesr]-[\w-]+|xapp-[\w-]+|[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}|\nparams:[\s\S]*/g;

/** Reads the event stream: one JSON line an event, without anybody's words. */
export function createLog(level: Config['LOG_LEVEL'], write: (line: string) => void) {
  const log = pino(
    { level, base: null },
    { write: (line) => write(line.replace(SECRETS, '[redacted]')) },
  );
  return (event: Event): void => {
    switch (event.kind) {
      case 'failed':
        log.error({ ...event, error: describe(event.error) }, 'failed');
        return;
      case 'missed':
      case 'empty':
      case 'limited':
        log.warn(event, event.kind);
        return;
      case 'command':
      case 'acknowledged':
      case 'answered':
      case 'answered-in-words':
      case 'shown':
      case 'kept-back':
      case 'voted':
      case 'hinted':
      case 'revealed':
        log.debug(event, event.kind);
        return;
      default:
        log.info(event, event.kind);
    }
  };
}

function describe(error: unknown): {
  name: string;
  message: string;
  stack?: string;
  cause?: string;
} {
  if (!(error instanceof Error))
    return { name: 'unknown', message: String(error).replace(SECRETS, '') };
  return {
    name: error.name,
    message: error.message.replace(SECRETS, ''),
    ...(error.stack ? { stack: error.stack.replace(SECRETS, '') } : {}),
    ...(error.cause instanceof Error ? { cause: error.cause.message.replace(SECRETS, '') } : {}),
  };
}
