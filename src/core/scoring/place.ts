/** Fewer people than this are never counted together for others to see. */
export const FEWEST = 5;

/**
 * The share of a team that somebody is among, in per cent, rounded up to 5: rank 3 of 34 is in the top 10%. Undefined
 * where there are too few people to say so without naming anybody.
 */
export function topShare({ rank, of }: { rank: number; of: number }): number | undefined {
  return of < FEWEST ? undefined : Math.min(100, Math.ceil(((rank / of) * 100) / 5 - 1e-9) * 5);
}
