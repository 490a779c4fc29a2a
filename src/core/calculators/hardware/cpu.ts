import type { Gpu } from './gpu.ts';

/** Memory modules of computers whose CPU reads weights. */
export type RamKind = 'ddr4' | 'ddr5';

/** Million transfers a second of modules of which only the kind is known: DDR5 of 4800 to 5600 is sold most. */
const USUAL_MTS: Readonly<Record<RamKind, number>> = { ddr4: 3200, ddr5: 5000 };

/** A channel is 64 bits wide. */
const BYTES_PER_TRANSFER = 8;

/** Two channels hold no more GB than four modules of 64 GB; a server's eight channels do. */
const MOST_OF_TWO_CHANNELS = 256;

/** RAM of a computer of which nobody said how much it has. */
export const USUAL_RAM_GIB = 32;

/**
 * What decoding and prompts reach on CPUs, and how far from it measured ones are either way. Of the bandwidth: 0.57 and
 * 0.65 of twelve channels, 0.68 on a 13900K, 0.80 and 0.85 on Ryzen 5900X and 7950X. Prompts: 0.2 to 1.1 TFLOP/s on
 * desktops.
 *
 * @see https://github.com/ggml-org/llama.cpp/issues/34 (13900K: Llama 7B at 18.3 tokens/s, prompts at 55)
 * @see https://github.com/ggml-org/llama.cpp/issues/4716 (5900X, 7950X: Mixtral 8x7B in Q8_0)
 * @see https://github.com/ggml-org/llama.cpp/issues/8164 (Llama 3 8B in Q6_K: prompts at 32 tokens/s)
 * @see https://ahelpme.com/?p=6685 (EPYC 9554: Phi-4 in Q4_K_M and Q8_0)
 */
export const CPU_SPEED = {
  bandwidthShare: 0.7,
  promptShare: 0.5,
  tflops: 1,
  tokenSpread: 2,
  promptSpread: 3,
} as const;

/** Share of RAM that models may take; the rest is the operating system's and other programs'. */
export const RAM_SHARE = 0.85;

/**
 * A computer without a GPU as what runs a model: its RAM and what reads it.
 *
 * Its bandwidth is channels × 8 bytes × transfers a second.
 *
 * @param memoryGiB Infinity where nobody said how much there is.
 * @param told How many channels, and million transfers a second, where that is known.
 */
export function cpuWith(
  memoryGiB: number,
  kind: RamKind = 'ddr5',
  told: { mts?: number | undefined; channels?: number | undefined } = {},
): Gpu {
  const isServer = Number.isFinite(memoryGiB) && memoryGiB > MOST_OF_TWO_CHANNELS;
  const channels = told.channels ?? (isServer ? 8 : 2);
  const mts = told.mts ?? USUAL_MTS[kind];
  const rated = told.mts === undefined ? '' : `-${mts}`;
  const id = [
    'cpu',
    ...(told.channels === undefined ? [] : [`${channels}ch`]),
    ...(kind === 'ddr4' || rated ? [`${kind}${rated}`] : []),
  ].join('-');
  return {
    id,
    name: 'CPU',
    vendor: CPU_VENDOR,
    architecture: `${channels} ${channels === 1 ? 'channel' : 'channels'} of ${kind.toUpperCase()}${rated}`,
    year: 0,
    aliases: [],
    memoryGiB,
    bandwidthGBps: (channels * BYTES_PER_TRANSFER * mts) / 1000,
    // Boards with more channels have CPUs with more cores.
    tflops: { fp16: (CPU_SPEED.tflops * channels) / 2 },
    unified: true,
    sources: ['https://www.jedec.org/standards-documents/docs/jesd79-5'],
    checked: '2026-12-01',
    unconfirmed: [],
  };
}

const CPU_VENDOR = 'CPU';

/** Whether what runs a model is a CPU. */
export const isCpu = ({ vendor }: Gpu): boolean => vendor === CPU_VENDOR;

/** What the speed of a CPU assumes, in a sentence. */
export function cpuAssumption({ architecture, bandwidthGBps }: Gpu): string {
  const percent = Math.round(CPU_SPEED.bandwidthShare * 100);
  return `The computer's memory: ${architecture}, ${bandwidthGBps} GB/s, of which ${percent}% is reached.`;
}
