import { readFileSync } from 'node:fs';
import { MANIFEST } from './paths.ts';

/** What `--help` prints. */
export const USAGE = `Usage: npm start -- [options] [command]

Without tokens, Warmup opens a demo team in the terminal and the playground in the browser.
With tokens in the environment or in .env, it runs the bot on Discord and Slack.

  npm start                            Start the demo, or the bot if tokens are set
  npm start -- vram llama-3.1-8b 4090  Run one command and exit
  npm start -- help                    List the commands
  node dist/main.js mcp                Serve agents over MCP: estimates, deployments, and questions

Options:
  --web          Start the demo even if tokens are set; without a terminal, the playground only
  --no-web       Start the demo without the playground
  --json         Print the result of a command as JSON
  -h, --help     Show this help
  -v, --version  Show the version
`;

/** The version of this program, from its package.json. */
export function readVersion(): string {
  const { version }: { version: string } = JSON.parse(readFileSync(MANIFEST, 'utf8'));
  return version;
}
