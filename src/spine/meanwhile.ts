import type { Step } from './command.ts';
import type { Reply } from './reply.ts';

/** A reply that takes longer is announced, if its command has words for it. */
const LONG_MS = 1500;

/** Runs a step; what it is at is told once when that takes long. */
export async function runTelling(
  { run, meanwhile }: Extract<Step, { kind: 'run' }>,
  tell: (words: string) => unknown,
): Promise<Reply> {
  const timer = meanwhile === undefined ? undefined : setTimeout(tell, LONG_MS, meanwhile);
  return run().finally(() => clearTimeout(timer));
}
