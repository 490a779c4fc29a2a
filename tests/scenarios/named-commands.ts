import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { readCatalog } from '../../src/catalog.ts';
import { COMMANDS } from '../../src/commands.ts';
import { named } from '../../src/spine/button.ts';
import { type Command, defineCommand } from '../../src/spine/command.ts';
import { type Reply, say, spans } from '../../src/spine/reply.ts';
import { type GallerySays, playedGallery } from '../support/gallery-replies.ts';
import { looseCommands } from '../support/loose-commands.ts';
import type { Machine } from '../support/machine.ts';
import { commandsIn, readAloud, SHOWN, textsOf } from '../support/shown-commands.ts';
import type { Actor } from '../support/stage.ts';
import { machineOn, STAGES } from '../support/stages.ts';
import { createWorld } from '../support/world.ts';

let said: GallerySays[] = [];
/** Every command that a reply of the gallery names, as its text has it. */
let lines: string[] = [];

beforeAll(async () => {
  said = (await playedGallery()).said;
  lines = [...new Set(said.flatMap(({ replies }) => replies.flatMap(commandsIn)))].sort();
}, 300_000);

test('the gallery names commands', () => {
  expect(lines.length).toBeGreaterThan(100);
});

/** A button that runs the command that its label names. */
const isPressed = (text: string, { blocks }: Reply) =>
  blocks.some(
    (block) =>
      block.kind === 'buttons' &&
      block.buttons.some(
        ({ label, run }) => text === label && `Run ${run} `.startsWith(`${text} `),
      ),
  );

test('no reply and no form names a command in words alone', () => {
  const loose = said.flatMap(({ view, replies, forms }) =>
    [
      ...replies.flatMap((reply) =>
        textsOf(reply)
          .map(readAloud)
          .filter((text) => !isPressed(text, reply)),
      ),
      ...forms.flatMap(({ title, problems = [], fields }) => [
        title,
        ...problems.map(({ text }) => readAloud(spans(text))),
        ...fields.flatMap(({ label, hint = '' }) => [label, hint]),
      ]),
    ].flatMap((text) => looseCommands(text).map((found) => `${view}: ${found}`)),
  );

  expect([...new Set(loose)]).toEqual([]);
});

test.each(Object.entries(SHOWN))('%s shows every command of a reply whole', (_, shown) => {
  const { bot } = createWorld();
  const lost = said.flatMap(({ view, replies }) =>
    replies.flatMap((reply) => {
      const text = shown(reply, bot.named);
      return commandsIn(reply)
        .filter(
          (line) => !text.includes(shown(say({ command: line }), bot.named).replaceAll('`', '')),
        )
        .map((line) => `${view}: ${line}`);
    }),
  );

  expect([...new Set(lost)]).toEqual([]);
});

/** What each command was given when it ran. */
const ran: { name: string; input: unknown }[] = [];
const watched = COMMANDS.map(
  (command): Command => ({
    ...command,
    run(input, context) {
      ran.push({ name: command.name, input });
      return command.run(input, context);
    },
  }),
);

/** Names a command in a reply, so that the platform shows it as it shows all of them. */
const parrot = defineCommand({
  name: 'parrot',
  summary: 'Name a command',
  example: 'parrot line:help',
  visibility: 'private',
  input: z.object({ line: z.string().describe('The command') }),
  run: ({ line }) => say({ command: line }),
});

/** By the line of the text, and the same on every platform. */
const inputs = new Map<string, unknown>();

test.each([...STAGES, 'web'] as const)(
  'each command runs exactly as it is shown: %s',
  async (name) => {
    const { catalog } = readCatalog();
    const { machine, stop } = await machineOn(name, { catalog, commands: [...watched, parrot] });
    const problems: string[] = [];
    // Whom an example names.
    machine.stage.actor('name');
    for (const [at, line] of lines.entries()) {
      const problem = await enter(machine, line, `p${at}`).catch(String);
      if (problem) problems.push(`${line}: ${problem}`);
    }

    expect(problems).toEqual([]);
    expect(machine.stage.complaints()).toEqual([]);
    await stop();
  },
);

/** How a reply asks in words for what is missing, where no form can. */
const ASKS = /^Which \w+\?/;

/** What the form of a schedule says in a place that has none. */
const LACKS = /^No daily question yet\./;

/** Has a command shown to somebody new, who enters what they see; what is wrong with what comes of it. */
async function enter(machine: Machine, line: string, person: string): Promise<string | undefined> {
  const { bot } = createWorld();
  const actor: Actor = machine.stage.actor(person, { admin: true });
  const seen = await actor.command('parrot', { line });
  ran.length = 0;
  machine.events.length = 0;
  const answer = await actor.type(seen.kind === 'message' ? seen.text : '');
  // Discord's own client asks for what is missing.
  if (!answer) return undefined;
  const name = named(COMMANDS, bot.named(line).name)?.name;
  const event = machine.events.findLast((each) => each.kind === 'command');
  if (!event || event.command !== name) return `runs ${event?.command}`;
  if (event.outcome === 'form') return undefined;
  const [run] = ran;
  if (answer.kind === 'message' && (ASKS.test(answer.text) || LACKS.test(answer.text)))
    return undefined;
  if (!run) return answer.kind === 'message' ? answer.text : answer.problem;
  if (!inputs.has(line)) inputs.set(line, run.input);
  const isOurs = /#|@name/.test(line);
  const same = isOurs || JSON.stringify(inputs.get(line)) === JSON.stringify(run.input);
  return same ? undefined : `means ${JSON.stringify(run.input)}`;
}
