import { expect, test } from 'vitest';
import { freeTextItem } from '../../support/items.ts';
import { createWorld, refused, words } from '../../support/world.ts';

const A_WEEK_LATER = '2026-03-09T08:30:00Z';
const questions = ['s1', 's2', 's3', 's4'].map((id) => freeTextItem(id));

test('an interview that closes after a quiet week keeps the score of what was answered', async () => {
  const world = createWorld({ questions });
  const direct = { isDirect: true };
  await world.ask('mock solo', direct);
  await world.ask('mock go interview:1', direct);
  await world.ask(
    'mock answer interview:1 text:"The cache holds keys and values of past tokens"',
    direct,
  );

  await world.comeTo(A_WEEK_LATER);

  const interview = await world.store.interview(1);
  const report = words(await world.ask('mock report interview:1'));
  const percent = Number(/(\d+)% of what was asked/.exec(report)?.[1]);
  expect(interview?.state).toBe('ended');
  expect(percent).toBeGreaterThan(0);
  expect(Math.round((interview?.score ?? 0) / 10)).toBe(percent);
});

test('an interview that never got its room is closed in a direct message, not in the channel', async () => {
  const world = createWorld({ questions });
  await world.ask('mock solo');
  world.fake.next(refused);
  await world.tick();

  await world.comeTo(A_WEEK_LATER);

  const titles = world.fake.directs().map(({ reply }) => reply.title);
  expect(titles).toContain('Closed after 7 days');
  expect(world.fake.posts()).toEqual([]);
});

test('an interview that closes before its first answer promises no report', async () => {
  const world = createWorld({ questions });
  await world.ask('mock solo');
  await world.tick();
  const intro = await world.ask('mock show interview:1', { isDirect: true });

  await world.comeTo(A_WEEK_LATER);

  const closed = world.fake.sent.flatMap((sent) => ('reply' in sent ? [sent.reply] : [])).at(-1);
  expect(closed?.title).toBe('Closed after 7 days');
  expect(words(closed ?? intro)).not.toMatch(/report/i);
  const late = words(await world.press(intro, 'Start', { isDirect: true }));
  expect(late).toContain('This interview is over. It ended before the first answer.');
  expect(late).not.toContain('See report');
});
