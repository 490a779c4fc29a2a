import { parentPort } from 'node:worker_threads';
import { workOn } from './work.ts';

parentPort?.on('message', async (work) => parentPort?.postMessage(await workOn(work)));
parentPort?.postMessage('ready');
