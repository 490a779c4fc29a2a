import { annotate, isContent, type MarkedToken } from './annotate.ts';
import { rarity } from './background.ts';
import { runsOf } from './copies.ts';
import type { Lexicon } from './lexicon.ts';
import { DEFAULT_DEDUCTION } from './score.ts';
import { sentences } from './sentences.ts';
import type {
  Background,
  GradedQuestion,
  KeyPoint,
  Phrase,
  PhraseToken,
  PreparedQuestion,
  RedFlag,
} from './types.ts';

const WEIGHT = {
  /** A word of the question says little when it comes back. */
  asked: 0.25,
  askedAtLength: 0.6,
  /** In a phrasing that has no other words. */
  askedAlone: 0.7,
  light: 0.35,
  operator: 0.5,
  symbol: 1,
  /** A small bare number; a number with a unit, or a long one, says more. */
  number: 0.9,
  quantity: 2,
  /** "More", "before", "same": common words, but they are the claim. */
  claim: 1,
};

const ASKS_FOR_LIST =
  /(?:^|[.?!:]\s+)(?:name|list|mention|enumerate)\b|\bwhat are\b|\b(?:give|which) (?:two|three|four|five|some|\d)\b/i;

/** Builds the matcher of one question. Do it once and keep it; see `gradeAnswer`. */
export function prepareQuestion(
  question: GradedQuestion,
  lexicon: Lexicon,
  background?: Background,
): PreparedQuestion {
  const read = (text: string) => sentences(text).flatMap((line) => annotate(line, lexicon).tokens);
  const asked = contentStems(read(question.prompt));
  const damped = askedWeight(asked.size);
  const phrase = (wording: string): Phrase => {
    const content = contentOf(wording, lexicon);
    const share =
      content.filter(({ stem }) => asked.has(stem)).length / Math.max(1, content.length);
    const again = damped + Math.max(0, WEIGHT.askedAlone - damped) * share ** 2;
    const tokens = content.map(
      (token): PhraseToken => ({
        ...token,
        weight: weightOf(token, { asked, damped: again, lexicon, background }),
      }),
    );
    return { text: wording, tokens, total: tokens.reduce((sum, { weight }) => sum + weight, 0) };
  };
  const phrases = ({ text, phrasings = [] }: KeyPoint | RedFlag) =>
    [...phrasings, claimOf(text)].map(phrase).filter(({ tokens }) => tokens.length > 0);
  const weights = question.keyPoints.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const topicTokens = read(
    [
      question.prompt,
      question.modelAnswer ?? '',
      ...question.keyPoints.flatMap((p) => [p.text, ...(p.phrasings ?? [])]),
    ].join('\n'),
  );
  return {
    lexicon,
    background,
    points: question.keyPoints.map((point) => ({
      id: point.id,
      text: point.text,
      share: point.weight / weights,
      required: point.required ?? false,
      phrases: phrases(point),
    })),
    redFlags: (question.redFlags ?? []).map((flag) => ({
      text: flag.text,
      deduct: flag.deduct ?? DEFAULT_DEDUCTION,
      phrases: phrases(flag),
    })),
    numbers: topicTokens
      .filter(({ kind }) => kind === 'number')
      .map(({ quantities }) => quantities),
    runs: runsOf(question.prompt),
    asked,
    topic: {
      stems: contentStems(topicTokens),
      concepts: new Set(topicTokens.flatMap(({ concepts }) => concepts.map(({ id }) => id))),
    },
    aboutInjection: /inject|jailbreak|malicious|untrusted|adversarial|system prompt/i.test(
      question.prompt,
    ),
    asksForList: ASKS_FOR_LIST.test(question.prompt),
  };
}

/** The more a question says itself, the less a word of it gives away that it was only repeated. */
function askedWeight(words: number): number {
  const long = Math.min(1, Math.max(0, (words - 15) / 45));
  return WEIGHT.asked + long * (WEIGHT.askedAtLength - WEIGHT.asked);
}

function contentOf(wording: string, lexicon: Lexicon): (MarkedToken & { line: number })[] {
  return sentences(wording).flatMap((part, line) =>
    annotate(part, lexicon)
      .tokens.filter(isContent)
      .map((token) => ({ ...token, line })),
  );
}

function weightOf(
  token: MarkedToken,
  {
    asked,
    damped,
    lexicon,
    background,
  }: {
    asked: ReadonlySet<string>;
    damped: number;
    lexicon: Lexicon;
    background: Background | undefined;
  },
): number {
  const again = asked.has(token.stem) ? damped : 1;
  if (token.kind === 'operator') return WEIGHT.operator;
  if (token.kind === 'symbol') return WEIGHT.symbol * again;
  if (token.kind === 'number') {
    const telling = token.quantities.some(({ unit }) => unit !== '') || token.stem.length >= 3;
    return (telling ? WEIGHT.quantity : WEIGHT.number) * again;
  }
  const plain = rarity(token.stem, background) * again;
  if (token.concepts.some(({ side }) => side))
    return Math.max(plain, WEIGHT.claim * Math.max(again, 0.6));
  return lexicon.light.has(token.stem) ? plain * WEIGHT.light : plain;
}

function contentStems(tokens: readonly MarkedToken[]): Set<string> {
  return new Set(tokens.filter(isContent).map(({ stem }) => stem));
}

/** "Claims that X" and "Says X" are about the false claim X. */
function claimOf(text: string): string {
  return text.replace(
    /^(?:the (?:candidate|answer) )?(?:claims?|says?|saying|thinks?|believes?|states?|stating|claiming|assumes?)\s+(?:that\s+)?/i,
    '',
  );
}
