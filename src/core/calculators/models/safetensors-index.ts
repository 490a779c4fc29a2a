import { formatCount, formatGB } from '../../units.ts';
import { type Fields, fieldOf, isFields } from './config/json.ts';

/** What the index of a model's safetensors files says: the bytes of all tensors, and their names. */
export type SafetensorsIndex = {
  /** Bytes of all tensors, exactly as they are stored. */
  totalBytes: number;
  /** Layers of the language model by the names; 0 where none has a number. */
  layers: number;
  /** Id of the weight format that the names tell, where it's not 16 bit. */
  format?: string;
  /** The index without the names that say nothing more. */
  asIndex: string;
};

/** Names that tensors have in one format only, the surer ones first. */
const MARKS: readonly [name: RegExp, format: string][] = [
  [/_blocks$/, 'mxfp4'],
  [/weight_scale_2$/, 'nvfp4'],
  [/\.qweight$/, 'int4'],
  [/weight_packed$/, 'int4'],
  [/absmax$/, 'nf4'],
  [/weight_scale_inv$/, 'fp8-block'],
  [/weight_scale$/, 'fp8'],
];

const layerOf = (name: string) =>
  /vision|visual|audio/.test(name)
    ? -1
    : Number(/(?:layers|\bh|blocks)\.(\d+)\./.exec(name)?.[1] ?? -1);

/**
 * Reads a `model.safetensors.index.json`; undefined for any other file. It has no shapes, so that neither the parameters
 * nor the KV cache follow from it.
 *
 * @see https://huggingface.co/docs/safetensors (metadata.total_size is the sum of all tensors in bytes)
 */
export function safetensorsIndex(fields: Fields): SafetensorsIndex | undefined {
  const map = fieldOf(fields, 'weight_map');
  const metadata = fieldOf(fields, 'metadata');
  const bytes = isFields(metadata) ? fieldOf(metadata, 'total_size') : undefined;
  if (!isFields(map) || !isFields(metadata)) return undefined;
  const names = Object.keys(map);
  const last = names.reduce((most, name) => (layerOf(name) > layerOf(most) ? name : most), '');
  const found = MARKS.flatMap(([mark, format]) => {
    const name = names.find((each) => mark.test(each));
    return name === undefined ? [] : [{ name, format }];
  });
  const totalBytes = typeof bytes === 'number' && Number.isFinite(bytes) && bytes > 0 ? bytes : 0;
  const kept = [last, ...(found[0] ? [found[0].name] : [])].filter((name) => name !== '');
  return {
    totalBytes,
    layers: layerOf(last) + 1,
    ...(found[0] ? { format: found[0].format } : {}),
    asIndex: JSON.stringify({
      metadata: { total_size: totalBytes },
      weight_map: Object.fromEntries(kept.map((name) => [name.slice(0, 200), ''])),
    }),
  };
}

/** What an index by itself can't tell, in a sentence. */
export function indexProblem({ totalBytes, layers, format }: SafetensorsIndex): string {
  const inLayers = layers > 0 ? ` in ${layers} layers` : '';
  const parameters =
    format === undefined
      ? `: ${formatCount(totalBytes / 2)} parameters if they have 16 bits, which it doesn't say`
      : '';
  const held =
    totalBytes > 0
      ? `${formatGB(totalBytes)} of weights${inLayers}${parameters}`
      : `weights${inLayers}`;
  return `This index of safetensors lists ${held}. The KV cache needs the sizes of the layers: name the model too, or attach the config.json beside it.`;
}
