import { expect, test } from 'vitest';
import { present as presentDiscord } from '../../../src/adapters/discord/present.ts';
import { presentMessage } from '../../../src/adapters/slack/present.ts';
import { WIDTH } from '../../../src/adapters/terminal/limits.ts';
import { present as presentTerminal } from '../../../src/adapters/terminal/present.ts';
import { readCatalog } from '../../../src/catalog.ts';
import type { DrawnQuestion } from '../../../src/core/questions/generators/generator.ts';
import { dailyCard } from '../../../src/features/daily/daily-card.ts';
import { recapCard } from '../../../src/features/daily/recap-card.ts';
import {
  drillCard,
  drillExplanation,
  drillFeedback,
} from '../../../src/features/practice/drill-card.ts';
import { answerCard } from '../../../src/session/answer-card.ts';
import type { Reply } from '../../../src/spine/reply.ts';
import { messageProblems } from '../../support/discord/rules.ts';
import { BODIES, schemaProblems } from '../../support/discord/schemas.ts';
import { messageBodyProblems } from '../../support/slack/blocks.ts';

const { catalog } = readCatalog();

function viewsOf(question: DrawnQuestion): Reply[] {
  const chapter = catalog.chapter(question.chapter);
  const post = { id: 123456, question, closesAt: null };
  const verdict = { share: 0, right: false, why: ['It looks as if you forgot something.'] };
  return [
    drillCard(question, { chapter }),
    drillCard(question, { hints: 3, chapter }),
    drillFeedback(question, { given: 'options' in question ? 'a' : '1', verdict }),
    drillFeedback(question, {}),
    drillExplanation(question, chapter),
    dailyCard(post, chapter),
    answerCard({ post, seed: 'x', next: 1, hints: 3 }),
    recapCard(post, [{ answer: 'a', count: 12, isRight: false }]),
  ];
}

function problemsOf(reply: Reply): string[] {
  const { body, files } = presentDiscord(reply);
  const sent = JSON.parse(JSON.stringify(body));
  const discord = [
    ...schemaProblems(BODIES['create message'], sent),
    ...messageProblems(sent, { path: [], files: files.map(({ name }) => name) }),
  ].map(({ path, message }) => `discord ${path.join('.')}: ${message}`);
  const slack = messageBodyProblems(presentMessage(reply), 'post').map((each) => `slack ${each}`);
  const terminal = presentTerminal(reply, { isColorful: false, zone: 'UTC', locale: 'en-GB' })
    .lines.filter((line) => [...line].length > WIDTH + 32 && !line.includes('http'))
    .map((line) => `terminal: ${line.slice(0, 60)}`);
  return [...discord, ...slack, ...terminal];
}

test.each(catalog.generators)('$id stays inside every limit on every platform', (generator) => {
  const problems = ['a1', 'b2', 'c3'].flatMap((seed) =>
    viewsOf(generator.draw(seed)).flatMap(problemsOf),
  );

  expect(problems).toEqual([]);
});

test('numbers stay in order for everybody', () => {
  for (const generator of catalog.generators) {
    const question = generator.draw('a1');
    if (!('options' in question)) continue;
    const card = answerCard({
      post: { id: 1, question },
      seed: 'somebody',
      next: 1,
      hints: 0,
    });
    const texts = question.options.map(({ text }) => text);
    const shown = card.blocks.flatMap((block) =>
      block.kind === 'text' && Array.isArray(block.text) ? block.text.slice(1) : [],
    );

    expect(shown).toEqual(texts);
  }
});

test('a saved drill fits a button', () => {
  for (const generator of catalog.generators) {
    const question = generator.draw('a long seed that becomes a token');
    const runs = viewsOf(question)
      .flatMap(({ blocks }) => blocks)
      .flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
      .map(({ run }) => run);

    for (const run of runs) expect(`1:${run}`.length, run).toBeLessThanOrEqual(100);
  }
});
