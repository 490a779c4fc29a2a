import type { FreeTextQuestion } from '../../src/core/questions/schema.ts';
import { shuffled } from '../../src/core/random.ts';

/** A right answer or part of one, and the share of the weight that it states, 0 to 1. */
export type FairCase = { question: FreeTextQuestion; answer: string; label: number };

/** So many questions are drawn by lot. */
const DRAWN = 40;
/** What a telegram leaves out. */
const SMALL_WORDS = /\b(?:the|an?|is|are|its?|that|which|and|so|of|to)\b ?/gi;

/** Half of a question's key points in their own words, and the other half. */
export function halves(bank: readonly FreeTextQuestion[]): FairCase[] {
  return drawn(bank).flatMap((question) =>
    [0, 1].map((odd) =>
      partOf(
        question,
        (_, i) => i % 2 === odd,
        (texts) => texts.join(' '),
      ),
    ),
  );
}

/** All key points as a telegram with arrows. */
export function telegrams(bank: readonly FreeTextQuestion[]): FairCase[] {
  return drawn(bank).map((question) =>
    partOf(
      question,
      () => true,
      (texts) =>
        texts
          .map((text) => text.replace(SMALL_WORDS, '').replace(/, /g, ' -> ').replace(/\.$/, ''))
          .join('\n'),
    ),
  );
}

/** "It's a myth that …". */
export function refuted(claim: string): string {
  return `It's a myth that ${claim.charAt(0).toLowerCase()}${claim.slice(1).replace(/\.$/, '')}.`;
}

function drawn(bank: readonly FreeTextQuestion[]): FreeTextQuestion[] {
  return shuffled(bank, 'questions').slice(0, DRAWN);
}

function partOf(
  question: FreeTextQuestion,
  isIn: (point: FreeTextQuestion['keyPoints'][number], i: number) => boolean,
  write: (texts: string[]) => string,
): FairCase {
  const said = question.keyPoints.filter(isIn);
  const weight = (points: readonly { weight: number }[]) =>
    points.reduce((sum, each) => sum + each.weight, 0);
  return {
    question,
    answer: write(said.map(({ text }) => text)),
    label: weight(said) / weight(question.keyPoints),
  };
}
