import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

/** The program as it is built, which starts sooner; `build.ts` builds it again when it is old. */
export const BUILT = join(import.meta.dirname, '../../dist/main.js');

const SHIFTED_CLOCK = join(import.meta.dirname, 'shifted-clock.mjs');

/** The program as its operator starts it, with these settings and nothing else. */
export function startProgram(
  environment: Record<string, string>,
  words: readonly string[] = [],
  main = BUILT,
) {
  const { PATH = '', HOME = '' } = process.env;
  const loaded = ['--import', SHIFTED_CLOCK, main, ...words];
  const child: ChildProcess = spawn(process.execPath, loaded, {
    env: { PATH, HOME, ...environment },
    stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  let errors = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    errors += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return {
    child,
    ended,
    output: () => output,
    errors: () => errors,
    /** Sets the clock of the machine, as the program sees it, so far from the true time. */
    setClock: (shiftMs: number) =>
      new Promise<void>((resolve) => {
        child.once('message', () => resolve());
        child.send(shiftMs);
      }),
    /** Resolves when the output holds these words. */
    async says(words: string, seconds = 20): Promise<void> {
      const until = performance.now() + seconds * 1000;
      while (!output.includes(words)) {
        if (performance.now() > until || child.exitCode !== null)
          throw new Error(`"${words}" never came: ${output} ${errors}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
  };
}
