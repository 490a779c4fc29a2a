import { randomUUID } from 'node:crypto';
import { type AppParts, createApp } from './app.ts';
import { readCatalog } from './catalog.ts';
import type { Config } from './config.ts';
import type { Examiner } from './core/interview/examiner.ts';
import type { Clock } from './core/time.ts';
import type { Emit } from './spine/event.ts';

/** The machine that the configuration asks for, around one database and one clock. */
export async function assemble(
  config: Config,
  parts: Pick<
    AppParts,
    'store' | 'clock' | 'meter' | 'emit' | 'isUnlimited' | 'newId' | 'process' | 'storage'
  >,
) {
  const { catalog, problems } = readCatalog();
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  const examiner = await readExaminer(config, parts.clock, parts.emit);
  return createApp({ ...parts, catalog, wakeUps: 'all', ...(examiner ? { examiner } : {}) });
}

/** The optional examiner, loaded only when it is wanted. */
async function readExaminer(
  { EXAMINER, EXAMINER_KEY: key }: Config,
  clock: Clock,
  emit: Emit,
): Promise<Examiner | undefined> {
  if (!EXAMINER) return undefined;
  const { createExaminer } = await import('./examiner/examine.ts');
  return createExaminer({
    endpoint: { ...EXAMINER, key },
    clock,
    nonce: randomUUID,
    onFailure: (error) =>
      emit({ kind: 'failed', where: 'examiner', reference: randomUUID().slice(0, 6), error }),
  });
}

/** Goes on evenly, whatever is done to the machine's clock. */
export const elapsedMs = () => performance.now();

/** Calls back at the first signal to end; later ones change nothing. */
export function onSignal(stop: () => void): void {
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (!isStopping) stop();
      isStopping = true;
    });
  }
}
