import names from '../../../../data/common-names.json' with { type: 'json' };
import { parseCounted } from '../../units.ts';
import { cpuWith, isCpu, USUAL_RAM_GIB } from '../hardware/cpu.ts';
import { type Gpu, withMemory } from '../hardware/gpu.ts';
import { matchNamed } from './names.ts';
import { nearest } from './near-names.ts';
import { formatRam, ONE_SIZE, RAM_WORDS, type Ram, ramId, readRam } from './ram-names.ts';
import { squash } from './spellings.ts';

/** The cards that somebody means. */
export type GpuChoice = {
  gpu: Gpu;
  count: number;
  /** True when the memory was not told and other sizes are sold, so that it is an assumption. */
  isUsualSize: boolean;
  /** True for a card of which only the memory was told: it has no speed. */
  isAnonymous: boolean;
  /** How a choice of different cards is written. */
  mix?: string;
  /** Each kind of a choice of different cards; `gpu` is then one with the least of each. */
  parts?: readonly Pick<GpuChoice, 'gpu' | 'count'>[];
  /** Memory of the computer beside the cards, which takes what they leave. */
  ram?: Ram;
  /** What else the reader should know of the choice. */
  note?: string;
};

/**
 * Cards, or a sentence that says why there are none, with the closest names. `isMeant` is true when
 * a card was clearly meant, only not one of the list, or not in this size or number.
 */
export type GpuLookUp =
  | { found: true; choice: GpuChoice; others: Gpu[] }
  | { found: false; why: string; suggestions: Gpu[]; isMeant: boolean; instead?: string };

/** Words that make another card of the same number: a 4070 is not a 4070 Ti. */
const VARIANTS = ['ti', 'super', 'pro', 'max', 'ultra', 'xt', 'xtx', 'nvl', 'ada'] as const;

const NUMBERS = new Map(Object.entries(names.numbers));

/** The most cards that are computed with. */
const MAX_GPUS = 100_000;

const MEMORY =
  /^(\d{1,5}(?:\.\d+)?)[\s-]*(?:gb|gib|gigs?|g)(?:\s+(?:of\s+)?(?:vram|memory|unified|gpu))*$/i;
const WITH_MEMORY =
  /^(.*\S)[\s-]+(?:with\s+)?(\d{1,5})[\s-]*(?:gb|gib|g)(?:\s+(?:of\s+)?(?:v?ram|memory|unified))*$/i;
/**
 * Memory of the computer with one size, alone or beside cards: `64gb ram`, `4090 with 64 gb of system ram`,
 * `rtx-4090+64gb-ram`, `3090 + 96gb ddr5-6000`.
 */
const RAM = new RegExp(
  `^(?=.*(?:ram|ddr))(?:(.*?\\S)(?:\\s*\\+\\s*|\\s+(?:with|and|plus|&)\\s+|\\s+))?(?=${ONE_SIZE})(?=.*(?<!v)(?:ram|ddr[345]))(${RAM_WORDS})$`,
  'i',
);

/** Variants that the item has and the text does not name. */
function isOtherVariant(gpu: Gpu, text: string): boolean {
  const asked = text.toLowerCase();
  const isAlias = [gpu.id, ...gpu.aliases].some(
    (alias) => alias.replaceAll('-', ' ') === asked.replaceAll('-', ' ').trim(),
  );
  if (isAlias) return false;
  return VARIANTS.some(
    (variant) =>
      new RegExp(`(^|[^a-z])${variant}([^a-z]|$)`, 'i').test(gpu.id) &&
      !new RegExp(`${variant}([^a-z]|$)`, 'i').test(asked),
  );
}

/** Numbers that makers give to cards, such as 3070 or 7800; nobody asks for so many tokens. */
const CARD_NUMBER = /^(?:rtx|gtx|rx)?\s*(?:[1-9]0[5-9]0|16[5-9]0|[67][5-9][05]0)$/i;

/** `macbook pro m3 max` is the chip with the computer before it. */
const MAC =
  /^(?:apple )?(?:i?mac|mac ?book(?: pro| air)?|mac (?:studio|mini|pro)) (?:with )?(?:an? )?(?=m\d)/i;

type Match = { item: Gpu; others: Gpu[] };

function oneGpu(gpus: readonly Gpu[], text: string): Match | 'another variant' | undefined {
  // A bare number is a card only when it is an alias: `24` and `8192` are something else.
  const isBare = /^[-+]?[\d.,\s]+$/.test(text);
  const match = matchNamed(gpus, text);
  if (!match || 'tooMany' in match) return undefined;
  // Words alone are a card only as its whole name: `air` may also end the name of a model.
  if (!/\d/.test(text) && !isSpelled(match.item, text)) return undefined;
  if (isBare && !match.item.aliases.includes(text.trim()) && !CARD_NUMBER.test(text)) {
    return undefined;
  }
  return isOtherVariant(match.item, text) ? 'another variant' : match;
}

function isSpelled({ id, name, aliases }: Gpu, text: string): boolean {
  return [id, name, ...aliases].some((each) => squash(each) === squash(text));
}

/** `h100s` is `h100`; the `s` of `l40s` is its own. */
function singular(gpus: readonly Gpu[], text: string): ReturnType<typeof oneGpu> {
  return oneGpu(gpus, text) ?? (/\ds$/i.test(text) ? oneGpu(gpus, text.slice(0, -1)) : undefined);
}

/** True for a name that only a card can have, although it is not on the list. */
function isCardName(gpus: readonly Gpu[], text: string): boolean {
  if (CARD_NUMBER.test(text)) return true;
  const [, base = '', variant = ''] = /^(.*\S)\s+(\S+)$/.exec(text.toLowerCase()) ?? [];
  // `max` and its like are words of Apple's: in `4090 max context` it belongs to what follows.
  const isApple = /^(?:max|ultra|pro)$/.test(variant);
  const isVariant = VARIANTS.some((each) => each === variant) && (!isApple || /^m\d/.test(base));
  return isVariant && (CARD_NUMBER.test(base) || typeof singular(gpus, base) === 'object');
}

/** A card of which only the memory is known. */
function anonymous(memoryGiB: number): Gpu {
  return {
    id: `${memoryGiB}gb`,
    name: `${memoryGiB} GB GPU`,
    vendor: '',
    architecture: '',
    year: 0,
    aliases: [],
    memoryGiB,
    bandwidthGBps: 1,
    tflops: { fp16: 1 },
    sources: [],
    checked: '',
    unconfirmed: [],
  };
}

/** Without the closest names, which take long to find. */
type Read =
  | Extract<GpuLookUp, { found: true }>
  | { found: false; why: string; isMeant: boolean; isComplete?: true; instead?: string };

function unknown(
  gpus: readonly Gpu[],
  name: string,
  isMeant: boolean,
): Extract<Read, { found: false }> {
  const why = `I don't know the GPU "${name.slice(0, 60)}".`;
  return { found: false, why, isMeant: isMeant || isCardName(gpus, name) };
}

function byName(gpus: readonly Gpu[], name: string, count: number): Read {
  const known = { count, isUsualSize: false, isAnonymous: false };
  const size = Number(MEMORY.exec(name)?.[1] ?? 0);
  if (size > 0) {
    const choice = { ...known, gpu: anonymous(size), isAnonymous: true };
    return { found: true, choice, others: [] };
  }
  const match = singular(gpus, name);
  if (match && match !== 'another variant') {
    const { item: gpu, others } = match;
    return { found: true, choice: { ...known, gpu, isUsualSize: gpu.unified === true }, others };
  }
  const [, base = '', memory] = WITH_MEMORY.exec(name) ?? [];
  const bare = memory === undefined ? undefined : singular(gpus, base);
  if (memory !== undefined && bare === undefined && isCardName(gpus, base)) {
    const why = `I don't know the GPU "${base}". Enter ${memory}gb for any GPU of that size.`;
    return { found: false, why, isMeant: true, isComplete: true, instead: `${memory}gb` };
  }
  // `a100s 40gb` are of the other size.
  const sized = /s$/i.test(base) && singular(gpus, `${base.slice(0, -1)} ${memory}gb`);
  return typeof bare === 'object'
    ? withSize(gpus, typeof sized === 'object' ? sized : bare, Number(memory), known)
    : unknown(gpus, name, (match ?? bare) === 'another variant');
}

/** A card with the memory that was told, where it is sold with it; a chip of the same generation that has as much. */
function withSize(
  gpus: readonly Gpu[],
  { item: gpu, others }: Match,
  memoryGiB: number,
  known: Omit<GpuChoice, 'gpu'>,
): Read {
  if (gpu.memoryGiB === memoryGiB || (gpu.unified && memoryGiB < gpu.memoryGiB)) {
    return { found: true, choice: { ...known, gpu: withMemory(gpu, memoryGiB) }, others };
  }
  if (gpu.unified) return largerChip(gpus, gpu, memoryGiB, known);
  const why = `${gpu.name} has ${gpu.memoryGiB} GB, not ${memoryGiB}. Enter ${memoryGiB}gb for any GPU of that size.`;
  return { found: false, why, isMeant: true, isComplete: true, instead: `${memoryGiB}gb` };
}

/** An M4 has at most 32 GB, so that one with 48 GB is an M4 Pro; an M4 Pro with 128 GB is nothing. */
function largerChip(
  gpus: readonly Gpu[],
  gpu: Gpu,
  memoryGiB: number,
  known: Omit<GpuChoice, 'gpu'>,
): Read {
  const [larger] = gpus
    .filter(
      ({ id, memoryGiB: most }) => id.startsWith(`${gpu.id.split('-')[0]}-`) && most >= memoryGiB,
    )
    .sort((a, b) => a.memoryGiB - b.memoryGiB);
  const name = shortGpuName({ ...gpu, unified: false });
  if (larger && /^m\d$/.test(gpu.id)) {
    const sold = withMemory(larger, memoryGiB);
    const note = `An ${name} has at most ${gpu.memoryGiB} GB, so this is an ${shortGpuName(sold)}.`;
    return { found: true, choice: { ...known, gpu: sold, note }, others: [] };
  }
  const instead = larger && `${larger.id}-${memoryGiB}gb`;
  const why = `${name} has at most ${gpu.memoryGiB} GB, not ${memoryGiB}.${instead ? ` Enter ${instead} for the chip that has.` : ''}`;
  return { found: false, why, isMeant: true, isComplete: true, ...(instead ? { instead } : {}) };
}

/** What the GPUs of laptops hold, where it is less than the card of the same number. */
const LAPTOPS = new Map(Object.entries(names.laptops));

const LAPTOP = /(?:^|\s)(?:laptop|mobile|notebook)(?:\s+gpu)?(?=\s|$)/i;

/** The GPU of a laptop is not on the list, so its memory stands for it. */
function inLaptop(gpus: readonly Gpu[], text: string): Read | undefined {
  if (!LAPTOP.test(text)) return undefined;
  const bare = text
    .replace(LAPTOP, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/^(?:my|an?) | with(?: an?)?$/gi, '')
    .trim();
  const [, own = '', told] = WITH_MEMORY.exec(bare) ?? [];
  const asked = told === undefined ? undefined : singular(gpus, own);
  // Memory that is told decides, where it isn't known what the GPU of a laptop has.
  const usual = typeof asked === 'object' ? LAPTOPS.get(asked.item.id) : undefined;
  const isCard =
    typeof asked === 'object' ? asked.item.memoryGiB !== Number(told) : isCardName(gpus, own);
  if (told !== undefined && isCard && (usual === undefined || usual === Number(told)))
    return byName(gpus, `${told}gb`, 1);
  const card = bare === '' ? undefined : readOne(gpus, bare.replace(/^(?:with )?(?:an? )?/i, ''));
  if (!card?.found || card.choice.gpu.unified) return card?.found ? card : undefined;
  const { gpu, count, isAnonymous } = card.choice;
  const size = LAPTOPS.get(gpu.id);
  if (isAnonymous || count > 1) return card;
  if (size === undefined) {
    const note = `The ${shortGpuName(gpu)} of a laptop holds as much as the desktop card, and is slower.`;
    return { ...card, choice: { ...card.choice, note } };
  }
  const instead = `${size}gb`;
  const why = `The ${shortGpuName(gpu)} of a laptop has ${size} GB. Enter ${instead} for it, or ${gpu.id} for the desktop card.`;
  return { found: false, why, isMeant: true, isComplete: true, instead };
}

/** Cards of several kinds share a model evenly, so each of them counts as the smallest. */
function mixOf(choices: readonly GpuChoice[]): Read {
  const [first] = choices;
  if (!first) return { found: false, why: '', isMeant: false };
  const kinds = new Set(choices.map(({ gpu }) => gpu.id));
  const count = choices.reduce((sum, each) => sum + each.count, 0);
  if (kinds.size === 1) return { found: true, choice: { ...first, count }, others: [] };
  const least = (of: (gpu: Gpu) => number) => Math.min(...choices.map(({ gpu }) => of(gpu)));
  const memoryGiB = least((gpu) => gpu.memoryGiB);
  const {
    rent: _,
    reportedMiB: __,
    ...gpu
  } = choices.find((each) => each.gpu.memoryGiB === memoryGiB)?.gpu ?? first.gpu;
  const mixed = {
    ...gpu,
    id: choices.map(({ gpu: { id } }) => id).join('+'),
    name: choices.map((each) => shortGpuName(each.gpu)).join('/'),
    bandwidthGBps: least((each) => each.bandwidthGBps),
    tflops: { fp16: least(({ tflops }) => tflops.fp16) },
  };
  const choice = {
    gpu: mixed,
    count,
    isUsualSize: false,
    isAnonymous: choices.some((each) => each.isAnonymous),
    mix: choices.map(gpuChoiceId).join('+'),
    parts: choices.map((each) => ({ gpu: each.gpu, count: each.count })),
  };
  return { found: true, choice, others: [] };
}

/** A choice with the computer's memory beside it. */
function withRam(cards: Read, ram: Ram): Read {
  if (!cards.found) return cards;
  return { ...cards, choice: { ...cards.choice, ram } };
}

/** A computer without a GPU: `cpu`, `cpu 64gb`, `cpu-ddr4-64gb`, `cpu with 64gb of ddr5 ram`. */
const CPU = new RegExp(`^cpu(?:[ -]only)?(?:[\\s,-]+(${RAM_WORDS}))?$`, 'i');

function readCpu(text: string): Read | undefined {
  const [all, words = ''] = CPU.exec(text) ?? [];
  if (all === undefined) return undefined;
  const { GiB, kind, ...told } = readRam(words);
  const gpu = cpuWith(GiB ?? USUAL_RAM_GIB, kind, told);
  const choice = { gpu, count: 1, isUsualSize: GiB === undefined, isAnonymous: false };
  return { found: true, choice, others: [] };
}

function read(gpus: readonly Gpu[], text: string): Read {
  const words = text.trim().replaceAll(/\s+/g, ' ').slice(0, 120);
  const cpu = readCpu(words);
  if (cpu) return cpu;
  const [, beside, said = ''] = RAM.exec(words) ?? [];
  const { GiB: ram, ...modules } = readRam(said);
  if (ram !== undefined && beside === undefined) {
    const why = `Is that the memory of a GPU or of the computer? Enter ${ram}gb for a GPU, cpu-${ram}gb for a computer without one, m4-max-${ram}gb for a Mac, or a GPU and the computer's memory, like 3060+${ram}gb-ram.`;
    return { found: false, why, isMeant: true, isComplete: true, instead: `${ram}gb` };
  }
  if (beside !== undefined && ram !== undefined) {
    const cards = read(gpus, beside);
    const isShared = cards.found && cards.choice.gpu.unified;
    if (cards.found && !isShared) return withRam(cards, { GiB: ram, ...modules });
    if (isShared) return read(gpus, `${beside} ${ram}gb`);
  }
  const parts = words.split(/ ?\+ ?| (?:and|plus|&) (?:an? )?(?=\S)/i);
  if (parts.length > 1 && parts.length < 5) {
    const choices = parts.map((part) => readOne(gpus, part));
    const found = choices.flatMap((each) => (each.found ? [each.choice] : []));
    const isNamed = found.every((each) => !each.isAnonymous);
    return found.length === parts.length && isNamed
      ? mixOf(found)
      : { found: false, why: unknown(gpus, words, false).why, isMeant: false };
  }
  return inLaptop(gpus, words) ?? readOne(gpus, words);
}

function readOne(gpus: readonly Gpu[], text: string): Read {
  const words = text.trim().replaceAll(/\s+/g, ' ').replace(MAC, '');
  // The 4 of `4 a100` counts, though it is also the one of `A100 SXM4`.
  const [, few, many = ''] = /^(\d{1,3}) ([a-z].*)$/i.exec(words) ?? [];
  const several = few === undefined ? undefined : byName(gpus, many, Number(few));
  if (several?.found && Number(few) > 0) return several;
  const whole = byName(gpus, words, 1);
  if (whole.found || whole.isMeant) return whole;
  if (/^0+ ?[x×*] ?[a-z0-9]/i.test(words)) {
    const why = 'Enter at least one GPU, like 2x h100.';
    return { found: false, why, isMeant: true, isComplete: true };
  }
  const [, first = '', rest = ''] = /^(\S+) (?:of )?(.+)$/.exec(words) ?? [];
  const spelled = NUMBERS.get(first.toLowerCase());
  if (spelled !== undefined) return byName(gpus, rest, spelled);
  // `2 4090` is two cards, which a sign between the numbers would say more clearly.
  const two = /^(\d{1,3}) (\d.*)$/.exec(words) ?? /^(\d{6,}) ?[x×*] ?(\S.*)$/i.exec(words);
  const counted = two ? { count: Number(two[1]), name: two[2] ?? '' } : parseCounted(words);
  if (!counted || counted.name === words) return whole;
  const cards = byName(gpus, counted.name, counted.count);
  if (!cards.found || counted.count <= MAX_GPUS) return cards;
  const why = `${counted.count} GPUs are too many. Enter ${MAX_GPUS} or fewer.`;
  return { found: false, why, isMeant: true, isComplete: true };
}

/**
 * Reads cards as people write them: `4090`, `2x h100`, `two 3090s`, `8 × A100 80GB`,
 * `m3 max 64gb`, `24gb`.
 */
export function readGpuChoice(gpus: readonly Gpu[], text: string): GpuLookUp {
  const found = read(gpus, text);
  if (found.found) return found;
  const { why, isMeant, isComplete, instead } = found;
  const name = parseCounted(text)?.name ?? text;
  const suggestions = isComplete ? [] : nearest(gpus, name, 3);
  return { found: false, why, isMeant, suggestions, ...(instead ? { instead } : {}) };
}

/** True when words can only be meant as cards. */
export function isGpuChoice(gpus: readonly Gpu[], text: string): boolean {
  const found = read(gpus, text);
  return found.found || found.isMeant;
}

/** A choice as one word that `readGpuChoice` reads again: `2xh100-sxm`, `m3-max-64gb`, `24gb`. */
export function gpuChoiceId({ gpu, count, isUsualSize, isAnonymous, mix, ram }: GpuChoice): string {
  const size = gpu.unified && !isUsualSize && !isAnonymous ? `-${gpu.memoryGiB}gb` : '';
  const cards = mix ?? `${count > 1 ? `${count}x` : ''}${gpu.id}${size}`;
  return ram ? `${cards}+${ramId(ram)}` : cards;
}

/** A card's name as people say it: without its maker, and with its memory where that varies. */
export function shortGpuName(gpu: Gpu): string {
  if (isCpu(gpu)) return `CPU and ${formatRam({ ...readRam(gpu.id), GiB: gpu.memoryGiB })}`;
  const name = gpu.name.replace(/^(NVIDIA|AMD Instinct|AMD|Apple|Google|Intel) /, '');
  const short = name.replace(/ \([^)]*\)$/, '');
  return gpu.unified ? `${short} with ${gpu.memoryGiB} GB` : short;
}
