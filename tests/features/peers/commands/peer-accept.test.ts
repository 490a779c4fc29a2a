import { expect, test } from 'vitest';
import { freeTextItem, singleItem } from '../../../support/items.ts';
import { createWorld, refused, unknown, words } from '../../../support/world.ts';

const questions = ['s1', 's2', 's3', 's4'].map((id) => freeTextItem(id));
const ANA = { as: 'T1/ana', team: 'T1' };

test('nobody of another workspace or platform can be invited by a typed account', async () => {
  const world = createWorld({ platform: 'slack', questions });
  await world.ask('help', { as: 'T2/eve', team: 'T2' });

  const replies = [
    await world.ask('mock peer with:slack:T2/eve', ANA),
    await world.ask('mock peer with:discord:42', ANA),
  ];
  await world.tick();

  for (const reply of replies) expect(words(reply)).toContain("I can't find");
  expect(world.fake.sent).toEqual([]);
});

test.each([
  ['bot', "That's an app"],
  ['outside', "isn't in this workspace"],
] as const)('who can never say yes is not asked: %s', async (stranger, told) => {
  const world = createWorld({ platform: 'slack', questions });
  world.fake.strangers.set('slack:T1/cy', stranger);

  const reply = await world.ask('mock peer with:slack:T1/cy', ANA);
  await world.tick();

  expect(words(reply)).toContain(told);
  expect(world.fake.sent).toEqual([]);
  expect(await world.store.peerSession(1)).toBeUndefined();
});

test('when the room of two cannot be opened, both hear it and the interview is over', async () => {
  const world = createWorld({ platform: 'slack', questions });
  await world.ask('mock peer with:slack:T1/bo', ANA);
  await world.tick();
  await world.ask('peer accept session:1', { as: 'T1/bo', team: 'T1' });
  world.fake.next(refused);

  await world.tick();

  const told = world.fake.directs().filter(({ reply }) => /no room/i.test(reply.title ?? ''));
  expect(told.map(({ account }) => account).sort()).toEqual(['slack:T1/ana', 'slack:T1/bo']);
  expect(told.map(({ reply }) => words(reply)).join()).toContain('I may not post in this channel');
  expect((await world.store.peerSession(1))?.state).toBe('missed');
});

test('whoever asked hears at once that the invitation did not arrive, and may ask once more', async () => {
  const world = createWorld({ platform: 'slack', questions });
  await world.ask('mock peer with:slack:T1/bo', ANA);
  world.fake.next(refused);

  await world.tick();
  const [told] = world.fake.directs();
  if (!told) throw new Error('Ana was not told');
  const again = await world.press(told.reply, 'Invite again', ANA);
  await world.tick();

  expect(told.account).toBe('slack:T1/ana');
  expect(words(told.reply)).toContain("I couldn't message your teammate: I may not post");
  expect((await world.store.peerSession(1))?.state).toBe('lapsed');
  expect(words(again)).toContain("I've invited your teammate");
  expect(world.fake.directs().map(({ account }) => account)).toEqual([
    'slack:T1/ana',
    'slack:T1/bo',
  ]);
});

test('an invitation of which nobody knows whether it arrived stays open, and whoever asked hears that', async () => {
  const world = createWorld({ platform: 'slack', questions });
  await world.ask('mock peer with:slack:T1/bo', ANA);
  world.fake.next(unknown);

  await world.tick();
  const told = world.fake.directs().at(-1);
  const accepted = await world.ask('peer accept session:1', { as: 'T1/bo', team: 'T1' });

  expect(told?.account).toBe('slack:T1/ana');
  expect(told?.reply.title).toBe('Did your invitation arrive?');
  expect(words(accepted)).toContain('Your room is opening');
});

test('an invitation that nobody answers lapses after three days, and whoever asked hears it once', async () => {
  const world = createWorld({ platform: 'slack', questions });
  await world.ask('mock peer with:slack:T1/bo', ANA);
  await world.tick();

  await world.comeTo('2026-03-05T07:59:00Z');
  const before = world.fake.directs().length;
  await world.comeTo('2026-03-05T08:01:00Z');
  await world.comeTo('2026-03-09T08:00:00Z');

  const told = world.fake.directs().slice(1);
  expect(before).toBe(1);
  expect(told.map(({ account }) => account)).toEqual(['slack:T1/ana']);
  expect(told.map(({ reply }) => words(reply)).join()).toContain(
    "your teammate didn't answer within 3 days",
  );
  expect((await world.store.peerSession(1))?.state).toBe('lapsed');
});

test.each([['Accept'], ['Decline']])(
  'whoever presses "%s" too late may ask in return',
  async (label) => {
    const world = createWorld({ platform: 'slack', questions });
    await world.ask('mock peer with:slack:T1/bo', ANA);
    await world.tick();
    const [invitation] = world.fake.directs();
    if (!invitation) throw new Error('Bo was not asked');
    await world.comeTo('2026-03-06T08:00:00Z');

    const late = await world.press(invitation.reply, label, { as: 'T1/bo', team: 'T1' });
    const asked = await world.press(late, 'Send invitation', { as: 'T1/bo', team: 'T1' });

    expect(words(late)).toContain('invitation expired. If you have time now, invite T1/ana.');
    expect(words(asked)).toContain("I've invited T1/ana");
  },
);

test("no peer interview asks the team's open question, which may be posted after the invitation", async () => {
  const world = createWorld({ platform: 'slack', questions: [singleItem('q1'), ...questions] });
  await world.setUp('time:09:00 zone:UTC days:weekdays open:monday', { ...ANA, admin: true });
  await world.ask('mock peer with:slack:T1/bo', ANA);
  await world.comeTo('2026-03-02T09:00:00Z');
  await world.ask('peer accept session:1', { as: 'T1/bo', team: 'T1' });
  await world.ask('peer lobby', { as: 'T1/cy', team: 'T1' });
  await world.ask('peer lobby', { as: 'T1/di', team: 'T1' });
  await world.tick();

  const open = (await world.store.post(1))?.questionId;
  const invited = (await world.store.peerSession(1))?.questions.flat();
  const matched = (await world.store.peerSession(2))?.questions.flat();

  // Of four questions, three are left: one for each half.
  expect(open).toMatch(/^s[1-4]$/);
  for (const asked of [invited, matched]) {
    expect(asked).toHaveLength(2);
    expect(asked).not.toContain(open);
  }
});

test('the level of an invitation holds until it is accepted', async () => {
  const levels = ['easy', 'easy', 'easy', 'easy', 'hard', 'hard', 'hard', 'hard'];
  const world = createWorld({
    platform: 'slack',
    questions: levels.map((difficulty, index) => freeTextItem(`s${index}`, { difficulty })),
  });
  await world.ask('mock peer with:slack:T1/bo level:hard', ANA);
  await world.tick();
  const [invitation] = world.fake.directs();
  if (!invitation) throw new Error('Bo was not asked');

  await world.press(invitation.reply, 'Accept', { as: 'T1/bo', team: 'T1' });

  const [first, second] = (await world.store.peerSession(1))?.questions ?? [];
  // The first round of an interview is a warm-up at any level.
  const asked = [...(first ?? []).slice(1), ...(second ?? [])];
  expect(asked).toHaveLength(3);
  for (const id of asked) expect(Number(id.slice(1))).toBeGreaterThanOrEqual(4);
});

test('somebody who is invited again while the first invitation is open gets one message', async () => {
  const world = createWorld({ platform: 'slack', questions });

  const first = await world.ask('mock peer with:slack:T1/bo', ANA);
  const again = await world.ask('mock peer with:slack:T1/bo level:hard', ANA);
  await world.tick();

  expect(words(first)).toContain("I've invited your teammate");
  expect(words(again)).toContain('that invitation is still open');
  expect(again.visibility).toBe('private');
  expect(world.fake.directs()).toHaveLength(1);
  expect(await world.store.peerSession(2)).toBeUndefined();
});

test('a no from a direct message belongs to the team of the interview', async () => {
  const world = createWorld({ platform: 'discord', questions });
  await world.ask('mock peer with:discord:bo', { as: 'ana' });
  await world.tick();
  const [invitation] = world.fake.directs();
  if (!invitation) throw new Error('Bo was not asked');
  await world.press(invitation.reply, 'Decline', { as: 'bo', team: '@bo', isDirect: true });
  world.fake.next(refused);

  await world.tick();

  const problems = await world.store.recentProblems(await world.teamId(), 5);
  expect(problems.map(({ key }) => key)).toEqual(['declined:1']);
});

test('whoever invites somebody who has invited them may say yes at once', async () => {
  const world = createWorld({ platform: 'slack', questions });
  await world.ask('mock peer with:slack:T1/bo level:hard', ANA);

  const crossed = await world.ask('mock peer with:slack:T1/ana', { as: 'T1/bo', team: 'T1' });
  await world.press(crossed, 'Accept', { as: 'T1/bo', team: 'T1' });

  expect(words(crossed)).toContain('You already have an invitation from T1/ana');
  const session = await world.store.peerSession(1);
  expect([session?.state, session?.wishes?.[0].level]).toEqual(['opening', 'hard']);
  expect(await world.store.peerSession(2)).toBeUndefined();
});

test.each([['peer lobby'], ['mock peer with:slack:T1/bo']])(
  'in direct messages, where no room can open, %s says where to type it',
  async (text) => {
    const world = createWorld({ platform: 'slack', questions });
    const request = world.request({ kind: 'text', text }, ANA);

    const step = await world.bot.prepare({ ...request, place: { channel: 'D1', kind: 'direct' } });

    if (step.kind !== 'run') throw new Error('Expected a reply');
    expect(words(await step.run())).toContain('In a channel, run');
    expect(await world.store.lobbyEntries()).toEqual([]);
    expect(await world.store.peerSession(1)).toBeUndefined();
  },
);
