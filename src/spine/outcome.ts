import type { BotParts } from './context.ts';
import { UserError } from './errors.ts';
import type { Event } from './event.ts';
import { type Button, plain, type Reply, say, type Text } from './reply.ts';
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
      const reply = errorReply(error, name, parts);
      done(error instanceof UserError ? 'refused' : 'failed');
      return reply;
    },
  };
}

function errorReply(error: unknown, where: string, { newId, emit }: BotParts): Reply {
  if (error instanceof UserError) return refusal(error.text, error.buttons);
  const reference = newId().slice(0, 6);
  emit({ kind: 'failed', where, reference, error });
  return { ...refusal(formatFault(error, reference)), isFault: true };
}

function formatFault(error: unknown, reference: string): string {
  if (error instanceof Error && 'isUnwritable' in error)
    return `The database can't be written to right now, so nothing was saved. Try again later, and send code ${reference} to the person who hosts Warmup.`;
  if (error instanceof Error && 'isBusy' in error)
    return `The database is busy, so nothing changed. Try again in a few seconds. (Code: ${reference})`;
  return `Something went wrong, and nothing changed. Try again. If it keeps happening, send code ${reference} to the person who hosts Warmup.`;
}

/** Errors are private, and told as data too. */
function refusal(text: Text, buttons: readonly Button[] = []): Reply {
  const { blocks } = say(text);
  if (buttons.length > 0) blocks.push({ kind: 'buttons', buttons: [...buttons] });
  return { blocks, visibility: 'private', data: { error: plain(text) } };
}
