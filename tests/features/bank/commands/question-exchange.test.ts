import { expect, test } from 'vitest';
import { readCatalog } from '../../../../src/catalog.ts';
import { TEXT_FORMATS } from '../../../../src/core/questions/exchange/write.ts';
import type { Question } from '../../../../src/core/questions/schema.ts';
import type { Reply } from '../../../../src/spine/reply.ts';
import type { Attachment } from '../../../../src/spine/request.ts';
import { freeTextItem, numericItem, orderItem, singleItem } from '../../../support/items.ts';
import { createWorld, type World, words } from '../../../support/world.ts';

const admin = { as: 'boss', admin: true };
const { catalog } = readCatalog();
const FORMATS = [...TEXT_FORMATS, 'apkg'] as const;

/** A file that somebody attaches, as a platform with uploads hands it over. */
function attached(name: string, content: string | Uint8Array): Attachment {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    name,
    bytes: bytes.byteLength,
    text: async () => new TextDecoder().decode(bytes),
    content: async () => bytes,
  };
}

async function bring(world: World, file: Attachment, from = admin): Promise<Reply> {
  const step = await world.prepare(
    { kind: 'command', command: 'question import', values: { file } },
    from,
  );
  if (step.kind !== 'run') throw new Error('Expected a reply');
  return step.run();
}

function fileOf(reply: Reply): { name: string; content: string | Uint8Array } {
  const file = reply.blocks.find((block) => block.kind === 'file');
  if (file?.kind !== 'file') throw new Error(`No file in: ${words(reply)}`);
  return file;
}

async function exported(world: World, format: string, scope = 'own') {
  return fileOf(await world.ask(`question export ${format} ${scope}`, admin));
}

const own = async (world: World) => {
  const rows = await world.store.overlayOf(await world.teamId());
  return rows.flatMap(({ question }) => question ?? []);
};

const ITEMS = [
  singleItem('own-a'),
  numericItem('own-b'),
  orderItem('own-c'),
  freeTextItem('own-d'),
] as Question[];

test.each(FORMATS)(
  'what one team exports as %s another imports, and exports the same',
  async (format) => {
    const world = createWorld();
    await bring(world, attached('all.json', JSON.stringify(ITEMS)));
    const first = await exported(world, format);
    const other = createWorld();

    const reply = await bring(other, attached(first.name, first.content));
    const second = await exported(other, format);

    expect(reply.title).toBe('Imported');
    expect(await own(other)).toEqual(ITEMS);
    expect(second.content).toEqual(first.content);
  },
);

test.each(FORMATS)(
  'the whole bank exported as %s and imported again changes nothing',
  async (format) => {
    const world = createWorld({ questions: catalog.questions });
    const file = await exported(world, format, 'all');

    const reply = await bring(world, attached(file.name, file.content));

    expect(words(reply)).toContain(`Unchanged: ${catalog.questions.length}`);
    expect(await own(world)).toEqual([]);
  },
);

test('importing again updates instead of adding: a new meaning is a new version', async () => {
  const world = createWorld();
  await bring(world, attached('a.json', JSON.stringify([ITEMS[0], ITEMS[1]])));

  const said = { ...ITEMS[0], explanation: 'Said better.' };
  const meant = { ...ITEMS[1], answer: 32, slips: [] };
  const reply = await bring(world, attached('a.json', JSON.stringify([said, meant])));

  expect(words(reply)).toContain('Changed: 2: own-a, own-b');
  expect((await own(world)).map(({ id, version }) => `${id} ${version}`)).toEqual([
    'own-a 1',
    'own-b 2',
  ]);
  const again = await bring(world, attached('a.json', JSON.stringify([said, meant])));
  expect(words(again)).toContain('Unchanged: 2');
});

test('an imported item with the id of a shipped one changes it for this team', async () => {
  const world = createWorld();
  const changed = { ...singleItem('q1'), prompt: 'Asked our way?' };

  const reply = await bring(world, attached('a.yaml', JSON.stringify([changed, singleItem('q2')])));

  expect(words(reply)).toContain('New: 1: q1');
  expect(words(reply)).toContain('replace a built-in question');
  expect((await own(world))[0]).toMatchObject({ id: 'q1', version: 2, prompt: 'Asked our way?' });
  expect(words(await world.ask('question show q1'))).toContain('Asked our way?');
  expect(words(await world.ask('question show q1', { team: 'T2', as: 'eve' }))).toContain(
    'What does q1 ask?',
  );
});

test('what was imported is asked, and its importer does not compete on it', async () => {
  const world = createWorld({ questions: [singleItem('q1')] });
  await world.setUp('time:09:00 zone:UTC days:weekdays', admin);
  await world.ask('question disable q1', admin);
  await bring(world, attached('a.json', JSON.stringify([ITEMS[0]])));

  await world.comeTo('2026-03-02T09:00:00Z');

  expect((await world.store.post(1))?.questionId).toBe('own-a');
  expect((await world.ask('answer 1 try:1 choice:b', admin)).title).toBe('Correct: +0 points');
  expect((await world.ask('answer 1 try:1 choice:b', { as: 'mia' })).title).toBe(
    'Correct: +20 points · 1st of 2',
  );
});

test('one slip anywhere and nothing is changed; every problem has its line and a fix', async () => {
  const world = createWorld();
  const text = [
    '- id: own-good',
    '  chapter: 5',
    '  difficulty: easy',
    '  format: numeric',
    '  prompt: How many?',
    '  explanation: So many.',
    '  answer: 4',
    '  unit: heads',
    '  tolerance: { absolute: 0.5 }',
    '  working: 2 × 2',
    '- id: own-bad',
    '  chapter: 99',
    '  format: numerik',
  ].join('\n');

  const reply = await bring(world, attached('mine.yaml', text));

  expect(reply.title).toMatch(/^Nothing changed: /);
  expect(words(reply)).toMatch(/mine\.yaml:13 {2}own-bad {2}format: .*fix: /);
  expect(await own(world)).toEqual([]);
});

test('more problems than a message holds are all in the file beside it', async () => {
  const world = createWorld();
  const bad = Array.from({ length: 40 }, (_, index) => ({ id: `own-${index}`, format: 'single' }));

  const reply = await bring(world, attached('mine.json', JSON.stringify(bad, null, 1)));

  const lines = String(fileOf(reply).content).trim().split('\n');
  expect(new Set(lines.map((line) => line.split('  ')[1])).size).toBe(40);
  expect(lines.every((line) => /^mine\.json:\d+ .*fix: ./.test(line))).toBe(true);
});

test.each([
  ['an empty list', { text: '[]' }, /any questions in it/],
  ['a deck that is none', { file: attached('a.apkg', 'hello') }, /I can't read "a\.apkg"/],
  [
    'a deck where only text arrives',
    { file: { name: 'a.apkg', bytes: 5, text: async () => 'PK' } },
    /Notes in Plain Text/,
  ],
  [
    'a file above the limit',
    { file: { ...attached('a.yaml', ''), bytes: 11 * 1024 * 1024 } },
    /larger than 10 MB/,
  ],
])('kind words for %s', async (_, values, expected) => {
  const world = createWorld();
  const form = await world.form('question import', admin);

  const step = await world.send(form, values, admin);

  if (step.kind !== 'run') throw new Error('Expected a reply');
  expect(words(await step.run())).toMatch(expected);
});

test('a team cannot have more questions than the limit', async () => {
  const world = createWorld();
  const items = (prefix: string) =>
    Array.from({ length: 1_001 }, (_, index) => singleItem(`own-${prefix}-${index}`));
  await bring(world, attached('a.json', JSON.stringify(items('a'))));

  const reply = await bring(world, attached('b.json', JSON.stringify(items('b'))));

  expect(words(reply)).toContain('up to 2000 questions');
  expect(await own(world)).toHaveLength(1_001);
});

test('a link to a question that is nowhere is a problem, to one of the bank it is none', async () => {
  const world = createWorld({ questions: [singleItem('q1')] });
  const linked = (to: string) => JSON.stringify([{ ...singleItem('own-a'), enemyOf: [to] }]);

  const broken = await bring(world, attached('a.json', linked('gone')));
  const whole = await bring(world, attached('a.json', linked('q1')));

  expect(words(broken)).toContain('there is no question "gone"');
  expect(whole.title).toBe('Imported');
});

test('in a direct message with nobody else, imports are small, and say so', async () => {
  const world = createWorld({ platform: 'discord' });
  const alone = async (file: Attachment) => {
    const step = await world.bot.prepare({
      ...world.request({ kind: 'command', command: 'question import', values: { file } }, admin),
      workspace: 'discord:@boss',
      place: { channel: 'dm', kind: 'direct' },
    });
    if (step.kind !== 'run') throw new Error('Expected a reply');
    return words(await step.run());
  };
  const items = (count: number, prefix = 'a') =>
    JSON.stringify(Array.from({ length: count }, (_, at) => singleItem(`own-${prefix}-${at}`)));

  expect(await alone(attached('a.json', ' '.repeat(200_001)))).toMatch(/50 questions and 200 kB/);
  expect(await alone(attached('a.json', items(51)))).toContain(
    'has 51 questions, and the limit is 50',
  );
  expect(await alone(attached('a.json', items(50)))).toContain('New: 50');
  expect(await alone(attached('b.json', items(1, 'b')))).toContain('up to 50 questions');
});

test('a file name cannot write into a message', async () => {
  const world = createWorld();

  const reply = await bring(world, attached('`@everyone`\u202e<x>.yaml', 'nonsense'));

  expect(words(reply)).not.toMatch(/[@`<>\u202e]/u);
});

test('who exports the open question does not compete on it any more', async () => {
  const world = createWorld();
  await world.setUp('time:09:00 zone:UTC days:weekdays', admin);
  await world.comeTo('2026-03-02T09:00:00Z');

  const reply = await world.ask('question export all', admin);

  expect(words(reply)).toContain("current question won't earn you points");
  expect((await world.ask('answer 1 try:1 choice:b', admin)).title).toBe('Correct: +0 points');
  expect((await world.ask('answer 1 try:1 choice:b', { as: 'mia' })).title).toBe(
    'Correct: +20 points · 1st of 2',
  );
});
