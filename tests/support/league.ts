import type { Difficulty } from '../../src/core/questions/schema.ts';
import { randomFrom } from '../../src/core/random.ts';
import { quarterPoints } from '../../src/core/scoring/points.ts';
import { WINDOW, windowScore } from '../../src/core/scoring/window.ts';

/**
 * The model behind the claims of docs/scoring.md.
 *
 * Ability is normal with mean 0 and deviation 1. A first try is right with probability
 * 0.25 + 0.75 × logistic(ability − level), where level is −1, 0 or 1 for Easy, Medium and Hard;
 * a second try likewise, with one option less (floor 1/3). Everybody answers 85 % of the questions.
 */
export const LEAGUE = {
  people: 42,
  days: 180,
  joinsOnDay: 60,
  withinDays: 120,
  takesPart: 0.85,
  runs: 300,
} as const;

const LEVEL: Record<Difficulty, number> = { easy: -1, medium: 0, hard: 1 };
const DIFFICULTIES: Difficulty[] = ['easy', 'medium', 'hard'];

export type Rule = 'window' | 'all-time';

export type Outcome = {
  /** Days from joining until the newcomer is first, or undefined when that never happens. */
  daysToTop: number | undefined;
};

/** One run: the strongest of all joins on day 60 and has 120 days to come first. */
export function playLeague(seed: string, rule: Rule): Outcome {
  const random = randomFrom(seed);
  const abilities = Array.from({ length: LEAGUE.people }, () => normal(random)).sort(
    (a, b) => a - b,
  );
  const newcomer = abilities.length - 1;
  const scores: number[][] = abilities.map(() => []);
  let daysToTop: number | undefined;
  for (let day = 0; day < LEAGUE.days; day += 1) {
    // Day 0 is a Monday; there is no question at the weekend.
    if (day % 7 > 4) continue;
    const difficulty = DIFFICULTIES[Math.floor(random() * 3)] ?? 'medium';
    for (const [person, ability] of abilities.entries()) {
      const here = person !== newcomer || day >= LEAGUE.joinsOnDay;
      scores[person]?.push(
        here && random() < LEAGUE.takesPart ? answer(ability, difficulty, random) : 0,
      );
    }
    if (day < LEAGUE.joinsOnDay || daysToTop !== undefined) continue;
    const totals = scores.map((own) => total(own, rule));
    const mine = totals[newcomer] ?? 0;
    if (totals.every((other) => other <= mine)) daysToTop = day - LEAGUE.joinsOnDay;
  }
  return { daysToTop };
}

function total(scores: number[], rule: Rule): number {
  return rule === 'window'
    ? windowScore(scores.slice(-WINDOW.questions))
    : scores.reduce((sum, score) => sum + score, 0);
}

function answer(ability: number, difficulty: Difficulty, random: () => number): number {
  const knows = 1 / (1 + Math.exp(LEVEL[difficulty] - ability));
  if (random() < 0.25 + 0.75 * knows)
    return quarterPoints({ difficulty, share: 1, attempt: 1, hints: 0 });
  if (random() < 1 / 3 + (2 / 3) * knows)
    return quarterPoints({ difficulty, share: 1, attempt: 2, hints: 0 });
  return 0;
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
