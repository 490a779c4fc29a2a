import { type CaseState, type CaseStep, STEPS } from './play.ts';
import type { Case } from './schema.ts';

/** What the report speaks of, and the steps that are its evidence. */
export const PARTS = {
  Scoping: ['scope'],
  Estimation: ['estimate', 'sensitivity'],
  Design: ['design', 'twist-1', 'twist-2', 'fix'],
  Debugging: ['choice', 'cause'],
} as const satisfies Record<string, readonly CaseStep[]>;

export type Part = keyof typeof PARTS;

/** Each level with the least mean of all parts, and the least of each part, that it takes. */
export const LEVELS = [
  { name: 'Strong hire', mean: 0.85, each: 0.6 },
  { name: 'Hire', mean: 0.7, each: 0.4 },
  { name: 'Lean no hire', mean: 0.5, each: 0 },
  { name: 'No hire', mean: 0, each: 0 },
] as const;

/** The shares of a finished case and the level that follows from them alone. */
export function reportOf(played: Pick<Case, 'kind'>, { answers }: CaseState) {
  const asked: readonly CaseStep[] = STEPS[played.kind];
  // The keys of a constant object are its names.
  const parts = (Object.keys(PARTS) as Part[]).flatMap((part) => {
    const steps = PARTS[part].filter((step) => asked.includes(step));
    if (steps.length === 0) return [];
    const sum = steps.reduce((all, step) => all + (answers.get(step)?.share ?? 0), 0);
    return [{ part, share: sum / steps.length, steps }];
  });
  const mean = parts.reduce((all, { share }) => all + share, 0) / parts.length;
  const least = Math.min(...parts.map(({ share }) => share));
  const isReached = (level: (typeof LEVELS)[number]) => mean >= level.mean && least >= level.each;
  const level = LEVELS.find(isReached) ?? LEVELS[3];
  return { parts, mean, least, level };
}
