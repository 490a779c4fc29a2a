import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const SHIFTED_CLOCK = join(import.meta.dirname, 'shifted-clock.mjs');

type Running = {
  /** The program, and what its nth start is given. */
  worker: string;
  settings(start: number): object;
  /** How far its system clock is off. */
  shiftMs: number;
  onLine?(line: string): void;
  onEnd?(): void;
};

/** A process that is started again when it ends, as whoever runs it does. */
export function keepRunning({ worker, settings, shiftMs, onLine, onEnd }: Running) {
  let said = '';
  let child: ChildProcess;
  let isOver = false;
  let starts = 0;
  const start = () => {
    starts += 1;
    let hasStarted = false;
    const words = ['--import', SHIFTED_CLOCK, worker, JSON.stringify(settings(starts))];
    child = spawn(process.execPath, words, {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, CLOCK_SHIFT_MS: String(shiftMs) },
    });
    // Nobody hears what is written to a process that has just been killed.
    child.stdin?.on('error', () => {});
    child.stdout?.on('data', (chunk) => {
      hasStarted = true;
      said += chunk;
    });
    if (child.stdout && onLine) createInterface({ input: child.stdout }).on('line', onLine);
    child.on('close', (code) => {
      // One that starts while the server does gives up in words.
      if (code !== null && hasStarted) said += `ended ${code}\n`;
      onEnd?.();
      if (!isOver) start();
    });
  };
  start();
  return {
    kill: () => child.kill('SIGKILL'),
    resume: () => child.kill('SIGCONT'),
    write: (line: string) => child.stdin?.write(`${line}\n`),
    said: () => said,
    async hasSaid(words: RegExp): Promise<string> {
      for (;;) {
        const [, found] = words.exec(said) ?? [];
        if (found !== undefined) return found;
        await new Promise((resolve) => child.stdout?.once('data', resolve));
      }
    },
    async end() {
      if (isOver) return;
      isOver = true;
      const closed = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGKILL');
      await closed;
    },
  };
}
