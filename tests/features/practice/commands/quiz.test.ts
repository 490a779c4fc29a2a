import { expect, test } from 'vitest';
import type { Reply } from '../../../../src/spine/reply.ts';
import {
  freeTextItem,
  multiItem,
  numericItem,
  orderItem,
  singleItem,
} from '../../../support/items.ts';
import { createWorld, words } from '../../../support/world.ts';

const singles = (count: number) =>
  Array.from({ length: count }, (_, index) => singleItem(`c5-item-${index}`));

/** The letter beside the text of an option, as this card shows it. */
function letterOf(card: Reply, text: string): string {
  const found = new RegExp(`([A-F])\\s+${text}`).exec(words(card));
  if (!found?.[1]) throw new Error(`"${text}" is not in: ${words(card)}`);
  return found[1];
}

const right = (card: Reply) => letterOf(card, 'The right one');
const wrong = (card: Reply) => letterOf(card, 'First wrong');

test('a quiz asks, explains, goes on and tells its results', async () => {
  const { ask, press } = createWorld({ questions: singles(5) });

  const first = await ask('quiz count:2');
  const solved = await press(first, right(first));
  const second = await press(solved, 'Next question');
  const missed = await press(second, wrong(second));
  const shown = await press(missed, 'Show solution');
  const results = await press(shown, 'See results');

  expect(first.title).toBe('Quiz 1 of 2');
  expect(solved.title).toBe('Correct · Quiz 1 of 2');
  expect(words(solved)).toContain('It is right because.');
  expect(missed.title).toBe('Not quite');
  expect(words(results)).toContain('1 of 2 correct');
  expect(words(results)).toContain('comes back in your review tomorrow');
});

test('answers of a quiz count in my stats, beside those of daily questions', async () => {
  const { ask, press } = createWorld({ questions: singles(5) });
  expect(words(await ask('me'))).toContain('Answered: 0 daily\n');

  const first = await ask('quiz count:2');
  await press(first, right(first));

  expect(words(await ask('me'))).toContain('Answered: 0 daily, 1 with practice');
});

test('a quiz goes on where it stood, and only a new one begins again', async () => {
  const { ask, press } = createWorld({ questions: singles(9) });
  const first = await ask('quiz count:3');
  await press(first, right(first));

  expect((await ask('quiz')).title).toBe('Quiz 2 of 3');
  expect((await ask('quiz new:yes count:3')).title).toBe('Quiz 1 of 3');
});

test('a press on an older card changes nothing, and shows what came of it', async () => {
  const { ask, press } = createWorld({ questions: singles(5) });
  const first = await ask('quiz count:3');
  const solved = await press(first, right(first));

  const again = await press(first, wrong(first));

  expect(again.title).toBe(solved.title);
  expect((await ask('quiz')).title).toBe('Quiz 2 of 3');
});

test('nobody plays the quiz of another person', async () => {
  const { ask, press } = createWorld({ questions: singles(5) });
  const first = await ask('quiz count:3', { as: 'ana' });

  expect(words(await press(first, 'A', { as: 'bo' }))).toContain("I can't find this practice");
});

test('practice never scores', async () => {
  const { ask, press } = createWorld({ questions: singles(5) });
  const first = await ask('quiz count:1');
  await press(first, right(first));

  expect(words(await ask('me'))).toContain('no answers yet');
});

test('an exam says nothing until its end', async () => {
  const { ask, press } = createWorld({ questions: singles(5) });

  const first = await ask('quiz count:2 mode:exam');
  const second = await press(first, wrong(first));
  const results = await press(second, right(second));

  expect(words(first)).toContain('min so far');
  expect(second.title).toBe('Practice exam 2 of 2');
  expect(words(second)).not.toContain('First is wrong because.');
  expect(results.title).toBe('Exam results');
  expect(words(results)).toContain('1 of 2 correct');
});

test('until it is known, a question that went wrong comes again', async () => {
  const { ask, press } = createWorld({ questions: singles(5) });

  const first = await ask('quiz count:1 mode:until-known');
  const shown = await press(first, 'Show solution');
  const again = await press(shown, 'Next question');
  const solved = await press(again, right(again));
  const results = await press(solved, 'See results');

  expect(again.title).toBe('Quiz 2 of 2');
  expect(words(results)).toContain('1 of 2 correct');
});

test('mistakes alone are asked again', async () => {
  const { ask, press } = createWorld({ questions: singles(4) });
  expect(words(await ask('quiz mode:mistakes'))).toContain('no mistakes');
  const first = await ask('quiz count:2');
  const solved = await press(first, right(first));
  const second = await press(solved, 'Next question');
  await press(second, 'Show solution');

  expect((await ask('quiz mode:mistakes')).title).toBe('Quiz 1 of 1');
});

test('every format can be answered, and a wrong form of answer costs nothing', async () => {
  const world = createWorld({
    questions: [
      multiItem('c5-multi'),
      numericItem('c8-number'),
      orderItem('c5-order'),
      freeTextItem('c5-open'),
    ],
  });
  const seen = new Set<string>();

  let card = await world.ask('quiz count:4');
  for (let step = 1; step <= 4; step += 1) {
    const text = words(card);
    const at = `in:1 step:${step}`;
    let result: Reply;
    if (text.includes('Select all')) {
      seen.add('multi');
      result = await world.ask(`practice answer ${at} choice:a,c`);
    } else if (text.includes('How much')) {
      seen.add('number');
      const refusal = await world.ask(`practice number ${at} value:lots`);
      expect(words(refusal)).toContain("isn't a number in GiB");
      result = await world.ask(`practice number ${at} value:"16 GiB"`);
    } else if (text.includes('Order the steps')) {
      seen.add('order');
      const letters = ['one', 'two', 'three', 'four'].map((each) => letterOf(card, `Step ${each}`));
      expect(words(await world.ask(`practice order ${at} letters:AB`))).toContain(
        'every letter once',
      );
      result = await world.ask(`practice order ${at} letters:${letters.join('')}`);
    } else {
      seen.add('open');
      result = await world.ask(
        `practice words ${at} text:"Keys and values of past tokens are stored, so they are not computed again."`,
      );
      expect(result.title).toContain('of the key points');
      const menu = result.blocks.find((b) => b.kind === 'select' && b.label === 'I also said …');
      const values = menu?.kind === 'select' ? menu.choices.map(({ value }) => value) : [];
      const marked = await world.ask(`practice mark ${at} points:${values.join(',')}`);
      expect(marked.title).toContain('100% of the key points');
      expect(words(marked)).toContain('Marked by you');
    }
    expect(result.title).not.toContain('Incorrect');
    card = await world.press(result, step === 4 ? 'See results' : 'Next question');
  }

  expect([...seen].sort()).toEqual(['multi', 'number', 'open', 'order']);
  expect(words(card)).toContain('of 4 correct');
});

test("marks of one's own leave what a hint costs", async () => {
  const world = createWorld({ questions: [freeTextItem('c5-open')] });
  await world.ask('quiz count:1');
  await world.ask('practice hint in:1 step:1 number:1');
  const result = await world.ask(
    'practice words in:1 step:1 text:"Keys and values of past tokens are stored."',
  );
  const menu = result.blocks.find((b) => b.kind === 'select' && b.label === 'I also said …');
  const values = menu?.kind === 'select' ? menu.choices.map(({ value }) => value) : [];

  await world.ask(`practice mark in:1 step:1 points:${values.join(',')}`);

  const practice = await world.store.practice(1);
  expect(practice?.state.results[0]).toMatchObject({ share: 1, recall: 'hard' });
});
