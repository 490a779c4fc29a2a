import { expect, test } from 'vitest';
import { freeTextItem } from '../../../support/items.ts';
import { createWorld, refused, type World, words } from '../../../support/world.ts';

const questions = ['s1', 's2', 's3', 's4'].map((id) => freeTextItem(id));
const ANA = { as: 'ana' };
const BO = { as: 'bo' };

/** A peer interview in which both are there; Ana asks first. */
async function begun(): Promise<World> {
  const world = createWorld({ questions });
  await world.ask('help', BO);
  await world.ask('mock peer with:@bo', ANA);
  await world.ask('peer accept session:1', BO);
  await world.tick();
  await world.ask('peer here session:1', ANA);
  await world.ask('peer here session:1', BO);
  return world;
}

async function atFeedback(): Promise<World> {
  const world = await begun();
  await world.ask('peer stop session:1 confirm:yes', ANA);
  return world;
}

const feedback = (well: string) =>
  `peer feedback session:1 overall:3 well:"${well}" better:"more numbers"`;

test('Stop here asks the one who pressed, in private, and the interview goes on meanwhile', async () => {
  const world = await begun();
  const shown = await world.ask('peer here session:1', ANA);

  const asked = await world.press(shown, 'Stop interview', BO);

  expect(asked.visibility).toBe('private');
  expect(words(asked)).toContain('It ends for ana too');
  expect((await world.store.peerSession(1))?.state).toBe('first');
  const eves = await world.press(asked, 'Stop interview', { as: 'eve' });
  expect(words(eves)).toContain('not part of this interview');
  const next = await world.press(shown, 'Next question', ANA);
  expect(words(next)).toContain('Question 2 of 2');
});

test('an interview that was stopped after the question is over for both, and is not asked about again', async () => {
  const world = await begun();
  const shown = await world.ask('peer here session:1', ANA);
  const asked = await world.press(shown, 'Stop interview', BO);

  const stopped = await world.press(asked, 'Stop interview', BO);
  const late = await world.press(shown, 'Stop interview', ANA);

  expect((await world.store.peerSession(1))?.state).toBe('feedback');
  expect(words(await world.ask('mock history', ANA))).toContain('Feedback on peer interviews');
  expect([stopped.title, late.title]).toEqual(['Time for feedback', 'Time for feedback']);
  // It is said to both once; a later press shows it to that person alone.
  expect([stopped.visibility, late.visibility]).toEqual([undefined, 'private']);
});

test('nobody else is asked for feedback or a note, only to be refused afterward', async () => {
  const world = await atFeedback();
  const question = (await world.store.peerSession(1))?.questions[0][0];

  for (const line of ['peer feedback session:1', `peer note session:1 question:${question}`])
    expect(words(await world.ask(line, { as: 'eve' }))).toContain('not part of this interview');
});

test('two who meet again get questions of which neither has read the key points', async () => {
  const world = createWorld({
    questions: ['s1', 's2', 's3', 's4', 's5', 's6', 's7', 's8'].map((id) => freeTextItem(id)),
  });
  await world.ask('help', BO);
  for (const session of [1, 2]) {
    await world.ask('mock peer with:@bo', ANA);
    await world.ask(`peer accept session:${session}`, BO);
    await world.tick();
  }

  const first = (await world.store.peerSession(1))?.questions.flat() ?? [];
  const second = (await world.store.peerSession(2))?.questions.flat() ?? [];
  expect(second).toHaveLength(4);
  expect(second.filter((id) => first.includes(id))).toEqual([]);
});

test('a second form takes the place of the first until the other one is there', async () => {
  const world = await atFeedback();
  const first = await world.ask(feedback('FIRST'), ANA);
  const form = await world.form('peer feedback session:1', ANA);
  await world.ask(feedback('SECOND'), ANA);
  await world.ask(feedback('calm'), BO);
  await world.tick();

  expect(words(first)).toContain('select Give feedback again');
  expect(form.fields.map(({ value }) => value)).toEqual(['3', 'FIRST', 'more numbers']);
  const told = world.fake.directs().filter(({ account }) => account === 'terminal:bo');
  expect(words(told.at(-1)?.reply ?? { blocks: [] })).toContain('What went well: SECOND');
});

test('feedback that cannot be sent is read in the room, by the one whom it is for', async () => {
  const world = await atFeedback();
  const early = await world.ask('peer read session:1', ANA);
  await world.ask(feedback('clear'), ANA);
  await world.ask(feedback('calm'), BO);
  world.fake.next(refused);

  await world.tick();
  const told = world.fake.posts().at(-1);
  if (!told) throw new Error('The room was not told');
  const anas = await world.press(told.reply, 'Read my feedback', ANA);
  const bos = await world.press(told.reply, 'Read my feedback', BO);
  const eves = await world.press(told.reply, 'Read my feedback', { as: 'eve' });

  expect(words(early)).toContain("opens once you've both sent");
  expect(told.thread).toBe((await world.store.peerSession(1))?.thread);
  expect(words(told.reply)).toContain("I couldn't send ana the feedback");
  expect(words(told.reply)).not.toMatch(/calm|clear/);
  expect([anas.visibility, bos.visibility]).toEqual(['private', 'private']);
  expect(words(anas)).toContain('What went well: calm');
  expect(words(bos)).toContain('What went well: clear');
  expect(words(eves)).toContain('not part of this interview');
});

test('after three days what is there opens, and a form that still comes goes to the other', async () => {
  const world = await atFeedback();
  const [first] = await firstHalf(world);
  await world.ask(feedback('clear'), BO);
  await world.ask(depth(first), ANA);

  await world.comeTo('2026-03-05T08:00:00Z');
  const early = world.fake.directs().length;
  await world.comeTo('2026-03-05T13:00:00Z');
  await world.tick();
  const opened = world.fake.directs().slice(early);
  const changed = await world.ask(feedback('CHANGED'), BO);
  const late = await world.ask(feedback('calm'), ANA);
  await world.tick();

  expect(opened.map(({ account }) => account)).toEqual(['terminal:ana', 'terminal:bo']);
  const [anas = '', bos = ''] = opened.map(({ reply }) => words(reply));
  expect(anas).toContain('What went well: clear');
  expect(anas).toContain("You didn't send your form within 3 days");
  expect(bos).toContain("ana didn't send a form within 3 days");
  expect(bos).toContain('| – | 3 | – | –');
  expect(words(changed)).toContain('Your partner can already read your form');
  expect(words(late)).toContain('Thanks!');
  const more = world.fake.directs().slice(early + 2);
  expect(more.map(({ account, reply }) => [account, words(reply).includes('calm')])).toEqual([
    ['terminal:bo', true],
  ]);
});

test('a form that comes too late says once that it was not taken, and gives back what was written', async () => {
  const world = await atFeedback();
  await world.ask(feedback('clear'), ANA);
  const form = await world.form('peer feedback session:1', ANA);
  await world.ask(feedback('calm'), BO);

  const step = await world.send(form, { overall: '3', well: 'LATE', better: 'numbers' }, ANA);

  if (step.kind !== 'run') throw new Error('The form was asked again');
  const said = words(await step.run());
  expect(said).toContain('LATE');
  expect(said.match(/wasn't (kept|submitted)/g)).toEqual(["wasn't submitted"]);
});

/** The questions of the first half. */
async function firstHalf(world: World): Promise<string[]> {
  return (await world.store.peerSession(1))?.questions[0] ?? [];
}

const depth = (question: string | undefined, mark = 3) =>
  `peer mark session:1 question:${question} dimension:depth mark:${mark}`;

test('the panel button of a card opens the panel of its own question, also when the interview has moved on', async () => {
  const world = await begun();
  const [first, last] = await firstHalf(world);
  const shown = await world.ask('peer here session:1', ANA);
  const next = await world.press(shown, 'Next question', ANA);
  const before = await world.press(shown, 'Open panel', ANA);
  await world.press(next, 'Swap roles', ANA);
  const swapped = await world.press(next, 'Open panel', ANA);
  await world.ask('peer stop session:1 confirm:yes', ANA);
  const over = await world.press(next, 'Open panel', ANA);

  expect(words(before)).toContain(`(${first})`);
  for (const reply of [swapped, over]) {
    expect(words(reply)).toContain('has moved on from this question');
    expect(words(reply)).toContain(`(${last})`);
  }
});

test('whoever answers a question hears that its panel is for the interviewer, whenever they ask', async () => {
  const world = await begun();
  const shown = await world.ask('peer here session:1', ANA);
  const atFirst = await world.press(shown, 'Open panel', BO);
  await world.ask('peer stop session:1 confirm:yes', ANA);

  const later = await world.press(shown, 'Open panel', BO);

  for (const reply of [atFirst, later]) {
    expect(words(reply)).toContain('Only the interviewer can open this panel');
    expect(words(reply)).not.toContain('Names the cache.');
  }
});

test('a mark leaves the hints open that were opened', async () => {
  const world = await begun();
  const [first] = await firstHalf(world);
  const panel = await world.ask('peer panel session:1', ANA);
  const hinted = await world.press(panel, 'Show a hint', ANA);
  const select = hinted.blocks.find((block) => block.kind === 'select');
  if (!select) throw new Error('The panel has no marks');

  const marked = await world.ask(`${select.run} mark:2`, ANA);
  const again = await world.press(marked, 'Show a hint', ANA);

  expect(select.run).toContain(`question:${first}`);
  expect(words(marked)).toContain('Hint 1: ');
  expect(words(marked)).not.toContain('Hint 2: ');
  expect(words(again)).toContain('Hint 2: ');
});

test.each([
  ['a question that was not asked yet', ANA, 1],
  ['a question of the other', BO, 0],
])('no panel opens for %s', async (_, who, index) => {
  const world = await begun();
  const question = (await firstHalf(world))[index];

  const replies = [
    await world.ask(depth(question), who),
    await world.ask(`peer panel session:1 question:${question} hints:1`, who),
  ];

  expect(words(replies[0] ?? { blocks: [] })).toContain('only the questions you ask');
  for (const reply of replies) expect(words(reply)).not.toContain('Names the cache.');
  expect(await world.store.peerMarksOf(1)).toEqual([]);
});

test('the form for a note begins with the note that stands', async () => {
  const world = await begun();
  const [first] = await firstHalf(world);
  await world.ask(`peer note session:1 question:${first} note:"clear start"`, ANA);

  const form = await world.form(`peer note session:1 question:${first}`, ANA);

  expect(form.fields.map(({ value }) => value)).toEqual(['clear start']);
});

test('whoever comes to a room too late hears that the interview did not take place', async () => {
  const world = createWorld({ questions });
  await world.ask('help', BO);
  await world.ask('mock peer with:@bo', ANA);
  await world.ask('peer accept session:1', BO);
  await world.tick();
  await world.comeTo('2026-03-02T08:16:00Z');

  const late = await world.ask('peer here session:1', BO);

  expect(words(late)).toContain("didn't take place");
  expect(late.visibility).toBe('private');
});

test.each([
  ['an invitation without an answer', [], "hasn't been answered yet"],
  ['an invitation that was declined', ['peer decline session:1'], "didn't take place"],
  ['a room that is being opened', ['peer accept session:1'], 'Your room is opening'],
])('buttons of a room, pressed at %s, say privately where it stands', async (_, bos, told) => {
  const world = createWorld({ questions });
  await world.ask('help', BO);
  await world.ask('mock peer with:@bo', ANA);
  for (const text of bos) await world.ask(text, BO);

  for (const text of ['here session:1', 'stop session:1', 'next session:1 at:0 half:1']) {
    const reply = await world.ask(`peer ${text}`, BO);

    expect(words(reply)).toContain(told);
    expect(reply.visibility).toBe('private');
  }
});

test('a question that left the bank is passed over', async () => {
  const world = await begun();
  const session = await world.store.peerSession(1);
  const [, second] = session?.questions ?? [[], []];
  await world.store.movePeerSession({
    id: 1,
    from: ['first'],
    set: { questions: [['gone'], second] },
  });

  const shown = await world.ask('peer here session:1', ANA);
  const swapped = await world.press(shown, 'Swap roles', ANA);

  expect(words(shown)).toContain('was removed from the bank');
  expect(words(shown)).not.toContain('Open panel');
  expect(swapped.title).toBe('Question 1 of 2 for ana');
});

test('a bank without a question for each half opens no room', async () => {
  const world = createWorld({ questions: [freeTextItem('s1')] });
  await world.ask('help', BO);
  await world.ask('mock peer with:@bo', ANA);

  const accepted = await world.ask('peer accept session:1', BO);
  await world.ask('peer lobby', ANA);
  await world.ask('peer lobby', BO);
  await world.tick();

  expect(words(accepted)).toContain("aren't enough free-text questions");
  expect((await world.store.peerSession(1))?.state).toBe('invited');
  expect(await world.store.lobbyEntries()).toHaveLength(2);
});

test.each([
  ['well', 'What went well: enter some text.'],
  ['better', 'What to try next: enter some text.'],
])('a form whose "%s" is blank is not sent', async (field, why) => {
  const world = await atFeedback();
  const form = await world.form('peer feedback session:1', ANA);
  const values = { overall: '3', well: 'clear', better: 'numbers', [field]: ' \n ' };

  const step = await world.send(form, values, ANA);

  if (step.kind !== 'form') throw new Error('The form was taken');
  expect(step.form.problems).toEqual([{ field, text: why }]);
  expect(await world.store.peerFormOf(1, await world.personId())).toBeUndefined();
});
