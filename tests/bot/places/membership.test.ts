import { expect, test } from 'vitest';
import { roleFor } from '../../../src/bot/places/membership.ts';
import { COMMANDS } from '../../../src/commands/index.ts';

/** Whether a command of somebody who was in the team a moment ago asks if they still are. */
async function asks(name: string): Promise<boolean> {
  const command = COMMANDS.find((each) => each.name === name);
  if (!command) throw new Error(`there is no ${name}`);
  const role = await roleFor(command, { known: 'member', ask: async () => 'outside' });
  return role === 'outside';
}

test.each([
  'answer',
  'answer words',
  'daily',
  'digest',
  'group',
  'live',
  'live answer',
  'mock',
  'mock share',
  'peer accept',
  'peer mark',
  'question new',
  'question suggest',
  'report',
  'setup',
  'share',
  'vote',
])('%s posts or scores, so membership is asked', async (name) => {
  expect(await asks(name)).toBe(true);
});

test.each([
  'drill answer',
  'home',
  'kv',
  'leaderboard',
  'me',
  'mock answer',
  'practice answer',
  'status',
  'why',
])("%s only shows, or is its own person's, so nothing is asked", async (name) => {
  expect(await asks(name)).toBe(false);
});
