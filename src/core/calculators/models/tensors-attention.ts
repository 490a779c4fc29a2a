import type {
  Attention,
  CompressedAttention,
  LatentAttention,
  SoftmaxAttention,
} from './model-shape.ts';
import { matrix, type Tensor, vector } from './tensor.ts';
import { linearTensors } from './tensors-linear.ts';

function softmaxNorms(attention: SoftmaxAttention): Tensor[] {
  const { qkNorm, keyDim, heads, kvHeads, ownKv } = attention;
  if (qkNorm === undefined) return [];
  if (qkNorm === 'head') return [vector('norm', ownKv === false ? keyDim : 2 * keyDim)];
  return [vector('norm', (heads + kvHeads) * keyDim)];
}

function softmaxBiases(attention: SoftmaxAttention, hidden: number): Tensor[] {
  const { heads, kvHeads, keyDim, valueDim = keyDim, qkvBias, outBias } = attention;
  const hasKeys = attention.ownKv !== false && !attention.plainKey;
  const keys = hasKeys ? kvHeads * keyDim : 0;
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
    // One key for all index heads, and no weights of the heads as DeepSeek's has.
    ...(attention.indexer
      ? [
          matrix('indexer', attention.indexer.heads * attention.indexer.headDim, hidden, 'whole'),
          matrix('indexer', attention.indexer.headDim, hidden, 'whole'),
          vector('norm', 2 * attention.indexer.headDim),
        ]
      : []),
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
    ...(attention.outputGate ? [matrix('linear-gate', heads * valueDim, hidden, 'heads')] : []),
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

/** What pools tokens into entries of a width: values, their weights by position, and a norm. */
function poolTensors(
  { ratio = 0, overlaps }: CompressedAttention,
  width: number,
  hidden: number,
): Tensor[] {
  const pooled = (overlaps ? 2 : 1) * width;
  return [
    matrix('kv-down', 2 * pooled, hidden, 'whole'),
    vector('small', ratio * pooled),
    vector('norm', width),
  ];
}

/**
 * Compressed attention: query through a rank, one vector as key and value, sinks, and an output in
 * groups through a rank. The indexer pools keys of its own.
 */
function compressedTensors(attention: CompressedAttention, hidden: number): Tensor[] {
  const { heads, keyDim, queryRank, ratio, outGroups, outRank, indexer } = attention;
  return [
    matrix('query-down', queryRank, hidden, 'whole'),
    vector('norm', queryRank),
    matrix('query-up', heads * keyDim, queryRank, 'heads'),
    matrix('kv-down', keyDim, hidden, 'whole'),
    vector('norm', keyDim),
    matrix('output', outGroups * outRank, (heads * keyDim) / outGroups, 'heads'),
    matrix('output', hidden, outGroups * outRank, 'heads'),
    vector('small', heads, 'heads'),
    ...(ratio === undefined ? [] : poolTensors(attention, keyDim, hidden)),
    ...(indexer
      ? [
          matrix('indexer', indexer.heads * indexer.headDim, queryRank, 'whole'),
          matrix('indexer', indexer.heads, hidden, 'whole'),
          ...poolTensors(attention, indexer.headDim, hidden),
        ]
      : []),
  ];
}

/** The weights of an attention block. */
export function attentionTensors(attention: Attention, hidden: number): Tensor[] {
  if (attention.kind === 'none') return [];
  if (attention.kind === 'mla') return latentTensors(attention, hidden);
  if (attention.kind === 'compressed') return compressedTensors(attention, hidden);
  if (attention.kind === 'linear') return linearTensors(attention, hidden);
  return softmaxTensors(attention, hidden);
}
