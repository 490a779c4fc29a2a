import type { Gpu } from '../../calculators/hardware/gpu.ts';
import type { ModelShape, SoftmaxAttention } from '../../calculators/models/model-shape.ts';
import { countParameters } from '../../calculators/models/parameters.ts';
import type { Random } from '../../random.ts';
import type { Facts } from './generator.ts';
import { between, exact, oneOf } from './numbers.ts';

/** Public dense models whose layers are all alike and which people are asked about. */
const DENSE: ReadonlySet<string> = new Set([
  'llama-2-7b',
  'llama-2-13b',
  'llama-2-70b',
  'llama-3.1-8b',
  'llama-3.1-70b',
  'llama-3.1-405b',
  'llama-3.2-1b',
  'llama-3.2-3b',
  'mistral-7b',
  'mistral-small-24b',
  'mistral-large-2',
  'qwen2.5-1.5b',
  'qwen2.5-3b',
  'qwen2.5-7b',
  'qwen2.5-14b',
  'qwen2.5-32b',
  'qwen2.5-72b',
  'qwen3-1.7b',
  'qwen3-4b',
  'qwen3-8b',
  'qwen3-14b',
  'qwen3-32b',
  'olmo-2-7b',
  'olmo-2-13b',
  'olmo-2-32b',
  'phi-4-mini',
  'yi-6b',
]);

/** Public mixtures of experts whose layers are all alike. */
const SPARSE: ReadonlySet<string> = new Set([
  'mixtral-8x7b',
  'mixtral-8x22b',
  'qwen3-30b-a3b',
  'qwen3-235b-a22b',
  'qwen3-coder-480b-a35b',
]);

/** Public models with local and global layers in turn. */
const LOCAL: ReadonlySet<string> = new Set([
  'gemma-2-9b',
  'gemma-2-27b',
  'gemma-3-4b',
  'gemma-3-12b',
  'gemma-3-27b',
  'gpt-oss-20b',
  'gpt-oss-120b',
  'olmo-3-32b',
]);

/** Cards that people are asked about. */
const CARDS: ReadonlySet<string> = new Set([
  'a100-80',
  'h100-sxm',
  'h200',
  'b200',
  'l40s',
  'rtx-4090',
  'mi300x',
]);

/** A model with the figures that stems state. */
export type Drawn = {
  name: string;
  shape: ModelShape;
  layers: number;
  attention: SoftmaxAttention;
  /** Parameters, all of them. */
  parameters: number;
};

function drawnOf(name: string, shape: ModelShape): Drawn | undefined {
  const [group] = shape.layers;
  if (group?.attention.kind !== 'full') return undefined;
  return {
    name,
    shape,
    layers: group.count,
    attention: group.attention,
    parameters: countParameters(shape).total,
  };
}

function known({ models }: Facts, ids: ReadonlySet<string>): Drawn[] {
  return models
    .filter(({ id }) => ids.has(id))
    .flatMap(({ name, shape }) => drawnOf(name, shape) ?? []);
}

/** Public dense models. */
export const denseModels = (facts: Facts) => known(facts, DENSE);

/** Public mixtures of experts. */
export const sparseModels = (facts: Facts) => known(facts, SPARSE);

/** Public models with a window in some of their layers. */
export const localModels = ({ models }: Facts) => models.filter(({ id }) => LOCAL.has(id));

/** Public cards. */
export const cards = ({ gpus }: Facts): Gpu[] => gpus.filter(({ id }) => CARDS.has(id));

/** Billions of parameters with three digits, as a stem says them. */
export const billions = (parameters: number) =>
  `${exact(Number((parameters / 1e9).toPrecision(3)))}B`;

/** A plain decoder with round numbers. */
export function fictionalShape(random: Random): Drawn {
  const layers = between(16, 96, 4, random);
  const heads = oneOf([16, 24, 32, 40, 48, 64, 96], random);
  const kvHeads = oneOf([4, 8], random);
  const keyDim = heads < 32 ? 128 : oneOf([64, 128], random);
  const hidden = heads * keyDim;
  const attention: SoftmaxAttention = { kind: 'full', heads, kvHeads, keyDim };
  const width = hidden * oneOf([3, 3.5, 4], random);
  const shape: ModelShape = {
    kind: 'decoder',
    hidden,
    vocabulary: oneOf([32_000, 64_000, 128_000, 200_000], random),
    tied: random() < 0.5,
    maxContext: 131_072,
    norm: 'rms',
    finalNorms: 1,
    layers: [
      { count: layers, attention, feedForward: { kind: 'dense', width, gated: true }, norms: 2 },
    ],
  };
  return {
    name: 'A fictional decoder',
    shape,
    layers,
    attention,
    parameters: countParameters(shape).total,
  };
}

/** A public dense model, or half of the time a fictional one. */
export function someDense(random: Random, facts: Facts): Drawn {
  const models = denseModels(facts);
  return models.length === 0 || random() < 0.5 ? fictionalShape(random) : oneOf(models, random);
}
