import { expect, test } from 'vitest';
import { readCatalog } from '../../../src/catalog.ts';
import { buttonId } from '../../../src/spine/button.ts';
import { createWorld, runOf, words } from '../../support/world.ts';

const { generators } = readCatalog().catalog;
const world = () => createWorld({ generators });
const only = (id: string) =>
  createWorld({ generators: generators.filter((generator) => generator.id === id) });

test('a drill of a chapter has numbers and no points', async () => {
  const { ask } = world();

  const reply = await ask('quiz 5 mode:drill');

  expect(reply.visibility).toBe('private');
  expect(words(reply)).toContain('Chapter title 5');
  expect(words(reply)).toContain('Practice, no points');
  expect(words(reply)).toMatch(/\d/);
});

test('two people get numbers of their own', async () => {
  const { ask } = only('kv-per-token');

  const stems = await Promise.all(
    ['ana', 'ben', 'cem', 'dee'].map(async (as) => words(await ask('quiz mode:drill', { as }))),
  );

  expect(new Set(stems).size).toBe(4);
});

test('the right option is right, with the working', async () => {
  const { ask, press, catalog } = only('kv-per-token');
  const card = await ask('quiz mode:drill');
  const id = /gen\d-[a-z0-9-]+/.exec(runOf(card, 'Hint'))?.[0] ?? '';
  const question = catalog.question(id);
  if (question?.format !== 'single') throw new Error('expected options');
  const right = question.options.findIndex(({ correct }) => correct);

  const reply = await press(card, 'ABCD'.charAt(right));

  expect(reply.title).toBe('Correct');
  expect(reply.update).toBe(true);
  expect(words(reply)).toContain('Every layer keeps a key and a value');
  expect(words(await press(reply, 'Explain more'))).toContain('bytes / 1,024');
});

test('a wrong option names the slip', async () => {
  const { ask, press, catalog } = only('kv-per-token');
  const card = await ask('quiz mode:drill');
  const id = /gen\d-[a-z0-9-]+/.exec(runOf(card, 'Hint'))?.[0] ?? '';
  const question = catalog.question(id);
  if (question?.format !== 'single') throw new Error('expected options');
  const wrong = question.options.findIndex(({ correct }) => !correct);

  const reply = await press(card, 'ABCD'.charAt(wrong));

  expect(reply.title).toBe('Incorrect');
  expect(words(reply)).toContain(question.options[wrong]?.why ?? 'none');
});

test('a number is asked for by a form and read with its unit', async () => {
  const { ask, prepare, send, catalog } = only('training-days');
  const card = await ask('quiz mode:drill');
  const step = await prepare({ kind: 'button', id: buttonId(runOf(card, 'Enter')).id });
  if (step.kind !== 'form') throw new Error(`Expected a form and got ${step.kind}`);
  const id = /gen\d-[a-z0-9-]+/.exec(runOf(card, 'Hint'))?.[0] ?? '';
  const question = catalog.question(id);
  if (question?.format !== 'numeric') throw new Error('expected a number');

  // The answer in hours: 24 for each day.
  const sent = await send(step.form, { value: `${question.answer * 24} hours` });

  expect(sent.kind === 'run' && (await sent.run()).title).toBe('Correct');
});

test('a number that a slip gives is told apart from one that nothing gives', async () => {
  const { ask, press, catalog } = only('training-days');
  const card = await ask('quiz mode:drill');
  const id = /gen\d-[a-z0-9-]+/.exec(runOf(card, 'Hint'))?.[0] ?? '';
  const question = catalog.question(id);
  if (question?.format !== 'numeric') throw new Error('expected a number');
  const [slip] = question.slips ?? [];

  const slipped = await ask(`drill answer item:${id} value:${slip?.answer}`);
  const other = await ask(`drill answer item:${id} value:${question.answer * 1.5678e3}`);

  expect(words(slipped)).toContain(slip?.why ?? 'none');
  expect(words(await press(slipped, 'Explain more'))).toContain('Calculation:');
  expect(words(other)).toContain("doesn't match a common mistake");
});

test('words that are no number are asked for again', async () => {
  const { ask } = only('training-days');
  const card = await ask('quiz mode:drill');
  const id = /gen\d-[a-z0-9-]+/.exec(runOf(card, 'Hint'))?.[0] ?? '';

  const reply = await ask(`drill answer item:${id} value:"a lot"`);

  expect(words(reply)).toContain(`"a lot" isn't a number in days or hours`);
});

test('hints open one by one, and the solution at once', async () => {
  const { ask, press } = only('dpo-pair');
  const card = await ask('quiz mode:drill');

  const first = await press(card, 'Hint');
  const second = await press(first, 'Hint');
  const third = await press(second, 'Hint');
  const solved = await press(card, 'Show solution');

  expect(words(first)).toContain('Hint 1');
  expect(words(first)).not.toContain('Hint 2');
  expect(words(third)).toContain('Hint 3');
  expect(words(third)).not.toContain('[Hint]');
  expect(solved.title).toBe('Solution');
  expect(words(await press(solved, 'Explain more'))).toContain('Calculation:');
});

test('the next drill is of the same kind with new numbers, or of the same chapter', async () => {
  const { ask, press } = world();
  const solved = await press(await ask('drill show kind:kv-per-token'), 'Show solution');

  const same = await press(solved, 'Try another like this', { as: 'ben' });
  const other = await press(solved, 'Try another kind', { as: 'ben' });

  expect(words(same)).toContain('KiB of KV cache');
  expect(words(other)).toContain('Chapter title 5');
});

test('a chapter without calculations, an unknown kind and an old drill say so', async () => {
  const { ask } = world();

  expect(words(await ask('quiz 11 mode:drill'))).toContain('Chapter 11 has no calculations');
  expect(words(await ask('drill show kind:nothing'))).toContain("I don't know the calculation");
  expect(words(await ask('drill show item:gen-nothing-abc'))).toContain(
    'This drill is no longer available',
  );
});

test('a drill counts for nobody', async () => {
  const { ask, press, store, teamId, personId } = only('kv-per-token');
  const card = await ask('quiz mode:drill');
  await press(card, 'A');

  expect(await store.standing(await teamId(), await personId())).toBeUndefined();
});

test('a drawn question is shown by its id and can be reported', async () => {
  const { ask, press } = only('kv-per-token');
  const solved = await press(await ask('quiz mode:drill'), 'Show solution');
  const explained = await press(solved, 'Explain more');
  const id = /gen\d-[a-z0-9-]+/.exec(runOf(explained, 'Report'))?.[0] ?? '';

  const shown = await ask(`question show ${id}`);
  const reported = await ask(`question report ${id} text:"The second option is right too"`);

  expect(words(shown)).toContain('KiB of KV cache');
  expect(words(reported)).not.toContain('do not know');
});
