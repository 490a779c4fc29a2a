import { requireCount } from '../../check.ts';
import type { FeedForward, LayerGroup, ModelShape } from '../models/model-shape.ts';
import { countParameters } from '../models/parameters.ts';
import { type Explained, product, type Step, stepNumber } from '../result.ts';

/** Matrices that an adapter can be put on, by the name people use. */
export const LORA_TARGETS = [
  'q',
  'k',
  'v',
  'o',
  'q_a',
  'q_b',
  'kv_a',
  'kv_b',
  'linear_in',
  'linear_out',
  'gate',
  'up',
  'down',
] as const;

/** One of the matrices that an adapter can be put on. */
export type LoraTarget = (typeof LORA_TARGETS)[number];

/** Usual sets of targets: `attention` has q, k, v and o, `all` every matrix of the layers. */
export const LORA_TARGET_SETS = new Map<string, readonly LoraTarget[]>([
  ['qv', ['q', 'v']],
  ['attention', ['q', 'k', 'v', 'o', 'q_a', 'q_b', 'kv_a', 'kv_b', 'linear_in', 'linear_out']],
  ['mlp', ['gate', 'up', 'down']],
  ['all', LORA_TARGETS],
]);

/**
 * Targets from the name of a set or a list of matrices: `attention`, `q,v`, `q_proj v_proj`;
 * undefined when a name is unknown.
 */
export function readLoraTargets(text: string): readonly LoraTarget[] | undefined {
  const words = text.toLowerCase().trim();
  const set = LORA_TARGET_SETS.get(words.replace(/^all[- ]?linear$/, 'all'));
  if (set) return set;
  const names = words.split(/[\s,+]+/).map((name) => name.replace(/_proj$/, ''));
  const targets = names.map((name) => LORA_TARGETS.find((target) => target === name));
  return targets.every((target) => target !== undefined) ? targets : undefined;
}

/** What an adapter is asked for. */
export type LoraRequest = {
  shape: ModelShape;
  rank: number;
  targets: readonly LoraTarget[];
  /** True when each expert gets adapters of its own. */
  adaptExperts?: boolean;
  /** True for DoRA, which adds a magnitude for each output. */
  dora?: boolean;
};

type Matrix = { target: LoraTarget; inputs: number; outputs: number; copies: number };

function attentionMatrices({ attention }: LayerGroup, hidden: number): Matrix[] {
  const one = (target: LoraTarget, inputs: number, outputs: number): Matrix => ({
    target,
    inputs,
    outputs,
    copies: 1,
  });
  if (attention.kind === 'none') return [];
  if (attention.kind === 'linear') {
    const values = attention.valueHeads * attention.valueDim;
    const keys = attention.keyHeads * attention.keyDim;
    return [one('linear_in', hidden, 2 * keys + 2 * values), one('linear_out', values, hidden)];
  }
  if (attention.kind === 'mla') {
    const { heads, queryRank, kvRank, nopeDim, ropeDim, valueDim } = attention;
    const queries = heads * (nopeDim + ropeDim);
    return [
      ...(queryRank
        ? [one('q_a', hidden, queryRank), one('q_b', queryRank, queries)]
        : [one('q', hidden, queries)]),
      one('kv_a', hidden, kvRank + ropeDim),
      one('kv_b', kvRank, heads * (nopeDim + valueDim)),
      one('o', heads * valueDim, hidden),
    ];
  }
  if (attention.kind === 'compressed') {
    const { heads, keyDim, queryRank, outGroups, outRank } = attention;
    return [
      one('q_a', hidden, queryRank),
      one('q_b', queryRank, heads * keyDim),
      one('kv_a', hidden, keyDim),
      one('o', outGroups * outRank, hidden),
    ];
  }
  const { heads, kvHeads, keyDim, valueDim = keyDim, ownKv, valueFromKey } = attention;
  return [
    one('q', hidden, heads * keyDim * (attention.outputGate ? 2 : 1)),
    ...(ownKv === false ? [] : [one('k', hidden, kvHeads * keyDim)]),
    ...(ownKv === false || valueFromKey ? [] : [one('v', hidden, kvHeads * valueDim)]),
    one('o', heads * valueDim, hidden),
  ];
}

function blockMatrices(width: number, gated: boolean, hidden: number, copies: number): Matrix[] {
  if (width === 0 || copies === 0) return [];
  return [
    ...(gated ? [{ target: 'gate', inputs: hidden, outputs: width, copies } as const] : []),
    { target: 'up', inputs: hidden, outputs: width, copies },
    { target: 'down', inputs: width, outputs: hidden, copies },
  ];
}

function feedForwardMatrices(block: FeedForward, hidden: number, experts: boolean): Matrix[] {
  if (block.kind === 'none') return [];
  if (block.kind === 'dense') return blockMatrices(block.width, block.gated, hidden, 1);
  const { gated } = block;
  return [
    ...blockMatrices(block.width, gated, block.latent ?? hidden, experts ? block.experts : 0),
    ...blockMatrices(block.sharedWidth ?? 0, gated, hidden, 1),
    ...blockMatrices(block.besideWidth ?? 0, gated, hidden, 1),
  ];
}

function allMatrices(group: LayerGroup, hidden: number, experts: boolean): Matrix[] {
  const cross = group.cross ? attentionMatrices({ ...group, attention: group.cross }, hidden) : [];
  return [
    ...attentionMatrices(group, hidden),
    ...cross,
    ...feedForwardMatrices(group.feedForward, hidden, experts),
  ];
}

function groupMatrices(group: LayerGroup, request: LoraRequest): Matrix[] {
  const { shape, targets, adaptExperts = false } = request;
  return allMatrices(group, shape.hidden, adaptExperts).filter(({ target }) =>
    targets.includes(target),
  );
}

const layersOf = ({ layers, encoderLayers = [] }: ModelShape) => [...layers, ...encoderLayers];

/** The matrices that a model has; latent attention has other ones than q, k and v. */
export function loraTargetsOf(shape: ModelShape, adaptExperts = false): readonly LoraTarget[] {
  const matrices = layersOf(shape).flatMap((group) =>
    allMatrices(group, shape.hidden, adaptExperts),
  );
  return LORA_TARGETS.filter((name) => matrices.some(({ target }) => target === name));
}

function adapterSize({ inputs, outputs, copies }: Matrix, { rank, dora }: LoraRequest): number {
  return copies * (rank * (inputs + outputs) + (dora ? outputs : 0));
}

function adapterNumbers(
  { inputs, outputs, copies }: Matrix,
  layers: number,
  { rank, dora }: LoraRequest,
): string {
  const thin = `${rank} × (${stepNumber(inputs)} + ${stepNumber(outputs)})`;
  return `${product(layers, copies)} × ${dora ? `(${thin} + ${stepNumber(outputs)})` : thin}`;
}

/**
 * Trainable parameters of an adapter: two thin matrices for each matrix that is adapted.
 *
 *     parameters = Σ matrices: rank × (inputs + outputs)
 *
 * Key and value outputs are KV heads × head size, not the hidden size. DoRA adds one value for each
 * output. Experts are left out unless they are asked for.
 *
 * @throws RangeError when the rank is not a whole number of at least 1.
 * @see https://arxiv.org/abs/2106.09685
 */
export function loraParameters(request: LoraRequest): number {
  requireCount({ rank: request.rank });
  return layersOf(request.shape).reduce(
    (sum, group) =>
      sum +
      group.count *
        groupMatrices(group, request).reduce((part, each) => part + adapterSize(each, request), 0),
    0,
  );
}

/** The adapter's size with one step for each kind of matrix. */
export function explainLora(
  request: LoraRequest,
): { parameters: number; share: number; bytes16: number } & Explained {
  const parameters = loraParameters(request);
  const { total } = countParameters(request.shape);
  const steps: Step[] = layersOf(request.shape).flatMap((group) =>
    groupMatrices(group, request).map((each) => ({
      label: `${each.target} in ${group.count} layers`,
      formula: request.dora
        ? 'layers × copies × (rank × (inputs + outputs) + outputs)'
        : 'layers × copies × rank × (inputs + outputs)',
      numbers: adapterNumbers(each, group.count, request),
      value: group.count * adapterSize(each, request),
      unit: 'parameters',
      source: 'https://arxiv.org/abs/2106.09685',
    })),
  );
  return {
    parameters,
    share: parameters / (total + parameters),
    bytes16: parameters * 2,
    steps,
    assumptions: [
      `Rank ${request.rank} on ${request.targets.join(', ')}.`,
      request.dora ? 'DoRA: one magnitude per output.' : 'No biases are trained.',
    ],
    warnings: parameters === 0 ? ['The model has none of these matrices.'] : [],
    band: { low: parameters, high: parameters, why: 'exact' },
  };
}
