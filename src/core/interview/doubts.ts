import type { SpokenQuestion } from '../questions/schema.ts';
import { contentWords, overlap } from './partial-mention.ts';
import type { Exchange } from './state.ts';

/** A sentence that may contradict the model answer, which is not sure enough to be held against anybody. */
export type DoubtReport = {
  /** The sentence, as it was typed. */
  evidence: string;
  /** What the model answer says about the same. */
  model: string;
};

/** Each doubtful sentence once, beside the sentence of the model answer that speaks of the same. */
export function doubtsIn(
  exchanges: readonly Pick<Exchange, 'answer' | 'grade'>[],
  { modelAnswer }: Pick<SpokenQuestion, 'modelAnswer'>,
): DoubtReport[] {
  const sure = exchanges.flatMap(({ grade }) => grade?.redFlags ?? []);
  const doubts = exchanges
    .flatMap(({ answer = '', grade }) =>
      (grade?.doubts ?? []).map(({ text, evidence }) => ({
        text,
        evidence: sentenceAround(evidence, answer),
      })),
    )
    .filter(({ text }) => sure.every((claim) => claim.text !== text));
  return doubts
    .filter(
      (doubt, index) => doubts.findIndex((each) => each.evidence === doubt.evidence) === index,
    )
    .map(({ text, evidence }) => ({
      evidence,
      model: nearestSentence(modelAnswer, `${text} ${evidence}`),
    }));
}

/** A longer sentence is speech without punctuation, in which the words themselves say more. */
const LONGEST_SENTENCE = 300;

/** The whole sentence, since half of one may say what nobody meant; a sentence of an earlier answer as it was found. */
function sentenceAround(evidence: string, answer: string): string {
  const whole = sentencesOf(answer).find((sentence) => sentence.includes(evidence));
  return whole && whole.length <= LONGEST_SENTENCE ? whole : evidence;
}

const sentencesOf = (text: string): string[] => text.split(/(?<=[.!?])\s+|\n+/);

function nearestSentence(answer: string, text: string): string {
  const words = contentWords(text);
  const [best] = sentencesOf(answer)
    .map((sentence) => ({ sentence, shared: overlap(contentWords(sentence), words) }))
    .sort((a, b) => b.shared - a.shared);
  return best?.sentence ?? '';
}
