import { fileURLToPath } from 'node:url';

/** A path in the project, seen from `src/` and from `dist/` alike: a bundle has no folders inside it. */
const inProject = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

export const DATA = inProject('data/');
export const MIGRATIONS = inProject('migrations/sqlite');
export const POSTGRES_MIGRATIONS = inProject('migrations/postgres');
/** The bank and the lexicon as `npm run prepare` leaves them, where they load in a fraction of the time. */
export const BUILT_BANK = inProject('dist/bank.json');
/** An empty database after all migrations, as `npm run prepare` leaves it for databases in memory. */
export const BUILT_DATABASE = inProject('dist/empty.db');
/** The playground's page as it is built. */
export const PAGE = inProject('dist/web/');
export const MANIFEST = inProject('package.json');
/** The worker that reads files, which lies beside what runs: `src/` or `dist/`. */
export const FILE_WORKER = new URL('./files/worker.js', import.meta.url);
