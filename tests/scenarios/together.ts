import { expect } from 'vitest';
import type { Machine } from '../support/machine.ts';
import type { Actor, Message } from '../support/stage.ts';
import { letterOf, message } from './daily.ts';

/** The newest direct message with a title. */
async function direct(actor: Actor, title: string): Promise<Message> {
  const found = (await actor.inbox()).filter(({ text }) => text.includes(title)).at(-1);
  if (!found) throw new Error(`No message "${title}"`);
  return found;
}

/**
 * What a team has together, on any platform: a reminder whose answer counts, turned off from the message; groups; a
 * digest and a board in the channel, turned off from the messages by an admin, after a restart.
 */
export async function playTogether(machine: Machine): Promise<void> {
  const { stage } = machine;
  const lead = stage.actor('lea', { admin: true });
  const crew = ['ana', 'bo', 'cy'].map((name) => stage.actor(name));
  const [ana, bo] = crew;
  if (!ana || !bo) throw new Error('Three people take part');
  const setup = { channel: stage.channel, time: '09:00', zone: 'UTC', days: 'weekdays' };
  const form = await lead.command('setup');
  if (form.kind !== 'form') throw new Error('setup must ask');
  await lead.press(message(await lead.fill(form, setup)), 'Turn on');

  // Whoever asks for it gets the question in private.
  await ana.command('me', { zone: 'UTC' });
  const on = message(await ana.command('me remind', { time: '10:00' }));
  expect(on.isPrivate).toBe(true);
  expect(on.text).toContain('10:00 (UTC) on weekdays');
  await machine.comeTo('2026-03-02T09:00:00Z');
  await machine.comeTo('2026-03-02T10:00:00Z');
  await machine.restart();
  const reminder = await direct(ana, 'Your reminder.');
  const card = message(await ana.press(reminder, 'Answer'));
  const right = message(await ana.press(card, letterOf(card, 'The right one')));
  expect(right.text).toContain('Correct: +20 points');
  const off = message(await ana.press(reminder, 'Turn off reminders'));
  expect(off.text).toContain('Reminders are off');

  // The others answer in the channel; all of them are in one group.
  const [posted] = (await stage.messages(stage.channel)).filter(({ buttons }) =>
    buttons.includes('Answer'),
  );
  if (!posted) throw new Error('The card was not posted');
  for (const actor of crew.slice(1)) {
    const own = message(await actor.press(posted, 'Answer'));
    await actor.press(own, letterOf(own, 'First wrong'));
  }
  for (const actor of crew)
    await actor.command('leaderboard group', { action: 'join', name: 'blue' });
  const groups = message(await bo.command('leaderboard', { view: 'groups' }));
  expect(groups.text).toMatch(/1\W+blue\W+6\.7/);

  // The digest and the board are posted, and an admin ends each with one press.
  const team = async () => message(await lead.press(message(await lead.command('setup')), 'Team'));
  const later = message(await lead.press(await team(), 'Scheduled leaderboard'));
  for (const card of [await team(), later]) {
    const on = message(await lead.press(card, 'Post weekly'));
    const edit = await lead.press(on, 'Edit');
    if (edit.kind !== 'form') throw new Error('Edit must ask');
    await lead.fill(edit, { days: 'tue', time: '16:00', zone: 'UTC' });
  }
  await machine.comeTo('2026-03-03T08:00:00Z');
  await machine.comeTo('2026-03-03T16:00:00Z');
  const inChannel = await stage.messages(stage.channel);
  const digest = inChannel.find(({ text }) => text.includes('Weekly digest'));
  const board = inChannel.find(({ buttons }) => buttons.includes('My rank'));
  if (!digest || !board) throw new Error('The digest and the board were not posted');
  expect(digest.text).toContain('33% of first tries were correct (1 of 3)');
  expect(digest.text).toMatch(/Answered every question:\W+ana, bo, cy/);
  await machine.restart();
  expect(message(await bo.press(digest, 'Turn off')).text).toContain('admins can use');
  for (const each of [digest, board])
    expect(message(await lead.press(each, 'Turn off')).text).toContain('Nothing more is posted');
  expect(message(await lead.press(await team(), 'Show team')).text).toContain('once 5 people');
  expect(stage.complaints()).toEqual([]);
}
