import type { ChoiceQuestion } from '../../src/core/questions/schema.ts';
import { tokenize } from '../../src/core/questions/text-tokens.ts';
import {
  agreement,
  count,
  digits,
  likeness,
  meanLength,
  middleness,
  NEGATIVES,
  numeric,
  opposites,
  sameShape,
  stemOverlap,
} from './surface.ts';

/** What somebody sees who knows nothing: no key, no explanation. */
export type ChoiceSurface = {
  format: ChoiceQuestion['format'];
  prompt: string;
  options: readonly string[];
};

/** A way to guess from the surface: the higher an option scores, the more it is liked. */
export type Trick = {
  name: string;
  /** Trust in the combined vote, decided before the bank was seen. */
  weight: number;
  scores(surface: ChoiceSurface): number[];
};

const HEDGES =
  /\b(?:about|approximately|can|could|depend(?:s|ing)?|generally|in practice|largely|likely|many|may|might|most(?:ly)?|often|partly|rarely|roughly|sometimes|some|tends?|typical(?:ly)?|up to|usually)\b/gi;
const ABSOLUTES =
  /\b(?:all|always|any|cannot|completely|entire(?:ly)?|every|exactly|fully|guarantee[sd]?|identical|impossible|must|never|no|none|nothing|only|perfect(?:ly)?|solely|unlimited|whole)\b/gi;
const JOINTS =
  /[,;:]|\b(?:because|but|so|since|therefore|although|while|whereas|rather than|unless)\b/gi;
const COMPARISONS = /\b(?:more|less|fewer|than|higher|lower|larger|smaller|faster|slower)\b/gi;

/** A trick that looks at one option at a time. */
const each = (name: string, weight: number, score: (option: string) => number): Trick => ({
  name,
  weight,
  scores: ({ options }) => options.map(score),
});

/** A trick that looks at all options together. */
const together = (
  name: string,
  weight: number,
  scores: (options: readonly string[], prompt: string) => number[],
): Trick => ({ name, weight, scores: ({ options, prompt }) => scores(options, prompt) });

/** The tricks of a person who has learnt to pass tests instead of the subject. */
export const TRICKS: readonly Trick[] = [
  each('longest option', 1, (option) => option.length),
  each('shortest option', 0, (option) => -option.length),
  together('middle length', 0, (options) => middleness(options.map(({ length }) => length))),
  position('first position', 0, (index) => -index),
  position('second position', 0, (index) => Number(index === 1)),
  position('middle position', 0.5, (index, last) => -Math.abs(index - last / 2)),
  position('third position', 0, (index) => Number(index === 2)),
  position('last position', 0, (index) => index),
  each('most hedged', 1, (option) => count(option, HEDGES)),
  each('fewest absolutes', 1, (option) => -count(option, ABSOLUTES)),
  each('most absolutes', 0, (option) => count(option, ABSOLUTES)),
  each('fewest negatives', 0.3, (option) => -count(option, NEGATIVES)),
  each('most negatives', 0, (option) => count(option, NEGATIVES)),
  each('most detail', 0.7, (option) => count(option, JOINTS)),
  each('least detail', 0, (option) => -count(option, JOINTS)),
  each('a comparison', 0.3, (option) => count(option, COMPARISONS)),
  each('brackets', 0.5, (option) => count(option, /[([{]/g)),
  each('most numbers', 0.4, (option) => count(option, /\d+(?:[.,]\d+)*/g)),
  each('fewest numbers', 0, (option) => -count(option, /\d+(?:[.,]\d+)*/g)),
  each('longest words', 0.3, (option) => meanLength(tokenize(option))),
  each('shortest words', 0, (option) => -meanLength(tokenize(option))),
  each('names and acronyms', 0.3, (option) => count(option.slice(1), /\p{Lu}/gu)),
  together('words of the stem', 0.7, stemOverlap),
  together('no words of the stem', 0, (options, prompt) =>
    stemOverlap(options, prompt).map((score) => -score),
  ),
  together('most like the others', 0.6, likeness),
  together('odd one out', 0, (options) => likeness(options).map((score) => -score)),
  together('shape of the others', 0.3, sameShape),
  together('odd shape', 0, (options) => sameShape(options).map((score) => -score)),
  together('grammar of the stem', 1, agreement),
  together('one of two opposites', 0.6, opposites),
  together('middle number', 0.6, (options) => numeric(options, middleness)),
  together('largest number', 0, (options) => numeric(options, (values) => values)),
  together('smallest number', 0, (options) => numeric(options, (values) => values.map((v) => -v))),
  together('least round number', 0.4, (options) =>
    numeric(options, () => options.map((option) => digits(option))),
  ),
];

/** The tricks added up, each on the same scale, by the trust put in them beforehand. */
export const COMBINED: Trick = {
  name: 'all tricks combined',
  weight: 0,
  scores: (surface) => {
    const total = surface.options.map(() => 0);
    for (const trick of TRICKS) {
      if (trick.weight === 0) continue;
      for (const [index, score] of standardized(trick.scores(surface)).entries()) {
        total[index] = (total[index] ?? 0) + trick.weight * score;
      }
    }
    return total;
  },
};

/** Scores with mean 0 and spread 1; all 0 where a trick has no opinion. */
export function standardized(scores: readonly number[]): number[] {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const spread = Math.sqrt(
    scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length,
  );
  return scores.map((score) => (spread < 1e-9 ? 0 : (score - mean) / spread));
}

function position(
  name: string,
  weight: number,
  score: (index: number, last: number) => number,
): Trick {
  return together(name, weight, (options) =>
    options.map((_, index) => score(index, options.length - 1)),
  );
}
