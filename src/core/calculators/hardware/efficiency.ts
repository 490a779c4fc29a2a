import { formatNumber, formatPercent } from '../../units.ts';

/**
 * Share of the bandwidth that decoding usually reaches, and the least and most that llama-bench runs
 * show.
 *
 * @see https://github.com/AlexsJones/llmfit (benchmark_cache.json: runs of many cards at batch 1)
 */
export const USUAL_BANDWIDTH_SHARE = 0.65;
const SEEN_BANDWIDTH_SHARES = { least: 0.43, most: 0.84 };

/** How much slower and faster than at a share of the bandwidth decoding may be, and why. */
export function decodingRange(bandwidthShare = USUAL_BANDWIDTH_SHARE) {
  const { least, most } = SEEN_BANDWIDTH_SHARES;
  return {
    slowest: least / bandwidthShare,
    fastest: most / bandwidthShare,
    why: `measured decoding reaches ${formatNumber(least * 100)}–${formatPercent(most)} of the bandwidth`,
  };
}
