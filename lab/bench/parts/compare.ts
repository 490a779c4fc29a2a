import type { Program } from './program.ts';

/** One program under one kind of load. */
export type Subject = {
  program: Program;
  /** Sends so many requests, and resolves when all are answered. */
  load(count: number): Promise<unknown>;
};

export const isQuick = process.argv.includes('--quick');

const ROUNDS = isQuick ? 1 : 5;
const COUNT = Number(process.env['COUNT'] ?? (isQuick ? 1000 : 3000));
/** Only the cases whose names match, as for a profile of one of them. */
const CASES = new RegExp(process.env['CASES'] ?? '', 'i');

type Figures = { perSecond: number; micros: number };

export const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Requests a second, and microseconds of processor time for one. */
async function measure({ program, load }: Subject, count: number): Promise<Figures> {
  const before = await program.usage();
  const began = performance.now();
  await load(count);
  const seconds = (performance.now() - began) / 1000;
  const { cpuMs } = await program.usage();
  return { perSecond: count / seconds, micros: ((cpuMs - before.cpuMs) * 1000) / count };
}

/** The head of the table whose rows `compare` prints. */
export function printHead(): void {
  row(['', 'ours/s', 'bare/s', 'ratio', 'ours µs', 'bare µs', 'ratio of CPU']);
  row(['---', '--:', '--:', '--:', '--:', '--:', '--:']);
}

const row = (cells: string[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`);

/** Ours beside the bare framework, by turns, so that a busy machine slows both; prints the medians. */
export async function compare(name: string, ours: Subject, bare: Subject): Promise<void> {
  if (!CASES.test(name)) return;
  const rounds: { ours: Figures; bare: Figures }[] = [];
  await ours.load(COUNT / 2);
  await bare.load(COUNT / 2);
  for (let round = 0; round < ROUNDS; round += 1)
    rounds.push({ bare: await measure(bare, COUNT), ours: await measure(ours, COUNT) });
  const of = (value: (round: (typeof rounds)[number]) => number) => median(rounds.map(value));
  row([
    name,
    of(({ ours }) => ours.perSecond).toFixed(0),
    of(({ bare }) => bare.perSecond).toFixed(0),
    of(({ ours, bare }) => ours.perSecond / bare.perSecond).toFixed(2),
    of(({ ours }) => ours.micros).toFixed(0),
    of(({ bare }) => bare.micros).toFixed(0),
    of(({ ours, bare }) => bare.micros / ours.micros).toFixed(2),
  ]);
}

/** Runs a piece of work so often, so many at a time. */
export async function inLanes(
  lanes: number,
  count: number,
  work: (index: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
