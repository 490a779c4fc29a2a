import { expect, test } from 'vitest';
import type { Reply } from '../src/spine/reply.ts';
import { freeTextItem, numericItem, singleItem } from './support/items.ts';
import { replyProblems } from './support/reply-problems.ts';
import { createWorld } from './support/world.ts';

/** Digits, months, and directions of their own, and the longest words for a day: the first three in CI, `LOCALES=10` all. */
const LOCALES = [
  'de-DE',
  'ar-EG',
  'hi-IN',
  'en-US',
  'fr-FR',
  'fa-IR',
  'ja-JP',
  'th-TH',
  'he-IL',
  'fi-FI',
].slice(0, Number(process.env['LOCALES'] ?? 3));

/** The longest name that is kept, in letters that are wide, combined, or written from the right. */
const NAMES = [
  'ﷺ'.repeat(60),
  `${'e\u0301\u0302'.repeat(20)}`,
  '👩‍👩‍👧‍👦'.repeat(8),
  '**`<@everyone>`**',
  'ana',
];

const LINES = [
  'help',
  'home',
  'setup',
  'daily',
  'leaderboard view:week',
  'leaderboard view:all-time',
  'leaderboard why',
  'me',
  'me action:export',
  'setup digest',
  'setup',
  'vram model:llama-3.1-8b gpu:rtx-4090',
  'fit model:llama-3.1-8b gpu:h100',
  'kv model:llama-3.1-8b tokens:131072',
  'cost model:llama-3.1-8b gpu:h100 requests:1000000',
  'train model:llama-3.1-8b tokens:15t',
  'models',
  'gpus',
  'quiz',
  'review',
  'mock mode:history',
  'path',
];

test.each(LOCALES)(
  'in %s, every reply fits every platform, whatever people are called',
  async (locale) => {
    const world = createWorld({
      questions: [singleItem('q1'), numericItem('n1'), freeTextItem('s1')],
      isUnlimited: true,
    });
    await world.setUp('time:09:00 zone:UTC days:"every day" open:wednesday');
    const say = async (text: string, name: string) => {
      const step = await world.bot.prepare({
        ...world.request({ kind: 'text', text }, { as: `u${NAMES.indexOf(name)}`, admin: true }),
        accountName: name,
        locale,
      });
      return step.kind === 'run' ? step.run() : undefined;
    };
    const shown: [string, Reply][] = [];
    const keep = (what: string, reply: Reply | undefined) => {
      if (reply) shown.push([what, reply]);
    };
    for (let day = 2; day <= 5; day += 1) {
      await world.comeTo(`2026-03-0${day}T09:00:00Z`);
      for (const name of NAMES) {
        const post = day - 1;
        keep('answer', await say(`answer post:${post} try:1 choice:b`, name));
        keep('number', await say(`answer number post:${post} try:1 value:16`, name));
        keep('words', await say(`answer words post:${post} text:"It saves work."`, name));
      }
    }
    for (const line of LINES) keep(line, await say(line, NAMES[0] ?? ''));
    for (const outgoing of world.fake.sent)
      if ('reply' in outgoing) keep(outgoing.key, outgoing.reply);

    const problems = shown.flatMap(([what, reply]) =>
      replyProblems(reply).map((problem) => `${what}: ${problem}`),
    );
    expect(shown.length).toBeGreaterThan(60);
    expect(problems).toEqual([]);
    world.close();
  },
);
