import { z } from 'zod';
import { type Bot, type Command, defineCommand } from '../../../src/spine/command.ts';
import { dueNow } from '../../../src/spine/outbox.ts';
import { type Reply, say } from '../../../src/spine/reply.ts';
import type { Rule } from './rules.ts';

/** A dead end made on purpose, and the rule that must find it. */
type Plant = { rule: Rule; what: string; commands: Command[]; around?(bot: Bot): Bot };

/** A command without options that says this, in public unless told otherwise. */
const saying = (name: string, run: () => Reply | Promise<Reply>, hidden = false): Command =>
  defineCommand({
    name,
    summary: 'A planted command',
    example: name,
    visibility: 'public',
    ...(hidden ? { hidden } : {}),
    input: z.object({}),
    run,
  });

const withButton = (run: string, text = 'Here is a card.'): Reply => ({
  blocks: [
    { kind: 'text', text },
    { kind: 'buttons', buttons: [{ label: 'Press', run }] },
  ],
});

/** Computes for so long that everybody waits. */
function busy(ms: number): void {
  const { user } = process.cpuUsage();
  while (process.cpuUsage().user - user < ms * 1000);
}

/** Takes words in a form, and tells the whole channel. */
const gossip = defineCommand({
  name: 'gossip',
  summary: 'A planted command',
  example: 'gossip',
  visibility: 'private',
  input: z.object({ text: z.string().describe('Some words') }),
  async run({ text }, { store, team, platform, place, clock, seed }) {
    const reply = say(text);
    const outgoing = { kind: 'post' as const, channel: place.channel, reply, key: seed };
    const row = { key: seed, teamId: team.id, platform: platform.name, what: 'notice', outgoing };
    await store.addOutgoing([{ ...row, ...dueNow(clock.now()) }]);
    return say('Thanks, saved.');
  },
});

/** A form that comes back as it was, whatever is sent. */
const stubborn = (bot: Bot): Bot => {
  let last: Awaited<ReturnType<Bot['prepare']>> | undefined;
  return {
    ...bot,
    async prepare(request) {
      if (request.said.kind === 'form' && last) return last;
      const step = await bot.prepare(request);
      if (step.kind === 'form') last = step;
      return step;
    },
  };
};

const throwing = (): Reply => {
  throw new Error('planted');
};
const silent = () => new Promise<Reply>(() => undefined);

/** Ten of them, each in a bot of its own. */
export const PLANTS: readonly Plant[] = [
  { rule: 'error reference', what: 'a command that fails', commands: [saying('fails', throwing)] },
  {
    rule: 'unknown command',
    what: 'a button for a command that is gone',
    commands: [saying('offers', () => withButton('vanished now:yes'))],
  },
  {
    rule: 'unknown command',
    what: 'a text that names a command that there is not',
    commands: [saying('names', () => say(['Now run ', { command: 'nowhere' }, '.']))],
  },
  { rule: 'unanswered', what: 'a command that says nothing', commands: [saying('silent', silent)] },
  {
    rule: 'late',
    what: 'a command that computes for too long',
    commands: [
      saying('slow', () => {
        busy(150);
        return withButton('slow');
      }),
    ],
  },
  {
    rule: 'unchanged',
    what: 'a button that changes nothing',
    commands: [saying('same', () => ({ ...withButton('same'), update: true }))],
  },
  { rule: 'unchanged', what: 'a form that comes back', commands: [gossip], around: stubborn },
  { rule: 'public secret', what: 'words that went public', commands: [gossip] },
  {
    rule: 'own place in public',
    what: 'a public card about whoever asked',
    commands: [saying('board', () => withButton('board', 'ana (you): 5 points'))],
  },
  {
    rule: 'no way on',
    what: 'a card that ends in the middle',
    commands: [
      saying('begins', () => withButton('goes')),
      saying('goes', () => ({ ...say('Half of it is done.'), update: true }), true),
    ],
  },
];
