import { expect, test } from 'vitest';
import { spokenItem } from '../support/items.ts';
import { createWorld, type World, words } from '../support/world.ts';

const questions = ['s1', 's2', 's3', 's4'].map((id) => spokenItem(id));
const ANA = { as: 'ana' };
const BO = { as: 'bo' };

/** A peer interview in which both are there; Ana asks first. */
async function begun(): Promise<World> {
  const world = createWorld({ questions });
  await world.ask('help', BO);
  await world.ask('mock peer with:@bo', ANA);
  await world.ask('peer accept session:1', BO);
  await world.tick();
  await world.ask('peer here session:1', ANA);
  await world.ask('peer here session:1', BO);
  return world;
}

async function atFeedback(): Promise<World> {
  const world = await begun();
  await world.ask('peer stop session:1', ANA);
  return world;
}

const feedback = (well: string) =>
  `peer feedback session:1 overall:3 well:"${well}" better:"more numbers"`;

test('a second form takes the place of the first until the other one is there', async () => {
  const world = await atFeedback();
  const first = await world.ask(feedback('FIRST'), ANA);
  const form = await world.form('peer feedback session:1', ANA);
  await world.ask(feedback('SECOND'), ANA);
  await world.ask(feedback('calm'), BO);
  await world.tick();

  expect(words(first)).toContain('you can press "Give feedback" again');
  expect(form.fields.map(({ value }) => value)).toEqual(['3', 'FIRST', 'more numbers']);
  const told = world.fake.directs().filter(({ account }) => account === 'terminal:bo');
  expect(words(told.at(-1)?.reply ?? { blocks: [] })).toContain('What went well: SECOND');
});

test('a form after both were sent is refused in words', async () => {
  const world = await atFeedback();
  await world.ask(feedback('clear'), ANA);
  await world.ask(feedback('calm'), BO);

  const late = await world.ask(feedback('LATE'), ANA);
  await world.tick();

  expect(words(late)).toContain('Both forms were sent before');
  expect(world.fake.sent.map((sent) => JSON.stringify(sent)).join()).not.toContain('LATE');
});
