import { expect } from 'vitest';
import type { Event } from '../../src/spine/event.ts';
import type { Machine } from '../support/machine.ts';
import type { FormSeen, Message, Seen } from '../support/stage.ts';

/** The letter beside a text, in the order in which this person sees it. */
export function letterOf(card: Message, text: string): string {
  const found = new RegExp(`(?:^|\\n)\\W*([A-F])\\W+${text}`).exec(card.text);
  if (!found?.[1]) throw new Error(`"${text}" is not in: ${card.text}`);
  return found[1];
}

export function message(seen: Seen): Message {
  if (seen.kind !== 'message') throw new Error(`A form came instead of a message: ${seen.title}`);
  return seen;
}

/** The form that came. */
export function form(seen: Seen): FormSeen {
  if (seen.kind !== 'form') throw new Error(`A message came instead of a form: ${seen.text}`);
  return seen;
}

/**
 * The whole daily flow, on any platform: set up, preview, post, answers of three people with hint and
 * second try, a restart in the middle, close, recap, board, why. Returns what happened, for
 * comparison between platforms.
 */
export async function playDaily(machine: Machine): Promise<Event[]> {
  const { stage } = machine;
  const lead = stage.actor('lea', { admin: true });
  const [ana, bo, cy] = ['ana', 'bo', 'cy'].map((name) => stage.actor(name));
  if (!ana || !bo || !cy) throw new Error('Three people take part');

  // Set up with the form, see the card, turn it on.
  const form = await lead.command('setup');
  if (form.kind !== 'form') throw new Error('setup must ask');
  const panel = message(
    await lead.fill(form, { channel: stage.channel, time: '09:00', zone: 'UTC', days: 'weekdays' }),
  );
  expect(panel.isPrivate).toBe(true);
  expect(panel.text).toContain('09:00 on weekdays, UTC');
  const on = message(await lead.press(panel, 'Turn on'));
  expect(on.text).toContain('First question');
  const preview = message(await lead.command('daily', { action: 'preview' }));
  expect(preview.text).toContain('This is a sample');

  // The post, and a refusal for somebody who is no admin.
  const refusal = message(await ana.command('daily', { action: 'pause' }));
  expect(refusal.text).toContain('admins can use');
  await machine.comeTo('2026-03-02T09:00:00Z');
  const [card] = (await stage.messages(stage.channel)).filter(({ buttons }) =>
    buttons.includes('Answer'),
  );
  if (!card) throw new Error('The card was not posted');

  // Ana is right at once.
  const anasCard = message(await ana.press(card, 'Answer'));
  expect(anasCard.isPrivate).toBe(true);
  const right = message(await ana.press(anasCard, letterOf(anasCard, 'The right one')));
  expect(right.text).toContain('Correct: +20 points');

  // Bo is wrong, the bot restarts, Bo takes a hint on the old message and is right.
  const bosCard = message(await bo.press(card, 'Answer'));
  const wrong = message(await bo.press(bosCard, letterOf(bosCard, 'First wrong')));
  expect(wrong.text).toContain('First is wrong because.');
  expect(wrong.text).not.toContain('The right one');
  await machine.restart();
  const hinted = message(await bo.press(wrong, 'Hint (−25%)'));
  expect(hinted.text).toContain('The first hint.');
  const second = message(await bo.press(hinted, letterOf(hinted, 'The right one')));
  expect(second.text).toContain('Correct: +7.5 points');

  // Cy fails twice and then sees why.
  const cysCard = message(await cy.press(card, 'Answer'));
  const first = message(await cy.press(cysCard, letterOf(cysCard, 'First wrong')));
  const retry = message(await cy.press(first, 'Try again (half points)'));
  const failed = message(await cy.press(retry, letterOf(retry, 'Second wrong')));
  expect(failed.text).toContain('It is right because.');

  // Pressing the old card again changes nothing.
  const again = message(await ana.press(card, 'Answer'));
  expect(again.text).toContain('You got this one right');

  // It closes: the recap, and the card says so.
  await machine.comeTo('2026-03-03T08:00:00Z');
  const [closed] = (await stage.messages(stage.channel)).filter(({ id }) => id === card.id);
  expect(closed?.buttons).toContain('Practice');
  const post = await machine.store.post(1);
  const inThread = await stage.messages(stage.channel, post?.thread ?? undefined);
  const recap = inThread.find(({ text }) => text.includes('1 of 3 right on the first try'));
  expect(recap?.text).toContain('Most common mistake');

  const board = message(await ana.command('leaderboard'));
  expect(board.text).toMatch(/1\W+ana[\s\S]*2\W+bo[\s\S]*3\W+cy/);
  const why = message(await bo.command('leaderboard why'));
  expect(why.text).toContain('7.5');
  expect(why.text).toContain('second try, 1 hint');

  expect(stage.complaints()).toEqual([]);
  return coreEvents(machine.events);
}

/** What happened, without ids and times of one platform. */
function coreEvents(events: readonly Event[]): Event[] {
  const kinds = new Set([
    'scheduled',
    'posted',
    'answered',
    'hinted',
    'revealed',
    'closed',
    'recapped',
  ]);
  const names = new Map<string, string>();
  const nameOf = (person: string) => {
    if (!names.has(person)) names.set(person, `person ${names.size + 1}`);
    return names.get(person) ?? person;
  };
  return events
    .filter(({ kind }) => kinds.has(kind))
    .map((event) => ('person' in event ? { ...event, person: nameOf(event.person) } : event));
}
