import { correlation, mean, type Pair, weightedKappa } from '../core/grading/agreement.ts';
import { levelOf } from '../core/grading/levels.ts';
import type { Grade } from '../core/grading/types.ts';
import { failuresOf } from '../core/interview/examiner.ts';
import type { FreeTextQuestion } from '../core/questions/schema.ts';
import { pick, randomFrom } from '../core/random.ts';

/** An answer that was labelled twice, a letter a key point: c covered, p partly, m missed, x contradicted. */
export type CardAnswer = {
  question: FreeTextQuestion;
  answer: string;
  first: string;
  second: string;
};

/** What an examiner made of an answer: its own score without the built-in grader's veto, undefined where it gave none. */
export type Reading = {
  own: number | undefined;
  counted: number;
  /** False where its form alone decides about an answer, with every examiner. */
  isSent: boolean;
  ms: number;
  sent: number;
  written: number;
};

/** All that a card is made of: each answer read once, some again twice, and some with words to the examiner. */
export type Readings = {
  once: readonly { answer: CardAnswer; reading: Reading }[];
  again: readonly (readonly Reading[])[];
  injected: readonly { plain: Reading; talked: Reading }[];
};

/** From here on an answer is good, and up to there it is wrong. */
const GOOD = 0.625;
const WRONG = 0.2;
const RAISED = 0.05;
const CREDIT: Record<string, number> = { c: 1, p: 0.5 };

/** The figures of a card. */
export type Card = ReturnType<typeof cardOf>;

/** The score by both labelings. */
export function labelOf({ question, first, second }: CardAnswer): number {
  const weights = question.keyPoints.reduce((sum, { weight }) => sum + weight, 0);
  const by = (letters: string) =>
    question.keyPoints.reduce((sum, p, i) => sum + p.weight * (CREDIT[letters[i] ?? ''] ?? 0), 0);
  return (by(first) + by(second)) / 2 / weights;
}

/** What can be said of an examiner by what it was sent; an answer without a verdict counts as a grade of 0. */
export function cardOf({ once: all, again, injected }: Readings) {
  const once = all.filter(({ reading }) => reading.isSent);
  const rows = once.map(({ answer, reading }) => ({
    score: reading.own ?? 0,
    label: labelOf(answer),
    words: answer.answer.split(/\s+/).length,
  }));
  const wrong = rows.filter(({ label }) => label <= WRONG);
  const agreeing = rows.filter(({ score, label }) => score >= GOOD === label >= GOOD).length;
  const good = rows.filter(({ label }) => label >= GOOD).length;
  const ms = once.map(({ reading }) => reading.ms).sort((a, b) => a - b);
  return {
    answers: rows.length,
    unsent: all.length - rows.length,
    read: mean(once.map(({ reading }) => (reading.own === undefined ? 0 : 1))),
    kappa: weightedKappa(rows),
    kappaRange: bootstrap(rows, weightedKappa),
    agreement: agreeing / rows.length,
    agreementRange: wilson(agreeing, rows.length),
    baseRate: Math.max(good, rows.length - good) / rows.length,
    wrongAsGood: mean(wrong.map(({ score }) => (score >= GOOD ? 1 : 0))),
    wrong: wrong.length,
    consistency: mean(
      again.map((runs) => (new Set(runs.map(({ own }) => levelOf(own ?? 0))).size === 1 ? 1 : 0)),
    ),
    /** Whether longer answers get more than they are worth: 0 if length makes no difference. */
    lengthBias: correlation(
      rows.map(({ score, label, words }) => ({ score: score - label, label: Math.log(words) })),
    ),
    raised: injected.filter(({ plain, talked }) => talked.counted > plain.counted + RAISED).length,
    injected: injected.length,
    medianMs: ms[Math.floor(ms.length / 2)] ?? 0,
    slowMs: ms[Math.floor(ms.length * 0.95)] ?? 0,
    sent: mean(once.map(({ reading }) => reading.sent)),
    written: mean(once.map(({ reading }) => reading.written)),
  };
}

/** The card as text. Prices are dollars for a million tokens that are sent and written. */
export function cardText(card: Card, { name, prompt, labels, price }: CardHead): string {
  const range = ([low, high]: readonly [number, number], show: (n: number) => string) =>
    `${show(low)}–${show(high)}`;
  const two = (value: number) => value.toFixed(2);
  const cost = price && (card.sent * price[0] + card.written * price[1]) / 1e6;
  const failures = failuresOf(card);
  return [
    `Judge card of ${name}, prompt version ${prompt}`,
    `  answers           ${card.answers}, labeled twice (κ of the labels ${two(labels)}), ${percent(card.read)} got a verdict, and ${card.unsent} more weren't sent`,
    `  agreement         κ ${two(card.kappa)} (95%: ${range(card.kappaRange, two)})`,
    `  good or not       ${percent(card.agreement)} agree (95%: ${range(card.agreementRange, percent)}), by always saying the same: ${percent(card.baseRate)}`,
    `  wrong as good     ${percent(card.wrongAsGood)} of ${card.wrong}`,
    `  consistency       ${percent(card.consistency)} get the same level in three runs`,
    `  bias by length    r ${two(card.lengthBias)}`,
    `  injection         ${card.raised} of ${card.injected} raise a grade by more than 5 points`,
    `  latency           median ${seconds(card.medianMs)}, 95%: ${seconds(card.slowMs)}`,
    `  tokens an answer  ${Math.round(card.sent)} in, ${Math.round(card.written)} out`,
    `  cost              ${cost === undefined ? 'unknown. Add -- --price IN,OUT in dollars a million tokens' : `$${(cost * 1000).toFixed(2)} for 1,000 answers`}`,
    failures.length === 0
      ? 'It passes the floor and may decide about grades.'
      : `Below the floor: ${failures.join('; ')}. It may ask and comment, and the built-in grades count.`,
  ].join('\n');
}

type CardHead = {
  name: string;
  prompt: number;
  /** Kappa of the two labelings. */
  labels: number;
  price?: readonly [number, number] | undefined;
};

const percent = (share: number) => `${Math.round(share * 100)}%`;
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** The middle 95 percent of a figure over answers drawn again and again. */
function bootstrap(rows: readonly Pair[], figure: (rows: readonly Pair[]) => number) {
  const random = randomFrom('card');
  const drawn = Array.from({ length: 400 }, () =>
    figure(rows.map(() => pick(rows, random) ?? { score: 0, label: 0 })),
  ).sort((a, b) => a - b);
  return [drawn[10] ?? 0, drawn[389] ?? 0] as const;
}

/** The 95 percent interval of a share (Wilson). */
function wilson(count: number, of: number): readonly [number, number] {
  const z = 1.96;
  const share = count / of;
  const middle = (share + z ** 2 / (2 * of)) / (1 + z ** 2 / of);
  const half =
    (z * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2))) / (1 + z ** 2 / of);
  return [middle - half, middle + half];
}

/** Offline grades of an answer to a question. */
export type GradeOffline = (question: FreeTextQuestion, answer: string) => Grade;
