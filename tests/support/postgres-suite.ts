import type { TestProject } from 'vitest/node';
import { openStore } from '../../src/store/open.ts';
import { startPostgres } from './postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A database with empty tables on the server of the suite, from which each test copies its own. */
    template: string;
  }
}

/** Starts the server on which a suite runs. */
export default async function startServer({ provide }: TestProject) {
  const server = await startPostgres({ isDurable: false });
  const template = await server.createDatabase('template');
  const { close } = await openStore(template, {
    clock: { now: () => new Date() },
    elapsedMs: () => performance.now(),
    answerKey: 'the key of the tests',
  });
  await close();
  provide('template', template);
  return server.stop;
}
