import { servingCapacity } from '../calculators/memory/capacity.ts';
import { kvBytesPerToken } from '../calculators/memory/kv-cache.ts';
import type { Model } from '../calculators/models/model-schema.ts';
import { countParameters } from '../calculators/models/parameters.ts';
import { weightFormat } from '../calculators/quantization/formats.ts';
import { weightBytes } from '../calculators/quantization/weights.ts';
import { LORA_TARGET_SETS, loraParameters } from '../calculators/training/lora.ts';
import type { Catalog } from '../catalog.ts';
import { GB } from '../units.ts';
import { type Drawn, numberOf, withProducts } from './draw.ts';
import type { Case } from './schema.ts';

/** Matrices that adapters of a case change: all of the attention's. */
export const ADAPTED = LORA_TARGET_SETS.get('attention') ?? [];

/** What the calculators know. */
export type Facts = Pick<Catalog, 'models' | 'gpus' | 'latency'>;

/**
 * The model of a case.
 *
 * @throws RangeError when the catalog has none of its name.
 */
export function modelOf(drawn: Drawn, { models }: Facts): Model {
  const model = models.find(({ id }) => id === drawn['model']);
  if (!model) throw new RangeError(`no model ${drawn['model']}`);
  return model;
}

/** What calculators make of the values that a case has; it has no use for the rest. */
function quantitiesOf(drawn: Drawn, facts: Facts): Drawn {
  const { shape, name } = modelOf(drawn, facts);
  const has = (...names: string[]) => names.every((each) => drawn[each] !== undefined);
  const number = (each: string) => numberOf(drawn, each);
  const bytesPerToken = kvBytesPerToken(shape).bytesPerToken;
  const tokens = has('prompt', 'output') ? number('prompt') + number('output') : undefined;
  const gpu = facts.gpus.find(({ id }) => id === drawn['gpu']);
  const format = weightFormat(String(drawn['format'] ?? 'bf16'));
  const pool =
    gpu && tokens
      ? servingCapacity({ shape, format, tokens, parallel: { tensor: number('tensor') } }, gpu)
      : undefined;
  const rank = drawn['rank'];
  return {
    'model name': name,
    ...(gpu ? { 'gpu name': gpu.name } : {}),
    weightsGB: weightBytes(shape, format) / GB,
    paramsB: countParameters(shape).total / 1e9,
    kvKB: bytesPerToken / 1e3,
    ...(typeof rank === 'number'
      ? { adapterMB: (loraParameters({ shape, rank, targets: ADAPTED }) * 2) / 1e6 }
      : {}),
    ...(tokens ? { tokens, kvGB: (bytesPerToken * tokens) / GB } : {}),
    ...(pool ? { poolTokens: pool.tokens, holds: pool.sequences } : {}),
  };
}

/** Drawn values with all that follows from them: what the texts, the estimates and the truth are made of. */
export const withQuantities = (played: Pick<Case, 'values'>, drawn: Drawn, facts: Facts): Drawn =>
  withProducts(played, {
    ...drawn,
    ...(drawn['model'] === undefined ? {} : quantitiesOf(drawn, facts)),
  });
