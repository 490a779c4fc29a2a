import { cpuWith, isCpu } from '../../core/calculators/hardware/cpu.ts';
import {
  ENGINES,
  LLAMA_CPP,
  type NamedEngine,
  VLLM,
} from '../../core/calculators/hardware/engines.ts';
import {
  gpuCount,
  type Parallel,
  parallelProblem,
} from '../../core/calculators/hardware/parallel.ts';
import { layoutFor } from '../../core/calculators/memory/fit.ts';
import type { Engine, InferenceRequest } from '../../core/calculators/memory/inference-memory.ts';
import type { Machine } from '../../core/calculators/memory/placement.ts';
import { imageTokens } from '../../core/calculators/models/model-shape.ts';
import { findFormat } from '../../core/calculators/names/format-names.ts';
import {
  KV_FORMATS,
  type KvFormat,
  WEIGHT_FORMATS,
  type WeightFormat,
  weightFormat,
} from '../../core/calculators/quantization/formats.ts';
import type { EngineFamily } from '../../core/calculators/speed/latency-constants.ts';
import { formatNumber } from '../../core/units.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import { type Cards, findCards } from './gpu.ts';
import type { Subject } from './model.ts';
import { pickTargets } from './targets.ts';

/** Options of serving as commands receive them; see `SERVING_OPTIONS`. */
export type ServingInput = {
  gpu?: string | undefined;
  format?: string | undefined;
  context?: number | undefined;
  sequences?: number | undefined;
  kv?: string | undefined;
  engine?: string | undefined;
  tensor?: number | undefined;
  pipeline?: number | undefined;
  data?: number | undefined;
  expert?: number | undefined;
  utilisation?: number | undefined;
  /** Layers on the card, where the CPU has the rest. */
  layers?: number | undefined;
  /** Images in each request. */
  images?: number | undefined;
  /** LoRA adapters beside the model, with their rank and what they adapt. */
  adapters?: number | undefined;
  rank?: number | undefined;
  targets?: string | undefined;
};

/** A model on an engine, and on cards when they are known. */
export type Serving = {
  subject: Subject;
  request: InferenceRequest & { engine: Engine; sequences: number; parallel: Parallel };
  /** What the engine spends between layers. */
  family: EngineFamily;
  cards?: Cards;
  utilisation?: number;
  /** The memories that share the layers in llama.cpp: GPUs of several kinds, or RAM beside them. */
  machine?: Machine;
  /** Images in each request, whose tokens are part of `request.tokens`. */
  images?: number;
  gpus: number;
  notes: string[];
  warnings: string[];
  /** The options that give the same estimate again, wherever they are typed. */
  values: ServingValues;
};

type ServingValues = Partial<
  Record<'model' | 'config' | keyof ServingInput, string | number | undefined>
>;

/** Tokens that are assumed when none are told: the context of many small models, and of a long chat. */
export const USUAL_TOKENS = 8192;

/** Tokens that the images of a request take, where that is known of the model. */
export function imagesOf({ shape, name }: Subject, { images }: ServingInput) {
  if (images === undefined) return { tokens: 0, notes: [], warnings: [] };
  const each = imageTokens(shape);
  if (each === undefined) {
    const why = shape.extras?.some(({ kind }) => kind === 'vision')
      ? `I don't know how many tokens one takes in ${name}`
      : `${name} has no vision tower that I know of`;
    return { tokens: 0, notes: [], warnings: [`Images aren't counted: ${why}.`] };
  }
  const tokens = images * each;
  const adds = images === 1 ? 'The image adds' : `${images} images add`;
  return {
    tokens,
    notes: [
      `${adds} ${formatNumber(tokens)} tokens to each request (${formatNumber(each)} for 1,024 × 1,024 pixels).`,
    ],
    warnings: [],
  };
}

/** A GGUF leaves the vision tower in a file of its own, which images need in 16 bit. */
function towerOf(
  { shape }: Subject,
  { gguf }: WeightFormat,
  { images }: ServingInput,
): Pick<InferenceRequest, 'towerBytes'> {
  if (images === undefined || !gguf) return {};
  const towers = shape.extras?.filter(({ kind }) => kind === 'vision') ?? [];
  return { towerBytes: towers.reduce((sum, { parameters }) => sum + 2 * parameters, 0) };
}

/** The rank that is assumed of adapters, vLLM's own default. */
const USUAL_RANK = 16;

function adaptersOf(
  subject: Subject,
  { adapters, rank = USUAL_RANK, targets }: ServingInput,
): Pick<InferenceRequest, 'adapters'> {
  if (adapters === undefined) return {};
  return { adapters: { count: adapters, rank, targets: pickTargets(targets, subject.shape) } };
}

/** Which adapters are counted, in a sentence. */
function adapterNotes({ adapters }: Pick<InferenceRequest, 'adapters'>): string[] {
  if (!adapters) return [];
  const { count, rank, targets } = adapters;
  const held = count === 1 ? 'One LoRA adapter' : `${formatNumber(count)} LoRA adapters`;
  return [`${held} of rank ${rank} on ${targets.join(', ')}, in 16-bit.`];
}

/** The names of formats or engines, found or refused in words. */
function pick<T extends { id: string; label: string; aliases: readonly string[] }>(
  list: readonly T[],
  text: string | undefined,
  what: string,
): T | undefined {
  if (text === undefined) return undefined;
  const found = findFormat(list, text);
  if (found.found) return found.item;
  const names = found.suggestions.slice(0, 4).map(({ id }) => id);
  const hint =
    names.length > 0
      ? `Did you mean ${names.join(', ')}?`
      : `Supported: ${list
          .slice(0, 12)
          .map(({ id }) => id)
          .join(', ')}${list.length > 12 ? ', and more' : ''}.`;
  throw new UserError(`I don't know the ${what} "${text.slice(0, 60)}". ${hint}`);
}

/** A weight format by any of its names. */
export const pickFormat = (text: string | undefined): WeightFormat | undefined =>
  pick(WEIGHT_FORMATS, text, 'number format');

/** A format of the KV cache by any of its names. */
export const pickKv = (text: string | undefined): KvFormat | undefined =>
  pick(KV_FORMATS, text, 'KV cache format');

/** An engine by the name of any program that works like it. */
export const pickEngine = (text: string | undefined): NamedEngine | undefined =>
  pick(ENGINES, text, 'engine');

/** What only llama.cpp makes the most of: CPUs, RAM beside GPUs, and GPUs of several kinds. */
export const isForLlamaCpp = (cards: Cards | undefined): boolean =>
  cards !== undefined && (isCpu(cards.gpu) || (cards.parts ?? cards.ram) !== undefined);

/** llama.cpp for GGUF files, on Apple's chips, on CPUs, and where memories share the layers; else a server. */
function chooseEngine(
  input: ServingInput,
  format: WeightFormat | undefined,
  cards: Cards | undefined,
  isOpen: boolean,
): NamedEngine {
  const asked = pickEngine(input.engine);
  if (asked) return asked;
  if (format?.gguf || cards?.gpu.vendor === 'Apple') return LLAMA_CPP;
  const isShared = input.layers !== undefined || (isOpen && isForLlamaCpp(cards));
  return isShared ? LLAMA_CPP : VLLM;
}

/** The format of the published file where the engine reads it, else the one people usually take. */
function usualFormat(subject: Subject, engine: Engine): WeightFormat {
  const own = subject.format;
  if (engine === 'vllm') return own ?? weightFormat('bf16');
  // A repository that says its format is asked for in it.
  if (own && (own.gguf || subject.named)) return own;
  return weightFormat(own?.id === 'mxfp4' ? 'mxfp4_moe' : 'q4_k_m');
}

/** What is to be served, with everything filled in that was left open. */
export function readServing(
  subject: Subject,
  input: ServingInput,
  context: Pick<Context, 'catalog' | 'person' | 'team' | 'locale'>,
): Serving {
  const { shape } = subject;
  const cards = findCards(input.gpu, context);
  const asked = pickFormat(input.format);
  // What a model of the list is published in is one format of several.
  const isOpen = (asked ?? subject.named) === undefined && (!subject.format || !!subject.model);
  const program = chooseEngine(input, asked ?? subject.format, cards, isOpen);
  const engine = program.memory;
  const format = asked ?? usualFormat(subject, engine);
  const kv = pickKv(input.kv);
  const pictures = imagesOf(subject, input);
  const tokens = (input.context ?? Math.min(USUAL_TOKENS, shape.maxContext)) + pictures.tokens;
  const adapters = adaptersOf(subject, input);
  const sequences = input.sequences ?? 1;
  const weights = subject.weights ? { weights: subject.weights } : {};
  const alone = {
    shape,
    format,
    engine,
    tokens,
    sequences,
    ...(kv ? { kv } : {}),
    ...weights,
    ...adapters,
    ...towerOf(subject, format, input),
  };
  const machine = shape.kind === 'decoder' ? machineOf(input, cards, engine) : undefined;
  const layout = machine ? { parallel: {}, notes: [] } : readLayout(input, cards?.count, alone);
  return {
    subject,
    request: { ...alone, parallel: layout.parallel },
    family: program.family,
    ...(cards ? { cards } : {}),
    ...(input.utilisation === undefined ? {} : { utilisation: input.utilisation }),
    ...(machine ? { machine } : {}),
    ...(pictures.tokens > 0 && input.images !== undefined ? { images: input.images } : {}),
    gpus: machine ? machine.gpus.length : gpuCount(layout.parallel),
    notes: [
      ...subject.notes,
      ...(cards?.notes ?? []),
      ...layout.notes,
      ...pictures.notes,
      ...adapterNotes(adapters),
    ],
    warnings: [
      ...pictures.warnings,
      ...engineWarnings(engine, format),
      ...(machine ? [] : sharingWarnings(cards)),
    ],
    values: {
      ...subject.values,
      gpu: cards?.id,
      format: (asked ?? subject.named)?.id,
      context: input.context,
      sequences: input.sequences,
      kv: kv?.id,
      engine: input.engine === undefined ? undefined : program.id,
      tensor: input.tensor,
      pipeline: input.pipeline,
      data: input.data,
      expert: input.expert,
      utilisation: input.utilisation,
      layers: input.layers,
      images: input.images,
      ...(input.adapters === undefined
        ? {}
        : { adapters: input.adapters, rank: input.rank, targets: input.targets }),
    },
  };
}

/** More GPUs than one machine has slots for, with risers too. */
const MOST_SHARING = 64;

/**
 * The memories among which llama.cpp divides the layers; undefined where all GPUs are alike, or it isn't asked to divide.
 * RAM of which nobody told how much is enough for whatever stays there.
 */
export function machineOf(
  { layers, tensor, pipeline, data, utilisation }: ServingInput,
  cards: Cards | undefined,
  engine: Engine,
): Machine | undefined {
  const isLaidOut =
    (tensor ?? pipeline ?? data) !== undefined || (cards?.count ?? 0) > MOST_SHARING;
  if (!cards || cards.gpu.unified || engine !== 'llama.cpp' || isLaidOut) return undefined;
  const { parts, ram } = cards;
  if (!(parts || ram || layers !== undefined)) return undefined;
  const kinds = parts ?? [cards];
  const hasRam = ram || layers !== undefined;
  return {
    gpus: kinds.flatMap(({ gpu, count }) => Array.from({ length: count }, () => gpu)),
    ...(hasRam ? { ram: cpuWith(ram?.GiB ?? Infinity, ram?.kind, ram) } : {}),
    ...(layers === undefined ? {} : { mostLayers: layers }),
    ...(utilisation === undefined ? {} : { utilisation }),
  };
}

/** What engines that share a model evenly make of GPUs of several kinds, and of RAM beside them. */
function sharingWarnings(cards: Cards | undefined): string[] {
  if (!cards) return [];
  const { parts, ram, gpu } = cards;
  return [
    ...(parts
      ? [
          `Different GPUs share a model evenly here, so each counts as one of ${gpu.memoryGiB} GB. llama.cpp fills each by its size: add engine:llama.cpp.`,
        ]
      : []),
    ...(ram ? ["The RAM beside the GPU isn't counted. To use it, add engine:llama.cpp."] : []),
  ];
}

function engineWarnings(engine: Engine, { gguf, id, label }: WeightFormat): string[] {
  if (engine === 'vllm' || gguf || ['bf16', 'fp16', 'fp32'].includes(id)) return [];
  return [`llama.cpp reads GGUF files, not ${label}. The closest formats are q4_k_m and q8_0.`];
}

type Layout = { parallel: Parallel; notes: string[] };

/** How the cards share the model: as told, or heads first, then layers, then copies. */
function readLayout(input: ServingInput, count = 1, request: InferenceRequest): Layout {
  const { tensor, pipeline, data, expert } = input;
  const isStated = tensor !== undefined || pipeline !== undefined || data !== undefined;
  const layout = isStated
    ? givenLayout({ tensor, pipeline, data }, count)
    : ownLayout(request, count);
  const parallel = expert === undefined ? layout.parallel : { ...layout.parallel, expert };
  const problem = parallelProblem(request.shape, parallel);
  if (problem)
    throw new UserError(`${problem} ${otherLayouts(request, gpuCount(parallel))}`.trim());
  return { ...layout, parallel };
}

function givenLayout(
  told: Record<'tensor' | 'pipeline' | 'data', number | undefined>,
  count: number,
): Layout {
  const { tensor = 1, pipeline = 1, data = 1 } = told;
  const used = tensor * pipeline * data;
  if (count === 1 || used === count) return { parallel: { tensor, pipeline, data }, notes: [] };
  const copies = count / used;
  if (told.data === undefined && Number.isInteger(copies)) {
    return {
      parallel: { tensor, pipeline, data: copies },
      notes: [`${copies} copies of the model, to use all ${count} GPUs.`],
    };
  }
  throw new UserError(
    `tensor ${tensor} × pipeline ${pipeline} × data ${data} makes ${used} GPUs, not ${count}.`,
  );
}

function ownLayout(request: InferenceRequest, count: number): Layout {
  if (count === 1) return { parallel: {}, notes: [] };
  const whole = layoutFor(request, count);
  if (whole) return { parallel: whole, notes: [layoutNote(request, whole, count)] };
  const size = [8, 4, 2, 1].find((each) => count % each === 0 && layoutFor(request, each)) ?? 1;
  const data = count / size;
  return {
    parallel: { ...layoutFor(request, size), data },
    notes: [`${data} copies of the model, each on ${size === 1 ? 'one GPU' : `${size} GPUs`}.`],
  };
}

function layoutNote(
  { engine, shape }: InferenceRequest,
  { tensor = 1, pipeline = 1 }: Parallel,
  count: number,
): string {
  if (pipeline === 1) return `Each matrix is split across ${tensor} GPUs (tensor parallelism).`;
  const stages = `The layers are split into ${pipeline} stages (pipeline parallelism)`;
  const shared = tensor > 1 ? `, each matrix across ${tensor} GPUs` : '';
  const problem = engine === 'llama.cpp' ? undefined : parallelProblem(shape, { tensor: count });
  const isClose = count <= 8 && problem !== undefined;
  return `${stages}${shared}${isClose ? `, since ${problem.charAt(0).toLowerCase()}${problem.slice(1).replace(/\.$/, '')}` : ''}.`;
}

function otherLayouts(request: InferenceRequest, count: number): string {
  const other = layoutFor(request, count);
  if (!other) return '';
  const { tensor = 1, pipeline = 1 } = other;
  return `Try tensor:${tensor} pipeline:${pipeline}.`;
}
