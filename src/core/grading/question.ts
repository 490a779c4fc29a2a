import { type Contrast, readContrast } from './contrast.ts';
import { runsOf } from './copies.ts';
import type { FieldWords } from './field-words.ts';
import { type Heard, withHeard } from './heard.ts';
import { type PreparedMistake, prepareMistakes } from './mistakes.ts';
import { oddsOf, type PairOdds } from './odds.ts';
import { annotate, isContent, type MarkedToken } from './text/annotate.ts';
import type { Lexicon } from './text/lexicon.ts';
import { isNear, type Quantity } from './text/quantities.ts';
import { sentences } from './text/sentences.ts';
import type { GradedQuestion, KeyPoint, RedFlag } from './types.ts';
import { numbering, type Scale, type Wording, weighWording } from './wordings.ts';

const ASKS_FOR_LIST =
  /(?:^|[.?!:]\s+)(?:name|list|mention|enumerate)\b|\bwhat are\b|\b(?:give|which) (?:two|three|four|five|some|\d)\b/i;
const ABOUT_INJECTION = /inject|jailbreak|malicious|untrusted|adversarial|system prompt/i;

/** A key point with its wordings, ready to be looked for. */
export type PreparedPoint = {
  id: string;
  text: string;
  /** Its share of all weights. */
  share: number;
  required: boolean;
  right: readonly Wording[];
  wrong: readonly Wording[];
  contrast: Contrast | undefined;
  /** Numbers of its text that the question does not give, and all of its wordings. */
  counted: readonly MarkedToken[];
  numbers: readonly (readonly Quantity[])[];
};

/** A question with everything computed that does not depend on the answer. */
export type PreparedQuestion = {
  lexicon: Lexicon;
  field: FieldWords;
  points: readonly PreparedPoint[];
  mistakes: readonly PreparedMistake[];
  /** Content stems of the question's own text, and of all that its author wrote. */
  asked: ReadonlySet<string>;
  /** The numbers of its text. */
  given: readonly (readonly Quantity[])[];
  topic: ReadonlySet<string>;
  /** Which pairs of words stand together in its wrong wordings rather than in its right ones. */
  odds: PairOdds;
  /** Runs of words of the question's own text. */
  runs: ReadonlySet<string>;
  /** All that its author wrote, in lower case. */
  words: string;
  /** It speaks of prompt injection, so answers may quote such text. */
  aboutInjection: boolean;
  /** It asks for a list, so a list is a fair answer. */
  asksForList: boolean;
};

/** Reads a question. Do it once and keep it. */
export function prepareQuestion(
  question: GradedQuestion,
  { lexicon, field, heard }: { lexicon: Lexicon; field: FieldWords; heard: Heard },
): PreparedQuestion {
  const { prompt, modelAnswer = '', redFlags = [] } = question;
  const keyPoints = withHeard(question, heard);
  const known = new Map<string, MarkedToken[][]>();
  const linesOf = (text: string) => {
    const read = known.get(text) ?? sentences(text).map((sentence) => annotate(sentence, lexicon));
    known.set(text, read);
    return read;
  };
  const lines = (texts: readonly string[]) => texts.flatMap(linesOf);
  const asking = lines([prompt]).flat().filter(isContent);
  const given = numbersIn([asking]).map(({ quantities }) => quantities);
  const scale: Scale = {
    lexicon,
    field,
    asked: new Set(asking.map(({ stem }) => stem)),
    askedMeanings: certainTokens(asking),
    numberOf: numbering(),
  };
  const read = (texts: readonly string[]) =>
    texts
      .map((text) => weighWording(text, linesOf(text), scale))
      .filter(({ tokens }) => tokens.length > 0);
  const weights = keyPoints.reduce((sum, { weight }) => sum + weight, 0);
  const rightTexts = [modelAnswer, ...keyPoints.flatMap(waysToSay)];
  const right = lines(rightTexts);
  const wrong = lines([
    ...keyPoints.flatMap((point) => point.wrong ?? []),
    ...redFlags.flatMap(waysToSay),
  ]);
  return {
    lexicon,
    field,
    points: keyPoints.map((point) => ({
      id: point.id,
      text: point.text,
      share: weights > 0 ? point.weight / weights : 1 / keyPoints.length,
      required: point.required ?? false,
      right: read(waysToSay(point)),
      wrong: read(point.wrong ?? []),
      contrast: point.contrast && readContrast(point.contrast, lexicon),
      counted: numbersIn(linesOf(point.text)).filter(
        ({ quantities }) => !given.some((each) => isNear(each, quantities)),
      ),
      numbers: numbersIn(lines(waysToSay(point))).map(({ quantities }) => quantities),
    })),
    mistakes: prepareMistakes(redFlags, lexicon),
    asked: scale.asked,
    given,
    topic: new Set([...asking, ...right.flat().filter(isContent)].map(({ stem }) => stem)),
    odds: oddsOf(right, wrong),
    runs: runsOf(prompt),
    words: [prompt, ...rightTexts].join('\n').toLowerCase(),
    aboutInjection: ABOUT_INJECTION.test(prompt),
    asksForList: ASKS_FOR_LIST.test(prompt),
  };
}

const numbersIn = (lines: readonly (readonly MarkedToken[])[]) =>
  lines.flat().filter(({ kind }) => kind === 'number');

function waysToSay({ text, phrasings = [] }: KeyPoint | RedFlag): string[] {
  return [text, ...phrasings];
}

function certainTokens(tokens: readonly MarkedToken[]): Set<number> {
  return new Set(
    tokens.flatMap(({ concepts }) =>
      concepts.filter(({ strength, side }) => strength >= 0.9 && !side).map(({ id }) => id),
    ),
  );
}
