import { expect, test } from 'vitest';
import { freeTextItem, singleItem } from '../../../support/items.ts';
import { createWorld, words } from '../../../support/world.ts';

test("an interview about a team's own question goes on in direct messages", async () => {
  const world = createWorld({ questions: [singleItem('q1')] });
  const teamId = await world.teamId();
  await world.ask('help');
  await world.store.saveQuestions({
    teamId,
    questions: [freeTextItem('own-free-text')],
    personId: await world.personId(),
    at: world.clock.now(),
    revise: (question) => question,
    most: 10,
  });
  await world.ask('mock solo');
  await world.tick();
  const asked = freeTextItem('own-free-text').prompt;

  // A direct message with the bot is a team of one, which has no questions of its own.
  const direct = { team: '@ana', isDirect: true };
  const first = await world.ask('mock go interview:1', direct);
  const again = await world.ask('mock show interview:1', direct);
  await world.ask('mock skip interview:1', direct);
  const ended = await world.ask('mock end interview:1 confirm:yes', direct);

  expect(words(first)).toContain(asked);
  expect(words(again)).toContain(asked);
  expect(words(await world.ask('mock report 1 show:all', direct))).toContain(asked.slice(0, 20));
  expect(words(ended)).not.toContain('not in the bank');
});
