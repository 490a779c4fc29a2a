/** What a posted question was to one person, with points or without; a withdrawn or unsent one is left out. */
export type StreakEntry = 'answered' | 'missed' | 'open';

/** Questions answered in a row, now and at best, and the shields that are held. */
export type Streak = { current: number; longest: number; shields: number };

/** Questions in a row that earn a shield, and how many can be held. */
export const SHIELD = { every: 5, held: 2 };

/**
 * The streak over posted questions, oldest first. A miss spends a shield when one is held and then
 * neither grows nor ends the streak; an open question that is not answered yet changes nothing.
 */
export function streakOf(entries: readonly StreakEntry[]): Streak {
  let current = 0;
  let longest = 0;
  let shields = 0;
  for (const entry of entries) {
    if (entry === 'answered') {
      current += 1;
      longest = Math.max(longest, current);
      if (current % SHIELD.every === 0) shields = Math.min(SHIELD.held, shields + 1);
    } else if (entry === 'missed') {
      if (shields > 0 && current > 0) shields -= 1;
      else current = 0;
    }
  }
  return { current, longest, shields };
}
