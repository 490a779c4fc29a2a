/** What a weight is for; formats and sharding are decided by it. */
export type TensorRole =
  | 'embedding'
  | 'head'
  | 'position'
  | 'norm'
  | 'bias'
  | 'small'
  | 'query'
  | 'key'
  | 'value'
  | 'output'
  | 'query-down'
  | 'query-up'
  | 'kv-down'
  | 'kv-up'
  | 'indexer'
  | 'linear-in'
  | 'linear-gate'
  | 'linear-small'
  | 'linear-out'
  | 'convolution'
  | 'gate'
  | 'up'
  | 'down'
  | 'expert-gate'
  | 'expert-up'
  | 'expert-down'
  | 'expert-bias'
  | 'router'
  | 'vision'
  | 'audio'
  | 'lookup'
  | 'matrix';

/**
 * How tensor parallelism divides a weight: `heads` and `width` by the degree, `kv` by the degree but
 * at most by the KV heads, `vocabulary` by the degree, `experts` by experts or width, `whole` not.
 */
export type TensorSplit = 'heads' | 'width' | 'kv' | 'vocabulary' | 'experts' | 'whole';

/** One weight, or `copies` of the same size (experts). */
export type Tensor = {
  role: TensorRole;
  /** Outputs of a matrix; 1 for a vector. */
  rows: number;
  /** Inputs of a matrix; quantization blocks lie along them. */
  columns: number;
  copies: number;
  split: TensorSplit;
  /** Pieces that the weight can be cut into at most, where that is few (KV heads). */
  pieces?: number;
  /** Copies of which one token reads `activeCopies`. */
  activeCopies?: number;
  /** True when the file holds query, key and value as one matrix. */
  fused?: boolean;
};

/** A matrix of `rows` outputs and `columns` inputs. */
export function matrix(
  role: TensorRole,
  rows: number,
  columns: number,
  split: TensorSplit,
): Tensor {
  return { role, rows, columns, copies: 1, split };
}

/** A vector of `length` values. */
export function vector(role: TensorRole, length: number, split: TensorSplit = 'whole'): Tensor {
  return { role, rows: 1, columns: length, copies: 1, split };
}

/** Values in a tensor, all copies together. */
export function tensorSize(tensor: Tensor): number {
  return tensor.rows * tensor.columns * tensor.copies;
}
