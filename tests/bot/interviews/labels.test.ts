import { expect, test } from 'vitest';
import { labelled } from '../../../src/bot/interviews/labels.ts';
import { spokenItem } from '../../support/items.ts';
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
  const world = createWorld({ isDirect: true, questions: [spokenItem('s1'), spokenItem('s2')] });
  await world.ask('mock solo');
  return world;
}

const steps = async ({ store }: World) => (await store.turnsOf(1)).map(({ turn }) => turn.kind);

test.each([
  [
    'today',
    ['Start', 'It grows.', 'Change answer', 'Skip', 'Pause', 'Turn off timer', 'End interview'],
  ],
  ['before', ['Begin', 'It grows.', 'Take it back', 'Skip', 'Pause', 'No timer', 'End it']],
])('an interview is led by the labels of its buttons, as they are called %s', async (_, lines) => {
  const world = await opened();

  for (const line of lines) await type(world, line);

  expect(await steps(world)).toEqual([
    'asked',
    'answered',
    'taken-back',
    'skipped',
    'paused',
    'untimed',
    'ended',
  ]);
});

test.each(['Add 10 minutes', 'Ten more minutes'])('"%s" in a pause is more time', async (line) => {
  const world = await opened();
  for (const before of ['Start', 'Pause', line]) await type(world, before);

  expect(await steps(world)).toEqual(['asked', 'paused', 'extended']);
});

test.each(['Start without timer', 'Begin untimed'])('"%s" starts untimed', async (line) => {
  const world = await opened();
  await type(world, line);

  expect(await steps(world)).toEqual(['untimed', 'asked']);
});

test('a former name means the button only where that is shown', () => {
  const choices = [{ label: 'Continue' }, { label: 'Change answer' }];

  expect(labelled('take it back', choices)).toBe(choices[1]);
  expect(labelled('leave it', choices)).toBeUndefined();
});
