import type { Extra } from '../model-shape.ts';
import { type Fields, fieldOf, isFields } from './json.ts';
import { type Reader, readerOf } from './reader.ts';

/** Values of a matrix with a bias. */
const linear = (from: number, to: number) => from * to + to;

/** Weight and bias of a layer norm. */
const norm = (width: number) => 2 * width;

/**
 * Parameters of the tower of Qwen3-VL and Qwen 3.5: patches of several frames, learned positions,
 * blocks with biases, and one merger, with one more for each layer that the language model also sees.
 *
 * @see https://github.com/huggingface/transformers/blob/main/src/transformers/models/qwen3_vl/modeling_qwen3_vl.py
 */
function qwenTower(c: Reader): number {
  const width = c.count('hidden_size');
  const inner = c.count('intermediate_size');
  const patch = c.count('patch_size');
  const volume = c.count('in_channels', 3) * c.count('temporal_patch_size', 2) * patch * patch;
  const block =
    2 * norm(width) +
    linear(width, 3 * width) +
    linear(width, width) +
    linear(width, inner) +
    linear(inner, width);
  const merged = width * c.count('spatial_merge_size', 2) ** 2;
  const merger = linear(merged, merged) + linear(merged, c.count('out_hidden_size'));
  const deep = c.numbers('deepstack_visual_indexes')?.length ?? 0;
  return (
    linear(volume, width) +
    c.count('num_position_embeddings') * width +
    c.count('depth') * block +
    merger +
    norm(width) +
    deep * (merger + norm(merged))
  );
}

/**
 * Parameters of Pixtral's tower as Mistral 3 has it: no biases, and a projector that merges patches.
 *
 * @see https://github.com/huggingface/transformers/blob/main/src/transformers/models/mistral3/modeling_mistral3.py
 */
function pixtralTower(c: Reader, outer: Reader): number {
  const width = c.count('hidden_size');
  const patch = c.count('patch_size');
  const block = 2 * width + 4 * width * width + 3 * width * c.count('intermediate_size');
  const text = outer.count('hidden_size');
  const merger = width * outer.count('spatial_merge_size', 2) ** 2 * width;
  return (
    c.count('num_channels', 3) * patch * patch * width +
    width +
    c.count('num_hidden_layers') * block +
    width +
    merger +
    width * text +
    text * text
  );
}

/** Pixels of a side of the image that is counted with. */
const IMAGE_PIXELS = 1024;

/** Patches along a side of the image that become tokens, after neighbours are merged. */
const tokensOfSide = (c: Reader, merge: number) =>
  Math.ceil(IMAGE_PIXELS / (c.count('patch_size') * merge));

/** A square of tokens. */
const qwenTokens = (c: Reader) => tokensOfSide(c, c.count('spatial_merge_size', 2)) ** 2;

/** Each row ends in a token of its own. */
function pixtralTokens(c: Reader, outer: Reader): number {
  const side = tokensOfSide(c, outer.count('spatial_merge_size', 2));
  return side * (side + 1);
}

type Tower = {
  parameters: (c: Reader, outer: Reader) => number;
  tokens: (c: Reader, outer: Reader) => number;
};

const QWEN: Tower = { parameters: qwenTower, tokens: qwenTokens };

/** Towers that are counted, by the model_type of their part. */
const TOWERS: ReadonlyMap<string, Tower> = new Map([
  ['pixtral', { parameters: pixtralTower, tokens: pixtralTokens }],
  ['qwen3_vl', QWEN],
  ['qwen3_vl_moe', QWEN],
  ['qwen3_5', QWEN],
  ['qwen3_5_moe', QWEN],
  ['qwen3_5_vision', QWEN],
  ['qwen3_5_moe_vision', QWEN],
]);

/**
 * The vision tower of a config.json where its parts are known; undefined when there's none or it isn't.
 *
 * @param fields The fields of the file with those of its language model over them.
 */
export function visionTower(fields: Fields): Extra | undefined {
  const part = fieldOf(fields, 'vision_config');
  if (!isFields(part)) return undefined;
  const type = fieldOf(part, 'model_type');
  const tower = typeof type === 'string' ? TOWERS.get(type) : undefined;
  if (!tower) return undefined;
  // Pixtral 12B has the same tower with another projector.
  if (type === 'pixtral' && fieldOf(fields, 'spatial_merge_size') === undefined) return undefined;
  const problems: string[] = [];
  const readers = [readerOf(part, {}, problems), readerOf(fields, {}, problems)] as const;
  const counted = {
    parameters: tower.parameters(...readers),
    imageTokens: tower.tokens(...readers),
  };
  return problems.length > 0 ? undefined : { name: 'vision tower', kind: 'vision', ...counted };
}
