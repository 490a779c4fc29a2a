import { isContent, type MarkedToken } from './annotate.ts';
import { FUNCTION_WORDS } from './function-words.ts';
import { flowOf } from './grammar.ts';
import { headedShare, isRunOfPieces, piecesOf } from './lists.ts';
import { linesOf, type Passage } from './passage.ts';
import { hasOddNeighbours } from './scramble.ts';
import type { AnswerFlag, PreparedQuestion } from './types.ts';

/** What the form of an answer says about it, before any key point is looked for. */
export type Gates = {
  flags: AnswerFlag[];
  /** The score is multiplied by this: 0 stops the grading. */
  factor: number;
};

/** So many words in a row with so few words of grammar among them are a list of terms. */
const RUNS = [
  { words: 12, grammar: 0 },
  { words: 16, grammar: 1 },
];
/** Signs that make a list of terms into statements. */
const STATING = new Set(['=', '->', ':', '<', '>']);
/** So many slashes are commas of another kind; with this share of stating signs a list makes statements. */
const SLASHES = 4;
const STATED = 0.12;
/** So much of an answer of so many words states nothing: a list, whatever its signs. */
const LISTED = { words: 15, share: 0.8 };
const SHORT_RUN = 6;
/** Where a list is asked for, people name so many things at most. */
const FAIR_LIST = 12;
const BARE = { words: 14, share: 0.05 };
/** So many words that say nothing, and such a share of all words, make an answer of buzzwords. */
const VAGUE = { words: 3, share: 0.06 };
const FACTOR = {
  run: 0.12,
  vague: 0.25,
  list: 0.3,
  fairList: 0.7,
  scrambled: 0.2,
  denied: 0.25,
  offTopic: 0.7,
  code: 0.6,
};

/**
 * Scrambled words flow worse than this, by a margin that is wider for short answers, or they flow no better than by chance
 * and run on without a break.
 */
const SCRAMBLED = { words: 12, flow: -0.15, margin: 0.7, stride: 15 };
/** Where words flow as well as this, odd neighbours are quoted code, asides or slips. */
const FLUENT = 0.05;

/** Fewer words than this, with hardly any content, are no statement. */
const LEAST_WORDS = 5;
/** With fewer words known of a topic nobody can say what is off it. */
const LEAST_TOPIC = 40;

const DONT_KNOW =
  /^(?:(?:sorry|hmm+|uh+|well|honestly|oh|ok|tbh|i'?m afraid)[,.!\s]*)*(?:i (?:really )?(?:do ?n[o']?t|don’t) (?:really |actually )?(?:know|remember|recall)|i have no (?:idea|clue)|no (?:idea|clue)|idk|dunno|(?:can )?(?:we )?(?:pass|skip)(?: (?:this|it|please))?|next(?: question)?(?: please)?|not sure|i(?:'m| am) not sure|never heard of (?:it|that|this)|\?+)(?![a-z])/i;
const DENIED =
  /^\W*(?:it(?:'s|’s| is) (?:not (?:true|the case|correct|right)|wrong|false|untrue|incorrect|a myth) that)\b/i;
const ABUSE =
  /\b(?:fuck\w*|shit\w*|bitch\w*|asshole\w*|idiot\w*|moron\w*|stupid (?:bot|question|thing)|dumb (?:bot|question)|screw you|stfu|wtf)\b/i;
const OTHER_LANGUAGE =
  /\b(?:der|die|das|und|ist|nicht|ein|eine|wird|les|des|une|est|pas|dans|pour|que|qui|los|las|una|para|con|por|es|não|uma|como|il|che|per|della|sono|het|een|niet|och|som|är|jest|nie|się)\b/giu;
const ENGLISH =
  /\b(?:the|is|are|and|of|to|in|it|that|for|with|not|you|we|be|by|from|this|so|as|on|at|has|have|can)\b/gi;
const CODE_LINE =
  /^\s*(?:def |class |import |from \w+ import|return\b|for .+:$|if .+:$|else:|while .+:$|[\w.[\]]+\s*[-+*/]?=\s*\S+|[{}]|.*[;{]\s*$|#include|const |let |var |print\(|@\w+)/;

/** Judges the raw text: nothing to grade, or grading would be pointless. */
export function rawGates(answer: string): AnswerFlag[] {
  const flags: AnswerFlag[] = [];
  const letters = answer.match(/\p{L}/gu)?.length ?? 0;
  if (letters + (answer.match(/\p{N}/gu)?.length ?? 0) === 0) return ['empty'];
  if (ABUSE.test(answer)) flags.push('abuse');
  const words = answer.trim().split(/\s+/).length;
  if (words <= 14 && DONT_KNOW.test(answer.trim())) flags.push('dont-know');
  const latin = answer.match(/\p{Script=Latin}/gu)?.length ?? 0;
  const foreign = answer.match(OTHER_LANGUAGE)?.length ?? 0;
  const english = answer.match(ENGLISH)?.length ?? 0;
  if (letters >= 8 && latin < letters * 0.5) flags.push('language');
  else if (words >= 6 && foreign >= 3 && foreign > 2 * english) flags.push('language');
  const lines = answer.split('\n').filter((line) => line.trim() !== '');
  const code = lines.filter((line) => CODE_LINE.test(line)).length;
  if (lines.length >= 3 && code >= lines.length * 0.6) flags.push('code');
  return flags;
}

/** Judges the words: copies, lists of terms, scrambled sentences, other topics. */
export function wordGates(passage: Passage, question: PreparedQuestion): Gates {
  const content = passage.tokens.filter(isContent);
  const flags: AnswerFlag[] = [];
  const hasNumber = content.some(({ kind }) => kind === 'number');
  if (content.length < 3 && passage.words < LEAST_WORDS && !hasNumber) {
    return { flags: ['empty'], factor: 0 };
  }
  if (content.every(({ stem }) => question.asked.has(stem)) || isCopy(content, question)) {
    return { flags: ['copy'], factor: 0 };
  }
  let factor = 1;
  const list = keywordFactor(passage, question);
  if (list < 1) {
    flags.push('keywords');
    factor *= list;
  }
  if (isVague(content, passage, question)) {
    flags.push('keywords');
    factor = Math.min(factor, FACTOR.vague);
  }
  if (deniesAll(passage)) factor = Math.min(factor, FACTOR.denied);
  if (isOffTopic(content, question)) {
    flags.push('off-topic');
    factor *= FACTOR.offTopic;
  }
  return { flags, factor };
}

function isCopy(content: readonly MarkedToken[], question: PreparedQuestion): boolean {
  const fresh = content.filter(({ stem }) => !question.asked.has(stem));
  return content.length >= 5 && fresh.length / content.length <= 0.2 && fresh.length <= 3;
}

function keywordFactor(passage: Passage, question: PreparedQuestion): number {
  const lines = linesOf(passage);
  if (lines.some(isRunOfTerms) || isBare(passage.tokens)) return FACTOR.run;
  if (isShortRun(passage)) return FACTOR.list;
  if (isScrambled(passage, lines, question)) return FACTOR.scrambled;
  const isListed = passage.words >= LISTED.words && headedShare(passage) >= LISTED.share;
  if (isList(passage) || isListed || isRunOfPieces(passage)) {
    const isShort = passage.tokens.filter(({ kind }) => kind === 'mark').length <= FAIR_LIST;
    const isFair = isInLines(passage) || (question.asksForList && isShort);
    return isFair ? FACTOR.fairList : FACTOR.list;
  }
  return 1;
}

/** The words do not follow each other as in a sentence, the less so the longer they run on. */
function isScrambled(
  { tokens, words }: Passage,
  lines: readonly (readonly MarkedToken[])[],
  { background }: PreparedQuestion,
): boolean {
  const isOdd = hasOddNeighbours(lines);
  if (!background) return isOdd;
  const flow = flowOf(lines, background.grammar);
  if (isOdd && flow < FLUENT) return true;
  if (words < SCRAMBLED.words) return false;
  const breaks = tokens.filter(({ kind }) => kind === 'mark' || kind === 'operator').length;
  const stride = words / (breaks + lines.length);
  const least = SCRAMBLED.flow - SCRAMBLED.margin / Math.sqrt(words);
  return flow < least || (flow < 0 && stride >= SCRAMBLED.stride);
}

/** "Several heads share one key" has no word of grammar in the narrow sense, and is a sentence all the same. */
function isGrammar(word: string): boolean {
  return FUNCTION_WORDS.has(word) || word === 'one' || word === 'several';
}

function isRunOfTerms(line: readonly MarkedToken[]): boolean {
  return RUNS.some(({ words, grammar }) => {
    let run: boolean[] = [];
    return line.some(({ kind, text }) => {
      run = kind === 'mark' || kind === 'operator' ? [] : [...run, isGrammar(text)].slice(-words);
      return run.length === words && run.filter(Boolean).length <= grammar;
    });
  });
}

/** Hardly any grammar in the whole answer, and no equations: even on a phone people type some. */
function isBare(tokens: readonly MarkedToken[]): boolean {
  const words = tokens.filter(({ kind }) => kind === 'word');
  const grammar = tokens.filter(({ text }) => FUNCTION_WORDS.has(text) || text === '=');
  return words.length >= BARE.words && grammar.length < words.length * BARE.share;
}

/** A short answer of bare terms: no grammar, no sign, no verb. */
function isShortRun({ tokens, lexicon }: Passage): boolean {
  const bare = ({ kind, text, stem }: MarkedToken) =>
    kind === 'word' && !FUNCTION_WORDS.has(text) && !lexicon.verbs.has(stem);
  return tokens.length >= SHORT_RUN && tokens.every(bare);
}

/** Written as lines or bullets, as people do; a run of commas is something else. */
function isInLines({ sentences, tokens }: Passage): boolean {
  const commas = tokens.filter(({ kind, text }) => kind === 'mark' && text === ',').length;
  const runOn = sentences.filter(({ text }) => text.endsWith(';')).length;
  return sentences.length >= 4 && commas <= sentences.length / 2 && runOn <= sentences.length / 2;
}

/** Many short pieces between commas, and no verb in them. */
function isList(passage: Passage): boolean {
  const { verbs } = passage.lexicon;
  const slashes = passage.tokens.filter(({ text }) => text === '/').length >= SLASHES;
  const pieces = piecesOf(
    passage,
    ({ kind, text }) => kind === 'mark' || (slashes && text === '/'),
  );
  const filled = pieces.filter((piece) =>
    piece.some((token) => isContent(token) && token.kind === 'word'),
  );
  if (filled.length < 5) return false;
  const stating = passage.tokens.filter(({ text }) => STATING.has(text)).length;
  if (stating >= Math.max(2, filled.length * STATED)) return false;
  const bare = filled.filter((piece) => {
    if (piece.length > 5) return false;
    const says = piece.some(
      (token) =>
        verbs.has(token.stem) &&
        /(?:s|ed|ing|e|t|y)$/.test(token.text) &&
        token.kind === 'word' &&
        piece.length > 2,
    );
    return (
      !says &&
      !piece.some(
        (token) => token.stop && !token.article && !/^(?:of|and|or|for|per|in)$/.test(token.text),
      ) &&
      !piece.some(({ kind }) => kind === 'operator')
    );
  });
  return bare.length >= filled.length * 0.7;
}

/** Sentence for sentence a claim that is said to be false: the answer turned round, and none of one's own. */
function deniesAll({ sentences }: Passage): boolean {
  const denied = sentences.filter(({ text }) => DENIED.test(text)).length;
  return denied >= 2 && denied >= sentences.length / 2;
}

/** Fluent sentences of words that sound good, unless they are words of the topic. */
function isVague(
  content: readonly MarkedToken[],
  { words, lexicon }: Passage,
  { topic }: PreparedQuestion,
): boolean {
  const vague = content.filter(({ stem }) => lexicon.vague.has(stem) && !topic.stems.has(stem));
  return vague.length >= VAGUE.words && vague.length >= words * VAGUE.share;
}

function isOffTopic(content: readonly MarkedToken[], question: PreparedQuestion): boolean {
  const telling = content.filter(({ stem, kind }) => kind === 'word' && !question.asked.has(stem));
  if (telling.length < 8 || question.topic.stems.size < LEAST_TOPIC) return false;
  const near = telling.filter(
    ({ stem, concepts }) =>
      question.topic.stems.has(stem) ||
      concepts.some(({ id, strength }) => strength > 0.6 && question.topic.concepts.has(id)),
  );
  return near.length / telling.length < 0.1;
}
