import table from '../../../../../data/architectures.json' with { type: 'json' };
import { DENSE } from './dense.ts';
import { ENCODERS } from './encoders.ts';
import { HYBRIDS } from './hybrids.ts';
import type { Fields } from './json.ts';
import type { ReadFamily } from './layers.ts';
import { MIXTURES } from './mixtures.ts';

/** How the config of a family is read, and what a nested text_config may leave out. */
type Family = { read: ReadFamily; defaults?: Fields };

const READERS = { ...DENSE, ...MIXTURES, ...HYBRIDS, ...ENCODERS };

const ALIKE: Readonly<Record<string, { also?: readonly string[]; defaults?: Fields }>> = table;

/** Every architecture that is understood, by its model_type. */
export const FAMILIES: ReadonlyMap<string, Family> = new Map(
  Object.entries(READERS).flatMap(([type, read]) => {
    const { also = [], defaults } = ALIKE[type] ?? {};
    const family = { read, ...(defaults ? { defaults } : {}) };
    return [type, ...also].map((each): [string, Family] => [each, family]);
  }),
);
