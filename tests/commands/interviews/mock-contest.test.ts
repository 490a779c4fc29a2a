import { expect, test } from 'vitest';
import { PARTIAL } from '../../scenarios/mock.ts';
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

test('the wording of points marked by me is shared with one press, and no longer with another', async () => {
  const { ask, press, contests } = await answered();
  expect(words(await ask('mock contest 1 item:1 consent:yes'))).toContain('Mark the points you');
  const marked = await ask('mock tick interview:1 item:1 points:fewer-heads');
  expect(words(marked)).toContain('lets the question authors read this answer, without your name');

  const shared = await press(marked, 'Share wording');
  expect(words(shared)).toContain('without your name');
  expect(await contests()).toMatchObject([{ answer: PARTIAL }]);
  const kept = await press(shared, 'Stop sharing');

  expect(words(kept)).toContain("Your answer isn't shared.");
  expect(await contests()).toMatchObject([{ answer: null }]);
  expect(words(kept)).toContain('[Share wording]');
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

test('a wrong claim is marked like a point: it stays, with my own word beside it', async () => {
  const world = await claimed();
  const before = await world.ask('mock review interview:1 item:1');
  expect(words(before)).toContain(`✗ Incorrect claim: ${CLAIM} (you said: "${CLAIM}")`);
  const list = before.blocks.find(
    (block) => block.kind === 'select' && block.label === "I didn't say this",
  );
  if (list?.kind !== 'select') throw new Error('No list');

  const marked = await world.ask(`${list.run} points:flag-1`);
  await world.ask('mock end interview:1 confirm:yes');
  const report = words(await world.ask('mock report interview:1'));

  expect(words(marked)).toContain(`☑ Marked by you as not said: ${CLAIM}`);
  expect(words(marked)).not.toContain('Incorrect claim');
  // One's own word changes no grade; beside it nothing is taken off.
  expect(marked.title).toBe(before.title);
  expect(words(marked)).toMatch(
    /With your own marks: [A-Z][a-z ]+, 40%\. Your score stays the same/,
  );
  expect(report).toContain('1 incorrect claim');
  expect(report).toContain(`Marked by you as not said: ${CLAIM}`);
  const undone = words(await world.ask('mock tick 1 item:1 points:flag-1'));
  expect(undone).toContain('✗ Incorrect claim');
});

test('the steps of the former form still work: a point is marked, and its card comes', async () => {
  const world = await claimed();

  const first = words(await world.ask('mock contest interview:1 item:1'));
  const point = words(await world.ask('mock contest interview:1 item:1 point:linear'));
  const claim = words(await world.ask('mock contest interview:1 item:1 claim:flag-1'));

  expect(first).toContain('I said this: ');
  expect(point).toContain('☑ Marked by you: It grows linearly');
  expect(claim).toContain(`☑ Marked by you as not said: ${CLAIM}`);
});

test.each([
  ['that nobody read in the answer', 'flag-2'],
  ['of no question', 'flag-0'],
])('a claim %s cannot be contested', async (_, claim) => {
  const world = await claimed();

  const reply = await world.ask(`mock contest interview:1 item:1 claim:${claim} consent:yes`);

  expect(words(reply)).toContain("I don't know that point");
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
