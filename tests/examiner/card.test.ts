import { expect, test } from 'vitest';
import { readCatalog } from '../../src/catalog.ts';
import { plainKappa } from '../../src/core/grading/agreement.ts';
import { failuresOf } from '../../src/core/interview/examiner.ts';
import { randomFrom } from '../../src/core/random.ts';
import { type Card, type CardAnswer, cardOf, cardText } from '../../src/examiner/card.ts';
import { readAll, readCardAnswers } from '../../src/examiner/card-run.ts';
import { createExaminer } from '../../src/examiner/examine.ts';
import { DATA } from '../../src/paths.ts';
import { type Behavior, fakeEndpoint, type SentBody, says } from '../support/endpoint.ts';
import { bestQuote } from './quoting.ts';

const { catalog } = readCatalog();
const answers = readCardAnswers(`${DATA}grading/answers/dev-h.yaml`, catalog.freeText);

/** What a judge is shown: the points, and the answer as data. */
function shown({ messages }: SentBody): { points: { id: string; text: string }[]; answer: string } {
  const prompt = messages[1]?.content ?? '';
  const points = [...prompt.matchAll(/^- ([\w-]+): (.*)$/gm)].slice(0, -3);
  const answer: string = JSON.parse(/\n\nmark\n\n(.*)\n\nmark\n\nReply/.exec(prompt)?.[1] ?? '""');
  return { points: points.map(([, id = '', text = '']) => ({ id, text })), answer };
}

type Judge = (about: { id: string; text: string; index: number; answer: string }) => boolean;

/** A judge that quotes as well as it can whatever it says it has heard. */
const judging =
  (hears: Judge): Behavior =>
  (body) => {
    const { points, answer } = shown(body);
    return says({
      points: points.map(({ id, text }, index) => {
        const isHeard = hears({ id, text, index, answer });
        const quote = isHeard ? bestQuote(answer, text) : '';
        return { id, verdict: isHeard ? 'heard' : 'not', quote };
      }),
      wrong: [],
      followUp: { about: '', ask: '' },
    });
  };

async function cardBy(hears: Judge, of: readonly CardAnswer[]): Promise<Card> {
  const { url } = await fakeEndpoint(judging(hears));
  let hour = 0;
  let ms = 0;
  const tick = () => {
    ms += 1000;
    return ms;
  };
  const fresh = () => {
    const total = { sent: 0, written: 0, requests: 0 };
    const examiner = createExaminer({
      endpoint: { kind: 'url', url, model: 'judge' },
      clock: { now: () => new Date(Date.UTC(2026, 0, 1, hour++)) },
      nonce: () => 'mark',
      onFailure: () => {},
      onUsage: ({ sent, written, requests }) => {
        total.sent += sent;
        total.written += written;
        total.requests += requests;
      },
    });
    return { examiner, used: () => total };
  };
  return cardOf(await readAll(of, { fresh, gradeOffline: catalog.grade, now: () => tick() }));
}

/** Knows the labels of the first labeling: an answer is known by its beginning. */
const knows: Judge = ({ text, answer }) => {
  const found = answers.find(
    ({ question, answer: whole }) =>
      question.keyPoints.some((point) => point.text === text) &&
      whole.includes(answer.split('\n')[0] ?? ''),
  );
  const index = found?.question.keyPoints.findIndex((point) => point.text === text) ?? -1;
  return 'cp'.includes(found?.first[index] ?? '-');
};

test('150 answers are labeled twice, and the labelings agree', () => {
  const [first, second] = [answers, answers].map((all, i) =>
    all.map((each) => (i === 0 ? each.first : each.second)).join(''),
  );

  expect(answers).toHaveLength(150);
  expect(first).toHaveLength(754);
  expect(plainKappa(first ?? '', second ?? '')).toBeCloseTo(0.966, 3);
});

test('a judge that knows the labels passes, and the card says so', async () => {
  const card = await cardBy(knows, answers);

  expect(failuresOf(card)).toEqual([]);
  expect(card.consistency).toBe(1);
  expect(card.raised).toBe(0);
  expect(card.answers + card.unsent).toBe(150);
  const text = cardText(card, { name: 'judge at host', prompt: 4, labels: 0.966 });
  expect(text).toContain('Judge card of judge at host, prompt version 4');
  expect(text).toContain('κ of the labels 0.97');
  expect(text).toContain('It passes the floor');
  // 900 tokens in at $1 and 100 out at $2 a million: $0.0011 an answer.
  const priced = { name: 'judge', prompt: 4, labels: 0.966, price: [1, 2] } as const;
  expect(cardText({ ...card, sent: 900, written: 100 }, priced)).toContain(
    '$1.10 for 1,000 answers',
  );
}, 120_000);

const dice = randomFrom('judge');

test.each<[string, Judge, (card: Card) => boolean]>([
  ['always yes', () => true, ({ wrongAsGood }) => wrongAsGood > 0.05],
  [
    'by length',
    ({ answer }) => answer.length > 450,
    ({ kappa, lengthBias }) => kappa < 0.6 && lengthBias > 0.3,
  ],
  ['at random', () => dice() < 0.5, ({ kappa, consistency }) => kappa < 0.6 && consistency < 0.7],
  ['harsh', ({ index }) => index === 0, ({ kappa }) => kappa < 0.6],
])(
  'a judge that judges %s is below the floor',
  async (_, hears, isCaught) => {
    const half = answers.filter((_, i) => i % 2 === 0);
    const card = await cardBy(hears, half);

    expect(failuresOf(card)).not.toEqual([]);
    expect(isCaught(card), JSON.stringify(card)).toBe(true);
  },
  120_000,
);
