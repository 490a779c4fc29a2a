import { afterEach, expect, test } from 'vitest';
import type { BotMessage, Change } from '../../../src/adapters/web/protocol.ts';
import type { Session } from '../../../src/adapters/web/session.ts';
import { buttonOf } from '../../../src/adapters/web/stage-gestures.ts';
import { startSession } from '../../support/web/web.ts';

let running: Session | undefined;
afterEach(() => running?.stop());

async function start(setting?: Parameters<typeof startSession>[0]) {
  const started = await startSession(setting);
  running = started.session;
  return started;
}

/** The id behind the button of this label, as Discord is sent it. */
function buttonIn({ payloads }: BotMessage, label: string): string {
  const found = JSON.stringify(payloads.discord.body).match(
    new RegExp(`"custom_id":"([^"]+)","label":"${label}"`),
  );
  if (!found?.[1]) throw new Error(`there is no button "${label}"`);
  return found[1];
}

const inDaily = (session: Session) =>
  session.messages().filter(({ place, only }) => place === 'daily' && only === undefined);

test('the demo begins with the questions of yesterday and today, each with a thread', async () => {
  const { session } = await start();

  const cards = inDaily(session);

  expect(cards.map((card) => card.by === 'bot' && card.title)).toEqual([
    'Daily question',
    'Daily question',
  ]);
  const threads = session.places().filter(({ kind }) => kind === 'thread');
  expect(threads.map(({ under }) => under)).toEqual(cards.map(({ id }) => id));
});

test('a button acts on its own message, and an update takes its place', async () => {
  const { type, act, shown } = await start();
  const card = await type('/daily');

  const hinted = shown(await act(buttonOf(card, 'Hint'), { message: card.id }));

  expect(hinted.id).toBe(card.id);
  expect(hinted.isEdited).toBe(true);
});

test('a way into the room of an interview stands under each message that names it', async () => {
  const { session, type, act, shown } = await start();
  const opening = await type('/mock 15');
  const room = session.places().find(({ title }) => title.startsWith('Mock interview'));
  if (!room) throw new Error('no room');

  const id = buttonIn(opening, 'Go to interview');
  const pressed = shown(await act({ kind: 'press', look: 'discord', id }, { message: opening.id }));

  expect(pressed.leadsTo).toEqual([room.id]);
  expect(JSON.stringify(pressed.payloads)).toContain(room.title);
});

test('a missing permission is found by a check and refuses the post', async () => {
  const { session, type, said } = await start();
  session.setFault('permission', true);

  const before = inDaily(session).length;
  await session.jump('tomorrow 09:00');

  expect(inDaily(session)).toHaveLength(before);
  expect(said(await type('/setup check'))).toContain('Send Messages');
  const notice = session.messages().findLast(({ place }) => place === 'direct web:you');
  expect(notice?.by === 'bot' && notice.title).toBe("Couldn't post");
});

test('after a 429 the same message comes a little later, once', async () => {
  const { session } = await start();
  session.setFault('busy', true);
  const before = inDaily(session).length;

  await session.jump('tomorrow 09:00');
  const atOnce = inDaily(session).length;
  await session.jump('1m');
  await session.jump('1m');

  expect(atOnce).toBe(before);
  expect(inDaily(session)).toHaveLength(before + 1);
});

test('a post whose arrival nobody hears of is sent once, and the admin is asked', async () => {
  const { session } = await start();
  session.setFault('lost', true);
  const before = inDaily(session).length;

  await session.jump('tomorrow 09:00');
  await session.jump('2h');

  expect(inDaily(session)).toHaveLength(before + 1);
  const notice = session.messages().findLast(({ place }) => place === 'direct web:you');
  expect(notice?.by === 'bot' && notice.title).toBe('Was it posted?');
});

test('a delivery that comes twice is answered once', async () => {
  const { session, act } = await start();
  session.setFault('twice', true);
  const before = session.messages().length;

  const outcome = await act({ kind: 'text', text: '/setup' });

  expect(outcome?.kind).toBe('shown');
  expect(session.messages()).toHaveLength(before + 1);
  expect(session.snapshot().happened.join('\n')).toContain('outcome repeated');
});

test('what is written without a slash stands as a message, and is said to the bot', async () => {
  const { session, act } = await start();

  const outcome = await act({ kind: 'text', text: 'good morning' });

  expect(outcome?.kind).toBe('shown');
  const [said, answered] = session.messages().slice(-2);
  expect(said).toMatchObject({ by: 'person', account: 'web:you', text: 'good morning' });
  expect(answered).toMatchObject({ by: 'bot', only: 'web:you' });
});

test('a form comes in both payloads, and a mistake comes back with what was typed', async () => {
  const { form, act } = await start({ isBare: true });
  const asked = await form('/setup');
  const values = { time: '10:30', difficulty: 'impossible' };

  const refused = await act({ kind: 'form', id: asked.id, values, files: {} });

  expect(asked.discord.modal.custom_id).toBe(asked.id);
  if (refused?.kind !== 'form') throw new Error('it was not refused');
  expect(refused.form.problem).toContain('"impossible" isn\'t one of');
  expect(JSON.stringify(refused.form.discord.refusal)).toContain("isn't one of");
  expect(JSON.stringify(refused.form.discord.modal)).toContain('10:30');
  expect(JSON.stringify(refused.form.slack.view)).toContain('10:30');
});

test('somebody unknown and an unknown place do nothing', async () => {
  const { act } = await start();

  expect(await act({ kind: 'text', text: '/help' }, { as: 'web:eve' })).toBeUndefined();
  expect(await act({ kind: 'text', text: '/help' }, { place: 'nowhere' })).toBeUndefined();
});

test('nobody becomes an admin by saying so', async () => {
  const { type, said } = await start();

  const reply = await type('/daily pause', { as: 'web:mira' });

  expect(said(reply)).toContain('Only workspace admins');
});

test('a reset begins the same morning anew, and everybody who listens hears it', async () => {
  const { session, type } = await start();
  const heard: Change[] = [];
  session.listen((change) => heard.push(change));
  await type('/daily pause');
  await session.jump('tomorrow 09:00');

  await session.reset();

  expect(session.snapshot().now).toBe('2026-11-26T09:00:00.000Z');
  expect(inDaily(session)).toHaveLength(2);
  expect(heard.at(-1)?.kind).toBe('all');
});

test('two resets at once, and what is said meanwhile, come to one beginning', async () => {
  const { session, type, said } = await start();
  const heard: Change[] = [];
  session.listen((change) => heard.push(change));

  const before = type('/setup');
  const resets = [session.reset(), session.reset()];
  const during = type('/setup');
  await Promise.all([before, ...resets]);

  expect(said(await during)).toContain('Health');
  expect(heard.filter(({ kind }) => kind === 'all')).toHaveLength(1);
  expect(session.snapshot().messages.at(-1)).toMatchObject({ title: 'Setup' });
});

test('nobody runs out of what a minute allows while the clock is not moved', async () => {
  const { type, said } = await start({ isBare: true });

  const replies: string[] = [];
  for (let turn = 0; turn < 130; turn += 1) replies.push(said(await type('/help')));

  expect(replies.filter((text) => text.includes('Too many requests'))).toEqual([]);
});
