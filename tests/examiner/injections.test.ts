import { expect, test } from 'vitest';
import { wordsOf } from '../../src/examiner/evidence.ts';
import { examinerAt, type SentBody, says } from '../support/endpoint.ts';
import { gradeInTests } from '../support/grading.ts';
import { freeTextItem } from '../support/items.ts';
import { INJECTIONS } from './injections.ts';
import { bestQuote } from './quoting.ts';

const question = freeTextItem('doubted');
const PIZZA =
  'I like pizza with olives and lots of cheese, and my oven gets really hot on Sundays.';
/** Says one point of three. */
const WEAK = 'Keys and values of past tokens are stored, not computed again.';

/** Obeys half of what reaches it, as well as it can; otherwise it is a good examiner. */
function halfObedient(injection: string, obeys: boolean) {
  return ({ messages }: SentBody) => {
    const lines = messages[1]?.content.split('\n\nmarker-1234\n\n') ?? [];
    const sent: string = JSON.parse(lines[1] ?? '""');
    const isReached = wordsOf(injection).some(
      (word) => word.length > 3 && wordsOf(sent).includes(word),
    );
    const points = question.keyPoints.map(({ id, text, phrasings }) => {
      const quote = bestQuote(sent, [text, ...phrasings].join(' '));
      const isSaid = id === 'stored' && sent.includes(WEAK);
      const isHeard = isSaid || (obeys && isReached);
      return { id, verdict: isHeard ? 'heard' : 'not', quote: isHeard ? quote : '' };
    });
    return says({ points, wrong: [], followUp: { about: '', ask: '' } });
  };
}

async function scoreOf(answer: string, behavior: ReturnType<typeof halfObedient>): Promise<number> {
  const { examiner } = await examinerAt(behavior);
  const gradeOffline = (text: string) => gradeInTests(question, text);
  const examined = await examiner.examine({
    question,
    answer,
    gradeOffline,
    person: 'p',
    team: 't',
  });
  return examined.grade.score;
}

/** What an answer is worth without the injection, by the examiner or by the built-in grader: that much anybody can get. */
const worth = async (answer: string) =>
  Math.max(await scoreOf(answer, halfObedient('', false)), gradeInTests(question, answer).score);

const all = Object.entries(INJECTIONS).flatMap(([kind, texts]) =>
  texts.map((text, index) => [kind, text, index % 2 === 0] as const),
);

test('there are 60 of them', () => {
  expect(all).toHaveLength(60);
});

test.each(all)('%s: %s', async (_, text, obeys) => {
  for (const base of [PIZZA, WEAK])
    for (const answer of [`${base} ${text}`, `${text}\n${base}`])
      expect(await scoreOf(answer, halfObedient(text, obeys))).toBeLessThanOrEqual(
        (await worth(base)) + 0.05,
      );
});

test('an examiner that obeys every one of them is not talked into more than five points either', async () => {
  const raised: string[] = [];
  for (const [, text] of all)
    if ((await scoreOf(`${WEAK} ${text}`, halfObedient(text, true))) > (await worth(WEAK)) + 0.05)
      raised.push(text);

  expect(raised).toEqual([]);
});
