import { expect, test } from 'vitest';
import { COMMANDS } from '../../../src/commands.ts';
import { roleFor } from '../../../src/spine/access/membership.ts';
import type { Values } from '../../../src/spine/request.ts';

/** Whether a command of somebody who was in the team a moment ago asks if they still are. */
async function asks(name: string, values: Values = {}): Promise<boolean> {
  const command = COMMANDS.find((each) => each.name === name);
  if (!command) throw new Error(`there is no ${name}`);
  const asked = { command, values };
  const role = await roleFor(asked, { known: 'member', ask: async () => 'outside' });
  return role === 'outside';
}

test.each([
  ['answer', { post: 1, try: 1, choice: ['a'] }],
  ['daily', { action: 'now' }],
  ['setup', { channel: 'C1' }],
  ['setup digest', { action: 'on' }],
  ['leaderboard group', { action: 'join', name: 'blue' }],
  ['leaderboard share', { confirm: true }],
])('%s with %j posts or scores, so membership is asked', async (name, values) => {
  expect(await asks(name, values)).toBe(true);
});

test.each([
  'answer words',
  'live',
  'live answer',
  'mock',
  'mock share',
  'peer accept',
  'peer mark',
  'question new',
  'question report',
  'question suggest',
  'vote',
])('%s posts or scores, so membership is asked', async (name) => {
  expect(await asks(name)).toBe(true);
});

test.each([
  'answer',
  'daily',
  'drill answer',
  'home',
  'kv',
  'leaderboard',
  'me',
  'mock answer',
  'practice answer',
  'setup',
  'leaderboard why',
])("%s only shows, or is its own person's, so nothing is asked", async (name) => {
  expect(await asks(name)).toBe(false);
});
