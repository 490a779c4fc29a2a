import type { SpokenQuestion } from '../../core/questions/schema.ts';
import { shuffled } from '../../core/random.ts';

/** A right answer or part of one, and the share of the weight that it states, 0 to 1. */
export type FairCase = { question: SpokenQuestion; answer: string; label: number };

/** So many red flags and questions are drawn by lot. */
const DRAWN = { flags: 130, questions: 40 };
/** So many right wordings of a question are taken that are nearest to its red flag. */
const NEAREST = 3;
/** What a telegram leaves out. */
const SMALL_WORDS = /\b(?:the|an?|is|are|its?|that|which|and|so|of|to)\b ?/gi;

/** True sentences near red flags: the right wordings that share most words with one, and its refutation. */
export function nearFlags(bank: readonly SpokenQuestion[]): FairCase[] {
  const flags = bank.flatMap((question) => question.redFlags.map((flag) => ({ question, flag })));
  return shuffled(flags, 'flags')
    .slice(0, DRAWN.flags)
    .flatMap(({ question, flag: { text, phrasings = [] } }) => {
      const claim = wordsOf([text, ...phrasings].join(' '));
      const near = question.keyPoints
        .flatMap((point) => [point.text, ...point.phrasings])
        .map((answer) => ({
          answer,
          shared: [...wordsOf(answer)].filter((word) => claim.has(word)).length,
        }))
        .sort((a, b) => b.shared - a.shared)
        .slice(0, NEAREST)
        .map(({ answer }) => answer);
      return [...near, refuted(text)].map((answer) => ({ question, answer, label: 0 }));
    });
}

/** Half of a question's key points in their own words, and the other half. */
export function halves(bank: readonly SpokenQuestion[]): FairCase[] {
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
export function telegrams(bank: readonly SpokenQuestion[]): FairCase[] {
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

function drawn(bank: readonly SpokenQuestion[]): SpokenQuestion[] {
  return shuffled(bank, 'questions').slice(0, DRAWN.questions);
}

function partOf(
  question: SpokenQuestion,
  isIn: (point: SpokenQuestion['keyPoints'][number], i: number) => boolean,
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

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu));
}
