import { expect, test } from 'vitest';
import { PARTIAL, STRONG } from '../../scenarios/mock.ts';
import { spokenItem } from '../../support/items.ts';
import { createWorld, words } from '../../support/world.ts';

/** A world in which the first question of an interview is answered and left. */
async function answered() {
  const world = createWorld({ isDirect: true, questions: [spokenItem('s1')] });
  await interview(world, 1, PARTIAL);
  const contests = async () => {
    const export_ = await world.ask('me export');
    const [file] = export_.blocks.flatMap((block) => (block.kind === 'file' ? [block] : []));
    if (!file) throw new Error('An export is a file');
    const text = typeof file.content === 'string' ? file.content : '';
    return (JSON.parse(text) as { contests?: { answer: string | null }[] }).contests ?? [];
  };
  return { ...world, contests };
}

async function interview(world: ReturnType<typeof createWorld>, id: number, text: string) {
  await world.ask('mock solo');
  await world.ask(`mock go interview:${id}`);
  await world.ask(`mock answer interview:${id} text:"${text}"`);
  await world.ask(`mock go interview:${id}`);
  await world.ask(`mock skip interview:${id}`);
}

const CONTEST = 'mock contest interview:1 item:1 point:linear';

test.each([
  { choices: ['yes'], kept: PARTIAL },
  { choices: ['no'], kept: null },
  { choices: ['yes', 'no'], kept: null },
  { choices: ['no', 'yes'], kept: PARTIAL },
])('after $choices the last choice decides whether the answer is kept', async (given) => {
  const { ask, contests } = await answered();

  for (const choice of given.choices) await ask(`${CONTEST} consent:${choice}`);

  expect(await contests()).toMatchObject([{ answer: given.kept }]);
});

test('asking for consent says how it is taken back', async () => {
  const { ask } = await answered();

  expect(words(await ask(CONTEST))).toContain('choose No, or delete the interview');
});

test('deleting an interview deletes what was shared of it', async () => {
  const { ask, contests } = await answered();
  await ask(`${CONTEST} consent:yes`);

  const warned = words(await ask('mock delete interview:1'));
  const told = words(await ask('mock delete interview:1 confirm:yes'));

  expect(warned).toContain('what you gave to the authors');
  expect(told).toContain('what you gave to the authors');
  expect(await contests()).toEqual([]);
  expect(JSON.stringify(await ask('me export'))).not.toContain(PARTIAL);
});

test('deleting one interview leaves what another one shared', async () => {
  const world = await answered();
  await world.ask(`${CONTEST} consent:yes`);
  await world.ask('mock end interview:1 confirm:yes');
  await interview(world, 2, `Well. ${PARTIAL}`);
  await world.ask('mock contest interview:2 item:1 point:linear consent:yes');

  await world.ask('mock delete interview:1 confirm:yes');

  expect(await world.contests()).toMatchObject([{ answer: `Well. ${PARTIAL}` }]);
});

const CLAIM = 'The cache stores attention scores.';

/** A world in which the first answer holds a wrong claim; the follow-up on it is skipped. */
async function claimed() {
  const world = createWorld({ isDirect: true, questions: [spokenItem('s1')] });
  await interview(world, 1, `${PARTIAL} ${CLAIM}`);
  return world;
}

test('a wrong claim is contested like a point: it stays, with my own word beside it', async () => {
  const world = await claimed();
  const before = await world.ask('mock review interview:1 item:1');
  const lists = await world.ask('mock contest interview:1 item:1');

  const asked = await world.ask('mock contest interview:1 item:1 claim:flag-1');
  const noted = await world.press(asked, 'No, keep it');
  await world.ask('mock end interview:1 confirm:yes');
  const report = words(await world.ask('mock report interview:1'));

  expect(words(before)).toContain(`✗ Not so: ${CLAIM}`);
  expect(words(lists)).toContain(`I did not say this: ${CLAIM}`);
  expect(words(noted)).toContain('the claim is now marked as not said, by your own word');
  expect(words(noted)).toContain('The score stays as graded. Your answer stays');
  expect(words(noted)).toContain(`☑ Not said, by your own word: ${CLAIM}`);
  expect(words(noted)).not.toContain('Not so');
  // One's own word changes no grade.
  expect(noted.title).toBe(before.title);
  expect(report).toContain('one wrong claim');
  expect(report).toContain(`not said, by own word: ${CLAIM}`);
});

test.each([
  ['that nobody read in the answer', 'flag-2'],
  ['of no question', 'flag-0'],
])('a claim %s cannot be contested', async (_, claim) => {
  const world = await claimed();

  const reply = await world.ask(`mock contest interview:1 item:1 claim:${claim} consent:yes`);

  expect(words(reply)).toContain('I do not know this point');
});

test('an answer whose points all count still has its wrong claim to contest', async () => {
  const world = createWorld({ isDirect: true, questions: [spokenItem('s1')] });
  await interview(world, 1, `${STRONG} ${CLAIM}`);

  const review = await world.ask('mock review interview:1 item:1');
  const lists = await world.press(review, 'A verdict is wrong');

  expect(words(lists)).toBe(`Which verdict is wrong?\nI did not say this: ${CLAIM}`);
});

test('a list of verdicts has each claim in full, however long', async () => {
  const text = `${'It grows with the context length and with the number of sequences '.repeat(2)}held.`;
  const [first, second, last] = spokenItem('s1').keyPoints;
  const keyPoints = [first, second, { ...last, text }];
  const world = createWorld({ isDirect: true, questions: [spokenItem('s1', { keyPoints })] });
  await interview(world, 1, 'Keys and values of past tokens are stored, not computed again.');

  const lists = await world.ask('mock contest interview:1 item:1');

  expect(words(lists)).toContain(text);
});
