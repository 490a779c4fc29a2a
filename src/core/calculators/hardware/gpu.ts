/** Dense peaks in TFLOP/s for each number format that the matrix units have. */
export type Peaks = { fp16: number; fp8?: number; int8?: number; fp4?: number };

/** All that the calculators know about an accelerator. */
export type Gpu = {
  id: string;
  name: string;
  vendor: string;
  architecture: string;
  year: number;
  aliases: readonly string[];
  /** What the card holds. */
  memoryGiB: number;
  /** What its driver shows, a little less. */
  reportedMiB?: number;
  /** Decimal GB/s of its own memory. */
  bandwidthGBps: number;
  tflops: Peaks;
  /** The link to the other GPUs, both directions together, in decimal GB/s. */
  link?: { name: string; bothWaysGBps: number };
  watts?: number;
  /** True when CPU and GPU share the memory. */
  unified?: boolean;
  /** A typical price of the month named. */
  rent?: { usdPerHour: number; source: string; date: string };
  sources: readonly string[];
  checked: string;
  /** Fields that no document confirmed. */
  unconfirmed: readonly string[];
  note?: string;
};

/** Bytes that the driver of a GPU offers. */
export function gpuBytes(gpu: Gpu): number {
  return gpu.reportedMiB === undefined ? gpu.memoryGiB * 1024 ** 3 : gpu.reportedMiB * 1024 ** 2;
}

/**
 * Bytes that a program may take: all of a card's memory, or what macOS grants its GPU by default,
 * two thirds of up to 32 GiB and three quarters above.
 *
 * @see https://developer.apple.com/documentation/metal/mtldevice/recommendedmaxworkingsetsize
 */
export function grantedBytes(gpu: Gpu): number {
  const bytes = gpuBytes(gpu);
  if (gpu.vendor !== 'Apple') return bytes;
  return gpu.memoryGiB <= 32 ? (bytes * 2) / 3 : (bytes * 3) / 4;
}

/** The same GPU with another amount of memory, as Apple's chips are sold. */
export function withMemory(gpu: Gpu, memoryGiB: number): Gpu {
  const { reportedMiB: _, ...rest } = gpu;
  return { ...rest, memoryGiB };
}

/** The peak in FLOP/s for a number format; formats without matrix units run at the 16-bit rate. */
export function peakFlops(gpu: Gpu, arithmetic: 'fp32' | 'fp16' | 'fp8' | 'int8' | 'fp4'): number {
  const { tflops } = gpu;
  if (arithmetic === 'fp32') return (tflops.fp16 / 2) * 1e12;
  if (arithmetic === 'fp16') return tflops.fp16 * 1e12;
  const exact = tflops[arithmetic];
  if (exact !== undefined) return exact * 1e12;
  return (arithmetic === 'fp4' ? (tflops.fp8 ?? tflops.fp16) : tflops.fp16) * 1e12;
}
