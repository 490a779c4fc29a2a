import { expect, test } from 'vitest';
import { readCatalog } from '../../../../src/catalog.ts';
import type { Recall } from '../../../../src/core/practice/memory.ts';
import { dayIn } from '../../../../src/core/time.ts';
import { personalOrder } from '../../../../src/session/answer-card.ts';
import { createWorld, runOf, type World, words } from '../../../support/world.ts';

const { catalog } = readCatalog();
const { questions, generators, paths } = catalog;

/** A Monday morning; the whole bank, as people meet it. */
const world = () => createWorld({ at: '2026-11-30T09:00:00Z', questions, generators, paths });

const inChapter = (chapter: number) =>
  questions.filter((question) => question.chapter === chapter && question.format === 'single');

/** Answers questions as a quiz would, some time ago. */
async function answer(
  { store, clock, personId }: World,
  cards: readonly { card: string; chapter: number }[],
  { what = 'good' as Recall, daysAgo = 0 } = {},
) {
  const at = new Date(clock.now().getTime() - daysAgo * 86_400_000);
  for (const { card, chapter } of cards)
    await store.changeCard({
      personId: await personId(),
      card,
      chapter,
      key: `test ${card} ${at.toISOString()}`,
      what,
      share: what === 'again' ? 0 : 1,
      day: dayIn(at, 'UTC'),
      at,
    });
}

const cardsOf = (chapter: number, count: number) =>
  inChapter(chapter)
    .slice(0, count)
    .map(({ id }) => ({ card: id, chapter }));

test('without a path, the three are offered', async () => {
  const { ask, press } = world();

  const offered = await ask('path');

  expect(words(offered)).toContain('Interview, accelerated');
  expect(words(offered)).toContain('4 chapters, from Chapter title 5 to Chapter title 9.');
  const started = await press(offered, 'Start C');
  expect(started.title).toBe('Path C: Production');
  expect(started.update).toBe(true);
});

test('a path shows its steps, what is next, and a way to each of its tasks', async () => {
  const here = world();
  await here.ask('path start:b');
  await answer(here, cardsOf(1, 5), { daysAgo: 2 });
  await answer(here, cardsOf(2, 2), { daysAgo: 2 });

  const shown = await here.ask('path');

  // 3 of 5 questions of chapter 2, and a calculation of each of both.
  expect(words(shown)).toMatch(/Chapter title 1, Chapter title 2 \| Next, 5 left \| 9\d%, 9\d%/);
  expect(words(shown)).toContain('Chapter title 3 | Later | new');
  expect(runOf(shown, 'Quiz Chapter title 2')).toBe('quiz chapter:2 count:1');
  expect(runOf(shown, 'Calculate: Chapter title 1')).toBe('quiz mode:drill chapter:1');
});

test('a step is done when its questions and its calculation are', async () => {
  const here = world();
  await here.ask('path start:c');
  const calculation = { card: 'drill:kv-per-token', chapter: 5 };
  await answer(here, [...cardsOf(5, 5), calculation], { daysAgo: 1 });

  const shown = await here.ask('path');

  expect(words(shown)).toMatch(/5 \| Done \| \d+%/);
  expect(words(shown)).toContain('8 | Next, 6 left | new');
});

test('a date makes a plan for each day up to it, within the minutes', async () => {
  const { ask, press } = world();

  const shown = await ask('path start:b date:2026-12-20 minutes:15');

  expect(words(shown)).toContain('Interview on Sun, 20 Dec 2026, in 20 days. 15 minutes a day.');
  expect(words(shown)).toContain('Everything fits before then.');
  // Chapters 1 and 2 side by side: 7 questions of 2 minutes.
  expect(words(shown)).toContain(
    'Today, 14 minutes\n• 4 questions on Chapter title 1\n• 3 questions on Chapter title 2',
  );
  const plan = await press(shown, 'Show plan');
  expect(words(plan)).toContain('Mon, 30 Nov 2026, 14 min: 4 questions on Chapter title 1');
  expect(words(plan)).toContain('10 more days until your interview.');
});

test('says which chapters do not fit, and takes the minutes that would', async () => {
  const { ask, press } = world();

  // Six chapters of 15 minutes and one of 25 are 115 minutes, and 6 days have 90, of which reviews take a part.
  const shown = await ask('path start:b date:"in 6 days" minutes:15');

  expect(words(shown)).toContain(
    "At 15 minutes a day, Chapter title 7, Chapter title 8, and Chapter title 12 don't fit before Sun, 6 Dec 2026. 30 minutes would.",
  );
  const more = await press(shown, 'Use 30 minutes');
  expect(words(more)).toContain('30 minutes a day');
  expect(words(more)).toContain('Everything fits before then.');
});

test('missed days are not held against anyone: the plan starts from today', async () => {
  const { ask, clock } = world();
  await ask('path start:a date:2026-12-20');
  clock.moveTo(new Date('2026-12-10T09:00:00Z'));

  const plan = await ask('path plan');

  expect(words(plan)).toContain('in 10 days');
  expect(words(plan)).toContain(
    'Thu, 10 Dec 2026, 15 min: 5 questions on Chapter title 1, 1 calculation on Chapter title 1',
  );
  expect(words(plan)).not.toMatch(/missed|behind|late/i);
});

test('what was practiced for the path today counts against its minutes, and nothing else does', async () => {
  const here = world();
  const { ask, press } = here;
  await ask('path start:b date:2026-12-20 minutes:15');
  await answer(here, cardsOf(9, 8));
  await press(await ask('quiz count:1'), 'Show solution');
  expect(words(await ask('path'))).toContain('Today, 14 minutes');

  let card = await ask('quiz chapter:1 count:6');
  for (const _ of [1, 2, 3, 4, 5])
    card = await press(await press(card, 'Show solution'), 'Next question');

  // 15 less five questions of 2 minutes.
  expect(words(await ask('path'))).toContain('Today, 5 minutes');
});

test('recall is of what was right once: what was only shown is not known', async () => {
  const here = world();
  await here.ask('path start:b');
  await answer(here, cardsOf(1, 5), { what: 'again', daysAgo: 1 });
  expect(words(await here.ask('path'))).toMatch(/Chapter title 1, .* left$/m);

  await answer(here, cardsOf(1, 1), { daysAgo: 0 });

  expect(words(await here.ask('path'))).toMatch(/Chapter title 1, .* left \| 9\d%/);
});

test('due cards come first, and no more of them than a day of review asks', async () => {
  const here = world();
  await here.ask('path start:b date:2026-12-20 minutes:60');
  await here.store.setDailyCards(await here.personId(), 4);
  await answer(here, cardsOf(9, 12), { daysAgo: 60 });

  const shown = await here.ask('path');

  expect(words(shown)).toContain('• 4 reviews');
  expect(runOf(shown, 'Review')).toBe('review');
});

test('a date asks for what is missing in a form, with what is stored', async () => {
  const { ask, form, send } = world();
  await ask('path start:b minutes:20');

  const asked = await form('path action:date');

  expect(asked.fields.map(({ name, value }) => [name, value])).toEqual([
    ['date', undefined],
    ['minutes', '20'],
  ]);
  const step = await send(asked, { date: 'Dec 20', minutes: 30 });
  if (step.kind !== 'run') throw new Error('expected a reply');
  expect(words(await step.run())).toContain(
    'Interview on Sun, 20 Dec 2026, in 20 days. 30 minutes',
  );
});

test.each([
  ['path date:soon', '"soon" isn\'t a date.'],
  ['path date:2026-11-01', 'Sun, 1 Nov 2026 has passed. Choose a later day.'],
  ['path date:2029-01-01', 'Choose a day within a year from now.'],
])('%s is refused', async (line, said) => {
  const { ask } = world();

  expect(words(await ask(line))).toContain(said);
});

test('a date that has passed ends its plan, and the path goes on', async () => {
  const { ask, clock } = world();
  await ask('path start:b date:2026-12-01');
  clock.moveTo(new Date('2026-12-05T09:00:00Z'));

  const shown = await ask('path plan');

  expect(words(shown)).toContain('Your interview date, Tue, 1 Dec 2026, has passed.');
  expect(words(shown)).toContain('• 4 questions on Chapter title 1');
  expect(words(shown)).toContain('[Change date]');
});

test.each([
  ['i have an interview in 20 days', 'path action:date date:2026-12-20'],
  ['prepare me for an interview on dec 20', 'path action:date date:2026-12-20'],
  ['my interview is on 20 December', 'path action:date date:2026-12-20'],
  ['start the beginner path', 'path start:a'],
])('"%s" offers %s', async (sentence, run) => {
  const { ask } = world();

  const reply = await ask(sentence);

  const runs = reply.blocks.flatMap((block) =>
    block.kind === 'buttons' ? block.buttons.map((button) => button.run) : [],
  );
  expect(runs[0] ?? '').toBe(run);
});

test('on the day of the interview nothing is planned, and nothing is said not to fit', async () => {
  const here = world();
  await here.ask('path date:"in 20 days" minutes:30');
  here.clock.moveTo(new Date('2026-12-20T09:00:00Z'));

  const shown = words(await here.ask('path'));

  expect(shown).toContain('Your interview is today. Nothing is planned.');
  expect(shown).not.toContain('fit');
  expect(shown).not.toContain('Show plan');
});

test('what is planned today beyond the next step has its buttons too', async () => {
  const here = world();
  await here.ask('path start:b');
  await here.ask('path date:"in 20 days" minutes:60');
  await answer(here, [...cardsOf(1, 5), ...cardsOf(2, 5)], { daysAgo: 2 });

  const shown = await here.ask('path');

  expect(words(shown)).toContain('• 5 questions on Chapter title 3');
  // As many as fit are on the card; the plan has the others.
  expect(
    shown.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : [])),
  ).toHaveLength(5);
  const plan = await here.press(shown, 'Show plan');
  expect(runOf(plan, 'Quiz Chapter title 3')).toBe('quiz chapter:3 count:5');
});

/** Answers the question of a practice in hand, as it should be or not. */
async function answerPractice(here: World, isRight: boolean) {
  const practice = await here.store.openPractice(await here.personId(), 'quiz');
  if (!practice) throw new Error('no practice');
  const { cards, results } = practice.state;
  const question = catalog.question(cards[results.length] ?? '');
  const line = `in:${practice.id} step:${results.length + 1}`;
  if (!isRight || !question) return here.ask(`practice solution ${line}`);
  if (question.format === 'numeric')
    return here.ask(`practice number ${line} value:${question.answer}`);
  if (question.format === 'order') {
    const order = personalOrder(question, `${practice.id} ${results.length}`);
    const letters = question.steps.map((_, at) => LETTERS[order.indexOf(LETTERS[at] ?? '')]);
    return here.ask(`practice order ${line} letters:${letters.join('')}`);
  }
  const options = 'options' in question ? question.options : [];
  const right = options.flatMap(({ correct }, at) => (correct ? [LETTERS[at]] : []));
  return here.ask(`practice answer ${line} choice:"${right.join(',')}"`);
}

const LETTERS = [...'abcdefghij'];

test('a placement begins easy, goes by the answers, and ends with what is known and where to start', async () => {
  const here = world();
  await here.ask('path start:c');

  const first = await here.ask('path placement');

  expect(first.title).toBe('What you know: question 1');
  expect(words(first)).toMatch(/Easy/);
  expect(words(await here.ask('path'))).toContain('[Continue placement]');
  // Chapters 5, 8 and 10 by two questions each: only 8 is known.
  await answerPractice(here, false);
  const medium = await answerPractice(here, true);
  expect(words(medium)).toMatch(/Medium/);
  await answerPractice(here, true);
  await answerPractice(here, false);
  const done = await answerPractice(here, false);

  expect(done.title).toBe('What you know');
  expect(words(done)).toContain(
    'You know Chapter title 8: your path skips it. Start here: Chapter title 5.',
  );
  const shown = words(await here.press(done, 'Show path'));
  expect(shown).toMatch(/8 \| Known \| /);
  expect(shown).toContain('5 | Next, ');
  expect(shown).not.toContain('placement');
});

test('a quiz that is ended leads back to the path, also without an answer', async () => {
  const { ask, press } = world();
  await ask('path start:b');

  const unanswered = await press(await ask('quiz count:2 chapter:1'), 'End quiz');
  expect((await press(unanswered, 'Show path')).title).toContain('Path B');
  const quiz = await ask('quiz new:yes count:2 chapter:1');
  const ended = await press(await press(quiz, 'Show solution'), 'Next question');
  const results = await press(ended, 'End quiz');

  expect((await press(results, 'Show path')).title).toContain('Path B');
});

test('leaving a path keeps the answers', async () => {
  const here = world();
  await here.ask('path start:b');

  expect(words(await here.ask('path stop'))).toContain('Your answers and cards are kept.');
  expect(words(await here.ask('path'))).toContain('Choose a path');
});

test('a path is in the export of its person, and goes with their deletion', async () => {
  const { ask, store, personId } = world();
  await ask('path start:b date:2026-12-20 minutes:20');
  const person = await personId();

  const { learning_paths: exported } = await store.exportPerson(person);
  expect(exported).toEqual([
    { personId: person, path: 'b', date: '2026-12-20', minutes: 20, placementId: null },
  ]);
  await ask('me action:delete confirm:yes');

  expect(await store.pathOf(person)).toBeUndefined();
});
