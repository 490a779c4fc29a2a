import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import packageJson from '../../../package.json' with { type: 'json' };
import { BUILT } from '../../../tests/support/process.ts';

const PROBE = join(import.meta.dirname, 'probe.mjs');

/** The options with which an operator starts the program. */
const OPTIONS = packageJson.scripts.start.split(' ').slice(1, -1);

/**
 * What a process has used so far: processor time of all its threads, and memory. `turnMs` says how late timers ran
 * since it was last asked, behind the turns of the loop before them.
 */
export type Usage = {
  cpuMs: number;
  rssMiB: number;
  heapMiB: number;
  turnMs: { p999: number; longest: number };
};

/** A process under measurement. */
export type Program = {
  usage(): Promise<Usage>;
  /** Collects garbage, so that what is used is what is kept. */
  collect(): Promise<void>;
  /** Milliseconds from the start until a line of its output holds these words. */
  says(words: string): Promise<number>;
  stop(): Promise<void>;
};

/**
 * Starts a program of plain JavaScript in a process of its own.
 *
 * With `PROFILE=folder` the processor profile of each one is written there when it ends.
 */
export function startProgram(script: string, words: string[], settings: object = {}): Program {
  const { PATH = '', HOME = '', PROFILE } = process.env;
  const began = performance.now();
  const profile = PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${PROFILE}`] : [];
  const options = script === BUILT ? OPTIONS : [];
  const child = spawn(
    process.execPath,
    [...options, ...profile, '--import', PROBE, script, ...words],
    {
      env: { PATH, HOME, ...settings },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    },
  );
  let output = '';
  const said = new Promise<never>((_, reject) =>
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}: ${output}`))),
  );
  said.catch(() => {});
  const heard = (words: string) =>
    new Promise<number>((resolve) => {
      const look = () => output.includes(words) && resolve(performance.now() - began);
      child.stdout?.on('data', look);
      look();
    });
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  return {
    async usage() {
      child.send('usage');
      // The probe answers with exactly this.
      const [used] = (await once(child, 'message')) as [Usage];
      return used;
    },
    async collect() {
      child.send('collect');
      await once(child, 'message');
    },
    says: (words) => Promise.race([heard(words), said]),
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGINT');
      await ended;
    },
  };
}

/** Resolves when the program at this port says that it is ready, which it does after its warm-up. */
export async function whenReady(port: number): Promise<void> {
  const isReady = () =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) await new Promise((resolve) => setTimeout(resolve, 100));
}
