import { present as presentDiscord } from '../../src/adapters/discord/present.ts';
import { presentMessage } from '../../src/adapters/slack/present.ts';
import { WIDTH } from '../../src/adapters/terminal/limits.ts';
import { present as presentTerminal } from '../../src/adapters/terminal/present.ts';
import type { Reply } from '../../src/spine/reply.ts';
import { messageProblems } from './discord/rules.ts';
import { BODIES, schemaProblems } from './discord/schemas.ts';
import { messageBodyProblems } from './slack/blocks.ts';

/** What a platform would refuse of a reply, or show badly; empty when all is well. */
export function replyProblems(reply: Reply): string[] {
  const { body, files } = presentDiscord(reply);
  // As it is sent: what is undefined does not travel.
  const sent = JSON.parse(JSON.stringify(body));
  const discord = [
    ...schemaProblems(BODIES['create message'], sent),
    ...messageProblems(sent, { path: [], files: files.map(({ name }) => name) }),
  ].map(({ path, message }) => `discord ${path.join('.')}: ${message}`);
  const slack = messageBodyProblems(presentMessage(reply), 'post').map((each) => `slack ${each}`);
  const look = { isColorful: false, zone: 'UTC', locale: 'en-GB' };
  const terminal = presentTerminal(reply, look)
    .lines.filter(
      (line) => [...line].length > WIDTH + 32 && !line.startsWith('    ') && !line.includes('http'),
    )
    .map((line) => `terminal: ${[...line].length} columns: ${line.slice(0, 60)}`);
  return [...discord, ...slack, ...terminal];
}
