import { existsSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';

// In the source a worker begins without anything that reads TypeScript; dist holds what was built.
if (existsSync(new URL('./work.ts', import.meta.url))) {
  const { register } = await import('tsx/esm/api');
  register();
}
const { workOn } = await import('./work.ts');

parentPort?.on('message', async (work) => parentPort?.postMessage(await workOn(work)));
parentPort?.postMessage('ready');
