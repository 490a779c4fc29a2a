import type { ModelShape } from './model-shape.ts';

/** What documents say about a model's size. */
export type PublishedSize = {
  /** Parameters, as printed or derived from a printed count. */
  parameters?: number;
  /** How the count was found; `fitted` proves little, since parts were solved from it. */
  kind?: 'document' | 'derived' | 'fitted' | 'recalled';
  source?: string;
  /** The size in the name or on the card, in billions. */
  totalLabelB?: number;
  activeLabelB?: number;
  /** What the published file stores where that differs: tied copies, scales, extra modules. */
  stored?: number;
  note?: string;
};

/** A model that the product knows, with where its figures come from. */
export type Model = {
  id: string;
  name: string;
  family: string;
  /** Repository of the weights on the Hugging Face hub. */
  hub: string;
  aliases: readonly string[];
  /** Year and month, recalled and not looked up. */
  released: string;
  /** Weight format of the published file where it is not 16 bit. */
  native?: string;
  shape: ModelShape;
  published?: PublishedSize;
  /** What its own training took, as its makers count it. */
  trained?: { gpuHours: number; gpu: string; tokens: number; by: string; source: string };
  sources: readonly string[];
  checked: string;
  /** What no document confirmed. */
  unconfirmed: readonly string[];
};
