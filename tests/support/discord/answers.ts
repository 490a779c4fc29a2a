import type { BodyProblem } from './schemas.ts';

/** What the server answers to a request. */
export type Answer = { status: number; body?: unknown; headers?: Record<string, string> };

/** Discord's errors. @see https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const ERRORS = {
  unknownChannel: [404, 10003, 'Unknown Channel'],
  unknownGuild: [404, 10004, 'Unknown Guild'],
  unknownMember: [404, 10007, 'Unknown Member'],
  unknownMessage: [404, 10008, 'Unknown Message'],
  unknownUser: [404, 10013, 'Unknown User'],
  unknownWebhook: [404, 10015, 'Unknown Webhook'],
  unknownInteraction: [404, 10062, 'Unknown interaction'],
  unauthorized: [401, 0, '401: Unauthorized'],
  alreadyAcknowledged: [400, 40060, 'Interaction has already been acknowledged.'],
  missingAccess: [403, 50001, 'Missing Access'],
  notAuthor: [403, 50005, 'Cannot edit a message authored by another user'],
  cannotMessage: [403, 50007, 'Cannot send messages to this user'],
  missingPermissions: [403, 50013, 'Missing Permissions'],
  invalidToken: [401, 50027, 'Invalid Webhook Token'],
  invalidBody: [400, 50035, 'Invalid Form Body'],
  archived: [400, 50083, 'Thread is archived'],
  noHistory: [400, 160002, 'Cannot reply without permission to read message history'],
  threadExists: [400, 160004, 'A thread has already been created for this message'],
  locked: [403, 160005, 'Thread is locked'],
  notFound: [404, 0, '404: Not Found'],
} as const;

/** An error as Discord words it. */
export function refuse(which: keyof typeof ERRORS): Answer {
  const [status, code, message] = ERRORS[which];
  return { status, body: { code, message } };
}

type Nested = { [key: string]: unknown; _errors?: unknown[] };

/** The error for a body that does not fit, with each place and reason. */
export function refuseBody(problems: readonly BodyProblem[]): Answer {
  const errors: Nested = {};
  for (const { path, message } of problems) {
    let at = errors;
    for (const key of path.map(String)) {
      const next = (at[key] ?? {}) as Nested;
      at[key] = next;
      at = next;
    }
    at._errors = [...(at._errors ?? []), { code: 'BASE_TYPE_INVALID', message }];
  }
  const { status, body } = refuse('invalidBody');
  return { status, body: { ...(body as object), errors } };
}
