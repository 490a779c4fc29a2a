import { annotate, isContent, type MarkedToken } from '../../core/interview/grading/annotate.ts';
import { type FieldLeaning, fieldLeaningOf } from '../../core/interview/grading/leaning.ts';
import type { Lexicon } from '../../core/interview/grading/lexicon.ts';
import { sentences } from '../../core/interview/grading/sentences.ts';
import type { GradedQuestion, PreparedQuestion } from '../../core/interview/grading/types.ts';
import type { SpokenQuestion } from '../../core/questions/schema.ts';
import { type LabelledAnswer, readFitting, readTopics, spokenBank } from './sets.ts';
import { matchers, readBackground } from './words.ts';

type Line = readonly MarkedToken[];
type Statement = { prompt: string; isFalse: boolean; lines: readonly Line[] };

/** The field's statements on some questions, right and false, and the words that it is about. */
export type Statements = {
  all: readonly Statement[];
  isOfField: (stem: string) => boolean;
};

/** Labels from which an answer is right, and up to which it states something false, if it is of such a kind. */
const RIGHT = 0.74;
const FALSE = 0.2;
/** Other worthless answers state nothing. */
const STATES_FALSE = new Set(
  'wrong confident-wrong confident plain-wrong reworded-wrong phone-wrong chatty-wrong second-language-wrong negated flipped swapped'.split(
    ' ',
  ),
);
/** A word is the field's when so many questions use it, or the statements on so many topics. */
const LEAST = { questions: 2, topics: 5 };
/** Questions are left out in so many groups. */
const GROUPS = 8;

/** Reads all that the bank, the statements on topics and labelled answers state. */
export function readStatements(
  bank: readonly SpokenQuestion[],
  answers: readonly LabelledAnswer[],
  lexicon: Lexicon,
): Statements {
  const read = (text: string) =>
    sentences(text).map((sentence) => annotate(sentence, lexicon).tokens);
  const stated = (prompt: string, isFalse: boolean) => (text: string) => ({
    prompt,
    isFalse,
    lines: read(text),
  });
  const written = bank.flatMap(({ prompt, modelAnswer, keyPoints, redFlags = [] }) => [
    ...[modelAnswer, ...keyPoints.flatMap(({ text, phrasings }) => [text, ...phrasings])].map(
      stated(prompt, false),
    ),
    ...[
      ...keyPoints.flatMap(({ wrong = [] }) => wrong),
      ...redFlags.flatMap(({ text, phrasings = [] }) => [text, ...phrasings]),
    ].map(stated(prompt, true)),
  ]);
  const topics = readTopics().map(({ topic, right, wrong }) => [
    ...right.map(stated(topic, false)),
    ...wrong.map(stated(topic, true)),
  ]);
  const given = answers.flatMap(({ set, question, label, kind, answer }) => {
    const isFalse = label <= FALSE && STATES_FALSE.has(kind);
    const isUsed = set !== 'digiklausur' && (isFalse || label >= RIGHT);
    return isUsed ? [stated(question.prompt, isFalse)(answer)] : [];
  });
  const asked = bank.map(({ modelAnswer, keyPoints }) =>
    [modelAnswer, ...keyPoints.map(({ text }) => text)].flatMap(read),
  );
  const discussed = topics.map((statements) => statements.flatMap(({ lines }) => lines));
  const terms = new Set([
    ...repeated(asked, LEAST.questions),
    ...repeated(discussed, LEAST.topics),
  ]);
  return { all: [...written, ...topics.flat(), ...given], isOfField: (stem) => terms.has(stem) };
}

/** The stems of content that so many texts use. */
function repeated(texts: readonly (readonly Line[])[], least: number): string[] {
  const counts = new Map<string, number>();
  for (const lines of texts)
    for (const stem of new Set(
      lines
        .flat()
        .filter(isContent)
        .map((token) => token.stem),
    ))
      counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return [...counts].filter(([, n]) => n >= least).map(([stem]) => stem);
}

/** All that is rightly said of each topic of the field: of the bank's questions and of those beside it. */
export function textsOfTopics(bank: readonly SpokenQuestion[]): string[][] {
  return [
    ...bank.map(({ prompt, modelAnswer, keyPoints }) => [
      prompt,
      modelAnswer,
      ...keyPoints.flatMap(({ text, phrasings = [] }) => [text, ...phrasings]),
    ]),
    ...readTopics().map(({ right }) => right),
  ];
}

/** What all statements say, but for those on some questions. */
export function leaningOfField(
  { all, isOfField }: Statements,
  isLeftOut: (prompt: string) => boolean = () => false,
): FieldLeaning {
  const lines = (isFalse: boolean) =>
    all
      .filter((each) => each.isFalse === isFalse && !isLeftOut(each.prompt))
      .flatMap((each) => each.lines);
  return fieldLeaningOf(lines(false), lines(true), isOfField);
}

/** Reads questions as if nothing had ever been said on them: what the field says is counted without them, in eight groups. */
export function strangeMatchers(
  answers: readonly LabelledAnswer[],
  lexicon: Lexicon,
): (question: GradedQuestion) => PreparedQuestion {
  const bank = spokenBank();
  const statements = readStatements(bank, readFitting(), lexicon);
  const asked = [...bank, ...answers.map(({ question }) => question)];
  const prompts = [...new Set(asked.map(({ prompt }) => prompt))].sort();
  const groupOf = new Map(prompts.map((prompt, i) => [prompt, i % GROUPS]));
  const words = readBackground();
  const backgrounds = Array.from({ length: GROUPS }, (_, group) => ({
    ...words,
    leaning: leaningOfField(statements, (prompt) => groupOf.get(prompt) === group),
  }));
  return matchers(lexicon, ({ prompt }) => backgrounds[groupOf.get(prompt) ?? 0] ?? words);
}
