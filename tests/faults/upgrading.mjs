// A start of the bot on a database of the version before, as far as opening it; killed somewhere on the way.
import { openSqlite } from '../../src/store/sqlite.ts';

process.stdout.write('opening\n');
openSqlite(`file:${process.argv[2]}`).close();
process.stdout.write('open\n');
