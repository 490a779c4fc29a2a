import { afterEach, beforeEach, expect, test } from 'vitest';
import { startDiscord } from '../../src/adapters/discord/index.ts';
import { createDiscordStage } from '../support/discord/stage.ts';
import { startMachine } from '../support/machine.ts';
import type { Actor } from '../support/stage.ts';
import { letterOf, message } from './daily.ts';

let made: Awaited<ReturnType<typeof createDiscordStage>>;
let machine: Awaited<ReturnType<typeof startMachine>>;

beforeEach(async () => {
  made = await createDiscordStage();
  machine = await startMachine({
    platform: 'discord',
    stage: made.stage,
    start: ({ bot, emit, clock }) =>
      startDiscord({ bot, token: made.token, apiUrl: made.url, emit, clock }),
  });
});

afterEach(async () => {
  expect(made.server.complaints()).toEqual([]);
  await machine.stop();
  await made.stop();
});

const userCalled = (name: string) => {
  const user = [...made.server.world.users.values()].find((each) => each.name === name);
  if (!user) throw new Error(`there is no ${name}`);
  return user;
};

/** Runs a command in the direct messages of somebody with the bot. */
const directly = async (
  actor: Actor,
  name: string,
  command: string,
  values?: Record<string, string>,
) => {
  const { id } = made.server.world.directWith(userCalled(name).id);
  return message(await actor.command(command, values, { thread: id }));
};

const membersAsked = () =>
  made.server.sent().filter(({ method, path }) => method === 'GET' && path.includes('/members/'))
    .length;

/** A question is open in the first server, and Ana was seen there. */
async function openQuestion() {
  const { stage } = machine;
  const lead = stage.actor('lea', { admin: true });
  const ana = stage.actor('ana');
  const values = { channel: stage.channel, time: '09:00', zone: 'UTC' };
  await lead.press(message(await lead.command('setup', values)), 'Turn on');
  await ana.command('leaderboard');
  await machine.comeTo('2026-03-02T09:00:00Z');
  return { lead, ana };
}

/** A second server in which somebody is met. */
async function meetElsewhere(actor: Actor) {
  const second = made.server.addGuild('Kernel club');
  await actor.command('leaderboard', undefined, { thread: second.channel.id });
  return second;
}

test('a direct message counts for the team of the server, and membership is asked once an hour for what is shown', async () => {
  const { lead, ana } = await openQuestion();

  const card = await directly(ana, 'ana', 'daily');
  const right = message(await ana.press(card, letterOf(card, 'The right one')));

  expect(right.text).toContain('Correct: +20 points');
  expect(message(await lead.command('leaderboard')).text).toContain('ana');
  const asked = membersAsked();
  expect((await directly(ana, 'ana', 'leaderboard')).text).toContain('20');
  await directly(ana, 'ana', 'estimate kv', { model: 'llama-3.1-8b' });
  expect(membersAsked()).toBe(asked);
  await machine.comeTo('2026-03-02T10:00:01Z');
  await directly(ana, 'ana', 'leaderboard why');
  expect(membersAsked()).toBe(asked + 1);
});

test('who was banned neither answers nor posts, whatever was known a moment ago', async () => {
  const { lead, ana } = await openQuestion();
  const card = await directly(ana, 'ana', 'daily');

  made.server.world.leave(userCalled('ana'), made.server.world.guild);
  const refused = message(await ana.press(card, letterOf(card, 'The right one')));

  expect(refused.text).toContain("You're no longer in LLM study group");
  // Whoever belongs to no team presses the same button again.
  await ana.press(card, letterOf(card, 'The right one'));
  expect(message(await lead.command('leaderboard')).text).not.toContain('ana');
});

test('an answer is stored, and counts once Discord says that its person is in the server', async () => {
  const { lead, ana } = await openQuestion();
  const card = await directly(ana, 'ana', 'daily');
  const asked = membersAsked();
  made.server.fail('refuse', 2, /members/);

  const pressed = ana.press(card, letterOf(card, 'The right one'));
  // Whoever takes it over would answer it.
  await expect.poll(() => machine.store.nextAdoption('discord')).toBeDefined();
  expect(message(await lead.command('leaderboard')).text).not.toContain('ana');

  expect(message(await pressed).text).toContain('Correct: +20 points');
  expect(membersAsked()).toBe(asked + 3);
  expect(message(await lead.command('leaderboard')).text).toContain('ana');
});

test('of several servers a person chooses once, and may change it', async () => {
  const { ana } = await openQuestion();
  await meetElsewhere(ana);

  const asked = await directly(ana, 'ana', 'daily');
  expect(asked.text).toContain('Choose your team');
  expect(asked.selects[0]?.choices).toEqual(['Kernel club', 'LLM study group', 'Only me']);
  // What has nothing to do with a team asks nothing.
  expect((await directly(ana, 'ana', 'ask', { words: 'cache' })).text).not.toContain('team');
  const chosen = message(await ana.choose(asked, 'Team', 'LLM study group'));
  expect(chosen.text).toContain('count for LLM study group now');
  expect(message(await ana.press(chosen, "Today's question")).text).toContain('The right one');

  await machine.restart();
  expect((await directly(ana, 'ana', 'daily')).text).toContain('The right one');

  const stats = await directly(ana, 'ana', 'me');
  const again = message(await ana.press(stats, 'Change team'));
  await ana.choose(again, 'Team', 'Kernel club');
  expect((await directly(ana, 'ana', 'daily')).text).toContain('No daily question yet');
  await ana.choose(message(await ana.press(stats, 'Change team')), 'Team', 'Only me');
  expect((await directly(ana, 'ana', 'me')).text).not.toContain('Kernel club');
});

test('who left the server is told, and the choice falls away', async () => {
  const { ana } = await openQuestion();
  expect((await directly(ana, 'ana', 'daily')).text).toContain('The right one');

  made.server.world.leave(userCalled('ana'), made.server.world.guild);
  await machine.comeTo('2026-03-02T10:01:00Z');

  expect((await directly(ana, 'ana', 'daily')).text).toContain(
    "You're no longer in LLM study group",
  );
  expect((await directly(ana, 'ana', 'daily')).text).toContain('No daily question yet');
});

test('a right of an admin is asked for at the moment that it is used', async () => {
  const { lead } = await openQuestion();
  const paused = await directly(lead, 'lea', 'daily', { action: 'pause' });
  expect(paused.text).toContain('Paused');

  userCalled('lea').isAdmin = false;

  const refused = await directly(lead, 'lea', 'daily', { action: 'resume' });
  expect(refused.text).toContain('Only server admins can use');
});

test('while Discord does not answer, nobody acts in a team, and all else works', async () => {
  const { ana } = await openQuestion();
  made.server.fail('refuse', 2, /members/);

  expect((await directly(ana, 'ana', 'leaderboard why')).text).toContain("Discord didn't tell me");
  expect((await directly(ana, 'ana', 'ask', { words: 'cache' })).text).not.toContain('Discord');
});

test('a daily question is set up in a channel of the server', async () => {
  const { lead } = await openQuestion();

  const told = await directly(lead, 'lea', 'setup', { time: '10:00' });

  expect(told.text).toContain('needs a channel of the server');
});

test('export names the servers of a person, and deletion forgets them', async () => {
  const { ana } = await openQuestion();
  const { store } = machine;
  const account = `discord:${userCalled('ana').id}`;
  const person = await store.personOfAccount(account);
  if (!person) throw new Error('ana is unknown');

  expect(await store.exportPerson(person.id)).toHaveProperty('memberships');
  const sure = message(await ana.command('me', { action: 'delete' }));
  await ana.press(sure, 'Delete my data');

  expect(await store.membershipsOf(account)).toEqual([]);
});

test('a reminder is for the team where it was asked for, and moves no direct message', async () => {
  const { ana } = await openQuestion();
  await meetElsewhere(ana);
  const asked = await directly(ana, 'ana', 'daily');
  await ana.choose(asked, 'Team', 'Kernel club');

  const on = message(await ana.command('me remind', { time: '09:30' }));
  expect(on.text).not.toContain('Direct messages count');
  await machine.comeTo('2026-03-02T09:30:00Z');
  const reminder = (await ana.inbox()).findLast(({ text }) => text.includes('Your reminder.'));
  if (!reminder) throw new Error('The reminder did not come');
  expect(reminder.text).toContain('LLM study group');
  const card = message(await ana.press(reminder, 'Answer'));
  const right = message(await ana.press(card, letterOf(card, 'The right one')));

  expect(right.text).toContain('Correct: +20 points');
  expect((await directly(ana, 'ana', 'daily')).text).toContain('No daily question yet');

  // What is changed in the direct message is still for the same team.
  await directly(ana, 'ana', 'me remind', { time: '10:30' });
  await machine.comeTo('2026-03-03T09:00:00Z');
  await machine.comeTo('2026-03-03T10:30:00Z');
  expect((await ana.inbox()).at(-1)?.text).toContain('counts for LLM study group');
});
