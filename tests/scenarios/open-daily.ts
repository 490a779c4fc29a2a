import { expect } from 'vitest';
import type { Event } from '../../src/spine/event.ts';
import type { Machine } from '../support/machine.ts';
import type { Actor, Message } from '../support/stage.ts';
import { message } from './daily.ts';

const GOOD =
  'Keys and values of past tokens are stored. It grows linearly with the context length.';
const HOSTILE = 'It is @everyone <!channel> *bold* `code` fast.';

/** The message of a thread that holds these words. */
async function inThread(machine: Machine, words: string): Promise<Message> {
  const { stage, store } = machine;
  const post = await store.post(1);
  const found = (await stage.messages(stage.channel, post?.thread ?? undefined)).find(({ text }) =>
    text.includes(words),
  );
  if (!found) throw new Error(`Nothing in the thread says: ${words}`);
  return found;
}

async function cardOf({ stage }: Machine): Promise<Message> {
  const card = (await stage.messages(stage.channel)).find(({ text }) =>
    text.includes('Free-text question'),
  );
  if (!card) throw new Error('The card was not posted');
  return card;
}

/** Presses the card's button and sends the form. */
async function answer(actor: Actor, card: Message, text: string): Promise<Message> {
  const form = await actor.press(card, card.buttons[0] ?? '');
  if (form.kind !== 'form') throw new Error('The button must ask');
  return message(await actor.fill(form, { text }));
}

/**
 * The open question of the week, on any platform: turned on, posted, answered by three people with a
 * change and a restart, closed, revealed together, voted on, counted, and one answer taken back.
 */
export async function playOpenDaily(machine: Machine): Promise<Event[]> {
  const { stage } = machine;
  const lead = stage.actor('lea', { admin: true });
  const [ana, bo, cy] = ['ana', 'bo', 'cy'].map((name) => stage.actor(name));
  if (!ana || !bo || !cy) throw new Error('Three people take part');

  const planned = message(
    await lead.command('setup', {
      channel: stage.channel,
      time: '09:00',
      zone: 'UTC',
      open: 'monday',
    }),
  );
  expect(planned.text).toContain('on Mondays (no points)');
  await lead.press(planned, 'Turn on');
  await machine.comeTo('2026-03-02T09:00:00Z');
  const card = await cardOf(machine);
  expect(card.text).toContain('Counts for your streak, not points');

  // Ana answers, the bot restarts, she changes her answer; Bo keeps his back; Cy writes to everybody.
  const first = await answer(ana, card, 'It is about memory.');
  expect(first.isPrivate).toBe(true);
  expect(first.text).toContain('0 of 3 key points heard');
  expect(first.text).not.toContain('Keys and values of past tokens are stored, not computed');
  await machine.restart();
  const change = await ana.press(first, 'Change answer');
  if (change.kind !== 'form') throw new Error('Change must ask');
  expect(change.fields.find(({ name }) => name === 'text')?.value).toBe('It is about memory.');
  const second = message(await ana.fill(change, { text: GOOD }));
  expect(second.text).toContain('2 of 3 key points heard');
  expect(message(await ana.press(second, 'Share my answer')).text).toContain('with your name');
  const bos = await answer(bo, card, 'Only for me: twice the context.');
  expect(bos.text).toContain("won't be shared");
  const cysAnswer =
    stage.platform === 'terminal'
      ? await answer(cy, card, HOSTILE)
      : message(await cy.act('Use as my answer', HOSTILE));
  expect(cysAnswer.isPrivate).toBe(true);
  expect(cysAnswer.text).toContain('0 of 3 key points heard');
  await cy.press(cysAnswer, 'Share my answer');
  const everything = await stage.messages(stage.channel);
  for (const { text } of everything) expect(text).not.toContain('grows linearly');

  // It closes: the key points and the answers together, without Bo's.
  await machine.comeTo('2026-03-03T08:00:00Z');
  const closed = await cardOf(machine);
  expect(closed.buttons).toEqual(['Practice']);
  const points = await inThread(machine, 'Key points');
  expect(points.text).toContain('3 people answered');
  const shown = await inThread(machine, 'Team answers');
  expect(shown.text).toContain('grows linearly');
  expect(shown.text).not.toContain('Only for me');
  expect(shown.buttons).toEqual(['Vote for 1', 'Vote for 2']);
  const late = await answer(lead, closed, 'Too late.');
  expect(late.text).toContain('this is practice');

  // Votes: not for oneself, one each, it can move, twice is once.
  const anas = Number(/(\d)\. ana/.exec(shown.text)?.[1]);
  const cys = 3 - anas;
  expect(message(await ana.press(shown, `Vote for ${anas}`)).text).toContain('your own answer');
  await bo.press(shown, `Vote for ${cys}`);
  await machine.restart();
  const moved = message(await bo.press(shown, `Vote for ${anas}`));
  expect(moved.isPrivate).toBe(true);
  expect(moved.text).toContain(`You voted for answer ${anas}`);
  await bo.press(shown, `Vote for ${anas}`);
  await cy.press(shown, `Vote for ${anas}`);

  // The best answers stand beside the key points once the votes are counted.
  await machine.comeTo('2026-03-04T07:00:00Z');
  const best = await inThread(machine, 'Best answer by votes');
  expect(best.text).toMatch(/ana, 2 votes\W/);
  const counted = await inThread(machine, 'Voting is over.');
  expect(counted.buttons).toEqual([]);

  // No points for it, but the streak; and who leaves takes the answer along.
  const numbers = message(await bo.command('me'));
  expect(numbers.text).toMatch(/Streak\W+1 \(longest 1,/);
  expect(numbers.text).toMatch(/Points\W+0/);
  await ana.command('me', { action: 'delete', confirm: true });
  await machine.tick();
  expect((await inThread(machine, 'Key points')).text).toContain('2 people answered');
  expect((await inThread(machine, 'Key points')).text).not.toContain('ana, 2 votes');
  expect((await inThread(machine, 'Team answers')).text).not.toContain('grows linearly');

  expect(stage.complaints()).toEqual([]);
  return coreEvents(machine.events);
}

const CORE = new Set([
  'scheduled',
  'posted',
  'answered-in-words',
  'shown',
  'closed',
  'recapped',
  'voted',
  'counted',
  'forgotten',
]);

/** What happened, without ids and times of one platform. */
function coreEvents(events: readonly Event[]): Event[] {
  const names = new Map<string, string>();
  const nameOf = (person: string) => {
    if (!names.has(person)) names.set(person, `person ${names.size + 1}`);
    return names.get(person) ?? person;
  };
  return events
    .filter(({ kind }) => CORE.has(kind))
    .map((event) => ('person' in event ? { ...event, person: nameOf(event.person) } : event));
}
