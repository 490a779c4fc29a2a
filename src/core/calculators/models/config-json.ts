import { FAMILIES } from './config/families.ts';
import { type Fields, fieldOf, isFields, parseFields } from './config/json.ts';
import { groupLayers } from './config/layers.ts';
import { type Native, nativeFormat } from './config/native.ts';
import { type Reader, readerOf } from './config/reader.ts';
import { visionTower } from './config/vision.ts';
import { ggufAsConfig } from './gguf-config.ts';
import { isSoftmax, type ModelShape } from './model-shape.ts';
import { countParameters } from './parameters.ts';
import { indexProblem, type SafetensorsIndex, safetensorsIndex } from './safetensors-index.ts';

/** A model that was read from a config.json. */
export type ConfigModel = {
  shape: ModelShape;
  /** The model_type that was understood. */
  architecture: string;
  /** The name that the file carries, if any. */
  name?: string;
  /** Id of the weight format that the file names, where it is not 16 bit. */
  native?: string;
  /** What the reader of the estimate should know. */
  notes: string[];
  /** A config.json that says the same, for a file that isn't one. */
  asConfig?: string;
};

/** A model, or a sentence that says what is wrong with the file; an index of weights makes no model by itself. */
export type ConfigResult =
  | { ok: true; model: ConfigModel }
  | { ok: false; message: string; index?: SafetensorsIndex };

/** Names under which multimodal configs keep their language model. */
const NESTED = ['text_config', 'language_config', 'llm_config', 'thinker_config'] as const;

/** Parts beside the language model that are not counted. */
const OTHER_PARTS = ['vision_config', 'audio_config', 'vision_tower_config'] as const;

const MAX_PARAMETERS = 1e15;

function textPart(fields: Fields): { own: Fields; outer: Fields; isNested: boolean } {
  for (const name of NESTED) {
    const inner = fieldOf(fields, name);
    if (isFields(inner)) {
      const deeper = textPart(inner);
      return { own: deeper.own, outer: { ...fields, ...deeper.outer }, isNested: true };
    }
  }
  return { own: fields, outer: fields, isNested: false };
}

/** `LlamaForCausalLM` names the family `llama` when model_type is missing. */
function fromArchitectures(fields: Fields): string | undefined {
  const list = fieldOf(fields, 'architectures');
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  if (typeof first !== 'string') return undefined;
  const wanted = first
    .replace(/(For[A-Z]|Model$|LMHead).*$/, '')
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .toLowerCase();
  return [...FAMILIES.keys()].find((key) => key.replaceAll(/[_-]/g, '').toLowerCase() === wanted);
}

function familyName(own: Fields, outer: Fields): string | undefined {
  for (const fields of [own, outer]) {
    const type = fieldOf(fields, 'model_type');
    if (typeof type === 'string' && FAMILIES.has(type)) return type;
  }
  const type = fieldOf(own, 'model_type') ?? fieldOf(outer, 'model_type');
  return typeof type === 'string' && type !== '' ? type : fromArchitectures(own);
}

/** Sizes that must agree with each other whatever the family. */
function checkShape(shape: ModelShape, c: Reader): void {
  if (shape.layers.length === 0) c.refuse("The file doesn't list any layers.");
  for (const { attention, feedForward } of shape.layers) {
    if (isSoftmax(attention) && attention.heads % attention.kvHeads !== 0) {
      c.refuse(
        `${attention.heads} attention heads can't be divided by ${attention.kvHeads} KV heads.`,
      );
    }
    if (feedForward.kind === 'moe' && feedForward.activeExperts > feedForward.experts) {
      c.refuse(
        `${feedForward.activeExperts} active experts are more than the ${feedForward.experts} experts.`,
      );
    }
  }
  const { total } = countParameters(shape);
  if (!(total < MAX_PARAMETERS)) {
    c.refuse(`These sizes make ${total.toExponential(1)} parameters, more than any model has.`);
  }
}

function notesOf(outer: Fields, own: Fields, isNested: boolean): string[] {
  const parts = OTHER_PARTS.filter(
    (name) => isFields(fieldOf(outer, name)) && !(name === 'vision_config' && visionTower(outer)),
  );
  const notes = parts.map(
    (name) => `Only the language model is counted, not the part under ${name}.`,
  );
  const predicts =
    fieldOf(own, 'num_nextn_predict_layers') ?? fieldOf(own, 'mtp_num_hidden_layers');
  if (typeof predicts === 'number' && predicts > 0) {
    notes.push("Layers for multi-token prediction aren't counted.");
  }
  if (isNested && fieldOf(own, 'hidden_size') === undefined) {
    notes.push('Sizes missing from the file use the defaults of its architecture.');
  }
  return notes;
}

function unknownFormat(native: Native | undefined): string[] {
  if (!native || native.id) return [];
  return [
    `The file is quantized (${native.name}) in a format I don't know. It counts as 16-bit here, unless you name a format.`,
  ];
}

function readShape(own: Fields, outer: Fields, type: string, isNested: boolean): ConfigResult {
  const family = FAMILIES.get(type);
  if (!family) {
    return {
      ok: false,
      message: `I don't know the architecture "${type.slice(0, 60)}", so I can't estimate its memory.`,
    };
  }
  const problems: string[] = [];
  const tie = fieldOf(outer, 'tie_word_embeddings');
  const defaults = isNested
    ? { ...family.defaults, ...(typeof tie === 'boolean' ? { tie_word_embeddings: tie } : {}) }
    : {};
  const c = readerOf(own, defaults, problems);
  const { encoder, ...plan } = family.read(c);
  const types = fieldOf(own, 'layer_types');
  if (Array.isArray(types) && types.length > 0 && types.length !== plan.layers.length) {
    problems.push(`layer_types lists ${types.length} layers, not ${plan.layers.length}.`);
  }
  if (problems.length > 0) return { ok: false, message: [...new Set(problems)].join(' ') };
  const tower = visionTower(outer);
  const shape: ModelShape = {
    ...plan,
    ...(tower ? { extras: [...(plan.extras ?? []), tower] } : {}),
    ...groupLayers(plan.layers),
    ...(encoder ? { encoderLayers: groupLayers(encoder).layers } : {}),
  };
  checkShape(shape, c);
  if (problems.length > 0) return { ok: false, message: [...new Set(problems)].join(' ') };
  const name = fieldOf(outer, '_name_or_path');
  const native = nativeFormat(outer);
  return {
    ok: true,
    model: {
      shape,
      architecture: type,
      ...(typeof name === 'string' && name !== '' ? { name } : {}),
      ...(native?.id ? { native: native.id } : {}),
      notes: [...notesOf(outer, own, isNested), ...unknownFormat(native)],
    },
  };
}

/** Reads the first megabytes of a GGUF file as if they were its config.json. */
export function readGguf(bytes: Uint8Array): ConfigResult {
  const found = ggufAsConfig(bytes);
  if (!found.ok) return found;
  const read = readConfigJson(found.config);
  if (!read.ok) return read;
  const notes = [...found.notes, ...read.model.notes];
  return { ok: true, model: { ...read.model, notes, asConfig: found.config } };
}

/**
 * Reads the text of a Hugging Face config.json into a shape. Nothing is fetched and nothing guessed:
 * an architecture that is not understood is named and refused.
 */
export function readConfigJson(text: string): ConfigResult {
  const parsed = parseFields(text);
  if (!parsed.ok) return parsed;
  const index = safetensorsIndex(parsed.fields);
  if (index) return { ok: false, message: indexProblem(index), index };
  const { own, outer, isNested } = textPart(parsed.fields);
  const type = familyName(own, outer);
  if (type === undefined) {
    return {
      ok: false,
      message: "The file has no model_type, so I can't tell its architecture.",
    };
  }
  return readShape(own, outer, type, isNested);
}
