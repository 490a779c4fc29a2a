import { parallelProblem } from '../calculators/hardware/parallel.ts';
import { largest } from '../calculators/memory/largest.ts';
import { kvFormat, weightFormat } from '../calculators/quantization/formats.ts';
import type { Catalog } from '../catalog.ts';
import { copyOf, type Design, gpusOf, memoryFinding, type Target } from './serving.ts';

/** Weights and caches that a design may choose: what keeps a service's quality without a study of its own. */
export const WEIGHTS = ['bf16', 'fp8'] as const;
export const CACHES = ['fp16', 'fp8'] as const;

const MOST_BATCH = 1024;

/** A design that does what is asked, and what it costs per hour. */
export type Priced = { design: Design; usd: number };

/** The cheapest design that meets a target by the calculators' own figures, their ranges left out. */
export function cheapestServing(
  target: Target,
  { gpus, latency }: Pick<Catalog, 'gpus' | 'latency'>,
): Priced | undefined {
  const found: Priced[] = [];
  for (const one of shapesOf(target, gpus)) {
    const { seconds, carries, alone } = copyOf(one, target, latency);
    if (alone().firstTokenMs > target.firstTokenMs) continue;
    const isGood = (batch: number) =>
      (seconds(batch) / target.outputTokens) * 1000 <= target.perTokenMs &&
      memoryFinding({ ...one, batch }, target).verdict === 'meets';
    const batch = largest(1, MOST_BATCH, isGood);
    if (batch === undefined) continue;
    const data = Math.ceil(target.rate / carries(batch)) + target.spare;
    const design = { ...one, data, batch };
    if (gpusOf(design) > (target.most ?? Number.POSITIVE_INFINITY)) continue;
    found.push({ design, usd: gpusOf(design) * (target.prices.get(one.gpu.id) ?? 0) });
  }
  return found.sort((a, b) => a.usd - b.usd || gpusOf(a.design) - gpusOf(b.design))[0];
}

/** Every way to put one copy of the model on up to a server, or on two. */
function shapesOf({ model, prices }: Target, gpus: Catalog['gpus']): Design[] {
  const layouts = [
    ...[1, 2, 4, 8].map((tensor) => ({ tensor, pipeline: 1 })),
    { tensor: 8, pipeline: 2 },
  ].filter((layout) => parallelProblem(model.shape, layout) === undefined);
  const isMixture = model.shape.layers.some(({ feedForward }) => feedForward.kind === 'moe');
  return gpus
    .filter(({ id }) => prices.has(id))
    .flatMap((gpu) =>
      layouts.flatMap((layout) =>
        WEIGHTS.flatMap((weights) =>
          CACHES.map((cache) => ({
            gpu,
            ...layout,
            data: 1,
            expert: isMixture ? layout.tensor : 1,
            format: weightFormat(weights),
            kv: kvFormat(cache),
            batch: 1,
          })),
        ),
      ),
    );
}
