// A start of the bot on an old database, as far as opening it; killed somewhere on the way.
import { openSqlite } from '../../src/store/sqlite.ts';

process.stdout.write('opening\n');
openSqlite(`file:${process.argv[2]}`).close();
process.stdout.write('open\n');
