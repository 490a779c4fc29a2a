import { expect, test } from 'vitest';
import { plain } from '../../../../src/spine/reply.ts';
import type { Values } from '../../../../src/spine/request.ts';
import { singleItem } from '../../../support/items.ts';
import { createWorld, runOf, type World, words } from '../../../support/world.ts';

const admin = { as: 'boss', admin: true };
const member = { as: 'mia' };

const KV = {
  prompt: 'What does a KV cache hold?',
  right: 'Keys and values | later tokens read them again',
  wrong: 'Queries | each is used once\nAttention scores',
  explanation: 'Every later token reads the keys and values of the earlier ones.',
  place: '5 easy',
};

/** Fills in the form that a command asks with. */
async function fill(world: World, line: string, values: Values, from = member) {
  const form = await world.form(line, from);
  const step = await world.send(form, values, from);
  if (step.kind !== 'run') throw new Error(`Expected a reply: ${JSON.stringify(step)}`);
  return step.run();
}

/** A world whose daily question is kept by the boss. */
async function kept(questions = ['q1', 'q2', 'q3'].map((id) => singleItem(id))) {
  const world = createWorld({ questions });
  await world.setUp('time:09:00 zone:UTC days:weekdays', admin);
  return world;
}

/** The same with an empty bank: its only shipped question is switched off. */
async function keptEmpty() {
  const world = await kept([singleItem('q1')]);
  await world.ask('question disable q1', admin);
  return world;
}

const own = async (world: World) => {
  const rows = await world.store.overlayOf(await world.teamId());
  return rows.flatMap(({ question }) => question ?? []);
};

test('what an admin writes is asked from then on, and the admin does not compete on it', async () => {
  const world = await keptEmpty();

  const reply = await fill(world, 'question new', KV, admin);
  await world.comeTo('2026-03-02T09:00:00Z');

  expect(reply.title).toBe('Question added');
  const [question] = await own(world);
  expect(question).toMatchObject({ format: 'single', chapter: 5, difficulty: 'easy', version: 1 });
  expect(world.fake.posts()[0]?.reply.blocks[0]).toEqual({ kind: 'text', text: KV.prompt });
  const right = await world.ask(`answer 1 try:1 choice:${keyOf(question)}`, admin);
  const other = await world.ask(`answer 1 try:1 choice:${keyOf(question)}`, member);
  expect(right.title).toBe('Correct: +0 points');
  expect(words(right)).toContain("doesn't earn points");
  expect(other.title).toBe('Correct: +10 points · 1st of 2');
});

test.each(['question show %s answer:yes', 'question edit %s'])(
  'whoever opens the key of a team question with `%s` does not compete on it',
  async (line) => {
    const world = await keptEmpty();
    await fill(world, 'question new', KV, admin);
    const [question] = await own(world);
    const opened = line.replace('%s', question?.id ?? '');

    await (line.includes('edit') ? world.form(opened, member) : world.ask(opened, member));
    await world.comeTo('2026-03-02T09:00:00Z');
    const reply = await world.ask(`answer 1 try:1 choice:${keyOf(question)}`, member);

    expect(reply.title).toBe('Correct: +0 points');
  },
);

test("looking at a team's version of a built-in question counts too, and at a built-in one it doesn't", async () => {
  const world = await kept();
  await fill(world, 'question edit q1', { ...KV, prompt: 'What is kept?' }, admin);

  const shown = await world.ask('question show q1 answer:yes', member);
  const builtIn = await world.ask('question show q2 answer:yes', member);
  await world.form('question edit q1', { as: 'zoe' });

  expect(words(shown)).toContain("won't earn you points");
  expect(words(builtIn)).not.toContain('points');
  const known = async (id: string, as: string) =>
    world.store.isUnranked(id, await world.personId(as));
  expect([await known('q1', 'mia'), await known('q1', 'zoe')]).toEqual([true, true]);
  expect(await known('q2', 'mia')).toBe(false);
});

test('an admin who opens the form of a suggestion does not compete on it, whoever approves it', async () => {
  const world = await keptEmpty();
  await fill(world, 'question new', KV);
  const { questionId } = (await world.store.suggestion(1)) ?? {};

  await world.form('question edit suggestion:1', { as: 'lea', admin: true });

  expect(await world.store.isUnranked(questionId ?? '', await world.personId('lea'))).toBe(true);
});

function keyOf(question: unknown): string {
  const { options } = question as { options: { correct: boolean }[] };
  return 'abcde'.charAt(options.findIndex(({ correct }) => correct));
}

test('chapter and difficulty are picked, stay picked in a refused form, and medium is the rest', async () => {
  const world = createWorld({ questions: [] });
  const form = await world.form('question new', admin);
  const place = form.fields.find(({ name }) => name === 'place');

  const slip = await world.send(form, { ...KV, wrong: 'Only one', place: ['5', 'hard'] }, admin);
  await fill(world, 'question new', { ...KV, place: ['7'] }, admin);

  expect(place?.kind).toBe('choices');
  expect(place?.choices).toEqual(expect.arrayContaining(['1', '11', 'easy', 'medium', 'hard']));
  if (slip.kind !== 'form') throw new Error('Expected the form again');
  expect(slip.form.fields.find(({ name }) => name === 'place')?.value).toBe('5,hard');
  expect((await own(world))[0]).toMatchObject({ chapter: 7, difficulty: 'medium' });
});

test.each([
  ['wrong', { wrong: 'Only one' }, /Wrong answers: write 2 to 4 wrong answers/],
  ['place', { place: '13 easy' }, /Chapter and difficulty: choose one chapter \(1 to 11\)/],
  ['right', { right: '0 GiB', wrong: '' }, /Correct answer: write the margin/],
  ['wrong', { wrong: 'Keys and values\nScores' }, /repeats an earlier one/],
])('a slip in %s is told in the form, which keeps what was typed', async (_, change, expected) => {
  const world = createWorld({ questions: [] });
  const form = await world.form('question new', admin);

  const step = await world.send(form, { ...KV, ...change }, admin);

  if (step.kind !== 'form') throw new Error('Expected the form again');
  expect(step.form.problems).toMatchObject([{ text: expect.stringMatching(expected) }]);
  expect(step.form.fields.find(({ name }) => name === 'prompt')?.value).toBe(KV.prompt);
  expect(await own(world)).toEqual([]);
});

test('a message becomes a question in two steps, and its words are not kept before', async () => {
  const world = createWorld({ questions: [] });
  const command = world.bot.commands.find(
    ({ message }) => message?.title === 'Make this a question',
  );

  const step = await world.prepare(
    { kind: 'command', command: command?.name ?? '', values: { prompt: 'Why does decode wait?' } },
    admin,
  );

  if (step.kind !== 'form') throw new Error('Expected a form');
  expect(step.form.fields[0]).toMatchObject({ name: 'prompt', value: 'Why does decode wait?' });
  expect(step.form.id).not.toContain('#');
  const sent = await world.send(step.form, { ...KV, prompt: 'Why does decode wait?' }, admin);
  if (sent.kind !== 'run') throw new Error('Expected a reply');
  await sent.run();
  expect((await own(world))[0]?.prompt).toBe('Why does decode wait?');
});

test('a member suggests, the keeper is told in private and approves; neither competes', async () => {
  const world = await keptEmpty();

  const reply = await fill(world, 'question new', KV);
  await world.tick();

  expect(words(reply)).toContain('Suggestion sent');
  expect(await own(world)).toEqual([]);
  const [notice] = world.fake.directs();
  expect(notice?.account).toBe('terminal:boss');
  if (!notice) throw new Error('Nobody was told');
  const review = await world.press(notice.reply, 'Review', admin);
  expect(words(review)).toContain('written by mia');
  const approved = await world.press(review, 'Approve', admin);
  await world.tick();

  expect(words(approved)).toContain('Approved');
  const [question] = await own(world);
  if (!question) throw new Error('Nothing was added');
  for (const as of ['mia', 'boss'])
    expect(await world.store.isUnranked(question.id, await world.personId(as))).toBe(true);
  expect(world.fake.directs().at(-1)).toMatchObject({
    account: 'terminal:mia',
    reply: { title: 'Your question was approved' },
  });
  expect(words(await world.press(review, 'Approve', admin))).toContain("can't find suggestion");
});

test('a reason for declining goes to the author alone, who can change the question', async () => {
  const world = await kept();
  await fill(world, 'question new', KV);

  const reply = await fill(world, 'question decline 1', { reason: 'Too easy for us.' }, admin);
  await world.tick();

  expect(words(reply)).toContain('Declined');
  const told = world.fake.directs().at(-1);
  expect(told?.account).toBe('terminal:mia');
  expect(told && words(told.reply)).toContain('Too easy for us.');
  expect(words(await world.ask('question list', member))).toContain('Too easy for us.');
  expect(words(await world.ask('question list', { as: 'zoe' }))).not.toContain('Too easy');
  if (!told) throw new Error('Nobody was told');
  const form = await world.form(runOf(told.reply, 'Edit'), member);
  expect(form.fields.map(({ value }) => value)).toEqual([
    KV.prompt,
    KV.right,
    KV.wrong,
    KV.explanation,
    '5,easy',
  ]);
  const again = await world.send(form, { ...KV, place: '5 hard' }, member);
  if (again.kind !== 'run') throw new Error('Expected a reply');
  expect(words(await again.run())).toContain('Suggestion sent');
  expect(words(await world.ask('question list', admin))).toContain('Needs review');
});

test('what its author changed after the preview is not approved unseen', async () => {
  const world = await kept();
  await fill(world, 'question new', KV);
  const review = await world.ask('question preview suggestion:1', admin);
  world.clock.moveTo(new Date('2026-03-02T08:05:00Z'));
  await fill(world, 'question edit suggestion:1', { ...KV, prompt: 'Something else?' });

  const reply = await world.press(review, 'Approve', admin);

  expect(words(reply)).toContain('changed this suggestion after you opened it');
  expect((await own(world)).map(({ prompt }) => prompt)).toEqual([]);
});

test.each([
  'question approve 1',
  'question decline 1 reason:no',
  'question disable q1',
  'question enable q1',
  'question reset q1',
  'question export all',
  'question import text:"[]"',
  'setup quality',
  'report close 1 fixed',
])('a member may not: %s', async (line) => {
  const world = await kept();
  await fill(world, 'question new', KV, { as: 'zoe' });
  await world.ask('question report q1 text:"It is wrong"', { as: 'zoe' });

  const reply = await world.ask(line, member);

  expect(reply.visibility).toBe('private');
  expect(words(reply)).toMatch(
    /Only workspace admins|Only admins|can't find (suggestion|report)|decide about|no suggestion|no report/,
  );
  expect(await own(world)).toEqual([]);
  expect(await world.store.overlayOf(await world.teamId())).toEqual([]);
  expect(await world.store.openReports(await world.teamId())).toHaveLength(1);
});

test('an admin of another team, or alone with the bot, decides nothing here', async () => {
  const world = await kept();
  await fill(world, 'question new', KV);

  for (const line of [
    'question approve 1',
    'question preview suggestion:1',
    'question decline 1 reason:no',
    'question edit suggestion:1 prompt:"Mine now"',
  ]) {
    const reply = await world.ask(line, { as: 'eve', admin: true, team: 'T2' });
    expect(words(reply)).toContain("can't find suggestion");
  }
  expect(words(await world.ask('question list', admin))).toContain(KV.prompt);
});

test('the keeper decides in a direct message that belongs to no team', async () => {
  const world = await keptEmpty();
  await fill(world, 'question new', KV);

  const reply = await world.ask('question approve 1', { as: 'boss', admin: true, team: '@boss' });

  expect(words(reply)).toContain('Approved');
  expect(await own(world)).toHaveLength(1);
  expect(words(reply)).not.toContain('[Preview]');
});

test('a draft is seen by its author alone, and becomes a question when it is whole', async () => {
  const world = await keptEmpty();

  const stashed = await fill(world, 'question stash', { prompt: 'Why does decode wait?' });
  expect(words(stashed)).toContain('Only you can see it');
  expect(words(await world.ask('question list', admin))).not.toContain('decode');
  expect(words(await world.ask('question preview suggestion:1', admin))).toContain(
    "can't find suggestion",
  );
  const early = await world.ask('question suggest 1', member);
  expect(words(early)).toContain('Right: write the correct answer');
  const form = await world.form('question edit suggestion:1', member);
  expect(form.fields[0]?.value).toBe('Why does decode wait?');
  await fill(world, 'question edit suggestion:1', { ...KV, prompt: 'Why does decode wait?' });
  const late = await world.ask('question suggest 1', member);

  expect(words(late)).toContain('Suggestion sent');
  expect(words(await world.ask('question list', admin))).toContain('Why does decode wait?');
});

test('an admin changes a shipped question for the team, and only there', async () => {
  const world = await kept();

  const reply = await fill(
    world,
    'question edit q1',
    { ...KV, prompt: 'What does q1 really ask?' },
    admin,
  );

  expect(reply.title).toBe('Question updated');
  const here = words(await world.ask('question show q1', member));
  const there = words(await world.ask('question show q1', { as: 'eve', team: 'T2' }));
  expect(here).toContain('What does q1 really ask?');
  expect(there).toContain('What does q1 ask?');
  expect((await own(world))[0]).toMatchObject({
    version: 2,
    // What the form does not ask for stays.
    hints: ['The first hint.', 'The second hint.', 'The third hint.'],
    topics: ['c5.02'],
  });
  await world.ask('question reset q1', admin);
  expect(words(await world.ask('question show q1', member))).toContain('What does q1 ask?');
});

test.each([
  'question edit c5-typo',
  'question report c5-typo text:"x"',
  'question preview c5-typo',
])('an id that is mistyped is told: %s', async (line) => {
  const world = await kept();

  const reply = await world.ask(line, admin);

  expect(words(reply)).toMatch(/(a|the) question "c5-typo"/);
});

test('the open question cannot be looked up through the form that edits it', async () => {
  const world = await kept([singleItem('q1')]);
  await world.comeTo('2026-03-02T09:00:00Z');

  expect(words(await world.ask('question edit q1', member))).toContain('Answer it with daily');
  await world.ask('answer 1 try:1 choice:b', member);

  expect((await world.form('question edit q1', member)).fields[1]?.value).toContain(
    'The right one',
  );
});

test('a disabled question is not asked, found or shown, until it is enabled', async () => {
  const world = await kept([singleItem('q1'), singleItem('q2')]);

  const reply = await world.ask('question disable q1', admin);

  expect(words(await world.ask('ask q1'))).not.toContain('What does q1 ask?');
  expect(words(await world.ask('question show q1'))).toContain("can't find");
  await world.comeTo('2026-03-02T09:00:00Z');
  await world.comeTo('2026-03-03T09:00:00Z');
  expect(
    world.fake
      .posts()
      .filter(({ thread }) => !thread)
      .flatMap(({ reply: { blocks } }) => blocks.slice(0, 1))
      .flatMap((block) => (block.kind === 'text' ? [plain(block.text)] : []))
      .filter((text) => text.includes('q1')),
  ).toEqual([]);
  await world.press(reply, 'Undo', admin);
  expect(words(await world.ask('ask q1'))).toContain('What does q1 ask?');
  expect(await world.store.overlayOf(await world.teamId())).toEqual([]);
});

test("a team's own question is found by search and by ask", async () => {
  const world = await kept();
  await fill(world, 'question new', { ...KV, prompt: 'What is a zamboni kernel?' }, admin);

  for (const line of ['ask zamboni'])
    expect(words(await world.ask(line, member))).toContain('What is a zamboni kernel?');
  expect(words(await world.ask('ask zamboni', { as: 'eve', team: 'T2' }))).not.toContain('kernel');
});

test('hostile text stays text, on every platform and in every list', async () => {
  const world = await keptEmpty();
  const hostile = '@everyone <!channel> <@U1> **bold** [x](javascript:alert(1)) \u202eevil\u0007';

  await fill(world, 'question new', { ...KV, prompt: hostile });
  await world.tick();
  const listed = await world.ask('question list', admin);

  const shown = words(listed);
  expect(shown).toContain('@everyone <!channel> <@U1> **bold** [x](javascript:alert(1)) evil');
  expect(shown).not.toMatch(/\p{Bidi_Control}|\p{Cc}(?<!\n)/u);
  for (const block of listed.blocks)
    if (block.kind === 'text' && Array.isArray(block.text))
      for (const part of block.text)
        if (typeof part === 'object') expect(part).not.toHaveProperty('to');
});

test('one person cannot fill the list of the staff', async () => {
  const world = await kept();
  const teamId = await world.teamId();
  const authorId = await world.personId('ana');
  for (let index = 0; index < 30; index += 1)
    await world.store.saveSuggestion(
      {
        teamId,
        authorId,
        questionId: `own-${index}`,
        draft: { prompt: 'Q' },
        state: 'draft',
        platform: 'terminal',
        changedAt: world.clock.now(),
      },
      { most: 30, announce: () => [] },
    );

  const reply = await fill(world, 'question new', KV, { as: 'ana' });

  expect(words(reply)).toContain('already have 30 drafts and suggestions');
});

test('who deletes themselves takes their drafts along and leaves the team its questions', async () => {
  const world = await keptEmpty();
  await fill(world, 'question new', KV);
  await world.ask('question approve 1', admin);
  await fill(world, 'question stash', { prompt: 'My secret draft' });
  await world.ask('question report q1 text:"x"', member);

  await world.ask('me delete confirm:yes', member);

  expect(await own(world)).toHaveLength(1);
  expect(await world.store.suggestion(2)).toBeUndefined();
  const [row] = await own(world);
  const kept1 = row && (await world.store.ownQuestion(await world.teamId(), row.id));
  expect(kept1?.authorId).toBeNull();
});
