import { annotate, isContent, type MarkedToken } from './annotate.ts';
import { runsOf } from './copies.ts';
import { faultOf } from './fault-line.ts';
import { leaningOf } from './leaning.ts';
import type { Lexicon } from './lexicon.ts';
import { matchPoint } from './match.ts';
import { mean } from './measure.ts';
import { mixingOf } from './mixing.ts';
import { contrastsOf, ownersOf } from './owners.ts';
import { type Passage, readPassage } from './passage.ts';
import { phraseOf, phrasesOf, pointPhrases } from './phrases.ts';
import { DEFAULT_DEDUCTION } from './score.ts';
import { sentences } from './sentences.ts';
import { stanceOf } from './stance.ts';
import { ownTopicOf } from './topics.ts';
import type { Background, GradedQuestion, KeyPoint, Phrase, PreparedQuestion } from './types.ts';

const ASKS_FOR_LIST =
  /(?:^|[.?!:]\s+)(?:name|list|mention|enumerate)\b|\bwhat are\b|\b(?:give|which) (?:two|three|four|five|some|\d)\b/i;
const ABOUT_INJECTION = /inject|jailbreak|malicious|untrusted|adversarial|system prompt/i;

/** Builds the matcher of one question. Do it once and keep it; see `gradeAnswer`. */
export function prepareQuestion(
  question: GradedQuestion,
  lexicon: Lexicon,
  background?: Background,
): PreparedQuestion {
  const { prompt, modelAnswer = '', keyPoints, redFlags = [] } = question;
  const lines = (texts: readonly string[]) =>
    texts.flatMap(sentences).map((text) => annotate(text, lexicon).tokens);
  const read = (text: string) => lines([text]).flat();
  const asking = read(prompt);
  const promptTokens = asking.filter(isContent);
  const asked = contentStems(promptTokens);
  const askedMeanings = new Set(
    promptTokens.flatMap(({ concepts }) =>
      concepts.filter(({ strength, side }) => strength >= 0.9 && !side).map(({ id }) => id),
    ),
  );
  const scale = { lexicon, background, asked, askedMeanings };
  const model = sentences(modelAnswer).map((sentence) => phraseOf(sentence, scale));
  const phrases = pointPhrases(keyPoints, model, scale);
  const weights = keyPoints.reduce((sum, { weight }) => sum + weight, 0);
  const wordings = keyPoints.map(({ text, phrasings = [] }) => [text, ...phrasings]);
  const right = [modelAnswer, ...wordings.flat()];
  const wrong = [
    ...keyPoints.flatMap(({ wrong: own = [] }) => own),
    ...redFlags.flatMap(({ text, phrasings = [] }) => [text, ...phrasings]),
  ];
  const said = lines(right);
  const material = [prompt, ...right].join('\n');
  const topic = read(material);
  const numbers = topic.filter(({ kind }) => kind === 'number').map(({ quantities }) => quantities);
  const common = commonness(
    phrases,
    wordings.map((own) => readPassage(own.flatMap(sentences), { lexicon, numbers })),
  );
  const claimed = contentStems(keyPoints.flatMap(({ text }) => read(text)));
  const isName = (token: MarkedToken) =>
    isContent(token) &&
    token.kind === 'word' &&
    claimed.has(token.stem) &&
    !lexicon.verbs.has(token.stem) &&
    !lexicon.light.has(token.stem);
  const contrasts = contrastsOf(asking, isName);
  return {
    lexicon,
    background,
    points: keyPoints.map((point, i) => ({
      id: point.id,
      text: point.text,
      share: weights > 0 ? point.weight / weights : 1 / keyPoints.length,
      required: point.required ?? false,
      phrases: phrases[i] ?? [],
      common: common[i] ?? 0,
    })),
    redFlags: redFlags.map((flag) => ({
      text: flag.text,
      deduct: flag.deduct ?? DEFAULT_DEDUCTION,
      phrases: phrasesOf(flag, scale),
    })),
    numbers,
    contrasts,
    owners: ownersOf([...phrases, ...model.map((line) => [line])], contrasts, asking),
    mixing: mixingOf(phrases, model, scale),
    stance: stanceOf(said),
    leaning: leaningOf(said, lines(wrong)),
    runs: runsOf(prompt),
    asked,
    topic: {
      stems: contentStems(topic),
      concepts: new Set(topic.flatMap(({ concepts }) => concepts.map(({ id }) => id))),
    },
    ownTopic: background && ownTopicOf(topic, background.topics),
    isSparse: isSparse(keyPoints),
    fault: faultOf(question),
    words: material.toLowerCase(),
    aboutInjection: ABOUT_INJECTION.test(prompt),
    asksForList: ASKS_FOR_LIST.test(prompt),
  };
}

/** A question knows its false claims when each point has so many wordings of them, on average. */
const LEAST_WRONG = 2;

function isSparse(points: readonly KeyPoint[]): boolean {
  const known = points.reduce((sum, { wrong = [] }) => sum + wrong.length, 0);
  return known < LEAST_WRONG * points.length;
}

/** How well each point is met, on average, in what the other points say. */
function commonness(
  phrases: readonly (readonly Phrase[])[],
  wordings: readonly Passage[],
): number[] {
  return phrases.map((own, i) =>
    mean(wordings.filter((_, other) => other !== i).map((other) => matchPoint(own, other).raw)),
  );
}

function contentStems(tokens: readonly MarkedToken[]): Set<string> {
  return new Set(tokens.filter(isContent).map(({ stem }) => stem));
}
