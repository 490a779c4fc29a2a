import { sentences } from './text/sentences.ts';

/** A sentence of an answer, cut into pieces that state one thing each; joined, the pieces are the sentence. */
export type Cut = { text: string; pieces: readonly string[] };

/** Words that begin another statement, whether or not somebody types a comma before them. */
const DISCOURSE =
  'because|cause|since|so|but|while|whereas|although|though|however|therefore|hence|thus|then|unless|until|' +
  'which|where|when|if|also|plus|instead|rather than|and (?:then|so|that|this|it|they|you|we|the|a|each|every|there|in|for|at)|' +
  "that(?:'s| is) why|i mean|you know|for example|so that|okay|ok|right|well|basically|actually";
/** A verb in the form of a statement: the words from its subject on may be another statement. */
const FINITE =
  "is|are|was|were|has|have|had|does|do|did|can|will|would|must|should|isn't|aren't|doesn't|don't|can't|won't|gets|makes|needs|means|gives|takes|goes|uses|keeps|becomes|holds|reads|writes|runs|stays";
/** Behind these no verb has a subject of its own. */
const NO_SUBJECT =
  /^(?:not|to|and|or|is|are|was|were|has|have|does|do|can|will|would|must|should)\s*$/i;

const BREAK = new RegExp(
  `(?<=[,;:)])\\s+|\\s+(?=\\()|(?<=->|→|=>)\\s*|\\s+(?=[-–—]\\s)|\\s+(?=(?:${DISCOURSE})\\b)`,
  'gi',
);
/** A piece of more words than this without a break is looked through for finite verbs. */
const LONG = 9;
/** A statement has so many words at least on both sides of a finite verb's subject. */
const LEAST = 4;

/** Cuts an answer into sentences and those into statements, by punctuation, line breaks, discourse words and finite verbs. */
export function cutClauses(answer: string): Cut[] {
  return sentences(answer).map((text) => ({ text, pieces: piecesOf(text) }));
}

function piecesOf(sentence: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  for (const { index, 0: gap } of sentence.matchAll(BREAK)) {
    if (index + gap.length > start) pieces.push(sentence.slice(start, index + gap.length));
    start = index + gap.length;
  }
  pieces.push(sentence.slice(start));
  return pieces.filter((piece) => piece !== '').flatMap(atVerbs);
}

/** "prefill is compute bound decode is memory bound": cut before the word that the second verb is said of. */
function atVerbs(piece: string): string[] {
  const words = piece.match(/\S+\s*/g) ?? [];
  if (words.length <= LONG) return [piece];
  const finite = new RegExp(`^(?:${FINITE})\\s*$`, 'i');
  const pieces: string[] = [];
  let start = 0;
  for (let i = LEAST; i < words.length - 1; i += 1) {
    if (!finite.test(words[i] ?? '') || i - 1 - start < LEAST) continue;
    if (NO_SUBJECT.test(words[i - 1] ?? '')) continue;
    // What stands before must have a verb of its own, or its statement would be torn apart.
    if (!words.slice(start, i - 1).some((word) => finite.test(word))) continue;
    pieces.push(words.slice(start, i - 1).join(''));
    start = i - 1;
  }
  pieces.push(words.slice(start).join(''));
  return pieces;
}
