import { expect, test } from 'vitest';
import { readCatalog } from '../../../../src/catalog.ts';
import { isDrawn } from '../../../../src/core/questions/generators/drawn.ts';
import { singleItem } from '../../../support/items.ts';
import { createWorld, words } from '../../../support/world.ts';

const { generators } = readCatalog().catalog;

/** A team that has seen its whole bank: from the fourth day on every fourth question is drawn. */
async function fourDays() {
  const questions = ['q1', 'q2', 'q3'].map((id) => singleItem(id));
  const options = generators.filter(({ id }) => id === 'kv-per-token');
  const world = createWorld({ questions, generators: options });
  await world.setUp();
  for (const day of ['02', '03', '04', '05']) await world.comeTo(`2026-03-${day}T09:00:00Z`);
  const post = await world.store.post(4);
  if (post?.question?.format !== 'single') throw new Error('no fourth question');
  return { ...world, post, question: post.question };
}

test('the drawn question is frozen into the post', async () => {
  const { post, question, fake, catalog } = await fourDays();

  expect(isDrawn(post.questionId ?? '')).toBe(true);
  expect(post.question?.id).toBe(post.questionId);
  expect(catalog.question(question.id)).toEqual(question);
  const last = fake.posts().at(-1);
  expect(last && words(last.reply)).toContain(question.prompt);
});

test.each(['T1', 'elsewhere'])(
  'the answer of an open drawn question is not shown as a drill in the team %s',
  async (team) => {
    const { ask, question, post } = await fourDays();
    const closed = `drill show item:${question.id}`;
    const guess = `drill answer item:${question.id} value:a`;
    const guesses = [`${closed} answer:yes`, `${closed} hints:1`, guess];
    const wrong = 'abcd'.charAt(question.options.findIndex(({ correct }) => !correct));
    // Whoever has answered before is known, also in direct messages with the bot.
    await ask(`answer ${post.id} try:1 choice:${wrong}`, { as: 'ben' });

    for (const line of guesses)
      expect(words(await ask(line, { as: 'ben', team }))).toContain("your team's current question");

    const right = 'abcd'.charAt(question.options.findIndex(({ correct }) => correct));
    await ask(`answer ${post.id} try:2 choice:${right}`, { as: 'ben' });
    const shown = await ask(`${closed} answer:yes`, { as: 'ben', team });
    expect(shown.title).toBe('Solution');
  },
);

test('somebody without a score is not shown the open question in a direct message', async () => {
  const { ask, question, comeTo } = await fourDays();
  const alone = { as: 'new', team: '@new' };
  const lines = [
    `drill show item:${question.id} answer:yes`,
    `drill show item:${question.id} hints:1`,
    `drill answer item:${question.id} value:a`,
    `question show ${question.id} answer:yes`,
  ];

  for (const line of lines)
    expect(words(await ask(line, alone))).toContain('open in a channel right now');

  await comeTo('2026-03-06T08:30:00Z');
  expect((await ask(`drill show item:${question.id} answer:yes`, alone)).title).toBe('Solution');
});
