import { afterEach, beforeEach, expect, test } from 'vitest';
import { startSlack } from '../../src/adapters/slack/index.ts';
import { buttonId } from '../../src/spine/button.ts';
import { startMachine } from '../support/machine.ts';
import { payloads } from '../support/slack/payloads.ts';
import { createSlackStage } from '../support/slack/stage.ts';
import { letterOf, message } from './daily.ts';

let slack: Awaited<ReturnType<typeof createSlackStage>>;
let machine: Awaited<ReturnType<typeof startMachine>>;

beforeEach(async () => {
  slack = await createSlackStage({ mode: 'socket' });
  machine = await startMachine({
    platform: 'slack',
    stage: slack.stage,
    start: (parts) => startSlack({ ...parts, ...slack.tokens, apiUrl: slack.apiUrl }),
  });
});

afterEach(async () => {
  expect(slack.server.complaints).toEqual([]);
  await machine.stop();
  await slack.stop();
});

/** Ana has the card of the open question in her direct messages with the app. */
async function cardInDirectMessage() {
  const lead = slack.stage.actor('lea', { admin: true });
  const ana = slack.stage.actor('ana');
  const values = { channel: slack.stage.channel, time: '09:00', zone: 'UTC' };
  await lead.press(message(await lead.command('setup', values)), 'Turn on');
  await ana.command('me remind', { time: '09:30' });
  await machine.comeTo('2026-03-02T09:00:00Z');
  await machine.comeTo('2026-03-02T09:30:00Z');
  const reminder = (await ana.inbox()).at(-1);
  if (!reminder) throw new Error('The reminder did not come');
  const card = message(await ana.press(reminder, 'Answer'));
  const board = async () => message(await lead.command('leaderboard')).text;
  return { ana, card, right: letterOf(card, 'The right one'), board };
}

test('who was removed from the workspace does not answer in direct messages', async () => {
  const { ana, card, right, board } = await cardInDirectMessage();
  Object.assign(slack.server.users.get('U0ANA') ?? {}, { isDeleted: true });

  const refused = message(await ana.press(card, right));

  expect(refused.text).toContain("You're no longer in Test Team");
  expect(await board()).not.toContain('ana');
});

test('who was removed from the workspace does not answer in the App Home', async () => {
  const { board } = await cardInDirectMessage();
  Object.assign(slack.server.users.get('U0ANA') ?? {}, { isDeleted: true });
  const make = payloads(slack.server);
  const home = slack.server.openView('U0ANA', { type: 'home', blocks: [] });
  const { id: value } = buttonId('answer post:1 choice:a');
  const button = { type: 'button', action_id: 'a', value };

  const output = slack.server.nextOutput('U0ANA');
  await slack.server.deliver({ kind: 'interactive', payload: make.viewAction(home, button) });

  expect(JSON.stringify(await output.seen)).toContain("You're no longer in ");
  expect(await machine.store.answersTo(1)).toEqual([]);
  expect(await board()).not.toContain('ana');
});

test('an answer in direct messages is stored, and counts once Slack says that its person is there', async () => {
  const { ana, card, right, board } = await cardInDirectMessage();
  slack.server.reject('users.info', 503);

  const pressed = ana.press(card, right);
  await expect.poll(() => machine.store.nextAdoption('slack')).toBeDefined();
  slack.server.reject('users.info', undefined);

  expect(message(await pressed).text).toContain('Correct: +20 points');
  expect(await board()).toContain('ana');
});
