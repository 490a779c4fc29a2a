import { expect, test } from 'vitest';
import { PROMPT_VERSION } from '../../../../src/examiner/prompt.ts';
import { examinerAt, type Sent, type SentBody, says } from '../../../support/endpoint.ts';
import { freeTextItem } from '../../../support/items.ts';
import { createWorld, refused, words } from '../../../support/world.ts';

const ANSWER =
  'Past keys and values are stored, so no step computes them again. The cache stores attention scores for that.';

const verdict = {
  points: [
    { id: 'stored', verdict: 'heard', quote: 'keys and values are stored' },
    { id: 'fewer-heads', verdict: 'not', quote: '' },
    { id: 'linear', verdict: 'not', quote: '' },
  ],
  wrong: [
    {
      quote: 'The cache stores attention scores',
      why: 'Scores differ at every step.',
      correct: 'It holds the keys and values.',
    },
  ],
  followUp: { about: 'linear', ask: 'What would a chat of many pages do to it?' },
};

/** A good examiner: it answers what it is asked for. */
const good = ({ messages }: SentBody): Sent => {
  const prompt = messages.map(({ content }) => content).join('\n');
  if (prompt.includes('"points"')) return says(verdict);
  return says({ say: prompt.includes('The hint') ? 'Think of what is kept.' : 'You may choose.' });
};

async function interview(behavior: (body: SentBody) => Sent, start: string, style = 'coaching') {
  const { examiner, calls } = await examinerAt(behavior);
  const questions = [freeTextItem('s1'), freeTextItem('s2')];
  const world = createWorld({ isDirect: true, questions, examiner });
  await world.ask('setup examiner action:on', { admin: true });
  const intro = await world.ask(`mock 15 style:${style}`);
  const card = await world.press(intro, start);
  const answer = (text: string) => world.ask(`mock answer text:${JSON.stringify(text)}`);
  return { world, intro, card, answer, calls };
}

test('people read where their words go, and nothing is sent for those who start without it', async () => {
  const { intro, answer, world, calls } = await interview(good, 'Start');

  await answer(ANSWER);
  await world.ask('mock hint');
  await world.ask('mock end confirm:yes');

  expect(words(intro)).toContain('Your examiner (test at 127.0.0.1)');
  expect(words(intro)).toContain('They stay on the machine that runs Warmup.');
  expect(calls()).toBe(0);
  world.close();
});

test('it answers a question, words the hint, grades, asks on, and says what it takes for wrong', async () => {
  const { answer, world } = await interview(good, 'Start with examiner');

  const asked = await answer('Is this about one user or many?');
  const hinted = await world.ask('mock hint');
  const followUp = await answer(ANSWER);
  const feedback = await world.ask('mock skip');

  expect(words(asked)).toContain('Your examiner says: You may choose.');
  expect(words(hinted)).toContain('Hint 1: Think of what is kept.');
  expect(words(hinted)).not.toContain('The first hint.');
  expect(words(followUp)).toContain('What would a chat of many pages do to it?');
  expect(words(feedback)).toContain(
    'Your examiner thinks "The cache stores attention scores" is wrong.',
  );
  expect(words(await world.ask('mock end confirm:yes'))).toContain('by your examiner');
  world.close();
});

test('one that is broken leaves the same interview, and is told of once', async () => {
  const { answer, world } = await interview(() => ({ status: 500 }), 'Start with examiner');
  const plain = await interview(good, 'Start');

  const asked = await answer('Is this about one user or many?');
  expect(words(asked)).toBe(words(await plain.answer('Is this about one user or many?')));
  await world.ask('mock hint');
  await plain.world.ask('mock hint');
  const followUp = await answer(ANSWER);
  expect(words(followUp)).toBe(words(await plain.answer(ANSWER)));
  const feedback = words(await world.ask('mock skip'));
  const trouble = 'Your examiner is having trouble, so the built-in grader graded this.\n';

  expect(feedback).toContain(trouble);
  expect(feedback.replace(trouble, '')).toBe(words(await plain.world.ask('mock skip')));
  world.close();
  plain.world.close();
});

test('another model than the one that was agreed to is not asked', async () => {
  const { examiner, calls } = await examinerAt(good);
  const world = createWorld({
    isDirect: true,
    questions: [freeTextItem('s1'), freeTextItem('s2')],
    examiner,
  });
  await world.ask('setup examiner action:on', { admin: true });
  await world.press(await world.ask('mock 15'), 'Start with examiner');
  const { store } = world;
  const [turn] = await store.turnsOf(1);
  expect(turn?.turn).toEqual({ kind: 'examiner', name: 'test at 127.0.0.1' });

  Object.assign(examiner, { name: 'other at elsewhere' });
  await world.ask(`mock answer text:${JSON.stringify(ANSWER)}`);

  expect(calls()).toBe(0);
  world.close();
});

const admin = { admin: true };

test('it is off in a team until an admin turns it on, and another model is off again', async () => {
  const { examiner } = await examinerAt(good);
  const world = createWorld({ isDirect: true, questions: [freeTextItem('s1')], examiner });

  expect(words(await world.ask('mock 15', { as: 'bo' }))).not.toContain('examiner');
  const off = await world.ask('setup examiner', admin);
  const on = await world.press(off, 'Turn on', admin);

  expect(words(off)).toContain('Model: test at 127.0.0.1\nHere: off');
  expect(words(on)).toContain('Here: on');

  expect(words(await world.ask('mock 15', { as: 'cy' }))).toContain('Start with examiner');
  Object.assign(examiner, { name: 'other at elsewhere' });
  expect(words(await world.ask('setup examiner', admin))).toContain('Here: off');
  expect(words(await world.ask('mock 15', { as: 'di' }))).not.toContain('examiner');
  world.close();
});

test('only an admin turns it on', async () => {
  const { examiner } = await examinerAt(good);
  const world = createWorld({ isDirect: true, examiner });

  const refused = await world.ask('setup examiner action:on', { as: 'bo' });

  expect(words(refused)).toContain('admin');
  expect(words(await world.ask('setup examiner', admin))).toContain('Here: off');
  world.close();
});

test('one that was measured to be below the floor asks and comments, and does not decide', async () => {
  const { answer, world } = await interview(good, 'Start with examiner');
  const { name, prompt } = { name: 'test at 127.0.0.1', prompt: PROMPT_VERSION };
  const at = world.clock.now();
  await world.store.saveExaminerCard({ name, prompt, kappa: 0.42, wrongAsGood: 0.02, read: 1, at });

  const panel = words(await world.ask('setup examiner', admin));
  const followUp = await answer(ANSWER);
  const feedback = words(await world.ask('mock skip'));

  expect(panel).toContain(
    'the built-in grades count, because agreement with the labels is κ 0.42, not 0.6',
  );
  expect(words(followUp)).toContain('What would a chat of many pages do to it?');
  expect(feedback).toContain('Your examiner thinks');
  expect(words(await world.ask('mock end confirm:yes'))).toContain('Graded offline');
  world.close();
});

test('the first card in a room of its own offers it too, also where no room could be opened', async () => {
  const { examiner } = await examinerAt(good);
  const world = createWorld({ questions: [freeTextItem('s1')], examiner });
  await world.ask('setup examiner action:on', { admin: true });

  await world.ask('mock 15');
  await world.tick();
  await world.ask('mock 15', { as: 'bo' });
  world.fake.next(refused);
  await world.tick();

  const offers = [...world.fake.posts(), ...world.fake.directs()].flatMap(({ reply }) =>
    reply.title === 'Mock interview' ? [words(reply)] : [],
  );
  expect(offers.map((offer) => offer.includes('Start with examiner'))).toEqual([true, true]);
  world.close();
});
