import { createTerminal } from '../../../src/adapters/terminal/index.ts';
import type { createWorld } from '../world.ts';

/** The terminal of one person who manages the team, and the lines that it wrote. */
export function createTerminalSession({ bot }: Pick<ReturnType<typeof createWorld>, 'bot'>) {
  const lines: string[] = [];
  const terminal = createTerminal({
    bot,
    world: {
      workspace: 'terminal:T1',
      workspaceName: 'T1',
      channel: 'daily',
      speakers: [
        { account: 'terminal:you', name: 'You', isAdmin: true },
        { account: 'terminal:mira', name: 'Mira', isAdmin: false },
      ],
      zone: 'UTC',
      jump: async () => false,
      now: () => 'now',
    },
    look: { isColorful: false, zone: 'UTC', locale: 'en-GB' },
    write: (line) => void lines.push(line),
  });
  return { terminal, lines };
}
