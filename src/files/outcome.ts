import { UserError } from '../spine/errors.ts';
import type { FileResults, FileWork } from '../spine/files.ts';

/** What a worker answers; an error of ours reaches the main thread as its stack. */
export type Outcome =
  | { ok: true; result: FileResults[FileWork['kind']] }
  | { ok: false; refusal: string }
  | { ok: false; bug: string };

/** The result, or what the person should know as an error. */
export function resultOf(outcome: Outcome): FileResults[FileWork['kind']] {
  if (outcome.ok) return outcome.result;
  if ('refusal' in outcome) throw new UserError(outcome.refusal);
  throw new Error(`A file broke its reader: ${outcome.bug}`);
}
