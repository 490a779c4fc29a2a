import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buttonId } from '../src/spine/button.ts';
import type { Reply } from '../src/spine/reply.ts';
import type { RequestInput } from '../src/spine/request.ts';
import { freeTextItem, numericItem, singleItem } from './support/items.ts';
import { createWorld, refused, unknown, type World, words } from './support/world.ts';

const ADMIN = { admin: true };
const NINE = '2026-03-02T09:00:00Z';

/** Lines whose cards have buttons, in whatever situation. */
const LINES = [
  'setup plan channel:daily time:09:00',
  'setup on',
  'setup off',
  'setup check',
  'daily',
  'daily pause',
  'setup',
  'leaderboard',
  'home',
  'help',
  'me',
];

/** Commands that see how the daily question stands; all others answer the same in every situation. */
const DAILY = new Set([
  ...readdirSync(join(import.meta.dirname, '../src/features/daily/commands')).map((file) =>
    file.replace(/(-.*)?\.ts$/, ''),
  ),
  ...['digest', 'group', 'leaderboard', 'remind', 'status'],
]);

/** Presses of those others, from all situations. */
const elsewhere = new Set<string>();

type Press = { name: string; command: string; said: RequestInput };

/** A line, which has no name, or a press. */
type Step = Pick<Press, 'said'> & Partial<Press>;

const commandOf = (run: string) => run.split(' ')[0] ?? '';

/** All that can be pressed on a card. */
function pressesOf({ blocks }: Reply): Press[] {
  return blocks.flatMap((block): Press[] => {
    if (block.kind === 'buttons')
      return block.buttons.map(({ label, run }) => ({
        name: `[${label}] ${run}`,
        command: commandOf(run),
        said: { kind: 'button', id: buttonId(run).id },
      }));
    if (block.kind === 'select')
      return block.choices.map(({ label, value }) => ({
        name: `[${label}] ${block.run} ${block.option}:${value}`,
        command: commandOf(block.run),
        said: { kind: 'button', id: buttonId(block.run).id, values: { [block.option]: value } },
      }));
    return [];
  });
}

/** What the last of some requests shows in a fresh copy of a situation; nothing when it is a form. */
async function shown(
  situation: () => Promise<World>,
  path: RequestInput[],
): Promise<Reply | undefined> {
  const world = await situation();
  let reply: Reply | undefined;
  for (const said of path) {
    const step = await world.prepare(said, ADMIN);
    reply = step.kind === 'run' ? await step.run() : undefined;
    await world.tick();
  }
  world.close();
  return reply;
}

const isRefusal = ({ data }: Reply) => typeof data === 'object' && data !== null && 'error' in data;

/** Presses every button that is reached from the lines, each once, and names those that are refused. */
async function deadEnds(situation: () => Promise<World>): Promise<string[]> {
  const pressed = new Set<string>();
  const dead: string[] = [];
  const press = async (path: Step[]): Promise<void> => {
    const reply = await shown(
      situation,
      path.map(({ said }) => said),
    );
    if (!reply) return;
    const last = path.at(-1);
    if (last?.name && isRefusal(reply)) dead.push(`${last.name}: ${words(reply)}`);
    for (const next of pressesOf(reply)) {
      // Every question of a practice has the same buttons, and there is no end of practices.
      const kind = next.name.replace(/\b(in|step):\d+/g, '$1');
      const known = DAILY.has(next.command) ? pressed : elsewhere;
      if (known.has(kind)) continue;
      known.add(kind);
      await press([...path, next]);
    }
  };
  for (const text of LINES) await press([{ said: { kind: 'text', text } }]);
  return dead;
}

// One question in words may be open, and an interview asks another.
const QUESTIONS = [
  singleItem('q1'),
  singleItem('q2'),
  numericItem('n1'),
  freeTextItem('s1'),
  freeTextItem('s2'),
];

/** The daily question is set up, then something happens. */
const after = (happens: (world: World) => Promise<unknown>) => async () => {
  const world = createWorld({
    questions: QUESTIONS,
    isUnlimited: true,
  });
  await world.setUp();
  await happens(world);
  return world;
};

const SITUATIONS: [string, () => Promise<World>][] = [
  ['nothing is set up', async () => createWorld({ questions: QUESTIONS, isUnlimited: true })],
  ['a question is to come', after(async () => {})],
  ['it is paused', after((world) => world.ask('daily pause', ADMIN))],
  ['it is off', after((world) => world.ask('setup off', ADMIN))],
  ['a question came early', after((world) => world.ask('daily now', ADMIN))],
  ['a question is open', after((world) => world.comeTo(NINE))],
  [
    'a question is closed',
    after(async (world) => {
      await world.comeTo(NINE);
      await world.ask('answer 1 choice:a');
      await world.comeTo('2026-03-03T08:30:00Z');
    }),
  ],
  [
    'an open question is open',
    after(async (world) => {
      await world.ask('setup change open:monday', ADMIN);
      await world.comeTo(NINE);
    }),
  ],
  [
    'a question could not be posted',
    after(async (world) => {
      world.fake.next(refused);
      await world.comeTo(NINE);
    }),
  ],
  [
    'nobody knows whether a question was posted',
    after(async (world) => {
      world.fake.next(unknown);
      await world.comeTo(NINE);
      await world.comeTo('2026-03-02T09:02:00Z');
    }),
  ],
  [
    'there are two schedules',
    after((world) => world.setUp('time:17:00 zone:Europe/Berlin days:"mon wed"')),
  ],
];

test.each(SITUATIONS)('no button that is offered when %s is refused', async (_, situation) => {
  expect(await deadEnds(situation)).toEqual([]);
});
