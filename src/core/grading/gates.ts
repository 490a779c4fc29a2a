import { cutClauses } from './clauses.ts';
import { isCopied } from './copies.ts';
import { hasRunOfTerms, listOf, oddShare } from './forms.ts';
import { cutInjection } from './injection.ts';
import { type Passage, readPassage } from './passage.ts';
import type { PreparedQuestion } from './question.ts';
import { isContent, type MarkedToken } from './text/annotate.ts';
import { FUNCTION_WORDS } from './text/function-words.ts';
import type { AnswerFlag, Gate } from './types.ts';

/** What is left of the credits of an answer of this form. */
const KEEPS = {
  nothing: 0,
  list: 0.1,
  scrambled: 0.2,
  vague: 0.25,
  denied: 0.25,
  offTopic: 0.25,
  all: 1,
};
/** So many short pieces, with such a share of the words in pieces that state nothing, are a list of terms. */
const LISTED = { words: 14, pieces: 6, length: 5, share: 0.7 };
/** People who write short sentences end one after fewer pieces than this, and so do those who group terms by subject. */
const PER_SENTENCE = 5;
/** Where a list is asked for, people name so many things at most. */
const FAIR_LIST = 12;
/** So is a lesser share of more pieces with hardly any grammar. */
const TERMS = { pieces: 8, share: 0.5, grammar: 0.14 };
/** With a sign in so many of its pieces a list makes statements: "p = 0.01 → 0.99". */
const SIGNED = 0.25;
/** So many words that say nothing, and such a share of all words, make an answer of buzzwords. */
const VAGUE = { words: 3, share: 0.06 };
/** Such a share of words of grammar with the wrong neighbours does not happen to people. */
const ODD = 0.25;
/** Fewer words than this, with hardly any content, are no statement. */
const LEAST_WORDS = 3;
/** A longer sentence, in words, is looked through clause by clause. */
const LONG_SENTENCE = 40;
/** Of so many telling words, fewer than this share belong to the topic: another topic. */
const OFF_TOPIC = { words: 12, share: 0.07, known: 40 };

const DONT_KNOW =
  /^(?:(?:sorry|hmm+|uh+|well|honestly|oh|ok|tbh|i'?m afraid)[,.!\s]*)*(?:i (?:really )?(?:do ?n[o']?t|don’t) (?:really |actually )?(?:know|remember|recall)|i have no (?:idea|clue)|no (?:idea|clue)|idk|dunno|(?:can )?(?:we )?(?:pass|skip)(?: (?:this|it|please))?|next(?: question)?(?: please)?|not sure|i(?:'m| am) not sure|never heard of (?:it|that|this)|\?+)(?![a-z])/i;
const DENIED =
  /^\W*(?:it(?:'s|’s| is) (?:not (?:true|the case|correct|right)|wrong|false|untrue|incorrect|a myth) that)\b/i;
const ABUSE =
  /\b(?:fuck\w*|shit\w*|bitch\w*|asshole\w*|idiot\w*|moron\w*|stupid (?:bot|question|thing)|dumb (?:bot|question)|screw you|stfu|wtf)\b/i;
const OTHER_LANGUAGE =
  /\b(?:der|die|das|und|ist|nicht|ein|eine|wird|les|des|une|est|pas|dans|pour|que|qui|los|las|una|para|con|por|es|não|uma|como|il|che|della|sono|het|een|niet|och|som|är|jest|nie|się)\b/giu;
const ENGLISH =
  /\b(?:the|is|are|and|of|to|in|it|that|for|with|not|you|we|be|by|from|this|so|as|on|at|has|have|can)\b/gi;
const CODE_LINE =
  /^\s*(?:def |class |import |from \w+ import|return\b|for .+:$|if .+:$|else:|while .+:$|[\w.[\]]+\s*[-+*/]?=\s*\S+|[{}]|.*[;{]\s*$|#include|const |let |var |print\(|@\w+)/;

/** What is graded of an answer, and the gates that fired, each with what it did. */
export type Gated = { passage: Passage; gates: Gate[] };

/**
 * Looks at the form of an answer before any key point is looked for. Standard name: rule-based filtering of
 * non-answers.
 *
 * @example `passGates('KV cache, paging, blocks, hash, eviction, prefix', question)` fires `keywords`.
 */
export function passGates(answer: string, question: PreparedQuestion): Gated {
  const gates = rawGates(answer);
  const { kept, cut } = cutInjection(unitsOf(answer), question);
  if (cut.length > 0)
    gates.push(
      gate(
        'injection',
        KEEPS.all,
        'I left out what was written to me instead of the interviewer.',
        cut,
      ),
    );
  const own = kept.filter((sentence) => !isCopied(sentence, question.runs));
  const copied = kept.filter((sentence) => !own.includes(sentence));
  if (copied.length > 0)
    gates.push(
      gate(
        'copy',
        own.length === 0 ? KEEPS.nothing : KEEPS.all,
        'I left out what is copied from the question.',
        copied,
      ),
    );
  const passage = readPassage(cutClauses(joined(own)), question.lexicon);
  if (gates.every(({ keeps }) => keeps > 0)) gates.push(...wordGates(passage, question));
  return { passage, gates };
}

/** Sentences, and of a long one, as of speech without punctuation, its clauses: one of them shall not take all others along. */
function unitsOf(answer: string): string[] {
  return cutClauses(answer).flatMap(({ text, pieces }) =>
    text.split(/\s+/).length > LONG_SENTENCE ? pieces : [text],
  );
}

/** Clauses that were taken apart belong together again; sentences stay apart. */
function joined(units: readonly string[]): string {
  return units.map((unit) => (/\s$/.test(unit) ? unit : `${unit}\n`)).join('');
}

function gate(name: AnswerFlag, keeps: number, says: string, cut?: readonly string[]): Gate {
  return { name, keeps, says, ...(cut ? { cut: [...cut] } : {}) };
}

/** Judges the raw text. */
function rawGates(answer: string): Gate[] {
  const letters = answer.match(/\p{L}/gu)?.length ?? 0;
  if (letters + (answer.match(/\p{N}/gu)?.length ?? 0) === 0)
    return [gate('empty', KEEPS.nothing, 'There is no word and no number in it.')];
  const gates: Gate[] = [];
  if (ABUSE.test(answer))
    gates.push(gate('abuse', KEEPS.all, 'It holds an insult. The rest was read.'));
  const words = answer.trim().split(/\s+/).length;
  if (words <= 14 && DONT_KNOW.test(answer.trim()))
    gates.push(gate('dont-know', KEEPS.nothing, 'It says that the answer is not known.'));
  const latin = answer.match(/\p{Script=Latin}/gu)?.length ?? 0;
  const foreign = answer.match(OTHER_LANGUAGE)?.length ?? 0;
  const english = answer.match(ENGLISH)?.length ?? 0;
  if (
    (letters >= 8 && latin < letters * 0.5) ||
    (words >= 6 && foreign >= 3 && foreign > 2 * english)
  )
    gates.push(
      gate('language', KEEPS.nothing, 'It seems to be in another language. I read English only.'),
    );
  const lines = answer.split('\n').filter((line) => line.trim() !== '');
  const code = lines.filter((line) => CODE_LINE.test(line)).length;
  if (lines.length >= 3 && code >= lines.length * 0.6)
    gates.push(gate('code', KEEPS.all, 'It is mostly code. I look for sentences.'));
  return gates;
}

/** Judges the words: nothing said, copies, lists of terms, scrambled words, buzzwords, denials, other topics. */
function wordGates(passage: Passage, question: PreparedQuestion): Gate[] {
  const content = passage.tokens.filter(isContent);
  const words = passage.tokens.filter(({ kind }) => kind === 'word').length;
  const isFigure = content.some(({ kind }) => kind === 'number');
  if (content.length < 3 && words < LEAST_WORDS && !isFigure)
    return [gate('empty', KEEPS.nothing, 'It is too short to state anything.')];
  if (isCopy(content, question) && !passage.tokens.some(({ text }) => text === '='))
    return [gate('copy', KEEPS.nothing, 'It holds no words but those of the question.')];
  const gates: Gate[] = [];
  if (isList(passage, words, question))
    gates.push(
      gate('keywords', KEEPS.list, 'It lists terms and hardly states anything about them.'),
    );
  else if (oddShare(passage) >= ODD)
    gates.push(
      gate('keywords', KEEPS.scrambled, 'Its words do not follow each other as in sentences.'),
    );
  else if (isVague(content, words, question))
    gates.push(
      gate('keywords', KEEPS.vague, 'It is made of words that sound good and say little.'),
    );
  if (deniesAll(passage))
    gates.push(
      gate('denial', KEEPS.denied, 'It says of most claims that they are false, and states none.'),
    );
  if (isOffTopic(content, question))
    gates.push(gate('off-topic', KEEPS.offTopic, 'Hardly a word of it belongs to the topic.'));
  return gates;
}

function isList(passage: Passage, words: number, { asksForList }: PreparedQuestion): boolean {
  const { pieces, listed, signs } = listOf(passage);
  if (asksForList && pieces <= FAIR_LIST) return false;
  if (hasRunOfTerms(passage)) return true;
  const ended = passage.sentences.filter(({ text }) => /[.!?]$|,\s/.test(text)).length;
  if (words < LISTED.words || pieces < Math.max(LISTED.pieces, PER_SENTENCE * ended)) return false;
  if (words > LISTED.length * pieces || signs >= SIGNED * pieces) return false;
  const grammar = passage.tokens.filter(({ text }) => FUNCTION_WORDS.has(text)).length;
  const isTerms =
    pieces >= TERMS.pieces && listed >= TERMS.share && grammar < TERMS.grammar * words;
  return isTerms || listed >= LISTED.share;
}

function isCopy(content: readonly MarkedToken[], { asked }: PreparedQuestion): boolean {
  const fresh = content.filter(({ stem }) => !asked.has(stem));
  return fresh.length <= content.length / 8;
}

/** Fluent sentences of words that sound good, unless they are words of the topic. */
function isVague(
  content: readonly MarkedToken[],
  words: number,
  { lexicon, topic }: PreparedQuestion,
): boolean {
  const vague = content.filter(({ stem }) => lexicon.vague.has(stem) && !topic.has(stem));
  return vague.length >= VAGUE.words && vague.length >= words * VAGUE.share;
}

/** Sentence for sentence a claim that is said to be false, and none of one's own. */
function deniesAll({ sentences: all }: Passage): boolean {
  const denied = all.filter(({ text }) => DENIED.test(text)).length;
  return denied >= 2 && denied >= all.length / 2;
}

function isOffTopic(content: readonly MarkedToken[], { asked, topic }: PreparedQuestion): boolean {
  const telling = content.filter(({ stem, kind }) => kind === 'word' && !asked.has(stem));
  if (telling.length < OFF_TOPIC.words || topic.size < OFF_TOPIC.known) return false;
  return telling.filter(({ stem }) => topic.has(stem)).length < telling.length * OFF_TOPIC.share;
}
