import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCatalog } from '../../../src/catalog.ts';
import { createCatalog } from '../../../src/core/catalog.ts';
import { withOverlay } from '../../../src/core/questions/overlay.ts';
import { revise } from '../../../src/core/questions/revise.ts';
import type { Question } from '../../../src/core/questions/schema.ts';
import { type Draft, draftOf, questionOf } from '../../../src/core/questions/team-form.ts';
import { multiItem, numericItem, orderItem, singleItem } from '../../support/items.ts';

const { catalog } = readCatalog();

const DRAFT: Draft = {
  prompt: 'What is cached?',
  right: 'Keys and values',
  wrong: 'Queries\nScores',
  explanation: 'They are read again.',
  place: '5 easy',
};

function made(change: Partial<Draft>): Question {
  const read = questionOf({ ...DRAFT, ...change }, { id: 'own-x' });
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.question;
}

function problems(change: Partial<Draft>): string[] {
  const read = questionOf({ ...DRAFT, ...change }, { id: 'own-x' });
  return 'problems' in read ? read.problems.map(({ field }) => field) : [];
}

test('every item of the bank that a form can say comes out of it unchanged', () => {
  const changed = catalog.questions.filter((question) => {
    const draft = draftOf(question);
    if (!draft) return false;
    const read = questionOf(draft, { id: question.id, base: question });
    return 'problems' in read || revise(question, read.question) !== undefined;
  });

  expect(changed.map(({ id }) => id)).toEqual([]);
});

test.each([
  ['16 GiB', { answer: 16, unit: 'GiB', tolerance: { relative: 0.02 } }],
  ['1,024', { answer: 1024, unit: '', tolerance: { relative: 0.02 } }],
  ['2e9 FLOP ± 10 %', { answer: 2e9, unit: 'FLOP', tolerance: { relative: 0.1 } }],
  ['2e9 FLOP ± 10%', { answer: 2e9, unit: 'FLOP', tolerance: { relative: 0.1 } }],
  ['0 ± 0.5', { answer: 0, unit: '', tolerance: { absolute: 0.5 } }],
  ['-3.5 dB +/- 0.1', { answer: -3.5, unit: 'dB', tolerance: { absolute: 0.1 } }],
  ['45 % ± 2 %', { answer: 45, unit: '%', tolerance: { absolute: 2 } }],
])('the number "%s"', (right, expected) => {
  expect(made({ right, wrong: '' })).toMatchObject({ format: 'numeric', ...expected });
});

test('several right answers are a multiple choice, marks of a list are taken off', () => {
  const question = made({ right: '- Keys\n- Values | stored too', wrong: 'a) Queries\nb) Scores' });

  expect(question).toMatchObject({ format: 'multi' });
  expect(
    'options' in question &&
      question.options.map(({ text, correct, why }) => `${text} ${correct} ${why}`).sort(),
  ).toEqual([
    'Keys true This is the answer.',
    "Queries false This isn't the answer.",
    "Scores false This isn't the answer.",
    'Values true stored too',
  ]);
});

test('the right answer does not always stand first, and numbers stand in order', () => {
  const places = Array.from({ length: 40 }, (_, index) => {
    const read = questionOf(DRAFT, { id: `own-${index}` });
    if (!('question' in read) || !('options' in read.question)) throw new Error('No options');
    return read.question.options.findIndex(({ correct }) => correct);
  });
  const numbers = made({ right: '8 GiB', wrong: '16 GiB\n2 GiB\n4 GiB' });

  expect(new Set(places)).toEqual(new Set([0, 1, 2]));
  expect('options' in numbers && numbers.options.map(({ text }) => text)).toEqual([
    '2 GiB',
    '4 GiB',
    '8 GiB',
    '16 GiB',
  ]);
});

test('an option that stays keeps its letter when others change', () => {
  const base = singleItem('q');
  const draft = draftOf(base);

  const read = questionOf(
    { ...DRAFT, ...draft, wrong: 'First wrong\nBrand new\nThird wrong' },
    { id: 'q', base },
  );

  expect(
    'question' in read &&
      'options' in read.question &&
      read.question.options.map(({ text }) => text),
  ).toEqual(['First wrong', 'The right one', 'Brand new', 'Third wrong']);
});

test('long answers stand in the message, with letters on the buttons', () => {
  expect(made({ right: 'x'.repeat(76) })).toMatchObject({ letters: true });
  expect(made({ right: 'x'.repeat(75) })).not.toHaveProperty('letters');
});

test.each([
  [{ prompt: '' }, ['prompt']],
  [{ right: ' \n ' }, ['right', 'wrong']],
  [{ explanation: undefined }, ['explanation']],
  [{ place: 'medium' }, ['place']],
  [{ place: '0 easy' }, ['place']],
  [{ wrong: 'Only one' }, ['wrong']],
  [{ wrong: 'a\nb\nc\nd\ne' }, ['wrong']],
  [{ wrong: `x\n${'y'.repeat(141)}` }, ['wrong']],
  [{ wrong: 'Keys and values\nScores' }, ['right', 'wrong']],
  [{ right: 'One\nTwo', wrong: '' }, ['right']],
  [{ right: '16 GiB ± 60 %', wrong: '' }, ['right']],
  [{ right: '16 GiB ± lots', wrong: '' }, ['right']],
])('%o is told at its field', (change, expected) => {
  const found = problems(change as Partial<Draft>);

  expect(found.length).toBeGreaterThan(0);
  expect(expected).toEqual(expect.arrayContaining(found));
});

test('whatever is typed makes a sound question or words about it', () => {
  fc.assert(
    fc.property(
      fc.record(
        {
          prompt: fc.string({ unit: 'grapheme' }),
          right: fc.string({ unit: 'grapheme' }),
          wrong: fc.array(fc.string({ unit: 'binary' })).map((lines) => lines.join('\n')),
          explanation: fc.string(),
          place: fc.constantFrom('5 easy', 'hard 11', 'x'),
        },
        { requiredKeys: ['prompt'] },
      ),
      (draft) => {
        const read = questionOf(draft as Draft, { id: 'own-x' });

        if ('problems' in read) expect(read.problems.length).toBeGreaterThan(0);
        else expect(JSON.stringify(read.question)).not.toMatch(/\p{Bidi_Control}/u);
      },
    ),
    { numRuns: 300 },
  );
});

test('a version grows with the meaning alone', () => {
  const known = singleItem('q') as Question;

  expect(revise(known, known)).toBeUndefined();
  expect(revise(known, { ...known, explanation: 'Other words.' })?.version).toBe(1);
  expect(revise(known, { ...known, hints: ['a', 'b', 'c'] })?.version).toBe(1);
  expect(revise(known, { ...known, prompt: 'Another question?' })?.version).toBe(2);
  expect(revise(known, { ...known, prompt: 'Another question?', version: 7 })?.version).toBe(7);
  expect(revise({ ...known, version: 3 }, known)).toBeUndefined();
});

test('an overlay adds, changes and takes away, and leaves the shipped catalog alone', async () => {
  const shipped = createCatalog({
    ...catalog,
    questions: [singleItem('a'), multiItem('b'), numericItem('c')],
  });
  const changed = { ...singleItem('a'), prompt: 'Changed?' } as Question;
  const row = (questionId: string, question: Question | null, state: 'active' | 'disabled') => ({
    questionId,
    question,
    state,
  });

  const merged = withOverlay(shipped, [
    row('a', changed, 'active'),
    row('b', null, 'disabled'),
    row('own-on', orderItem('own-on'), 'active'),
    row('own-off', orderItem('own-off'), 'disabled'),
  ]);

  expect(merged.questions.map(({ id }) => id)).toEqual(['a', 'c', 'own-on']);
  expect(merged.question('a')?.prompt).toBe('Changed?');
  expect(merged.question('b')).toBeUndefined();
  expect(merged.shipped('b')?.id).toBe('b');
  expect(merged.shipped('a')?.prompt).toBe('What does a ask?');
  const found = await merged.search('Changed', 5);
  expect(found.map(({ question }) => question.id)).toEqual(['a']);
  expect(shipped.questions).toHaveLength(3);
  expect(withOverlay(shipped, [])).toBe(shipped);
});
