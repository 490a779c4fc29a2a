import { loadSparingly } from './runtime.ts';
import { UserError } from './spine/errors.ts';
import { DatabaseError } from './store/database-error.ts';
import { readVersion, USAGE } from './usage.ts';

/** Somebody sits in front of it; a pipe is neither greeted nor shown a page. */
const isPerson = Boolean(process.stdin.isTTY && process.stdout.isTTY);

/** What an option says about the program itself. */
function aboutProgram(option: string): string | undefined {
  if (option === '--help' || option === '-h') return USAGE;
  return option === '--version' || option === '-v' ? `${readVersion()}\n` : undefined;
}

async function main(): Promise<void> {
  const given = process.argv.slice(2);
  const about = given.map(aboutProgram).find((text) => text !== undefined);
  if (about !== undefined) {
    process.stdout.write(about);
    return;
  }
  // Loaded only now: what is asked about the program is answered at once.
  const { isOnSlack, readConfig } = await import('./config.ts');
  const read = readConfig();
  if ('problems' in read) {
    for (const { variable, message } of read.problems)
      process.stderr.write(`${variable} ${message}\n`);
    process.exitCode = 1;
    return;
  }
  const { config } = read;
  const words = given.filter((word) => !['--no-web', '--web', '--json'].includes(word));
  const isTerminal = isPerson && words.length === 0;
  const hasTokens = Boolean(config.DISCORD_TOKEN) || isOnSlack(config);
  if (hasTokens && words.length === 0 && !given.includes('--web')) {
    loadSparingly();
    const { serve } = await import('./serve.ts');
    return serve(config);
  }
  if (words.length === 1 && words[0] === 'mcp') {
    const { serveAgents } = await import('./demo/agents.ts');
    return serveAgents(config);
  }
  const { demonstrate, servePage } = await import('./demo/start.ts');
  if (given.includes('--web') && words.length === 0 && !isTerminal) return servePage(config);
  const isJson = given.includes('--json');
  const hasPage = isTerminal && !isJson && !given.includes('--no-web');
  await demonstrate(config, { words, isPerson, hasPage, isJson });
}

main().catch((error: unknown) => {
  const known = error instanceof UserError || error instanceof DatabaseError;
  process.stderr.write(
    `${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
});
