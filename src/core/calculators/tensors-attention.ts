import type {
  Attention,
  LatentAttention,
  LinearAttention,
  SoftmaxAttention,
} from './model-shape.ts';
import { matrix, type Tensor, vector } from './tensor.ts';

function softmaxNorms(attention: SoftmaxAttention): Tensor[] {
  const { qkNorm, keyDim, heads, kvHeads, ownKv } = attention;
  if (qkNorm === undefined) return [];
  if (qkNorm === 'head') return [vector('norm', ownKv === false ? keyDim : 2 * keyDim)];
  return [vector('norm', (heads + kvHeads) * keyDim)];
}

function softmaxBiases(attention: SoftmaxAttention, hidden: number): Tensor[] {
  const { heads, kvHeads, keyDim, valueDim = keyDim, qkvBias, outBias } = attention;
  const keys = attention.ownKv === false ? 0 : kvHeads * keyDim;
  const values = attention.ownKv === false || attention.valueFromKey ? 0 : kvHeads * valueDim;
  return [
    ...(qkvBias ? [vector('bias', heads * keyDim, 'heads')] : []),
    ...(qkvBias && keys + values > 0
      ? [{ ...vector('bias', keys + values, 'kv'), pieces: kvHeads }]
      : []),
    ...(outBias ? [vector('bias', hidden)] : []),
    ...(attention.sinks ? [vector('small', heads, 'heads')] : []),
  ];
}

function softmaxTensors(attention: SoftmaxAttention, hidden: number): Tensor[] {
  const { heads, kvHeads, keyDim, valueDim = keyDim, ownKv, valueFromKey } = attention;
  const fused = attention.fusedQkv ? { fused: true } : {};
  const kv = { pieces: kvHeads, ...fused };
  const queryRows = heads * keyDim * (attention.outputGate ? 2 : 1);
  return [
    { ...matrix('query', queryRows, hidden, 'heads'), ...fused },
    ...(ownKv === false ? [] : [{ ...matrix('key', kvHeads * keyDim, hidden, 'kv'), ...kv }]),
    ...(ownKv === false || valueFromKey
      ? []
      : [{ ...matrix('value', kvHeads * valueDim, hidden, 'kv'), ...kv }]),
    matrix('output', hidden, heads * valueDim, 'heads'),
    ...softmaxNorms(attention),
    ...softmaxBiases(attention, hidden),
  ];
}

/**
 * Latent attention: query through a rank (or directly), keys and values through a shared latent.
 * The indexer of sparse attention has its own query, key, norm and head weights.
 */
function latentTensors(attention: LatentAttention, hidden: number): Tensor[] {
  const { heads, queryRank, kvRank, nopeDim, ropeDim, valueDim, indexer } = attention;
  const queryRows = heads * (nopeDim + ropeDim);
  const query = queryRank
    ? [
        matrix('query-down', queryRank, hidden, 'whole'),
        vector('norm', queryRank),
        matrix('query-up', queryRows, queryRank, 'heads'),
      ]
    : [matrix('query', queryRows, hidden, 'heads')];
  return [
    ...query,
    matrix('kv-down', kvRank + ropeDim, hidden, 'whole'),
    vector('norm', kvRank),
    matrix('kv-up', heads * kvRank, nopeDim, 'heads'),
    matrix('kv-up', heads * valueDim, kvRank, 'heads'),
    matrix('output', hidden, heads * valueDim, 'heads'),
    ...(attention.bias
      ? [vector('bias', (queryRank ?? 0) + kvRank + ropeDim), vector('bias', hidden)]
      : []),
    ...(indexer
      ? [
          matrix('indexer', indexer.heads * indexer.headDim, queryRank ?? hidden, 'whole'),
          matrix('indexer', indexer.headDim + indexer.heads, hidden, 'whole'),
          vector('norm', 2 * indexer.headDim),
        ]
      : []),
  ];
}

function deltaNetTensors(attention: LinearAttention, hidden: number): Tensor[] {
  const keys = attention.keyHeads * attention.keyDim;
  const values = attention.valueHeads * attention.valueDim;
  return [
    matrix('linear-in', 2 * keys + values, hidden, 'heads'),
    matrix('linear-gate', values, hidden, 'heads'),
    matrix('linear-small', 2 * attention.valueHeads, hidden, 'heads'),
    matrix('convolution', 2 * keys + values, attention.convKernel, 'heads'),
    vector('small', 2 * attention.valueHeads, 'heads'),
    vector('norm', attention.valueDim),
    matrix('linear-out', hidden, values, 'heads'),
  ];
}

/** Kimi delta attention: a gate of low rank for each key channel and one for the output. */
function kdaTensors(attention: LinearAttention, hidden: number): Tensor[] {
  const keys = attention.keyHeads * attention.keyDim;
  const values = attention.valueHeads * attention.valueDim;
  const { keyDim, valueDim, valueHeads, convKernel } = attention;
  return [
    matrix('linear-in', 2 * keys + values, hidden, 'heads'),
    matrix('convolution', 2 * keys + values, convKernel, 'heads'),
    matrix('linear-gate', valueDim, hidden, 'whole'),
    matrix('linear-gate', keys, valueDim, 'heads'),
    matrix('linear-small', valueHeads, hidden, 'heads'),
    matrix('linear-gate', valueDim, hidden, 'whole'),
    matrix('linear-gate', values, valueDim, 'heads'),
    vector('small', valueHeads + keys, 'heads'),
    vector('norm', keyDim),
    matrix('linear-out', hidden, values, 'heads'),
  ];
}

function lightningTensors(attention: LinearAttention, hidden: number): Tensor[] {
  const width = attention.valueHeads * attention.valueDim;
  return [
    matrix('linear-in', 3 * width, hidden, 'heads'),
    matrix('linear-gate', width, hidden, 'heads'),
    vector('norm', width),
    matrix('linear-out', hidden, width, 'heads'),
  ];
}

function mambaTensors(attention: LinearAttention, hidden: number): Tensor[] {
  const inner = attention.valueHeads * attention.valueDim;
  const channels = inner + 2 * attention.keyHeads * attention.keyDim;
  return [
    matrix('linear-in', inner + channels + attention.valueHeads, hidden, 'heads'),
    matrix('convolution', channels, attention.convKernel, 'heads'),
    ...(attention.convBias ? [vector('bias', channels, 'heads')] : []),
    vector('small', 3 * attention.valueHeads, 'heads'),
    vector('norm', inner),
    matrix('linear-out', hidden, inner, 'heads'),
  ];
}

const LINEAR_STYLES = {
  'gated-deltanet': deltaNetTensors,
  kda: kdaTensors,
  lightning: lightningTensors,
  mamba2: mambaTensors,
} as const;

/** The weights of an attention block. */
export function attentionTensors(attention: Attention, hidden: number): Tensor[] {
  if (attention.kind === 'none') return [];
  if (attention.kind === 'mla') return latentTensors(attention, hidden);
  if (attention.kind === 'linear') return LINEAR_STYLES[attention.style](attention, hidden);
  return softmaxTensors(attention, hidden);
}
