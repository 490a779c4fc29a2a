import type { DenseFeedForward, FeedForward, MoeFeedForward } from './model-shape.ts';
import { matrix, type Tensor, vector } from './tensor.ts';

function dense({ width, gated, bias }: Omit<DenseFeedForward, 'kind'>, hidden: number): Tensor[] {
  if (width === 0) return [];
  const matrices = [matrix('up', width, hidden, 'width'), matrix('down', hidden, width, 'width')];
  if (gated) matrices.unshift(matrix('gate', width, hidden, 'width'));
  const biases = bias
    ? [vector('bias', gated ? 2 * width : width, 'width'), vector('bias', hidden)]
    : [];
  return [...matrices, ...biases];
}

function experts(block: MoeFeedForward, hidden: number): Tensor[] {
  const { width, gated, experts: copies, activeExperts: activeCopies } = block;
  const inputs = block.latent ?? hidden;
  const expert = { copies, activeCopies, split: 'experts' } as const;
  const list: Tensor[] = [
    ...(gated ? [{ role: 'expert-gate', rows: width, columns: inputs, ...expert } as const] : []),
    { role: 'expert-up', rows: width, columns: inputs, ...expert },
    { role: 'expert-down', rows: inputs, columns: width, ...expert },
  ];
  if (block.expertBias) {
    const length = (gated ? 2 : 1) * width + inputs;
    list.push({ role: 'expert-bias', rows: 1, columns: length, ...expert });
  }
  return list;
}

function mixture(block: MoeFeedForward, hidden: number): Tensor[] {
  const { gated } = block;
  return [
    ...experts(block, hidden),
    matrix('router', block.experts, hidden, 'whole'),
    ...(block.routerBias ? [vector('small', block.experts)] : []),
    ...(block.latent ? [matrix('matrix', 2 * block.latent, hidden, 'whole')] : []),
    ...dense({ width: block.sharedWidth ?? 0, gated }, hidden),
    ...(block.sharedGate ? [vector('router', hidden)] : []),
    ...dense({ width: block.besideWidth ?? 0, gated }, hidden),
  ];
}

/** The weights of a feed-forward block. */
export function feedForwardTensors(block: FeedForward, hidden: number): Tensor[] {
  if (block.kind === 'none') return [];
  return block.kind === 'dense' ? dense(block, hidden) : mixture(block, hidden);
}
