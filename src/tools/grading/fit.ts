import type { Lexicon } from '../../core/interview/grading/lexicon.ts';
import { type Observation, observeAnswer } from '../../core/interview/grading/observe.ts';
import type { Weights } from '../../core/interview/grading/score.ts';
import type { GradedQuestion } from '../../core/interview/grading/types.ts';
import { ATTACKS } from './attacks.ts';
import { fitScoring, type Sample } from './logistic-fit.ts';
import { teamsOwn } from './questions.ts';
import { type LabelledAnswer, readFitting, spokenBank } from './sets.ts';
import { strangeMatchers } from './statements.ts';

/** The share of what was labelled for a point: covered, partly, missed, contradicted. */
const GOLD = new Map([
  ['c', 1],
  ['p', 0.5],
  ['m', 0],
  ['x', 0],
]);
/**
 * How much an answer to a question from outside the bank, one of an exam, a model answer, one of another question and an attack
 * count beside one to a question of the bank.
 */
const COUNTS = {
  thorough: { outside: 1, exam: 1.2, model: 0.3, other: 0.2, attack: 0.05 },
  sparse: { outside: 2, exam: 34, model: 0.03, other: 0.012, attack: 0.005 },
};
const STEPS = 1000;

/** Fits the weights on all that may be looked at: on the bank as it is, and as if teams had written it. */
export function fitWeights(lexicon: Lexicon): Record<keyof typeof COUNTS, Weights> {
  const matcherOf = strangeMatchers(readFitting(), lexicon);
  const ownOf = teamsOwn(spokenBank());
  const ways = {
    thorough: (question: GradedQuestion) => question,
    sparse: (question: GradedQuestion) => ownOf(question) ?? question,
  };
  const fitted = (way: keyof typeof ways) => {
    const see = (question: GradedQuestion, answer: string) =>
      observeAnswer(matcherOf(ways[way](question)), answer);
    return fitScoring(
      [...writtenSamples(see, COUNTS[way]), ...madeSamples(see, COUNTS[way])],
      STEPS,
    );
  };
  return { thorough: fitted('thorough'), sparse: fitted('sparse') };
}

type See = (question: GradedQuestion, answer: string) => Observation;
type Counts = typeof COUNTS.thorough;

/** What people wrote, with the labels that others gave it. */
function writtenSamples(see: See, counts: Counts): Sample[] {
  const countOf = ({ set, isOfBank }: LabelledAnswer) => {
    if (set === 'digiklausur') return counts.exam;
    return isOfBank ? 1 : counts.outside;
  };
  return readFitting().map((each) => ({
    seen: see(each.question, each.answer),
    label: each.label,
    kind: each.kind,
    counts: countOf(each),
    gold: each.gold ? [...each.gold].map((letter) => GOLD.get(letter) ?? 0) : undefined,
  }));
}

/** The bank's model answers, given to their own question and to others of the chapter, and attacks made from them. */
function madeSamples(see: See, counts: Counts): Sample[] {
  const bank = spokenBank();
  return bank.flatMap((question): Sample[] => {
    const others = bank.filter(
      ({ id, chapter }) => id !== question.id && chapter === question.chapter,
    );
    const sample = (answer: string, rest: Omit<Sample, 'seen'>) => ({
      seen: see(question, answer),
      ...rest,
    });
    return [
      sample(question.modelAnswer, { label: 1, kind: 'model', counts: counts.model }),
      ...others.map(({ modelAnswer }) =>
        sample(modelAnswer, { label: 0, kind: 'other', counts: counts.other }),
      ),
      ...Object.values(ATTACKS).map((attack) =>
        sample(attack(question), { label: 0, kind: 'gamed', counts: counts.attack }),
      ),
    ];
  });
}
