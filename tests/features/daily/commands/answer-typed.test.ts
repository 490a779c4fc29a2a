import { expect, test } from 'vitest';
import { multiItem, numericItem, orderItem, singleItem } from '../../../support/items.ts';
import { createWorld, words } from '../../../support/world.ts';

async function posted(questions = [singleItem('q1')]) {
  const world = createWorld({ questions });
  await world.setUp();
  await world.comeTo('2026-03-02T09:00:00Z');
  return world;
}

const PEOPLE = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** The letter beside the option with a text, as a reply shows it. */
function letterOf(shown: string, text: string): string {
  const letter = new RegExp(`^([A-F])  ${text}`, 'm').exec(shown)?.[1];
  if (!letter) throw new Error(`"${text}" is not shown in:\n${shown}`);
  return letter;
}

test('several letters are the options that this person sees beside them', async () => {
  const world = await posted([multiItem('m1')]);

  for (const as of PEOPLE) {
    const shown = words(await world.ask('answer 1', { as }));
    const all = [...shown.matchAll(/^([A-F]) {2}(.*)$/gm)];
    const right = world.catalog.question('m1');
    if (right?.format !== 'multi') throw new Error('m1 has options');
    const rights = right.options.filter(({ correct }) => correct).map(({ text }) => text);
    const letters = all.filter(([, , text = '']) => rights.includes(text)).map(([, at]) => at);
    const reply = await world.ask(`answer 1 ${letters.join(' ')}`, { as });
    expect(reply.title).toMatch(/^Correct/);
  }
});

test('a typed answer after a wrong one is the second try, and the same again is none', async () => {
  const world = await posted();
  const shown = words(await world.ask('answer 1'));
  const wrong = letterOf(shown, 'First');

  await world.ask(`answer 1 ${wrong}`);
  const again = await world.ask(`answer 1 ${wrong}`);
  const right = await world.ask(`answer 1 ${letterOf(shown, 'The right one')}`);

  expect(again.title).toBe('Not quite');
  expect(right.title).toBe('Correct: +10 points');
});

test.each([
  ['answer 1 g', '"g" isn\'t an option'],
  ['answer 1 a b', 'Enter one letter, from A to D'],
  ['answer 1 the first', '"the first" isn\'t an option'],
])('%s uses no try', async (line, says) => {
  const world = await posted();

  const reply = words(await world.ask(line));

  expect(reply).toContain(says);
  expect((await world.store.progress(1, await world.personId())).attempts).toEqual([]);
});

test('a number and an order are typed the same way', async () => {
  const number = await posted([numericItem('n1')]);
  const order = await posted([orderItem('o1')]);

  const unreadable = await number.ask('answer 1 b');
  const value = await number.ask('answer 1 16 GiB');
  const shown = words(await order.ask('answer 1'));
  const steps = [...shown.matchAll(/^([A-F]) {2}(.*)$/gm)];
  const item = order.catalog.question('o1');
  if (item?.format !== 'order') throw new Error('o1 has steps');
  const letters = item.steps.map(({ text }) => steps.find(([, , each]) => each === text)?.[1]);
  const sorted = await order.ask(`answer 1 ${letters.join('')}`);

  expect(words(unreadable)).toContain('"b" isn\'t a number in GiB');
  expect(value.title).toMatch(/^Correct/);
  expect(sorted.title).toMatch(/^Correct/);
});

test('a refusal names the main unit, and costs no try', async () => {
  const accepts = [{ unit: '%', factor: 0.01 }];
  const tolerance = { absolute: 0.005 };
  const asked = { answer: 0.27, unit: '', slips: [], accepts, tolerance };
  const world = await posted([numericItem('n1', asked)]);

  const refusal = words(await world.ask('answer 1 p = 0.27'));
  const right = await world.ask('answer 1 0,27');

  expect(refusal).toContain(`"p = 0.27" isn't a number without a unit (or in %).`);
  expect(refusal).toContain('like 1.5.');
  expect(right.title).toMatch(/^Correct/);
});

test('a share where percent are asked for is asked about, and costs no try', async () => {
  const asked = { answer: 27, unit: '%', accepts: [], slips: [], tolerance: { absolute: 0.5 } };
  const world = await posted([numericItem('n1', asked)]);

  const reply = words(await world.ask('answer number 1 value:0.27 try:1'));

  expect(reply).toContain('"0.27" can mean 0.27% or 27%. Enter the one you mean.');
  expect((await world.store.progress(1, await world.personId())).attempts).toEqual([]);
});
