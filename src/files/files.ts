import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { FILE_WORKER } from '../paths.ts';
import { UserError } from '../spine/errors.ts';
import type { FileResults, FileWork, WorkOnFile } from '../spine/files.ts';
import { type Outcome, resultOf } from './outcome.ts';

/** How much a file may take. */
export type FileLimits = {
  /** From the moment the worker is ready. The whole bank takes 2 to 5 s. */
  deadlineMs: number;
  /** Heap of the worker; the whole bank takes under 200 MB. */
  heapMb: number;
};

const LIMITS: FileLimits = { deadlineMs: 30_000, heapMb: 256 };

/** A start takes a fifth of a second; from the source on a busy machine far more. */
const START_MS = 60_000;

/** A worker without work gives its memory back. */
const IDLE_MS = 60_000;

/** Files that wait for one worker, of everybody and of one person. */
const MAX_WAITING = 20;
const MAX_OF_ONE = 2;

/**
 * Reads and writes files in one worker thread, one after the other. It starts with the first file, keeps no process
 * alive, and is replaced when a file breaks it.
 */
export function createFiles(limits: Partial<FileLimits> = {}): WorkOnFile {
  const run = createRunner({ ...LIMITS, ...limits });
  const waiting: string[] = [];
  let last: Promise<unknown> = Promise.resolve();

  return async <W extends FileWork>(work: W, person: string, took?: (ms: number) => void) => {
    if (waiting.filter((each) => each === person).length >= MAX_OF_ONE)
      throw new UserError("I'm still working on your last files. Wait for them, then try again.");
    if (waiting.length >= MAX_WAITING)
      throw new UserError("I'm busy with other people's files. Try again in a minute.");
    waiting.push(person);
    const mine = last.then(() => run(work, took));
    last = mine.catch(() => {});
    try {
      // The worker answers each kind of work with its own kind of result.
      return (await mine) as FileResults[W['kind']];
    } finally {
      waiting.splice(waiting.indexOf(person), 1);
    }
  };
}

/** Runs one piece of work at a time, and throws what the person should know. */
function createRunner({ deadlineMs, heapMb }: FileLimits) {
  let current: Promise<Worker> | undefined;
  let idle: ReturnType<typeof setTimeout> | undefined;

  function drop(): void {
    const gone = current;
    current = undefined;
    gone?.then(
      (worker) => worker.terminate(),
      () => {},
    );
  }

  async function outcomeOf(work: FileWork, took?: (ms: number) => void): Promise<Outcome> {
    current ??= startWorker(heapMb, drop);
    const worker = await current;
    worker.ref();
    const began = performance.now();
    try {
      const answer = once(worker, 'message', { signal: AbortSignal.timeout(deadlineMs) });
      worker.postMessage(work);
      const [outcome] = await answer;
      return outcome;
    } finally {
      took?.(performance.now() - began);
      worker.unref();
    }
  }

  return async (work: FileWork, took?: (ms: number) => void) => {
    clearTimeout(idle);
    const outcome = await outcomeOf(work, took).catch((error: unknown) => {
      drop();
      throw inWords(error);
    });
    idle = setTimeout(drop, IDLE_MS).unref();
    return resultOf(outcome);
  };
}

/** A worker that is ready. It has no environment, so no token is in reach of what reads files. */
async function startWorker(heapMb: number, onEnd: () => void): Promise<Worker> {
  const worker = new Worker(FILE_WORKER, {
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
    env: {},
    execArgv: [],
  });
  // Without a listener, the end of an idle worker would end the process.
  worker.on('error', onEnd);
  worker.on('exit', onEnd);
  await once(worker, 'message', { signal: AbortSignal.timeout(START_MS) });
  return worker;
}

function inWords(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (error.name === 'AbortError')
    return new UserError('This file takes too long to read. Split it into smaller files.');
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY')
    return new UserError('This file takes too much memory to read. Split it into smaller files.');
  return error;
}
