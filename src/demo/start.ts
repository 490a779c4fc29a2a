import { randomBytes } from 'node:crypto';
import type { Web } from '../adapters/web/index.ts';
import { assemble, elapsedMs, onSignal } from '../assemble.ts';
import { readCatalog } from '../catalog.ts';
import type { Config } from '../config.ts';
import type { Catalog } from '../core/catalog.ts';
import { createLog } from '../log.ts';
import { PAGE } from '../paths.ts';
import { lazyDraw } from '../pictures/lazy.ts';
import { UserError } from '../spine/errors.ts';
import { openStore } from '../store/open.ts';
import { demoStart } from './days.ts';
import { countedIds, movableClock } from './demo.ts';
import { type DemoTerminalParts, runDemoTerminal } from './terminal.ts';

export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
export const locale = 'en-GB';

/** The playground in the browser, with demo teams of its own; loaded only when it is wanted. */
async function openPage(config: Config, catalog: Catalog): Promise<Web> {
  const { startWeb } = await import('../adapters/web/index.ts');
  const { createPlayground } = await import('./playground.ts');
  const start = demoStart(zone);
  return startWeb({
    open: createPlayground({ catalog, start, zone, locale }),
    // Without a renderer the text says what the picture would.
    draw: lazyDraw(() => {}),
    page: PAGE,
    key: randomBytes(16).toString('base64url'),
    ...(config.PORT ? { port: config.PORT } : {}),
  });
}

/** The page alone, without a terminal, until a signal ends it. */
export async function servePage(config: Config): Promise<void> {
  const page = await openPage(config, readCatalog().catalog);
  process.stdout.write(`The playground is at ${page.url}\n`);
  await new Promise<void>(onSignal);
  await page.stop();
}

/** A machine in a database in memory and on a clock of its own. */
export async function openMachine(config: Config) {
  const clock = movableClock(demoStart(zone));
  const level = config.LOG_LEVEL === 'info' ? 'error' : config.LOG_LEVEL;
  const database = await openStore(':memory:', { clock, elapsedMs });
  const machine = await assemble(config, {
    store: database.store,
    clock,
    emit: createLog(level, (line) => process.stderr.write(line)),
    isUnlimited: true,
    newId: countedIds(),
    process: 'demo',
  });
  return { machine, clock, close: database.close };
}

/** The terminal with the demo team, in a database and on a clock of its own. */
export async function demonstrate(
  config: Config,
  {
    hasPage,
    ...asked
  }: Pick<DemoTerminalParts, 'words' | 'isPerson' | 'isJson'> & { hasPage: boolean },
): Promise<void> {
  const { machine, clock, close } = await openMachine(config);
  const openBeside = () => openPage(config, machine.context.catalog).catch(tellProblem);
  await runDemoTerminal({
    machine,
    clock,
    zone,
    locale,
    ...asked,
    ...(hasPage ? { openPage: openBeside } : {}),
  });
  await close();
}

/** The terminal works without the page, so what keeps the page from starting is only told. */
function tellProblem(error: unknown): undefined {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.message}\n`);
}
