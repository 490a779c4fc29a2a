import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * What Node must be and do before a program's modules are loaded: each built program imports this first, and only then
 * what may need a newer Node.
 */
const NEEDED = 22;

const [major = 0] = process.versions.node.split('.').map(Number);
if (major < NEEDED) {
  process.stderr.write(
    `Warmup needs Node ${NEEDED} or newer, and this is Node ${process.versions.node}. Use npm start, which runs the Node that npm ci installed, or install a newer one.\n`,
  );
  process.exit(1);
}

// A folder that can't be written to is no error: then nothing is cached.
module.enableCompileCache(
  fileURLToPath(new URL('../node_modules/.cache/compile', import.meta.url)),
);
process.setSourceMapsEnabled(true);

/**
 * Keeps the young generation as small as it is, until `settleMemory`: while a bot's modules load, a larger one only keeps
 * their garbage, 40 MiB when idle (docs/performance.md). A command that ends at once is quicker without.
 */
export function loadSparingly(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/**
 * Gives back what loading and the warm-up left behind, about 30 MiB, and lets the young generation grow with the load, up
 * to Node's --max-semi-space-size. It takes a tenth of a second: only before anybody waits.
 */
export function settleMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect: NodeJS.GCFunction = runInNewContext('gc');
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  setFlagsFromString('--semi-space-growth-factor=2');
}
