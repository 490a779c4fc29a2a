import { expect, test } from 'vitest';
import { singleItem } from '../../../support/items.ts';
import { createWorld, type World, words } from '../../../support/world.ts';

const admin = { as: 'boss', admin: true };
const member = { as: 'mia' };

async function posted(questions = [singleItem('q1')]): Promise<World> {
  const world = createWorld({ questions });
  await world.setUp('time:09:00 zone:UTC days:weekdays', admin);
  await world.comeTo('2026-03-02T09:00:00Z');
  return world;
}

async function told(world: World, account = 'terminal:boss') {
  await world.tick();
  const found = world.fake.directs().filter((each) => each.account === account);
  return found.map(({ reply }) => reply);
}

test('a report reaches the keeper with id, version and the answer, and comes back as an issue', async () => {
  const world = await posted();
  const answered = await world.ask('answer 1 try:1 choice:b', member);
  const form = await world.form('question report q1', member);
  expect(form.fields.map(({ name }) => name)).toEqual(['text']);

  await world.press(answered, 'Report a problem', member).catch(() => undefined);
  const step = await world.send(form, { text: 'The third one is right too.' }, member);
  if (step.kind !== 'run') throw new Error('Expected a reply');
  const reply = await step.run();

  const [notice] = await told(world);
  expect(notice && words(notice)).toContain('Question: q1, version 1');
  expect(notice && words(notice)).toContain('Their answer: The right one');
  expect(notice && words(notice)).toContain('mia: The third one is right too.');
  expect(words(reply)).toContain('Problem with q1 (version 1)');
  expect(words(reply)).toContain('```text\nThe third one is right too.\n```');
});

test('the same report twice is one, and whoever sent it is thanked once', async () => {
  const world = await posted();

  await world.ask('question report q1 text:"Unclear"', member);
  const again = await world.ask('question report q1 text:"Unclear"', member);
  await world.ask('report close 1 fixed', admin);
  await world.ask('report close 1 fixed', admin);

  expect(words(again)).toContain('already');
  expect(await world.store.openReports(await world.teamId())).toEqual([]);
  const thanks = await told(world, 'terminal:mia');
  expect(thanks.map(words)).toEqual([expect.stringContaining('q1 is fixed')]);
});

test('a report is closed by the keeper of its team, from a direct message too, and by nobody else', async () => {
  const world = await posted();
  await world.ask('question report q1 text:"Unclear"', member);

  for (const from of [member, { as: 'eve', admin: true, team: 'T2' }])
    expect(words(await world.ask('report close 1 fine', from))).toContain("can't find report 1");
  const [notice] = await told(world);
  if (!notice) throw new Error('Nobody was told');
  const reply = await world.press(notice, 'No problem', { as: 'boss', admin: true, team: '@boss' });

  expect(words(reply)).toContain('closed');
});

test('where nobody keeps a schedule, a report waits in quality', async () => {
  const world = createWorld();

  const reply = await world.ask('question report q2 text:"Unclear"', member);

  expect(words(reply)).toContain('An admin will look at it');
  expect(words(await world.ask('setup quality', admin))).toContain('mia: Unclear');
});

test('an issue text of a hostile report pings nobody and stays in its fence', async () => {
  const world = await posted();

  const reply = await world.ask('question report q1 text:"```\\n@torvalds see #1\\n```"', member);

  const code = reply.blocks.find((block) => block.kind === 'code');
  expect(code?.kind === 'code' && code.code).toContain(
    '````text\n```\n@torvalds see #1\n```\n````',
  );
});

test('nobody can flood the keeper with reports', async () => {
  const world = await posted();

  for (let index = 0; index < 20; index += 1)
    await world.ask(`question report q1 text:"problem ${index}"`, member);
  const reply = await world.ask('question report q1 text:"one more"', member);

  expect(words(reply)).toContain("today's limit for reports");
  await world.comeTo('2026-03-03T09:30:00Z');
  expect((await world.ask('question report q1 text:"one more"', member)).title).toBe('Report sent');
});
