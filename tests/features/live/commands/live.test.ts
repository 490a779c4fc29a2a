import { afterEach, expect, test } from 'vitest';
import type { Reply } from '../../../../src/spine/reply.ts';
import { singleItem } from '../../../support/items.ts';
import { createWorld, type From, type World, words } from '../../../support/world.ts';

let world: World;
afterEach(() => world.close());

const QUESTIONS = Array.from({ length: 6 }, (_, index) => singleItem(`c5-item-${index}`));
const START = Date.parse('2026-03-02T08:00:00Z');
const HOST: From = { as: 'hana' };

/** The newest post in the channel, with its edits. */
function card(which = -1): Reply {
  const post = world.fake.posts().at(which);
  if (!post) throw new Error('Nothing was posted');
  return post.reply;
}

const cards = () => world.fake.posts().map(({ reply }) => reply.title);

/** Lets seconds go by since the start of the test. */
const after = (seconds: number) => world.comeTo(new Date(START + seconds * 1000).toISOString());

/** Answers the newest question with the option that has these words. */
async function answer(text: string, from: From, question: Reply = card()): Promise<Reply> {
  const line = words(question)
    .split('\n')
    .find((each) => each.includes(text));
  return world.press(question, line?.slice(0, 1) ?? '?', from);
}

async function start(line = 'live count:3 seconds:30') {
  world = createWorld({ questions: QUESTIONS });
  await world.ask(line, HOST);
  await world.tick();
  const lobby = card();
  await world.press(lobby, 'Start round', HOST);
  await world.tick();
  return lobby;
}

test('a round from its lobby to the result, with the timer alone after its start', async () => {
  world = createWorld({ questions: QUESTIONS });
  const status = await world.ask('live count:3 seconds:30', HOST);
  expect(words(status)).toContain(
    "It hasn't started: 3 questions, 30 seconds each. 0 people joined",
  );
  await world.tick();
  const lobby = card();
  expect(words(lobby)).toContain('A live round of 3 questions, 30 seconds each. Host: hana.');
  expect(words(await world.press(lobby, 'Join', { as: 'ana' }))).toContain(
    "You're in, the first one",
  );
  await world.press(lobby, 'Start round', HOST);
  await world.tick();
  expect(card().title).toBe('Live round · question 1 of 3');

  const reply = await answer('The right one', { as: 'ana' });
  expect(reply.title).toMatch(/^Your answer: [A-D]$/);
  expect(words(reply)).not.toContain('Correct');
  await answer('First wrong', { as: 'bo' });
  await after(33);

  const solution = card();
  expect(solution.title).toBe('Solution to question 1 of 3');
  expect(words(solution)).toContain('1 of 2 answered correctly.');
  expect(words(solution)).toMatch(/✓ [A-D] The right one\. It is right because\./);
  expect(words(solution)).toMatch(/Most common mistake: [A-D] First wrong/);
  expect(words(solution)).toContain('1 | ana | 1 | 1 of 1\n2 | bo | 0 | 1 of 1');

  await after(64);
  expect(card().title).toBe('Live round · question 2 of 3');
  await answer('The right one', { as: 'cy' });
  await after(97);
  expect(words(card())).toContain('1 | ana | 1 | 1 of 2\n1 | cy | 1 | 1 of 2\n3 | bo | 0 | 1 of 2');
  await after(128);
  await answer('The right one', { as: 'ana' });
  await after(161);

  expect(cards().slice(-2)).toEqual(['Solution to question 3 of 3', 'Live round: results']);
  expect(words(card())).toContain('Winner: ana (2 of 3 correct).');
  expect(words(card())).toContain('Most missed: question 1 (1 of 2 correct)');
  const own = words(await world.press(card(), 'My results', { as: 'bo' }));
  expect(own).toContain('Place 3 of 3: 0 correct, 1 of 3 answered.');
  expect(own).toContain('1. ✗ Incorrect');
  expect(own).toContain('2. Not answered');
  expect(words(await world.press(card(), 'Practice these', { as: 'ana' }))).toContain(
    'Quiz 1 of 1',
  );
});

test('a second start leads to the open round, and double presses move it once', async () => {
  world = createWorld({ questions: QUESTIONS });
  await Promise.all([
    world.ask('live count:3', HOST),
    world.ask('live count:3', { as: 'ana' }),
    world.ask('live count:4', HOST),
  ]);
  await world.tick();
  expect(cards()).toEqual(['Live round']);

  const lobby = card();
  const [id] = await world.store.dueLive(new Date(START + 86_400_000));
  const lead: From = id?.hostId === (await world.personId('ana')) ? { as: 'ana' } : HOST;
  await Promise.all([
    world.press(lobby, 'Start round', lead),
    world.press(lobby, 'Start round', lead),
  ]);
  await world.tick();
  const question = card();
  await Promise.all([
    world.press(question, 'Close question', lead),
    world.press(question, 'Close question', lead),
  ]);
  await world.tick();
  expect(cards()).toEqual([
    'Live round',
    'Live round · question 1 of 3',
    'Solution to question 1 of 3',
  ]);
});

test('only the host and admins lead it, and a pause stops the timer and no answer', async () => {
  await start();
  const question = card();
  expect(words(await world.press(question, 'Pause', { as: 'ana' }))).toContain('Only the host');
  world.clock.moveTo(new Date(START + 10_000));
  await world.press(question, 'Pause', { as: 'boss', admin: true });
  await after(600);
  const [paused] = world.fake.sent.filter(({ kind }) => kind === 'edit').slice(-1);
  expect(paused && 'reply' in paused && words(paused.reply)).toContain('The timer is paused');
  expect((await answer('The right one', { as: 'ana' }, question)).title).toContain('Your answer');
  if (!paused || !('reply' in paused)) throw new Error('No edit');
  await world.press(paused.reply, 'Continue', HOST);
  await after(621);
  expect(card().title).toContain('question 1');
  await after(623);
  expect(words(card())).toContain('1 of 1 answered correctly.');
});

test('without a timer the host closes each question, and a round without its host ends', async () => {
  await start('live count:3 timer:no');
  await after(1_700);
  expect(card().title).toContain('question 1 of 3');
  await answer('The right one', { as: 'ana' });
  await world.press(card(), 'Close question', HOST);
  await world.tick();
  await world.press(card(), 'Next question', HOST);
  await world.tick();
  expect(card().title).toContain('question 2 of 3');

  await after(1_700 + 1_801);
  expect(cards().slice(-2)).toEqual(['Solution to question 2 of 3', 'Live round: results']);
  expect(words(card())).toContain('No one continued this round for 30 minutes, so it ended.');
  expect(words(await world.ask('live count:3', HOST))).toContain("It hasn't started");
});

test('the host ends it after one more question, and nothing is left open', async () => {
  await start();
  await answer('The right one', { as: 'ana' });
  const ask = await world.ask('live end', HOST);
  expect(words(ask)).toContain('2 questions left.');
  await world.press(ask, 'End round', HOST);
  await world.tick();
  expect(words(card())).toContain('Winner: ana (1 of 1 correct).');
  await after(4_000);
  expect(card().title).toBe('Live round: results');
});

test('the open question is not told elsewhere, and no daily question is drawn', async () => {
  world = createWorld({ questions: QUESTIONS.slice(0, 4) });
  await world.setUp('time:09:00 zone:UTC days:everyday');
  await world.comeTo('2026-03-02T09:00:00Z');
  expect(words(await world.ask('live count:3', HOST))).toContain('I have only 2 questions');
  world.close();

  world = createWorld({ questions: QUESTIONS.slice(0, 5) });
  await world.setUp('time:09:00 zone:UTC days:everyday');
  await world.comeTo('2026-03-02T09:00:00Z');
  const daily = (await world.store.post(1))?.questionId;
  await world.ask('live count:3', HOST);
  await world.tick();
  await world.press(card(), 'Start round', HOST);
  const asked = (await world.store.liveQuestionsOf(1)).map(({ questionId }) => questionId);
  expect(asked).not.toContain(daily);
  await world.comeTo('2026-03-03T09:00:00Z');
  expect(asked).not.toContain((await world.store.post(2))?.questionId);

  world.close();
  await start();
  const [open] = await world.store.liveOpenFor(await world.teamId());
  const shown = await world.ask(`question show id:${open}`, { as: 'ana' });
  expect(words(await world.press(shown, 'Show solution', { as: 'ana' }))).toContain(
    'open in a live round right now',
  );
});

test('a restart after the bell gives the question more time, and keeps its answers', async () => {
  await start();
  await answer('The right one', { as: 'ana' });
  const late = new Date(START + 120_000);
  world.clock.moveTo(late);
  world.context.upSince = late;
  await world.tick();
  const edit = world.fake.sent.findLast(({ kind }) => kind === 'edit');
  expect(edit && 'reply' in edit && words(edit.reply)).toContain('I was restarted');
  await answer('The right one', { as: 'bo' });
  await after(136);
  expect(words(card())).toContain('2 of 2 answered correctly.');
});

test('a round that cannot be shown ends, and its host is told', async () => {
  world = createWorld({ questions: QUESTIONS });
  await world.ask('live count:3', HOST);
  await world.tick();
  world.fake.next({
    ok: false,
    outcome: 'refused',
    problem: { code: 'missing-permission', words: 'I may not post.' },
  });
  await world.press(card(), 'Start round', HOST);
  await world.tick();
  await world.tick();
  const [notice] = world.fake.directs();
  expect(notice && words(notice.reply)).toContain('I may not post.');
  expect(words(await world.ask('live end', HOST))).toContain('No live round is open');
});

test('those who hide are in no standings, and see their own place', async () => {
  await start();
  await world.ask('me hide', { as: 'cy' });
  await answer('The right one', { as: 'cy' });
  await answer('The right one', { as: 'ana' });
  await after(33);
  expect(words(card())).not.toContain('cy');
  expect(words(await world.press(card(), 'My place', { as: 'cy' }))).toContain(
    "Place 1 of 2, shared with 1 other: 1 correct, 1 of 1 answered. You're hidden",
  );
});

test('deleting oneself leaves no answer, no place and no name behind', async () => {
  await start();
  await answer('The right one', { as: 'Xanthippe' });
  await answer('The right one', { as: 'ana' });
  await after(33);
  expect(words(card())).toContain('Xanthippe');
  await world.ask('me delete confirm:yes', { as: 'Xanthippe' });
  await after(64);
  await after(97);

  expect(words(card())).not.toContain('Xanthippe');
  const kept = await world.store.exportPerson(await world.personId('hana'));
  const rounds = await world.store.liveScores({ roundId: 1, upTo: 3, personId: '' });
  expect(rounds.map(({ name }) => name)).toEqual(['ana']);
  expect(Object.keys(kept)).toContain('live_rounds');
  expect(Object.keys(kept)).not.toContain('live_answers');
});
