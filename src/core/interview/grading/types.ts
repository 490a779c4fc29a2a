import type { MarkedToken } from './annotate.ts';
import type { Fault } from './fault-line.ts';
import type { Grammar } from './grammar.ts';
import type { FieldLeaning, Leaning } from './leaning.ts';
import type { Lexicon } from './lexicon.ts';
import type { Mixing } from './mixing.ts';
import type { Contrast, Owners } from './owners.ts';
import type { Quantity } from './quantities.ts';
import type { Stance } from './stance.ts';
import type { OwnTopic, Topics } from './topics.ts';

/** One claim that a good answer makes. */
export type KeyPoint = {
  id: string;
  text: string;
  /** Relative to the other points; any positive scale. */
  weight: number;
  phrasings?: readonly string[] | undefined;
  /** What people say of this very point who have it wrong. */
  wrong?: readonly string[] | undefined;
  required?: boolean | undefined;
};

/** A false claim that costs points when it is made. */
export type RedFlag = {
  text: string;
  phrasings?: readonly string[] | undefined;
  /** Share of the score that it costs; 0.3 when absent. */
  deduct?: number | undefined;
};

/** What grading needs to know of a question that is answered in words. */
export type GradedQuestion = {
  prompt: string;
  code?: string | undefined;
  /** The line of the code that is wrong, counted from 1. */
  faultLine?: number | undefined;
  keyPoints: readonly KeyPoint[];
  redFlags?: readonly RedFlag[] | undefined;
  modelAnswer?: string | undefined;
};

/**
 * How common words are in the field, by the share of texts that contain the stem, how they follow each other, which of
 * them stand together in false statements rather than in right ones, and which topics they tell.
 */
export type Background = {
  texts: number;
  counts: ReadonlyMap<string, number>;
  grammar: Grammar;
  leaning: FieldLeaning;
  topics: Topics;
};

/** One content token of a phrasing and what it is worth. */
export type PhraseToken = MarkedToken & {
  weight: number;
  /** Number of its sentence in the phrasing. */
  line: number;
  /** Tokens with the same key are found in the same places. */
  key: string;
};

/** A way to say a key point or a red flag, ready to be looked for. */
export type Phrase = {
  text: string;
  tokens: readonly PhraseToken[];
  /** Sum of the weights. */
  total: number;
  /** The sets of things told apart of which it names some, and where. */
  named: ReadonlyMap<number, readonly { at: number; one: number }[]>;
};

export type PreparedPoint = {
  id: string;
  text: string;
  share: number;
  required: boolean;
  phrases: readonly Phrase[];
  /** How well the other points' wordings match this one: what an answer on the topic reaches by chance. */
  common: number;
};
export type PreparedFlag = { text: string; deduct: number; phrases: readonly Phrase[] };

/** A question with everything computed that does not depend on the answer. */
export type PreparedQuestion = {
  lexicon: Lexicon;
  background: Background | undefined;
  points: readonly PreparedPoint[];
  redFlags: readonly PreparedFlag[];
  /** Every number of the question, its key points and its model answer. */
  numbers: readonly (readonly Quantity[])[];
  /** Things that the question tells apart, and what right wordings say of each. */
  contrasts: readonly Contrast[];
  owners: readonly Owners[];
  /** Which key point each word of right wordings belongs to. */
  mixing: Mixing;
  /** What right wordings do with each word. */
  stance: Stance;
  /** Which words right and false wordings say together. */
  leaning: Leaning;
  /** Runs of words of the question's own text. */
  runs: ReadonlySet<string>;
  /** Content stems of the question's own text. */
  asked: ReadonlySet<string>;
  /** Content stems and meanings of question, points and model answer: what the topic sounds like. */
  topic: { stems: ReadonlySet<string>; concepts: ReadonlySet<number> };
  /** What it is about among the field's topics; without a background nothing is known of them. */
  ownTopic: OwnTopic | undefined;
  /** Hardly any false wordings of its points are known, as of a team's own question. */
  isSparse: boolean;
  /** Faulty code, and the lines that the question is after. */
  fault: Fault;
  /** All that the question's author wrote, in lower case. */
  words: string;
  /** The question speaks of prompt injection, so answers may quote such text. */
  aboutInjection: boolean;
  /** The question asks for a list, so a list is a fair answer. */
  asksForList: boolean;
};

export type Verdict = 'covered' | 'partly' | 'missed' | 'contradicted';

/** What was found for one key point. */
export type PointGrade = {
  id: string;
  text: string;
  verdict: Verdict;
  /** 0 to 1; the score is made of these numbers. */
  credit: number;
  /** The sentence that matched, verbatim; empty when none did. */
  evidence: string;
  /** Too close to call: ask "Did you say it?". */
  unsure: boolean;
};

export type AnswerFlag =
  | 'empty'
  | 'copy'
  | 'keywords'
  | 'off-topic'
  | 'injection'
  | 'language'
  | 'code'
  | 'abuse'
  | 'dont-know';

/** The grade of one answer. */
export type Grade = {
  /** 0 to 1. */
  score: number;
  level: 0 | 1 | 2 | 3 | 4;
  levelWord: string;
  points: PointGrade[];
  redFlags: { text: string; evidence: string }[];
  flags: AnswerFlag[];
};
