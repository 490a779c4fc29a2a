import type { Examination } from '../core/interview/examiner.ts';
import type { Clock } from '../core/time.ts';

const LIMITS = { perPersonAndHour: 30, perTeamAndDay: 500 };

/** Caps on requests, for a person and hour and for a team and day. */
export function createQuota(clock: Clock) {
  const counts = new Map<string, number>();
  let day = '';
  return {
    take({ person, team }: Pick<Examination, 'person' | 'team'>): boolean {
      const hour = clock.now().toISOString().slice(0, 13);
      if (hour.slice(0, 10) !== day) counts.clear();
      day = hour.slice(0, 10);
      const mine = `${person} ${hour}`;
      const ours = `${team} ${day}`;
      const [used = 0, all = 0] = [counts.get(mine), counts.get(ours)];
      if (used >= LIMITS.perPersonAndHour || all >= LIMITS.perTeamAndDay) return false;
      counts.set(mine, used + 1);
      counts.set(ours, all + 1);
      return true;
    },
  };
}
