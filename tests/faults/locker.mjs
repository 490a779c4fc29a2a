// Another program on the same database: holds its write lock for a while, as a backup does.
import { setTimeout as wait } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';

const [file, begin, ms] = process.argv.slice(2);
const sqlite = new Sqlite(file);
sqlite.exec(begin);
process.stdout.write('locked\n');
await wait(Number(ms));
sqlite.exec('rollback');
sqlite.close();
