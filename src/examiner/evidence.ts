import { FUNCTION_WORDS } from '../core/grading/text/function-words.ts';
import { sentences } from '../core/grading/text/sentences.ts';
import type { PointGrade } from '../core/grading/types.ts';
import type { SpokenQuestion } from '../core/questions/schema.ts';

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
 * or with what the built-in grader found for it. Words of the question prove nothing.
 */
export function isAbout(
  quote: string,
  { question, id, found }: { question: SpokenQuestion; id: string; found?: PointGrade | undefined },
): boolean {
  const point = question.keyPoints.find((each) => each.id === id);
  if (!point) return false;
  const asked = tellingWords(question.prompt);
  const known = tellingWords([point.text, ...point.phrasings, found?.evidence ?? ''].join(' '));
  const own = new Set([...known].filter((word) => !asked.has(word)));
  return meets(tellingWords(quote), own.size > 0 ? own : known);
}

/**
 * The sentences of an answer that can be evidence, which are all that leaves the machine: those that share a word with the
 * question or with anything its author wrote, without what the built-in grader took for words to a grader.
 */
export function topicalPart(
  answer: string,
  question: SpokenQuestion,
  cut: readonly string[],
): string {
  const topic = tellingWords(
    [
      question.prompt,
      question.code ?? '',
      question.modelAnswer,
      ...question.keyPoints.flatMap(({ text, phrasings, wrong = [] }) => [
        text,
        ...phrasings,
        ...wrong,
      ]),
      ...question.redFlags.flatMap(({ text, phrasings = [] }) => [text, ...phrasings]),
    ].join(' '),
  );
  let isOn = false;
  return sentences(cut.reduce((text, each) => text.replaceAll(each, '\n'), answer))
    .filter((sentence) => {
      const words = tellingWords(sentence);
      isOn = meets(words, topic) || (isOn && words.size <= BRIEF);
      return isOn;
    })
    .join('\n');
}
