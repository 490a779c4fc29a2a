import { expect, test } from 'vitest';
import { freeTextItem } from '../../../support/items.ts';
import { createWorld, refused, type World, words } from '../../../support/world.ts';

const questions = ['s1', 's2', 's3'].map((id) => freeTextItem(id));
const DIRECT = { isDirect: true };

async function interviewed(world: World): Promise<void> {
  for (const line of ['mock 15', 'mock go', 'mock skip', 'mock end confirm:yes'])
    await world.ask(line, DIRECT);
}

test('a shared report says nothing of earlier ones, which stay private', async () => {
  const world = createWorld({ questions });
  await interviewed(world);
  await interviewed(world);

  const own = words(await world.ask('mock report 2', DIRECT));
  await world.press(await world.ask('mock share 2', DIRECT), 'Share report', DIRECT);
  await world.tick();

  const [shared] = world.fake.posts();
  expect(own).toContain('your last interview');
  expect(shared && words(shared.reply)).toContain('Correctness');
  expect(shared && words(shared.reply)).not.toContain('your last interview');
});

test('a report that the channel refused can be shared again', async () => {
  const world = createWorld({ questions });
  await interviewed(world);
  const asked = await world.ask('mock share 1', DIRECT);
  world.fake.next(refused);
  await world.press(asked, 'Share report', DIRECT);
  await world.tick();

  const again = words(await world.press(asked, 'Share report', DIRECT));
  await world.tick();

  expect(again).toContain('Posting your report in');
  expect(world.fake.posts()).toHaveLength(1);
});

test.each([
  ['the interview', 'mock delete 1 confirm:yes'],
  ['the person', 'me delete confirm:yes'],
])('deleting %s takes the shared report out of its channel', async (_, line) => {
  const world = createWorld({ questions });
  await interviewed(world);
  await world.press(await world.ask('mock share 1', DIRECT), 'Share report', DIRECT);
  await world.tick();
  const told = words(await world.ask(line.replace(' confirm:yes', ''), DIRECT));

  await world.ask(line, DIRECT);
  await world.tick();

  expect(told).toContain('out of');
  const edits = world.fake.sent.flatMap((each) => (each.kind === 'edit' ? [each] : []));
  expect(edits.map(({ reply }) => words(reply))).toEqual([
    'This report was deleted by the person who shared it.',
  ]);
});
