import { FUNCTION_WORDS } from '../core/grading/text/function-words.ts';
import { sentences } from '../core/grading/text/sentences.ts';
import type { FreeTextQuestion } from '../core/questions/schema.ts';

/** A shorter quote proves nothing: every answer has an "a". */
const LEAST_QUOTED = 3;
/** A sentence with at most so many telling words ("No, that's wrong.") belongs to the one before it. */
const BRIEF = 1;

/** Letters and digits alone: quotes may differ in spaces, case and punctuation. */
export const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** Whether a quote of three words or more stands in a text, from one word boundary to another. */
export function isQuoted(quote: string, text: string): boolean {
  const words = wordsOf(quote);
  return (
    words.length >= LEAST_QUOTED && ` ${wordsOf(text).join(' ')} `.includes(` ${words.join(' ')} `)
  );
}

/** Numbers, and the other words that carry meaning, cut so that forms of one word meet. */
export function tellingWords(text: string): Set<string> {
  return new Set(
    wordsOf(text)
      .filter((word) => !FUNCTION_WORDS.has(word) && (word.length > 1 || /\p{N}/u.test(word)))
      .map((word) => word.slice(0, 6)),
  );
}

const meets = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
  [...one].some((word) => other.has(word));

/**
 * Whether a quote can be about a key point: it shares a telling word with the point or with one of its wordings in the bank,
 * which neither the question nor another point has.
 */
export function isAbout(
  quote: string,
  { question, id }: { question: FreeTextQuestion; id: string },
): boolean {
  const point = question.keyPoints.find((each) => each.id === id);
  if (!point) return false;
  const others = question.keyPoints.flatMap((each) => (each.id === id ? [] : each.text));
  const elsewhere = tellingWords([question.prompt, ...others].join(' '));
  const known = tellingWords([point.text, ...point.phrasings].join(' '));
  return meets(tellingWords(quote), new Set([...known].filter((word) => !elsewhere.has(word))));
}

/** Words about the grading itself, and marks that prompts are made of. */
const ABOUT_GRADING =
  /\b(?:rubrics?|graders?|graded|grading|examiners?|evaluators?|verdicts?|heard|key ?points?|(?:all|every|each) (?:points?|ids?)|reference answer|full (?:marks?|credit)|quotes?)\b|<\W*(?:system|assistant|answer|im_start)|^\W*(?:system|assistant|developer)\W*:/gi;

/** Whether a sentence speaks of its own grading, in words that have nothing to do with the question. */
const isOnGrading = (sentence: string, topic: ReadonlySet<string>): boolean =>
  [...sentence.matchAll(ABOUT_GRADING)].some(
    ([said]) => ![...tellingWords(said)].every((word) => topic.has(word)),
  );

/**
 * The sentences of an answer that can be evidence, which are all that leaves the machine: those that share a word with the
 * question or with anything its author wrote, and don't speak of their grading; and whether any does.
 *
 * @param cut What the built-in grader took for words to a grader.
 */
export function topicalPart(
  answer: string,
  question: FreeTextQuestion,
  cut: readonly string[],
): { text: string; isOnGrading: boolean } {
  const topic = topicOf(question);
  const all = sentences(cut.reduce((text, each) => text.replaceAll(each, '\n'), answer));
  const kept = all.filter((sentence) => !isOnGrading(sentence, topic));
  let isOn = false;
  const text = kept
    .filter((sentence) => {
      const words = tellingWords(sentence);
      isOn = meets(words, topic) || (isOn && words.size <= BRIEF);
      return isOn;
    })
    .join('\n');
  return { text, isOnGrading: cut.length > 0 || kept.length < all.length };
}

function topicOf(question: FreeTextQuestion): Set<string> {
  const { prompt, code = '', modelAnswer, keyPoints, redFlags } = question;
  return tellingWords(
    [
      prompt,
      code,
      modelAnswer,
      ...keyPoints.flatMap(({ text, phrasings, wrong = [] }) => [text, ...phrasings, ...wrong]),
      ...redFlags.flatMap(({ text, phrasings = [] }) => [text, ...phrasings]),
    ].join(' '),
  );
}
