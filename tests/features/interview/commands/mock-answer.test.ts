import { expect, test } from 'vitest';
import { freeTextItem } from '../../../support/items.ts';
import { createWorld, type World, words } from '../../../support/world.ts';

async function asking(): Promise<World> {
  const world = createWorld({
    isDirect: true,
    questions: [freeTextItem('s1'), freeTextItem('s2')],
  });
  await world.ask('mock solo');
  await world.tick();
  await world.ask('mock go interview:1');
  return world;
}

/** Typed in the room of the interview. */
async function type(world: World, text: string) {
  const { channel = '', thread } = (await world.store.interview(1)) ?? {};
  const step = await world.bot.prepare({
    ...world.request({ kind: 'words', text }),
    place: { channel, kind: 'thread', ...(thread ? { thread } : {}) },
  });
  if (step.kind !== 'run') throw new Error(`Expected a reply and got ${step.kind}`);
  return step.run();
}

test('an answer of 4,000 characters is taken whole', async () => {
  const world = await asking();

  await type(world, `${'a'.repeat(3996)} end\n`);

  const turns = await world.store.turnsOf(1);
  expect(turns.at(-2)?.turn).toEqual({ kind: 'answered', text: `${'a'.repeat(3996)} end` });
});

test.each([
  ['a colleague', 'terminal:bo'],
  ['a webhook', undefined],
])("a message of %s is no answer of one's own", async (_, author) => {
  const world = await asking();
  const said = { kind: 'action', command: 'mock answer', text: 'It grows.', author } as const;

  const step = await world.prepare(said);
  if (step.kind !== 'run') throw new Error('not refused');
  const reply = await step.run();

  expect(reply.visibility).toBe('private');
  expect(words(reply)).toContain('works only on messages you wrote');
  expect((await world.store.turnsOf(1)).at(-1)?.turn).toEqual({ kind: 'asked' });
});

test('a message of a colleague can still be made into a question', async () => {
  const world = await asking();

  const step = await world.prepare({
    kind: 'action',
    command: 'question new',
    text: 'What is cached?',
    author: 'terminal:bo',
  });

  expect(step.kind).toBe('form');
});

test.each([
  ['skip', 'skipped'],
  ['Hint', 'hinted'],
  ['pause', 'paused'],
])('"%s" typed in the room of the interview is the button and no answer', async (text, kind) => {
  const world = await asking();

  await type(world, text);

  expect((await world.store.turnsOf(1)).at(-1)?.turn.kind).toBe(kind);
});

test('"mock hint" opens one hint after the other, and costs nothing once the question is done', async () => {
  const world = await asking();

  expect(words(await world.ask('mock hint'))).toContain('Hint (−20%)');
  expect(words(await world.ask('mock hint'))).toContain('Hint (−30%)');
  expect(words(await world.ask('mock hint'))).not.toContain('Hint (−');
  await world.ask('mock hint');
  await world.ask('mock skip');
  await world.ask('mock hint');

  const kinds = (await world.store.turnsOf(1)).map(({ turn }) => turn.kind);
  expect(kinds).toEqual(['asked', 'hinted', 'hinted', 'hinted', 'skipped']);
});

test.each(['hint', 'begin', 'Start', 'go on', 'next', 'resume', 'change answer', 'no timer'])(
  '"%s" is no answer either where nothing of that name is shown',
  async (text) => {
    const world = await asking();
    await world.ask('mock hint');
    await world.ask('mock hint');
    await world.ask('mock hint');

    const shown = await type(world, text);

    expect(shown.title).toContain('Question 1 of 2');
    expect((await world.store.turnsOf(1)).at(-1)?.turn.kind).toBe('hinted');
  },
);

test('a command of the interview that is misspelt is no answer', async () => {
  const world = await asking();

  expect(words(await type(world, 'mock 20m'))).toContain('15, 30, or 45 minutes');
  expect((await type(world, '/mock pause')).title).toBe('Paused');
  expect((await world.store.turnsOf(1)).map(({ turn }) => turn.kind)).toEqual(['asked', 'paused']);
});

test.each([
  ['start', 'mock solo', 'The timer ends at'],
  ['stop', 'mock solo', "there's no report"],
])('"%s" typed before the first question does what it says', async (text, begin, told) => {
  const world = createWorld({ isDirect: true, questions: [freeTextItem('s1')] });
  await world.ask(begin);
  await world.tick();

  expect(words(await type(world, text))).toContain(told);
});

test('the card of a follow-up says what leaving it means, and the report how many were left', async () => {
  const world = await asking();
  const question = await world.ask('mock show interview:1');

  const followUp = await type(world, 'The keys and values of past tokens are stored.');
  await world.press(followUp, 'Skip follow-up');
  const report = words(await world.ask('mock end interview:1 confirm:yes'));

  expect(words(followUp)).toContain("Skipping a follow-up doesn't lower your score.");
  expect(words(question)).not.toContain('Skipping a follow-up');
  expect(report).toContain("Depth: You skipped the follow-up, so there's nothing to rate.");
});

test('words in the thread of an interview that is over lead to its report', async () => {
  const world = await asking();
  await type(world, 'Keys and values.');
  await world.ask('mock end interview:1 confirm:yes');

  const told = await type(world, '');

  expect(words(told)).toContain('This interview is over.');
  expect(words(told)).toContain('[See report]');
});

test("a teammate's words in the thread of an interview are no concern of mine", async () => {
  const world = await asking();
  await world.ask('mock end interview:1 confirm:yes');

  const { channel = '', thread } = (await world.store.interview(1)) ?? {};
  const step = await world.bot.prepare({
    ...world.request({ kind: 'words', text: '' }, { as: 'bo' }),
    place: { channel, kind: 'thread', ...(thread ? { thread } : {}) },
  });

  expect(step.kind).toBe('nothing');
});

test('words that the platform keeps from me get the question again', async () => {
  const world = await asking();

  const shown = await type(world, '');

  expect(shown.title).toBe('Question 1 of 2: warm-up');
  expect((await world.store.turnsOf(1)).at(-1)?.turn).toEqual({ kind: 'asked' });
});

test('an answer whose grade is missing goes on with one press: the process stopped right after it', async () => {
  const world = await asking();
  const turns = [{ kind: 'answered', text: 'The cache grows.' }] as const;
  const at = world.clock.now();
  await world.store.addTurns({ interviewId: 1, after: 1, list: [...turns], at, rows: [] });

  const shown = await world.ask('mock show interview:1');

  expect(words(shown)).toContain('Your answer (3 words): The cache grows.');
  expect((await world.press(shown, 'Continue')).title).toContain('Question 1');
});

test('a sent answer is submitted: what comes of it follows at once, and it can still be changed', async () => {
  const world = await asking();

  const followUp = await type(world, 'The keys and values of past tokens are stored.');
  const again = await world.press(followUp, 'Change answer');

  expect(followUp.title).toBe('Question 1, follow-up');
  expect(words(followUp)).toContain('Your answer (9 words): The keys and values');
  expect(again.title).toBe('Question 1 of 2: warm-up');
  expect(words(again)).not.toContain('Your answer');
});
