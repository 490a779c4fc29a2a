// The packages that a program of this kind is made of, with a database open and nothing else.
const [kind, ...words] = process.argv.slice(2);
const { default: Sqlite } = await import('better-sqlite3');
const { drizzle } = await import('drizzle-orm/better-sqlite3');
await import('zod');
drizzle({ client: new Sqlite(':memory:') });
if (kind !== 'cli') await import('node-cron');
if (kind === 'slack' || words.includes('slack')) await import('@slack/bolt');
if (kind === 'discord' || words.includes('discord')) await import('discord.js');
process.stdout.write('ready\n');
if (kind !== 'cli') setInterval(() => {}, 60_000);
