import { requireCount, requireNotNegative, requirePositive } from '../../check.ts';

/** What a collective over several GPUs depends on. */
export type CollectiveRequest = {
  /** Bytes of the whole tensor on each GPU (of the result for a gather). */
  bytes: number;
  ranks: number;
  /** Both directions of a GPU's link together, in decimal GB/s. */
  bothWaysGBps: number;
  /** Share of the link that the library reaches; 1 when left out. */
  efficiency?: number;
  /** Seconds for starting and synchronizing; 0 when left out. */
  latencySeconds?: number;
};

/**
 * Bytes that each GPU sends in a ring: twice round for an all-reduce, once for a gather or a scatter.
 *
 *     all-reduce = 2 × (ranks - 1) / ranks × bytes      gather, scatter, all-to-all = half of it
 *
 * @see https://github.com/NVIDIA/nccl-tests/blob/master/doc/PERFORMANCE.md
 */
export function collectiveBytes(
  kind: 'all-reduce' | 'all-gather' | 'reduce-scatter' | 'all-to-all',
  bytes: number,
  ranks: number,
): number {
  requireNotNegative({ bytes });
  requireCount({ ranks });
  return (kind === 'all-reduce' ? 2 : 1) * ((ranks - 1) / ranks) * bytes;
}

/**
 * Seconds of a collective: what each GPU sends through one direction of its link, and the latency.
 *
 * @throws RangeError when a value is out of range.
 */
export function collectiveSeconds(
  kind: 'all-reduce' | 'all-gather' | 'reduce-scatter' | 'all-to-all',
  request: CollectiveRequest,
): number {
  const { bytes, ranks, bothWaysGBps, efficiency = 1, latencySeconds = 0 } = request;
  requirePositive({ bothWaysGBps, efficiency });
  requireNotNegative({ latencySeconds });
  if (ranks === 1) return 0;
  const oneWay = (bothWaysGBps / 2) * 1e9 * efficiency;
  return collectiveBytes(kind, bytes, ranks) / oneWay + latencySeconds;
}

/** Seconds to move bytes over a link or out of a memory. */
export function transferSeconds(bytes: number, gbps: number, efficiency = 1): number {
  requireNotNegative({ bytes });
  requirePositive({ gbps, efficiency });
  return bytes / (gbps * 1e9 * efficiency);
}
