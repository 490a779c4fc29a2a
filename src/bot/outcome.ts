import type { BotParts } from './context.ts';
import { UserError } from './errors.ts';
import type { Event } from './event.ts';
import { type Reply, say } from './reply.ts';
import type { Request } from './request.ts';

type Outcome = Extract<Event, { kind: 'command' }>['outcome'];

/** Follows a request to its end, which is told as an event, and an error in words too. */
export function followRequest(parts: BotParts, { said, platform }: Request) {
  const { clock, emit } = parts;
  const began = clock.now().getTime();
  let name: string = said.kind;
  const done = (outcome: Outcome) =>
    emit({ kind: 'command', command: name, platform, outcome, ms: clock.now().getTime() - began });
  return {
    /** Names the command, once it is known. */
    isFor(command: string): void {
      name = command;
    },
    done,
    /** What the person sees of an error. */
    failed(error: unknown): Reply {
      const reply = inWords(error, name, parts);
      done(error instanceof UserError ? 'refused' : 'failed');
      return reply;
    },
  };
}

function inWords(error: unknown, where: string, { newId, emit }: BotParts): Reply {
  if (error instanceof UserError) return refusal(error.message);
  const reference = newId().slice(0, 6);
  emit({ kind: 'failed', where, reference, error });
  const busy =
    error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
  const words = busy
    ? `The database is busy and nothing was changed. Try again in a moment. (Reference ${reference})`
    : `Something went wrong on my side, and nothing was changed. Try again; if it stays, tell whoever runs me the reference ${reference}.`;
  return { ...refusal(words), isFault: true };
}

/** Errors are private, and told as data too. */
function refusal(error: string): Reply {
  return { ...say(error), visibility: 'private', data: { error } };
}
