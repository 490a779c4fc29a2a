import { randomUUID } from 'node:crypto';
import { type AppParts, createApp } from './app.ts';
import { readCatalog } from './catalog.ts';
import type { Config } from './config.ts';
import type { Clock } from './core/time.ts';
import type { Judge } from './examiner/judge.ts';
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
  const judge = await readJudge(config, parts.clock, parts.emit);
  return createApp({ ...parts, catalog, wakeUps: 'all', ...(judge ? { judge } : {}) });
}

/** The optional judge, loaded only when it is wanted. */
async function readJudge(config: Config, clock: Clock, emit: Emit): Promise<Judge | undefined> {
  if (!config.JUDGE_URL || !config.JUDGE_MODEL) return undefined;
  const { createJudge } = await import('./examiner/judge.ts');
  return createJudge({
    url: config.JUDGE_URL,
    model: config.JUDGE_MODEL,
    ...(config.JUDGE_KEY ? { key: config.JUDGE_KEY } : {}),
    clock,
    nonce: randomUUID,
    onFailure: (error) =>
      emit({ kind: 'failed', where: 'judge', reference: randomUUID().slice(0, 6), error }),
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
