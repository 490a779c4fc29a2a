import { expect, test } from 'vitest';
import { freeTextItem } from '../../../support/items.ts';
import { createWorld, refused, words } from '../../../support/world.ts';

const questions = ['s1', 's2', 's3'].map((id) => freeTextItem(id));
const DIRECT = { isDirect: true };

test('on Slack an interview never begins in a direct message, which may be one of two people', async () => {
  const world = createWorld({ questions, platform: 'slack' });

  const opened = await world.ask('mock solo', DIRECT);
  const begun = await world.ask('mock go', DIRECT);

  expect(words(opened)).toContain('Your interview opens in your direct messages with me.');
  expect([opened.visibility, begun.visibility]).toEqual(['private', 'private']);
});

test('an interview that never got its room shows nothing where it was asked for, also after its end', async () => {
  const world = createWorld({ questions });
  await world.ask('mock solo');
  world.fake.next(refused);
  await world.tick();
  await world.ask('mock go', DIRECT);

  const open = await world.ask('mock show');
  await world.ask('mock skip', DIRECT);
  const ended = await world.ask('mock end interview:1 confirm:yes');
  const again = await world.ask('mock end interview:1 confirm:yes');

  expect(words(open)).not.toContain('Why does serving');
  expect([open, ended, again].map(({ visibility }) => visibility)).toEqual(
    Array(3).fill('private'),
  );
});
