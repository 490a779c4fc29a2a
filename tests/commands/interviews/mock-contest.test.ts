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

  expect(warned).toContain('anything you shared with the question authors');
  expect(told).toContain('anything you shared with the question authors');
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
  const noted = await world.press(asked, "No, don't share");
  await world.ask('mock end interview:1 confirm:yes');
  const report = words(await world.ask('mock report interview:1'));

  expect(words(before)).toContain(`✗ Incorrect claim: ${CLAIM}`);
  expect(words(lists)).toContain(`I didn't say this: ${CLAIM}`);
  expect(words(noted)).toContain(
    'You marked this claim as "I didn\'t say this", here and in the report.',
  );
  expect(words(noted)).toContain("Your score stays the same. Your answer wasn't shared.");
  expect(words(noted)).toContain(`☑ Marked by you as not said: ${CLAIM}`);
  expect(words(noted)).not.toContain('Incorrect claim');
  // One's own word changes no grade.
  expect(noted.title).toBe(before.title);
  expect(report).toContain('1 incorrect claim');
  expect(report).toContain(`Marked by you as not said: ${CLAIM}`);
});

test.each([
  ['that nobody read in the answer', 'flag-2'],
  ['of no question', 'flag-0'],
])('a claim %s cannot be contested', async (_, claim) => {
  const world = await claimed();

  const reply = await world.ask(`mock contest interview:1 item:1 claim:${claim} consent:yes`);

  expect(words(reply)).toContain("I don't know that point");
});

test('an answer whose points all count still has its wrong claim to contest', async () => {
  const world = createWorld({ isDirect: true, questions: [spokenItem('s1')] });
  await interview(world, 1, `${STRONG} ${CLAIM}`);

  const review = await world.ask('mock review interview:1 item:1');
  const lists = await world.press(review, 'Dispute a grade');

  expect(words(lists)).toBe(`What did I get wrong?\nI didn't say this: ${CLAIM}`);
});

test('a list of verdicts has each claim in full, however long', async () => {
  const text = `${'It grows with the context length and with the number of sequences '.repeat(2)}held.`;
  const [first, second, last] = spokenItem('s1').keyPoints;
  const keyPoints = [first, second, { ...last, text }];
  const world = createWorld({ isDirect: true, questions: [spokenItem('s1', { keyPoints })] });
  await interview(world, 1, 'I would look at the logs of the server first.');

  const lists = await world.ask('mock contest interview:1 item:1');

  expect(words(lists)).toContain(text);
});
