import type { ConfigResult } from '../../core/calculators/models/config-json.ts';
import type { Model } from '../../core/calculators/models/model-schema.ts';
import { layerCount, type ModelShape } from '../../core/calculators/models/model-shape.ts';
import {
  indexProblem,
  type SafetensorsIndex,
} from '../../core/calculators/models/safetensors-index.ts';
import { formatNamed } from '../../core/calculators/names/format-names.ts';
import { findNamed, ggufIn } from '../../core/calculators/names/names.ts';
import { isFiller, nameTokens, squash } from '../../core/calculators/names/spellings.ts';
import {
  WEIGHT_FORMATS,
  type WeightFormat,
  weightFormat,
} from '../../core/calculators/quantization/formats.ts';
import type { WeightOptions } from '../../core/calculators/quantization/weights.ts';
import { digest } from '../../core/digest.ts';
import { formatBytes } from '../../core/units.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import { type Content, contentOf } from '../../spine/files.ts';
import type { Attachment } from '../../spine/request.ts';

/** What is estimated. */
export type Subject = {
  name: string;
  shape: ModelShape;
  /** Absent for a config.json. */
  model?: Model;
  /** The format that the name or the file carries, such as `…-AWQ`. */
  format?: WeightFormat;
  /** The same where the words say it, which the model's id does not: a button repeats it. */
  named?: WeightFormat;
  /** What an index of its files says of the weights. */
  weights?: WeightOptions;
  /** Options that name it again; undefined when a button cannot carry them. */
  values?: { model: string; config?: string } | { config: string };
  notes: string[];
};

/** How a model may be named. */
export type SubjectInput = {
  model?: string | undefined;
  config?: string | undefined;
  file?: Attachment | undefined;
};

const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** Files that are kept for the buttons of an answer; a config.json has a few kilobytes. */
const MAX_KEPT_CHARACTERS = 64 * 1024;

type FileContext = Pick<Context, 'catalog' | 'clock' | 'store' | 'workOnFile'>;

/** The model that is asked about; undefined when none is named. */
export async function findSubject(
  input: SubjectInput,
  context: FileContext,
): Promise<Subject | undefined> {
  const found = await findSubjectOrIndex(input, context);
  if (found && 'totalBytes' in found) throw new UserError(indexProblem(found));
  return found;
}

/** The same where the weights by themselves are an answer: an index of safetensors files stays one. */
export async function findSubjectOrIndex(
  input: SubjectInput,
  context: FileContext,
): Promise<Subject | SafetensorsIndex | undefined> {
  const { model, config, file } = input;
  if (config === undefined && file === undefined)
    return model === undefined ? undefined : modelNamed(model, context);
  const content = await configContent(input, context);
  const read = await context.workOnFile({ kind: 'config', content });
  if (!read.ok && read.index) {
    if (read.index.totalBytes === 0) throw new UserError(read.message);
    if (model === undefined) return read.index;
    const kept = await keepText(read.index.asIndex, context);
    return withIndex(modelNamed(model, context), read.index, kept);
  }
  if (model !== undefined)
    throw new UserError('Enter a model or a config.json, not both.', { option: 'model' });
  return fromConfig(content, read, context);
}

/**
 * A known model with the weights of an index.
 *
 * @throws UserError when the index is of another model.
 */
function withIndex(subject: Subject, index: SafetensorsIndex, config: string): Subject {
  const { layers, totalBytes, format } = index;
  const own = layerCount(subject.shape);
  if (layers > 0 && layers !== own)
    throw new UserError(
      `This index has ${layers} layers, and ${subject.name} has ${own}, so it's of another model.`,
    );
  const stored = WEIGHT_FORMATS.find(({ id }) => id === (format ?? 'bf16'));
  return {
    ...subject,
    ...(stored
      ? { format: stored, weights: { exact: { format: stored.id, bytes: totalBytes } } }
      : {}),
    values: { ...(subject.model ? { model: subject.model.id } : {}), config },
    notes: [
      ...subject.notes,
      `The index says ${formatBytes(totalBytes)} of weights; its names say ${stored?.label ?? 'nothing of the format'}.`,
    ],
  };
}

/**
 * The model that is asked about.
 *
 * @throws UserError when none is named, or it is not known or not understood.
 */
export async function readSubject(
  input: SubjectInput,
  context: Pick<Context, 'catalog' | 'clock' | 'store' | 'workOnFile'>,
  example: string,
): Promise<Subject> {
  const subject = await findSubject(input, context);
  if (!subject)
    throw new UserError(['Which model? Try ', { command: example }, '.'], { option: 'model' });
  return subject;
}

/** The models of a family: of `qwen` and `Qwen3`; none of `qwen3-8b`, which is one model. */
export function familyOf(list: readonly Model[], name: string): Model[] {
  const wanted = squash(name);
  const isExact = list.some(({ id, aliases, name: full }) =>
    [id, full, ...aliases].some((each) => squash(each) === wanted && /\d+(\.\d+)?[bm]/i.test(each)),
  );
  if (isExact || wanted === '') return [];
  return list.filter(({ family }) => squash(family).startsWith(wanted));
}

/** What to calculate with in place of a model that nobody can download. */
export const OPEN_MODEL = 'gpt-oss-120b';

/** Whether only an API of it is offered; the open ones with such a name are found before. */
export const isUnpublished = (name: string) =>
  /^(?:openai\/|anthropic\/|google\/)?(?:gpt-?[3-9]|chatgpt|o[1-9](?:\b|-)|claude|gemini)/i.test(
    name.trim(),
  );

/**
 * A model by its name.
 *
 * @throws UserError with the closest names when it is not known.
 */
export function modelNamed(text: string, { catalog }: Pick<Context, 'catalog'>): Subject {
  if (text.trimStart().startsWith('{')) {
    throw new UserError('This config.json looks cut off. Paste all of it, or attach the file.');
  }
  const found = findNamed(catalog.models, text);
  if (!found.found) {
    if (isUnpublished(text))
      throw new UserError(
        `The size of ${text.trim().slice(0, 60)} isn't published, so there's nothing to calculate with. Try an open model, such as ${OPEN_MODEL}.`,
      );
    const names = /[a-z0-9]/i.test(text) ? found.suggestions.map(({ id }) => id).join(', ') : '';
    throw new UserError(
      `I don't know the model "${text.slice(0, 60)}".${names ? ` Did you mean ${names}?` : ''} You can also paste or attach its config.json.`,
    );
  }
  const { item, others } = found;
  const named = ggufOfMxfp4(item, text) ?? formatIn(text);
  const format = named ?? WEIGHT_FORMATS.find(({ id }) => id === item.native);
  const also = others.slice(0, 3).map(({ name }) => name);
  return {
    name: item.name,
    shape: item.shape,
    model: item,
    ...(format ? { format } : {}),
    ...(named ? { named } : {}),
    values: { model: item.id },
    notes: [
      ...standInNotes(item, text),
      ...(also.length > 0 ? [`Read as ${item.name}, not ${also.join(', ')}.`] : []),
      ...(item.unconfirmed.length > 0
        ? [`Not confirmed by any source: ${item.unconfirmed.join(', ')}.`]
        : []),
    ],
  };
}

/** Words that tell a model from another of its family. */
const KINDS = /^(?:coder|vl|next|flash|air|vision|omni|math|nano)$/;

/** What is said where one model is read in place of another. */
export function standInNotes(item: Model, text: string): string[] {
  const standsFor = standInFor(item, text);
  return standsFor === undefined
    ? []
    : [`${item.name} stands in for ${standsFor}, which isn't on the list.`];
}

/**
 * The name that was typed, where the item's own is another one: `MiniMax-M2` is read as M2.5, whose shape is the same.
 * Words of a name that say nothing are left out of it, and so are owners.
 */
function standInFor(item: Model, text: string): string | undefined {
  const typed = (text.trim().split('/').at(-1) ?? '')
    .replace(/\.gguf$/i, '')
    .replace(/[-:.](?:ud-)?(?:i?q\d\w*|b?f16|fp16|mxfp4)$/i, '')
    .replace(/[-_.]gguf$/i, '')
    .slice(0, 60);
  const own = new Set([item.id, item.name, item.hub ?? ''].flatMap(nameTokens));
  const asked = nameTokens(typed).filter((word) => !isFiller(word));
  // A version or a kind that the item doesn't have, or one that only the item has.
  const isOther = asked.some(
    (word) => !own.has(word) && (/^[a-z]?\d+(?:\.\d+)?$/.test(word) || KINDS.test(word)),
  );
  const lacks =
    asked.some((word) => KINDS.test(word)) &&
    nameTokens(item.name).some((word) => KINDS.test(word) && !asked.includes(word));
  return isOther || lacks ? typed : undefined;
}

/** In a GGUF of a model that is published in MXFP4, the experts stay as they are, also where the file says `F16`. */
function ggufOfMxfp4({ native }: Model, text: string): WeightFormat | undefined {
  const isWhole = /gguf(?:[:/-](?:b?f16|fp16))?(?:\.gguf)?$/i.test(text) || /[-:]f16\b/i.test(text);
  return native === 'mxfp4' && isWhole && !/mxfp4/i.test(text)
    ? weightFormat('mxfp4_moe')
    : undefined;
}

/** Repositories say in their names how they were quantized. */
function formatIn(text: string): WeightFormat | undefined {
  // Meta quantizes only the feed-forward matrices of its own FP8 files.
  if (/^meta-llama\/\S*405b\S*fp8$/i.test(text.trim()))
    return WEIGHT_FORMATS.find(({ id }) => id === 'fp8-ffn');
  const file = ggufIn(text);
  if (file) return formatNamed(WEIGHT_FORMATS, file);
  const parts = text.toLowerCase().split(/[\s/_-]+|\.(?=w\d)/);
  if (parts.includes('bnb')) return WEIGHT_FORMATS.find(({ id }) => id === 'nf4');
  // Intel's AutoRound makes 4-bit files unless the name says other bits.
  if (parts.includes('autoround') && !parts.some((part) => /^(?:int)?[2-8](?:bit)?$/.test(part)))
    return WEIGHT_FORMATS.find(({ id }) => id === 'int4');
  const bpw = parts.find((part) => /^\d(?:\.\d+)?bpw$/.test(part));
  if (bpw !== undefined) return formatNamed(WEIGHT_FORMATS, bpw);
  const isMlx = parts.includes('mlx') || /mlx-community/i.test(text);
  const named = parts.find((part) =>
    /^(awq|gptq|gguf|fp8|int4|int8|nvfp4|mxfp4|fp4|w4a16|w8a8|qat|[48]bit|exl[23])$/.test(part),
  );
  if (named === undefined) return undefined;
  // Google publishes its quantization-aware weights as Q4_0.
  const spelled = named === 'qat' ? 'q4_0' : isMlx && /bit$/.test(named) ? `mlx-${named}` : named;
  return formatNamed(WEIGHT_FORMATS, spelled);
}

async function configContent(
  { config = '', file }: SubjectInput,
  { store, clock }: Pick<Context, 'store' | 'clock'>,
): Promise<Content> {
  if (file) {
    if (file.bytes > MAX_FILE_BYTES && file.name.endsWith('.gguf'))
      throw new UserError(
        'The file is larger than 10 MB. Attach only its beginning: the first 9 MB are enough.',
      );
    if (file.bytes > MAX_FILE_BYTES)
      throw new UserError('The file is larger than 10 MB. A config.json is only a few kilobytes.');
    return contentOf(file);
  }
  if (!config.startsWith('@')) return config;
  const kept = await store.savedCommand(config.slice(1), clock.now());
  if (kept === undefined)
    throw new UserError('I no longer have this config.json. Paste or attach it again.');
  return kept;
}

/** Keeps a text for the buttons of an answer, and returns the value of `config` that brings it back. */
async function keepText(
  text: string,
  { store, clock }: Pick<Context, 'store' | 'clock'>,
): Promise<string> {
  const hash = digest(text).slice(0, 32);
  await store.saveCommand(hash, text, clock.now());
  return `@${hash}`;
}

async function fromConfig(
  content: Content,
  read: ConfigResult,
  context: Pick<Context, 'store' | 'clock'>,
): Promise<Subject> {
  if (!read.ok)
    throw new UserError([
      `${read.message} Run `,
      { command: 'models' },
      ' to see the models I know.',
    ]);
  const { shape, architecture, name, native, notes, asConfig } = read.model;
  const format = WEIGHT_FORMATS.find(({ id }) => id === native);
  const subject: Subject = {
    name: name?.split('/').at(-1)?.slice(0, 60) || `Your ${architecture} model`,
    shape,
    ...(format ? { format } : {}),
    notes,
  };
  const kept = asConfig ?? content;
  if (kept.length > MAX_KEPT_CHARACTERS) return subject;
  const text = typeof kept === 'string' ? kept : new TextDecoder().decode(kept);
  return { ...subject, values: { config: await keepText(text, context) } };
}
