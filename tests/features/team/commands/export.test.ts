import { expect, test } from 'vitest';
import { STRONG } from '../../../scenarios/mock.ts';
import { freeTextItem } from '../../../support/items.ts';
import { createWorld, words } from '../../../support/world.ts';

test('an export holds what was said in a mock interview', async () => {
  const { ask } = createWorld({ isDirect: true, questions: [freeTextItem('s1')] });
  await ask('mock solo');
  await ask('mock go interview:1');
  await ask(`mock answer interview:1 text:"${STRONG}"`);

  expect(words(await ask('me export'))).toContain(STRONG);
});
