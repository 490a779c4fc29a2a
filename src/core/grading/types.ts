import type { FeatureName } from './feature-names.ts';

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
  /** What the point is about and what it is told apart from, each with its names between slashes. */
  contrast?: readonly [string, string] | undefined;
};

/** A false claim: words that are said together in it speak against a point. */
export type RedFlag = {
  text: string;
  phrasings?: readonly string[] | undefined;
};

/** What grading needs to know of a question that is answered in words. */
export type GradedQuestion = {
  /** By it the grader knows what was heard of its points before. */
  id?: string | undefined;
  prompt: string;
  code?: string | undefined;
  /** The line of the code that is wrong, counted from 1. */
  faultLine?: number | undefined;
  keyPoints: readonly KeyPoint[];
  redFlags?: readonly RedFlag[] | undefined;
  modelAnswer?: string | undefined;
};

export type Verdict = 'covered' | 'partly' | 'missed';

/** What was found for one key point. */
export type PointGrade = {
  id: string;
  text: string;
  verdict: Verdict;
  /** 0 to 1; the score is made of these numbers. */
  credit: number;
  /** What was said of it, as it was typed; empty when nothing was. */
  evidence: string;
  /** Too close to call: ask "Did you say it?". */
  unsure: boolean;
  /** How the credit came about; the optional judge leaves it out. */
  why?: PointReasons | undefined;
};

/** How the credit of a point came about. */
export type PointReasons = {
  /** The wording of the point that the evidence is nearest to. */
  wording: string;
  /** What each feature added to the sum behind the likelihood, or took off it. */
  features: Partial<Record<FeatureName, number>>;
  /** How likely it is that the point was said, 0 to 1, from its own clauses, and with what the whole answer says. */
  own: number;
  likelihood: number;
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
  | 'dont-know'
  | 'denial';

/** A rule about the form of an answer that fired. */
export type Gate = {
  name: AnswerFlag;
  /** The share of all credits that it leaves. */
  keeps: number;
  /** What it did, as a sentence to the person. */
  says: string;
  /** Sentences that it left out. */
  cut?: string[];
};

/** The grade of one answer, with how it came about. */
export type Grade = {
  /** 0 to 1. */
  score: number;
  level: 0 | 1 | 2 | 3 | 4;
  levelWord: string;
  points: PointGrade[];
  flags: AnswerFlag[];
  /** The texts of the required points that keep the score at its cap. */
  cappedBy?: string[];
  /** The question's known mistakes that the answer touches; they take nothing off. */
  mistakes?: string[];
  gates?: Gate[];
};
