import { isCpu } from '../../core/calculators/hardware/cpu.ts';
import { type Gpu, grantedBytes } from '../../core/calculators/hardware/gpu.ts';
import {
  type GpuChoice,
  gpuChoiceId,
  readGpuChoice,
  shortGpuName,
} from '../../core/calculators/names/gpu-names.ts';
import { formatRam } from '../../core/calculators/names/ram-names.ts';
import { formatGiB, formatNumber } from '../../core/units.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';

/** The cards of an estimate, and what the reader should know of the choice. */
export type Cards = GpuChoice & {
  /** The option that names them again. */
  id: string;
  /** `RTX 4090`, `M3 Max with 64 GB`. */
  name: string;
  notes: string[];
};

/**
 * Cards from what was typed.
 *
 * @throws UserError with the closest names when they are not known.
 */
export function readCards(
  text: string,
  { catalog, locale }: Pick<Context, 'catalog' | 'locale'>,
): Cards {
  const read = readGpuChoice(catalog.gpus, text);
  if (!read.found) {
    const names = read.suggestions.map(({ id }) => id).join(', ');
    if (names) {
      throw new UserError(
        `${read.why} Did you mean ${names}? You can also enter only the memory, like 24gb.`,
      );
    }
    throw new UserError([
      `${read.why} Run `,
      { command: 'gpus' },
      ' to see all GPUs, or enter only the memory, like 24gb.',
    ]);
  }
  const { gpu, isUsualSize, note } = read.choice;
  const name = shortGpuName(gpu);
  return {
    ...read.choice,
    id: gpuChoiceId(read.choice),
    name,
    notes: [
      ...(isUsualSize ? [sizeNote(gpu, name)] : []),
      ...(note ? [note] : []),
      ...(gpu.vendor === 'Apple'
        ? [
            `macOS lets the GPU use ${formatGiB(grantedBytes(gpu), locale)} of the ${gpu.memoryGiB} GB.`,
          ]
        : []),
    ],
  };
}

/** The size that is assumed of what is sold in several. */
const sizeNote = (gpu: Gpu, name: string) =>
  isCpu(gpu)
    ? `This assumes ${gpu.memoryGiB} GB of RAM. For another size, add it, like cpu-64gb.`
    : `This is ${name}. For another size, add the memory, like 36gb.`;

/** The cards that were named, else the person's own, else the team's; `none` is none. */
export function findCards(
  text: string | undefined,
  context: Pick<Context, 'catalog' | 'person' | 'team' | 'locale'>,
): Cards | undefined {
  if (text?.trim().toLowerCase() === 'none') return undefined;
  if (text !== undefined) return readCards(text, context);
  const { person, team, catalog } = context;
  const kept = person.gpu ?? team.gpu;
  const read = kept ? readGpuChoice(catalog.gpus, kept) : undefined;
  // A card that has left the list since is no longer assumed.
  if (!kept || !read?.found) return undefined;
  const cards = readCards(kept, context);
  const whose = person.gpu ? 'your' : "the team's";
  return {
    ...cards,
    notes: [`On ${whose} default GPU (gpu:none turns that off).`, ...cards.notes],
  };
}

/** `one RTX 4090`, `4 × H100 SXM5 80GB`, `2 × RTX 3090 + RTX 4090`, `one RTX 4090 and 64 GB of RAM`. */
export function formatGpus({
  count,
  name,
  isAnonymous,
  parts,
  ram,
}: Pick<Cards, 'count' | 'name' | 'isAnonymous' | 'parts' | 'ram'>): string {
  const beside = ram ? ` and ${formatRam(ram)}` : '';
  const times = (number: number) => (number === 1 ? '' : `${formatNumber(number)} × `);
  if (parts)
    return `${parts.map((part) => `${times(part.count)}${shortGpuName(part.gpu)}`).join(' + ')}${beside}`;
  if (count === 1) return `one ${name}${beside}`;
  return `${times(count)}${name}${isAnonymous ? 's' : ''}${beside}`;
}

/** Dollars of a GPU hour by GPU id, from `4090=0.35, h100=2.1`. */
export function readPrices(
  text: string | undefined,
  context: Pick<Context, 'catalog' | 'locale'>,
): Map<string, number> {
  const prices = new Map<string, number>();
  for (const part of text?.split(/[\s,]+/).filter(Boolean) ?? []) {
    const [, name = '', dollars = ''] = /^(.+)=\$?(\d+(?:\.\d+)?)$/.exec(part) ?? [];
    const usd = Number(dollars);
    if (!(usd > 0))
      throw new UserError(`"${part}" isn't a price. Enter prices like h100=2.10,4090=0.35.`);
    prices.set(readCards(name, context).gpu.id, usd);
  }
  return prices;
}
