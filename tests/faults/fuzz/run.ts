// Starts processes of the bot with hostile input, one seed after another, and tells what they did not bear.
//
//     node tests/faults/fuzz/run.ts                 for a minute
//     SECONDS=3600 node tests/faults/fuzz/run.ts    for an hour
//     SEED=abc node tests/faults/fuzz/run.ts        one seed again, from its first input to its last
//     ROUNDS=500                   inputs of each seed
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { buildWorkers, builtWorker } from '../../support/build.ts';

const WORKER = builtWorker('fuzz');
/** What an input brought about that must not be, and how to see it again. */
type Problem = { seed: string; kind: string; detail: string; index: number; shown: string };

/** What a process tells at its end. */
type Done = {
  seed: string;
  rounds: number;
  counts: Record<string, number>;
  seen: { requests: number; longestMs: number; foreign: number; heap: number };
  peakBytes: number;
  dearest: { ms: number; index: number; shown: string }[];
};

type Ran = { problems: Problem[]; done: Done[] };

type Settings = { seed: string; rounds: number; until: number };

/** Inputs of one process: enough for what it keeps to pile up. */
const ROUNDS = 600;
/** A process that is silent for so long hangs. */
const HUNG_MS = 60_000;

/**
 * Runs so many seeds, for so many seconds at the most, or one seed alone.
 *
 * @param log Where progress is told.
 * @returns What went wrong, with the seed and the input of each, and what was done in all.
 */
export async function fuzz({
  seconds = Number.POSITIVE_INFINITY,
  seeds = Number.POSITIVE_INFINITY,
  seed,
  first = 1,
  rounds = ROUNDS,
  log = () => {},
}: {
  seconds?: number;
  seeds?: number;
  seed?: string;
  first?: number;
  rounds?: number;
  log?(line: string): void;
}): Promise<Ran> {
  const until = Date.now() + seconds * 1000;
  const problems: Problem[] = [];
  const done: Done[] = [];
  for (let number = first; number < first + seeds && Date.now() < until; number += 1) {
    const name = seed ?? `seed-${number}`;
    const ran = await runSeed({
      seed: name,
      rounds,
      until: seed ? Number.MAX_SAFE_INTEGER : Math.min(until, Number.MAX_SAFE_INTEGER),
    });
    problems.push(...ran.problems);
    if (ran.done) done.push(ran.done);
    log(
      `${name}: ${ran.done ? `${ran.done.rounds} inputs` : 'died'}, ${ran.problems.length} problems`,
    );
    if (seed) break;
  }
  return { problems, done };
}

function runSeed(settings: Settings): Promise<{ problems: Problem[]; done: Done | undefined }> {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      ['--max-old-space-size=512', WORKER, JSON.stringify(settings)],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const { seed } = settings;
    const problems: Problem[] = [];
    let done: Done | undefined;
    let last = '';
    let noise = '';
    let timer: NodeJS.Timeout | undefined;
    const heard = () => {
      clearTimeout(timer);
      timer = setTimeout(() => child.kill('SIGKILL'), HUNG_MS);
    };
    heard();
    createInterface({ input: child.stdout }).on('line', (text) => {
      const line = JSON.parse(text);
      if (line.kind === 'done') done = line;
      else problems.push({ seed, ...line });
    });
    createInterface({ input: child.stderr }).on('line', (text) => {
      heard();
      if (/^\d+ /.test(text)) last = text;
      else noise = `${noise}\n${text}`.slice(-2000);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (!done) {
        const [, index = '-1', shown = ''] = /^(\d+) (.*)$/.exec(last) ?? [];
        const how =
          signal === 'SIGKILL' ? 'hung for a minute' : `ended by itself (${signal ?? code})`;
        problems.push({
          seed,
          kind: 'died',
          detail: `${how}\n${noise}`,
          index: Number(index),
          shown,
        });
      }
      resolve({ problems, done });
    });
  });
}

/** The report of a run, in lines. */
export function reportOf({ problems, done }: Ran): string[] {
  const sum = (read: (each: Done) => number) => done.reduce((total, each) => total + read(each), 0);
  const most = (read: (each: Done) => number) => Math.max(0, ...done.map(read));
  const ways = new Map<string, number>();
  for (const { counts } of done)
    for (const [way, count] of Object.entries(counts)) ways.set(way, (ways.get(way) ?? 0) + count);
  const megabytes = (bytes: number) => Math.round(bytes / 2 ** 20);
  const dearest = done
    .flatMap((each) => each.dearest.map((one) => ({ seed: each.seed, ...one })))
    .sort((a, b) => b.ms - a.ms)
    .slice(0, 15);
  return [
    `${done.length} seeds (${done[0]?.seed ?? 'none'} to ${done.at(-1)?.seed ?? 'none'}), ${sum(({ rounds }) => rounds)} inputs: ${[...ways].map(([way, count]) => `${count} ${way}`).join(', ')}`,
    `bystander: ${sum(({ seen }) => seen.requests)} requests, longest unanswered ${Math.round(most(({ seen }) => seen.longestMs))} ms; ${sum(({ seen }) => seen.foreign)} more waits were the machine's`,
    `largest heap ${megabytes(most(({ seen }) => seen.heap))} MB, largest process ${megabytes(most((each) => each.peakBytes))} MB`,
    ...dearest.map(
      ({ seed, ms, index, shown }) =>
        `  ${ms} ms of processor time: ${seed} #${index} ${shown.slice(0, 240)}`,
    ),
    `${problems.length} problems`,
    ...grouped(problems).map(
      ([{ seed, kind, detail, index, shown }, count]) =>
        `${kind} (${count}×): ${detail}\n    SEED=${seed}, input ${index}: ${shown}`,
    ),
  ];
}

/** The same problem, told once with how often it was met. */
function grouped(problems: readonly Problem[]): [Problem, number][] {
  const groups = new Map<string, [Problem, number]>();
  for (const problem of problems) {
    const place = /\n\s+at (.*)/.exec(problem.detail)?.[1] ?? problem.shown.split(' ')[0];
    const key = `${problem.kind} ${place} ${problem.kind === 'unanswered' ? /"command":"[^"]*"|"text":"\w*/.exec(problem.shown)?.[0] : ''}`;
    const known = groups.get(key);
    groups.set(key, [known?.[0] ?? problem, (known?.[1] ?? 0) + 1]);
  }
  return [...groups.values()];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildWorkers();
  const { SECONDS = '60', SEED, FIRST = '1', ROUNDS: rounds } = process.env;
  const ran = await fuzz({
    seconds: Number(SECONDS),
    first: Number(FIRST),
    ...(SEED ? { seed: SEED } : {}),
    ...(rounds ? { rounds: Number(rounds) } : {}),
    log: (line) => process.stdout.write(`${line}\n`),
  });
  process.stdout.write(`${reportOf(ran).join('\n')}\n`);
  process.exitCode = ran.problems.length > 0 ? 1 : 0;
}
