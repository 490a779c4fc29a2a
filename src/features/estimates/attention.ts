import {
  type Attention,
  isSoftmax,
  layerCount,
  type ModelShape,
} from '../../core/calculators/models/model-shape.ts';
import { formatNumber } from '../../core/units.ts';

const heads = (count: number, kind = '') => `${count} ${kind}${count === 1 ? 'head' : 'heads'}`;

/** `64 heads, 8 KV heads of 128`. */
function headWords(attention: Attention): string {
  if (isSoftmax(attention)) {
    const { keyDim } = attention;
    return `${heads(attention.heads)}, ${heads(attention.kvHeads, 'KV ')} of ${keyDim}`;
  }
  if (attention.kind === 'mla')
    return `${heads(attention.heads)}, which share one latent of ${attention.kvRank + attention.ropeDim} values`;
  if (attention.kind === 'compressed')
    return `${heads(attention.heads)}, which share one key of ${attention.keyDim}`;
  return attention.kind === 'linear' ? 'linear attention' : 'no attention';
}

/** The heads of each kind of layer; how many layers there are of it where there are several kinds. */
export function attentionWords(shape: ModelShape, locale: string): string {
  const layers = new Map<string, number>();
  for (const { attention, count } of shape.layers) {
    const words = headWords(attention);
    layers.set(words, (layers.get(words) ?? 0) + count);
  }
  const isOne = layers.size === 1;
  const kinds = [...layers].map(([words, count]) =>
    isOne ? words : `${words} (${formatNumber(count, locale)} of ${layerCount(shape)} layers)`,
  );
  return kinds.join('; ');
}

/** Layers, heads and KV heads as data. */
export const attentionData = ({ layers }: ModelShape) =>
  layers.map(({ count, attention }) => ({
    layers: count,
    kind: attention.kind,
    heads: 'heads' in attention ? attention.heads : null,
    kvHeads: isSoftmax(attention) ? attention.kvHeads : null,
  }));
