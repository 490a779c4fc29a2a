import { expect, test } from 'vitest';
import { freeTextItem } from '../../support/items.ts';
import { createWorld, type World } from '../../support/world.ts';

/** Typed in the room of the interview. */
async function type(world: World, text: string) {
  const { channel = '', thread } = (await world.store.interview(1)) ?? {};
  const step = await world.bot.prepare({
    ...world.request({ kind: 'words', text }),
    place: { channel, kind: 'thread', ...(thread ? { thread } : {}) },
  });
  if (step.kind !== 'run') throw new Error(`Expected a reply and got ${step.kind}`);
  return step.run();
}

async function opened(): Promise<World> {
  const world = createWorld({
    isDirect: true,
    questions: [freeTextItem('s1'), freeTextItem('s2')],
  });
  await world.ask('mock solo');
  return world;
}

const steps = async ({ store }: World) => (await store.turnsOf(1)).map(({ turn }) => turn.kind);

test('an interview is led by the labels of its buttons', async () => {
  const world = await opened();
  const lines = ['Start', 'It grows.', 'Change answer', 'Skip', 'Pause', 'Turn off timer'];

  for (const line of [...lines, 'End interview']) await type(world, line);

  expect(await steps(world)).toEqual([
    'asked',
    'answered',
    'graded',
    'taken-back',
    'skipped',
    'paused',
    'untimed',
    'ended',
  ]);
});

test('"Add 10 minutes" in a pause is more time', async () => {
  const world = await opened();
  for (const before of ['Start', 'Pause', 'Add 10 minutes']) await type(world, before);

  expect(await steps(world)).toEqual(['asked', 'paused', 'extended']);
});

test('"Start without timer" starts untimed', async () => {
  const world = await opened();
  await type(world, 'Start without timer');

  expect(await steps(world)).toEqual(['untimed', 'asked']);
});
