import type { Grade } from '../grading/types.ts';
import type { FreeTextQuestion } from '../questions/schema.ts';

/** Something that the examiner takes for wrong, in the person's own words. */
export type WrongClaim = { quote: string; why: string; correct: string };

/** What the examiner makes of an answer, beside the grade that counts. */
export type Opinion = {
  /** 0 to 1, by its own verdicts. */
  score: number;
  /** It is so far from the built-in grader's that this one counts, and both are shown. */
  isUnsure: boolean;
  wrong: WrongClaim[];
};

/** Why the built-in grader graded instead: no reply in time, none of use, only false quotes, or no more requests allowed. */
export type Trouble = 'slow' | 'broken' | 'invented' | 'limit';

/** What the examiner asks next: about a key point that is missing, or about something that was said. */
export type AskedNext = { ask: string; point?: string };

/** An answer in words, and for whom it is graded. */
export type Examination = {
  question: FreeTextQuestion;
  answer: string;
  /** What the same person said to the same question before this. */
  before?: readonly string[] | undefined;
  /** The built-in grader's grade of this answer or of a part of it; it counts whenever the examiner's doesn't. */
  gradeOffline(answer: string): Grade;
  /** False for an examiner that is below the floor: it comments, and the built-in grade counts. */
  mayDecide?: boolean;
  person: string;
  team: string;
};

/** Something said to an open question: a hint of the bank to be worded, or a question of the person. */
export type Saying = { question: FreeTextQuestion; text: string; person: string; team: string };

/** The optional model that asks and grades. It never fails: without it all is as the bank and the built-in grader say. */
export type Examiner = {
  /** How people are told of it: `qwen3:8b at localhost`. */
  name: string;
  /** What it is sent stays on the machine that runs Warmup. */
  isLocal: boolean;
  /** The version of its prompts: what was measured with others says nothing. */
  prompt: number;
  examine(examination: Examination): Promise<Examined>;
  /** Answers a question about the question, from what stands in it; undefined when it has nothing safe to say. */
  clarify(saying: Saying): Promise<string | undefined>;
  /** A hint of the bank in other words. */
  wordHint(saying: Saying): Promise<string | undefined>;
};

/** The grade that counts, whose it is, and what else the examiner said. */
export type Examined = {
  grade: Grade;
  by: 'judge' | 'offline';
  opinion?: Opinion;
  trouble?: Trouble;
  askNext?: AskedNext;
};

/** The least that an examiner has to reach before it may decide about grades. */
const FLOOR = { kappa: 0.6, wrongAsGood: 0.05, read: 0.9 };

/** What an examiner falls short of, in words; nothing when it passes the floor. */
export function failuresOf({
  kappa,
  wrongAsGood,
  read,
}: {
  kappa: number;
  wrongAsGood: number;
  read: number;
}): string[] {
  return [
    ...(kappa < FLOOR.kappa
      ? [`agreement with the labels is κ ${kappa.toFixed(2)}, not ${FLOOR.kappa}`]
      : []),
    ...(wrongAsGood > FLOOR.wrongAsGood
      ? [
          `${percent(wrongAsGood)} of wrong answers are graded as good, not ${percent(FLOOR.wrongAsGood)}`,
        ]
      : []),
    ...(read < FLOOR.read
      ? [`only ${percent(read)} of answers got a verdict, not ${percent(FLOOR.read)}`]
      : []),
  ];
}

const percent = (share: number) => `${Math.round(share * 100)}%`;
