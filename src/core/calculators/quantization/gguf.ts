import { expertCount, isSoftmax, layerOrder, type ModelShape } from '../models/model-shape.ts';
import { placedLayers } from '../models/placed.ts';
import { type Tensor, tensorSize } from '../models/tensor.ts';
import { outerTensors } from '../models/tensors.ts';
import { GGUF_BLOCKS, type GgufBlockName, type GgufFileType } from './gguf-blocks.ts';
import { type MixContext, mixedType } from './gguf-mix.ts';

/** Weights that share a block format in a GGUF file. */
export type GgufShare = { type: GgufBlockName; parameters: number; bytes: number };

/** A weight, the layer it stands in and the block format it gets in a GGUF file. */
export type TypedTensor = { tensor: Tensor; layer?: number; type: GgufBlockName };

function isInFile({ role }: Tensor): boolean {
  return role !== 'vision' && role !== 'audio';
}

function isValueLike({ role, fused }: Tensor): boolean {
  return role === 'value' || role === 'linear-in' || (fused === true && role === 'query');
}

/** Query heads for each KV head in the first layer that has them; all heads with latent attention. */
function headsPerKvHead(shape: ModelShape): number {
  for (const { attention } of layerOrder(shape)) {
    if (attention.kind === 'mla' || attention.kind === 'compressed') return attention.heads;
    if (isSoftmax(attention)) return Math.floor(attention.heads / attention.kvHeads);
  }
  return 1;
}

/**
 * The block format of every weight in a GGUF file.
 * Vision and audio towers are left out, they are a file of their own.
 *
 * @param imatrix Whether an importance matrix was used, as in most published files.
 */
export function ggufTypes(
  shape: ModelShape,
  fileType: GgufFileType,
  imatrix = true,
): TypedTensor[] {
  const layers = placedLayers(shape);
  const outer = outerTensors(shape).filter(isInFile);
  const hasValue = layers.map((list) => list.some(isValueLike));
  const context: MixContext = {
    fileType,
    groupedBy: headsPerKvHead(shape),
    experts: expertCount(shape),
    tied: shape.tied,
    falcon: shape.gguf === 'falcon',
    seventyB: shape.gguf === '70b',
    imatrix,
    layer: 0,
    layers: layers.length,
    valueIndex: 0,
    valueCount: hasValue.filter((has) => has).length,
  };
  const typed: TypedTensor[] = outer.map((tensor) => ({
    tensor,
    type: mixedType(tensor, context),
  }));
  for (const [layer, list] of layers.entries()) {
    context.layer = layer;
    for (const tensor of list) typed.push({ tensor, layer, type: mixedType(tensor, context) });
    if (hasValue[layer]) context.valueIndex += 1;
  }
  return typed;
}

/** Bytes of a weight in a block format. */
export function blockBytes(tensor: Tensor, type: GgufBlockName): number {
  return (tensorSize(tensor) * GGUF_BLOCKS[type].bytes) / GGUF_BLOCKS[type].values;
}

/** The mix of a GGUF file: for each block format the weights that have it, the largest share first. */
export function ggufMix(shape: ModelShape, fileType: GgufFileType, imatrix = true): GgufShare[] {
  const shares = new Map<GgufBlockName, GgufShare>();
  for (const { tensor, type } of ggufTypes(shape, fileType, imatrix)) {
    const share = shares.get(type) ?? { type, parameters: 0, bytes: 0 };
    share.parameters += tensorSize(tensor);
    share.bytes += blockBytes(tensor, type);
    shares.set(type, share);
  }
  return [...shares.values()].sort((a, b) => b.bytes - a.bytes);
}
