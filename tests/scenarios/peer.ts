import { expect } from 'vitest';
import type { Machine } from '../support/machine.ts';
import type { Actor, Message } from '../support/stage.ts';
import { form, message } from './daily.ts';

/** Words that only an interviewer may read: levels, key points, follow-ups of `freeTextItem`. */
const SECRET = [
  'Names the cache.',
  'Says what decides its size.',
  'Fewer key heads than query heads make it smaller.',
  'Because of it.',
];

async function roomMessages(machine: Machine, id: number): Promise<Message[]> {
  const session = await machine.store.peerSession(id);
  if (!session?.channel) throw new Error('The room is not open');
  return machine.stage.messages(session.channel, session.thread ?? undefined);
}

/** Asks to be matched, with the buttons that lead there on every platform. */
async function joinLobby(actor: Actor, wishes?: Record<string, string>): Promise<Message> {
  const interviews = message(await actor.command('mock', { mode: 'history' }));
  const joined = message(await actor.press(interviews, 'Find a partner'));
  if (!wishes) return joined;
  return message(await actor.fill(form(await actor.press(joined, 'Choose hours')), wishes));
}

/** Invites, accepts and opens the room; returns its first card. */
export async function openRoom(machine: Machine, ana: Actor, bo: Actor, id = 1): Promise<Message> {
  await bo.command('help');
  const { platform } = machine.stage;
  const account = await boAccount(machine);
  const asked = message(
    await ana.command('mock', { mode: 'peer', with: platform === 'terminal' ? '@bo' : account }),
  );
  expect(asked.isPrivate).toBe(true);
  expectSaidWhoReads(machine, asked);
  await machine.tick();
  return accepted(machine, bo, id);
}

/** Before anybody agrees: a room on Slack is a group message, which nobody else reads. */
function expectSaidWhoReads(machine: Machine, { text }: Message): void {
  const said = text.includes('only you two and I are in it');
  expect(said).toBe(platformOf(machine) === 'slack');
}

/** The invitation is accepted, and the first card of the room is there. */
async function accepted(machine: Machine, bo: Actor, id: number): Promise<Message> {
  const [invitation] = (await bo.inbox()).filter(({ buttons }) => buttons.includes('Accept'));
  if (!invitation) throw new Error('Bo was not asked');
  expectSaidWhoReads(machine, invitation);
  await bo.press(invitation, 'Accept');
  await machine.tick();
  await machine.tick();
  const card = (await roomMessages(machine, id)).find(({ buttons }) =>
    buttons.includes("I'm here"),
  );
  if (!card) throw new Error('The room has no first card');
  return card;
}

async function boAccount(machine: Machine): Promise<string> {
  const people = await machine.store.accountsNamed(platformOf(machine), 'bo');
  const [found] = people;
  if (!found) throw new Error('Bo has no account');
  return found.account;
}

const platformOf = ({ stage }: Machine) =>
  stage.platform === 'slack-socket' || stage.platform === 'slack-http' ? 'slack' : stage.platform;

/** A whole peer interview: two halves, the swap, both forms; the candidate never sees the panel. */
export async function playPeer(machine: Machine): Promise<void> {
  const { stage } = machine;
  const [ana, bo, eve] = ['ana', 'bo', 'eve'].map((name) => stage.actor(name));
  if (!ana || !bo || !eve) throw new Error('Three people take part');
  const card = await openRoom(machine, ana, bo);

  message(await ana.press(card, "I'm here"));
  let shared = message(await bo.press(card, "I'm here"));
  expect(shared.text).toContain('Question 1 of 1 for bo');
  const observer = message(await eve.press(shared, 'Open panel'));
  expect(observer.text).toContain('not part of this interview');

  // The first half: Ana asks. The panel is hers alone.
  const refused = message(await bo.press(shared, 'Open panel'));
  expect(refused.text).toContain('Only the interviewer can open this panel');
  const panel = message(await ana.press(shared, 'Open panel'));
  expect(panel.isPrivate).toBe(true);
  const followUps = message(await ana.press(panel, 'Follow-ups'));
  for (const secret of SECRET) expect(panel.text + followUps.text).toContain(secret);
  const marked = message(
    await ana.choose(panel, 'Depth', '3: explains why, holds up to one follow-up'),
  );
  expect(marked.isPrivate).toBe(true);
  const early = message(await bo.press(shared, 'Swap roles'));
  expect(early.text).toContain('Only the interviewer can move on');
  await machine.restart();

  // The swap, pressed twice.
  const swapped = message(await ana.press(shared, 'Swap roles'));
  expect(swapped.text).toContain('Question 1 of 1 for ana');
  const late = message(await ana.choose(marked, 'Communication', '3: clear, few detours'));
  expect(late.isPrivate).toBe(true);
  expect(late.text).toContain('Your marks are saved: depth 3, communication 3.');
  const again = message(await ana.press(shared, 'Swap roles'));
  expect(again.text).toContain('Question 1 of 1 for ana');
  shared = swapped;
  const bosPanel = message(await bo.press(shared, 'Open panel'));
  expect(bosPanel.text).toContain('Names the cache.');

  // Both forms; nothing opens before the second.
  const done = message(await bo.press(shared, 'Finish'));
  await fillForm(ana, done, { overall: '2', well: 'hasty words', better: 'more numbers' });
  await fillForm(ana, done, { overall: '3', well: 'clear start', better: 'more numbers' });
  await machine.tick();
  expect((await bo.inbox()).some(({ text }) => text.includes('clear start'))).toBe(false);
  await fillForm(bo, done, { overall: '4', well: 'good pushes', better: 'fewer words' });
  await machine.tick();
  expect((await bo.inbox()).some(({ text }) => text.includes('clear start'))).toBe(true);
  expect((await bo.inbox()).some(({ text }) => text.includes('hasty words'))).toBe(false);
  expect((await ana.inbox()).some(({ text }) => text.includes('good pushes'))).toBe(true);

  // On Slack nothing of it is in the channel.
  if (platformOf(machine) === 'slack') expect(await stage.messages(stage.channel)).toEqual([]);

  // Nothing that is public ever held the interviewer's text.
  const open = [...(await roomMessages(machine, 1)), ...(await stage.messages(stage.channel))];
  for (const { text } of open) for (const secret of SECRET) expect(text).not.toContain(secret);
  expect(stage.complaints()).toEqual([]);
}

async function fillForm(
  actor: Actor,
  card: Message,
  values: Record<string, string>,
): Promise<void> {
  const form = await actor.press(card, 'Give feedback');
  if (form.kind !== 'form') throw new Error('Feedback must ask');
  message(await actor.fill(form, values));
}

/** Somebody does not come: both hear it, and who came is matched with somebody else. */
export async function playNoShow(machine: Machine): Promise<void> {
  const { stage } = machine;
  const [ana, bo, cy, eve] = ['ana', 'bo', 'cy', 'eve'].map((name) => stage.actor(name));
  if (!ana || !bo || !cy || !eve) throw new Error('Four people take part');
  const card = await openRoom(machine, ana, bo);
  await ana.press(card, "I'm here");

  await machine.comeTo(new Date(machine.clock.now().getTime() + 16 * 60_000).toISOString());
  expect((await ana.inbox()).some(({ text }) => text.includes("didn't show up"))).toBe(true);
  expect(
    (await bo.inbox()).some(({ text }) => text.includes('The room closed after 15 minutes')),
  ).toBe(true);
  await joinLobby(cy);
  await machine.tick();
  await machine.tick();

  const second = await machine.store.peerSession(2);
  expect(second?.state).toBe('waiting');
  const again = (await roomMessages(machine, 2)).find(({ buttons }) =>
    buttons.includes("I'm here"),
  );
  if (!again) throw new Error('No new room');
  await ana.press(again, "I'm here");
  const shared = message(await cy.press(again, "I'm here"));
  expect(shared.text).toContain('Question 1 of 1');
  expect(stage.complaints()).toEqual([]);

  // Bo asks again where he was told, in his direct messages: the room opens in the channel.
  const missed = (await bo.inbox()).find(({ text }) =>
    text.includes('The room closed after 15 minutes'),
  );
  if (!missed) throw new Error('Bo was not told');
  const waits = message(await bo.press(missed, 'Join lobby again'));
  expect(waits.text).toContain("You're in the lobby");
  await joinLobby(eve);
  await machine.tick();
  await machine.tick();

  const third = await machine.store.peerSession(3);
  const first = await machine.store.peerSession(1);
  expect([third?.state, third?.teamId, third?.origin]).toEqual([
    'waiting',
    first?.teamId,
    first?.origin,
  ]);
  expect(stage.complaints()).toEqual([]);
}

/** The bot is away while both come: nobody counts as absent before it has seen a whole quarter of an hour. */
export async function playAway(machine: Machine): Promise<void> {
  const { stage } = machine;
  const [ana, bo] = ['ana', 'bo'].map((name) => stage.actor(name));
  if (!ana || !bo) throw new Error('Two people take part');
  await openRoom(machine, ana, bo);
  const later = (minutes: number) => new Date(machine.clock.now().getTime() + minutes * 60_000);

  machine.clock.moveTo(later(14));
  await machine.restart();
  await machine.comeTo(later(2).toISOString());
  await machine.tick();

  expect((await machine.store.peerSession(1))?.state).toBe('waiting');
  const again = (await roomMessages(machine, 1)).at(-1);
  expect(again?.text).toContain('I was offline');
  expect(
    (await bo.inbox()).some(({ text }) => text.includes('The room closed after 15 minutes')),
  ).toBe(false);
  await machine.comeTo(later(14).toISOString());
  expect((await machine.store.peerSession(1))?.state).toBe('waiting');
  await machine.comeTo(later(2).toISOString());
  expect((await machine.store.peerSession(1))?.state).toBe('missed');
  expect(await roomMessages(machine, 1)).toHaveLength(2);
  expect(
    (await bo.inbox()).some(({ text }) => text.includes('The room closed after 15 minutes')),
  ).toBe(true);
  expect(stage.complaints()).toEqual([]);
}

/** Two of the same hours are not called together before these begin. */
export async function playHours(machine: Machine): Promise<void> {
  const { stage, store } = machine;
  const [ana, bo] = ['ana', 'bo'].map((name) => stage.actor(name));
  if (!ana || !bo) throw new Error('Two people take part');
  for (const actor of [ana, bo]) {
    const joined = await joinLobby(actor, { hours: '17-20', level: 'hard' });
    expect(joined.isPrivate).toBe(true);
    expect(joined.text).toContain('level hard, from 17:00 to 20:00');
  }
  await machine.tick();
  expect(await store.peerSession(1)).toBeUndefined();

  // Past 17:00 in UTC and in Berlin, the zones of the stages' people.
  await machine.comeTo('2026-03-02T17:00:00Z');
  await machine.tick();
  const card = (await roomMessages(machine, 1)).find(({ buttons }) => buttons.includes("I'm here"));
  if (!card) throw new Error('The room is not open');
  await ana.press(card, "I'm here");
  await machine.comeTo('2026-03-02T17:16:00Z');

  expect((await ana.inbox()).some(({ text }) => text.includes('from 17:00 to 20:00'))).toBe(true);
  const missed = (await bo.inbox()).find(({ text }) =>
    text.includes('The room closed after 15 minutes'),
  );
  if (!missed) throw new Error('Bo was not told');
  await bo.press(missed, 'Join lobby again');
  expect(await store.lobbyEntries()).toMatchObject(
    [1, 2].map(() => ({ level: 'hard', fromMinute: 17 * 60, untilMinute: 20 * 60 })),
  );
  expect(stage.complaints()).toEqual([]);
}

/** Direct messages are refused: whoever asked hears it, and feedback is read in the room. */
export async function playUndelivered(machine: Machine): Promise<void> {
  const { stage } = machine;
  const [ana, bo, eve] = ['ana', 'bo', 'eve'].map((name) => stage.actor(name));
  if (!ana || !bo || !eve) throw new Error('Three people take part');
  await bo.command('help');
  const account = stage.platform === 'terminal' ? '@bo' : await boAccount(machine);
  await ana.command('mock', { mode: 'peer', with: account });
  stage.fail('refuse', 1);
  await machine.tick();
  await machine.tick();

  const [told] = (await ana.inbox()).filter(({ text }) => text.includes("wasn't delivered"));
  if (!told) throw new Error('Ana was not told');
  const again = message(await ana.press(told, 'Invite again'));
  expect(again.text).toContain("I've invited bo");
  await machine.tick();
  const card = await accepted(machine, bo, 2);
  await ana.press(card, "I'm here");
  const shared = message(await bo.press(card, "I'm here"));
  const asked = message(await bo.press(shared, 'Stop interview'));
  expect(asked.isPrivate).toBe(true);
  expect((await machine.store.peerSession(2))?.state).toBe('first');
  const done = message(await bo.press(asked, 'Stop interview'));
  expect(done.isPrivate).toBe(false);
  // In a terminal a reply is seen only by whoever typed.
  if (stage.platform !== 'terminal')
    expect((await roomMessages(machine, 2)).at(-1)?.buttons).toContain('Give feedback');

  await fillForm(ana, done, { overall: '3', well: 'clear start', better: 'more numbers' });
  await fillForm(bo, done, { overall: '4', well: 'good pushes', better: 'fewer words' });
  stage.fail('refuse', 2);
  await machine.tick();
  await machine.tick();
  const posted = (await roomMessages(machine, 2)).find(({ buttons }) =>
    buttons.includes('Read my feedback'),
  );
  if (!posted) throw new Error('The room was not told');
  const anas = message(await ana.press(posted, 'Read my feedback'));
  const bos = message(await bo.press(posted, 'Read my feedback'));
  const eves = message(await eve.press(posted, 'Read my feedback'));

  expect([anas.isPrivate, bos.isPrivate]).toEqual([true, true]);
  expect(anas.text).toContain('good pushes');
  expect(bos.text).toContain('clear start');
  expect(eves.text).toContain('not part of this interview');
  for (const { text } of await roomMessages(machine, 2)) {
    expect(text).not.toContain('good pushes');
    expect(text).not.toContain('clear start');
  }
  expect(stage.complaints()).toEqual([]);
}

/** Whoever is invited sees it also where they look next, and can answer there. */
export async function playInvitationSeen(machine: Machine): Promise<void> {
  const { stage } = machine;
  const [ana, bo] = [stage.actor('ana'), stage.actor('bo')];
  await bo.command('help');
  const account = stage.platform === 'terminal' ? '@bo' : await boAccount(machine);
  expect(message(await bo.command('mock', { mode: 'history' })).text).not.toContain(
    'invitation waits',
  );

  await ana.command('mock', { mode: 'peer', with: account });

  const seen = message(await bo.command('mock', { mode: 'history' }));
  expect(seen.text).toContain('An invitation waits for you: a mock interview with ana.');
  expect(message(await ana.command('mock', { mode: 'history' })).text).not.toContain(
    'invitation waits',
  );
  await bo.press(seen, 'Decline');
  expect(message(await bo.command('mock', { mode: 'history' })).text).not.toContain(
    'invitation waits',
  );
}
