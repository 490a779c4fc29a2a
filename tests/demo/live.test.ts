import { afterEach, expect, test, vi } from 'vitest';
import type { BotMessage } from '../../src/adapters/web/protocol.ts';
import { createSession, type Session } from '../../src/adapters/web/session.ts';
import { buttonOf } from '../../src/adapters/web/stage-gestures.ts';
import { singleItem } from '../support/items.ts';
import { smallCatalog } from '../support/machine.ts';
import { openTestWorld, personIn } from '../support/web/web.ts';

const QUESTIONS = Array.from({ length: 12 }, (_, index) => singleItem(`c5-item-${index}`));

let session: Session;
afterEach(async () => {
  vi.useRealTimers();
  await session.stop();
});

/** The page of somebody who looks at it, with a live round that has begun. */
async function playing(line: string) {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  session = await createSession({
    open: openTestWorld(smallCatalog(QUESTIONS)),
    draw: async () => undefined,
    setting: { days: 1 },
  });
  const { type, act } = personIn(session);
  await type(line);
  await act(buttonOf(posted('Live round'), 'Start round'));
  return { act };
}

function posted(title: string): BotMessage {
  const found = titled(title);
  if (!found) throw new Error(`"${title}" isn't in the channel`);
  return found;
}

const titled = (title: string) =>
  session
    .messages()
    .findLast(
      (each): each is BotMessage => each.by === 'bot' && !each.only && each.title.includes(title),
    );

/** Looks on for some seconds. */
async function look(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    await vi.advanceTimersByTimeAsync(1000);
    await session.settle();
  }
}

const textOf = ({ payloads }: BotMessage) => JSON.stringify(payloads.discord.body);

test('a live round on the page closes by itself, and its teammates answer', async () => {
  await playing('/live count:3 seconds:15');

  // The bell comes 15 s after the card, and late answers count for 2 s more.
  await look(16);
  expect(titled('Solution to question 1 of 3')).toBeUndefined();
  await look(2);

  expect(textOf(posted('Solution to question 1 of 3'))).toMatch(/\d of 3 answered correctly/);
  expect(posted('question 1 of 3 (closed)')).toBeDefined();
  // Two more questions of 17 s, and breaks of 30 s.
  await look(100);
  expect(textOf(posted('results'))).toMatch(/Mira[\s\S]*of 3/);
});

test('the time of a paused round stands still on the page', async () => {
  const { act } = await playing('/live count:3 seconds:15');
  const card = posted('question 1 of 3');

  await act(buttonOf(card, 'Pause'), { message: card.id });
  await look(60);

  expect(titled('Solution to question 1 of 3')).toBeUndefined();
  expect(posted('question 1 of 3 (paused)')).toBeDefined();
});
