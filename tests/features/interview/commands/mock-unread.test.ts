import { expect, test } from 'vitest';
import { freeTextItem } from '../../../support/items.ts';
import { createWorld, words } from '../../../support/world.ts';

const SPANISH =
  'La caché guarda las claves y los valores de los tokens anteriores para que no se calculen otra vez con cada paso.';
const GOOD =
  'Keys and values of past tokens are stored, not computed again. Fewer key heads than query heads make it smaller. It grows linearly with the context length.';

async function asking(style: 'strict' | 'coaching') {
  const world = createWorld({
    isDirect: true,
    questions: [freeTextItem('s1'), freeTextItem('s2')],
  });
  await world.ask(`mock 15 style:${style}`);
  await world.ask('mock go');
  const answer = (text: string) => world.ask(`mock answer text:${JSON.stringify(text)}`);
  return { world, answer };
}

test.each([
  ['in Spanish', SPANISH, 'I can grade only English answers'],
  [
    'in Russian',
    'Потому что ключи и значения хранятся в памяти.',
    'I can grade only English answers',
  ],
  ['that is an insult', 'fuck you stupid bot', 'This one can be frustrating'],
  ['of emoji', '😀😀😀', "I didn't find any words here"],
])('an answer %s is told so at once and asked for again', async (_, text, told) => {
  for (const style of ['strict', 'coaching'] as const) {
    const { world, answer } = await asking(style);

    const again = await answer(text);

    expect(again.title).toBe('Question 1 of 2: warm-up');
    expect(words(again).split('\n')[1]).toContain(told);
    expect(words(again)).toContain("doesn't lower your score. You can also skip the question.");
    expect(words(await world.ask('mock show'))).toBe(words(again));
    expect(words(await answer(GOOD))).not.toContain("isn't graded");
    expect(words(await world.ask('mock end confirm:yes'))).toContain('3 of 3 key points');
    world.close();
  }
});

test('who goes on without a second answer has skipped the question', async () => {
  const { world, answer } = await asking('strict');
  const again = await answer(SPANISH);

  await world.press(again, 'Skip');

  const report = words(await world.ask('mock end confirm:yes'));
  expect(report).toContain('1 skipped');
  expect((await world.store.itemRatingsOf(['s1', 's2'])).size).toBe(0);
});

test('a follow-up is asked again too, whatever the first answer said', async () => {
  const { world, answer } = await asking('coaching');
  const followUp = await answer('The keys and values of past tokens are stored.');
  expect(followUp.title).toBe('Question 1, follow-up');

  const again = await answer(SPANISH);

  expect(again.title).toBe('Question 1, follow-up');
  expect(words(again)).toContain("doesn't lower your score. You can also skip the follow-up.");
  const left = await world.press(again, 'Skip follow-up');
  expect(words(left)).toContain('✓ Keys and values');
});

test.each(['idk', 'I do not know this shit', 'The cache grows, damn it.', '42'])(
  '"%s" is graded as ever',
  async (text) => {
    const { world, answer } = await asking('strict');

    await answer(text);

    expect((await world.store.turnsOf(1)).map(({ turn }) => turn.kind)).toContain('graded');
  },
);
