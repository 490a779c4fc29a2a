import { type Drawn, shownIn } from './draw.ts';
import type { IncidentCase } from './schema.ts';

/** Checks of an incident by their ids, in the order they were run. */
export const checksRun = ({ checks }: IncidentCase, ids: readonly string[]) =>
  ids.flatMap((id) => checks.filter((check) => check.id === id));

/** Minutes that some checks take. */
export const minutesOf = (played: IncidentCase, ids: readonly string[]): number =>
  checksRun(played, ids).reduce((sum, { minutes }) => sum + minutes, 0);

/** Causes that nothing shown so far tells from the true one. */
export function causesLeft(played: IncidentCase, cause: string, checks: readonly string[]) {
  const evidence = [
    ...played.log,
    ...played.metrics.map(({ now }) => now),
    ...checksRun(played, checks).map(({ shows }) => shows),
  ];
  return played.causes.filter(({ id }) =>
    evidence.every((shown) => shownIn(shown, id) === shownIn(shown, cause)),
  );
}

/** The checks that leave only the true cause in the fewest minutes; undefined where none do. */
export function shortestProof(played: IncidentCase, cause: string): readonly string[] | undefined {
  const ids = played.checks.map(({ id }) => id);
  const sets = Array.from({ length: 2 ** ids.length }, (_, set) =>
    ids.filter((_id, at) => (set >> at) & 1),
  );
  return sets
    .filter((set) => causesLeft(played, cause, set).length === 1)
    .sort((a, b) => minutesOf(played, a) - minutesOf(played, b))[0];
}

/**
 * The right cause counts 60%, and its proof the rest: how many others the checks ruled out, in up to twice the minutes of
 * the shortest proof. Longer takes from it.
 */
export function causeShare(
  played: IncidentCase,
  drawn: Drawn,
  { value, checks }: { value: string; checks: readonly string[] },
): number {
  const cause = String(drawn['cause']);
  if (value !== cause) return 0;
  const others = played.causes.length - 1;
  const ruledOut = 1 - (causesLeft(played, cause, checks).length - 1) / others;
  const par = 2 * minutesOf(played, shortestProof(played, cause) ?? []);
  const spent = minutesOf(played, checks);
  return 0.6 + 0.4 * ruledOut * (spent > par ? par / spent : 1);
}

/** What can be done about the true cause; the first is right. */
export function fixesOf(played: IncidentCase, drawn: Drawn): readonly string[] {
  const cause = played.causes.find(({ id }) => id === drawn['cause']);
  return cause ? [cause.fix, ...cause.instead] : [];
}
