import type { LinearAttention } from './model-shape.ts';
import { matrix, type Tensor, vector } from './tensor.ts';

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
    ...(attention.fullGate
      ? [matrix('linear-gate', values, hidden, 'heads')]
      : [
          matrix('linear-gate', valueDim, hidden, 'whole'),
          matrix('linear-gate', values, valueDim, 'heads'),
        ]),
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

function projectionBiases(attention: LinearAttention, inputs: number, hidden: number): Tensor[] {
  if (!attention.projectionBias) return [];
  return [vector('bias', inputs, 'heads'), vector('bias', hidden)];
}

/** Mamba-1: step sizes through a rank, a state matrix and a skip for each channel. */
function mamba1Tensors(attention: LinearAttention, hidden: number): Tensor[] {
  const { valueHeads: inner, keyDim: state, convKernel, stepRank = 1 } = attention;
  return [
    matrix('linear-in', 2 * inner, hidden, 'heads'),
    matrix('convolution', inner, convKernel, 'heads'),
    ...(attention.convBias ? [vector('bias', inner, 'heads')] : []),
    matrix('linear-small', stepRank + 2 * state, inner, 'heads'),
    matrix('linear-small', inner, stepRank, 'heads'),
    vector('small', inner * (state + 2), 'heads'),
    ...(attention.stepNorms ? [vector('norm', stepRank + 2 * state)] : []),
    matrix('linear-out', hidden, inner, 'heads'),
    ...projectionBiases(attention, 2 * inner, hidden),
  ];
}

/** RWKV-4: receptance, key and value, decays and mixes for each channel. */
function rwkvTensors(attention: LinearAttention, hidden: number): Tensor[] {
  const width = attention.valueHeads;
  return [
    matrix('linear-in', 3 * width, hidden, 'heads'),
    vector('small', 2 * width + 3 * hidden),
    matrix('linear-out', hidden, width, 'heads'),
  ];
}

/** A gated convolution over the last few tokens, and nothing else (LFM2). */
function shortConvTensors(attention: LinearAttention, hidden: number): Tensor[] {
  const width = attention.valueHeads;
  return [
    matrix('linear-in', 3 * width, hidden, 'heads'),
    matrix('convolution', width, attention.convKernel, 'heads'),
    ...(attention.convBias ? [vector('bias', width, 'heads')] : []),
    matrix('linear-out', hidden, width, 'heads'),
    ...projectionBiases(attention, 3 * width, hidden),
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
    ...projectionBiases(attention, inner + channels + attention.valueHeads, hidden),
  ];
}

const LINEAR_STYLES = {
  'gated-deltanet': deltaNetTensors,
  kda: kdaTensors,
  lightning: lightningTensors,
  mamba1: mamba1Tensors,
  mamba2: mambaTensors,
  rwkv4: rwkvTensors,
  'short-conv': shortConvTensors,
} as const;

/** The weights of linear attention or of a state-space block. */
export function linearTensors(attention: LinearAttention, hidden: number): Tensor[] {
  return LINEAR_STYLES[attention.style](attention, hidden);
}
