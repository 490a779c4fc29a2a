import formats from '../../../../data/formats.json' with { type: 'json' };
import { type GgufHeader, readGgufHeader } from './gguf-header.ts';

/** The model_type of a config.json for an architecture of llama.cpp; `tied` where it always is. */
const ARCHITECTURES: ReadonlyMap<string, { type: string; moe?: string; tied?: boolean }> = new Map([
  ['llama', { type: 'llama', moe: 'mixtral' }],
  ['mistral3', { type: 'mistral' }],
  ['qwen2', { type: 'qwen2' }],
  ['qwen3', { type: 'qwen3' }],
  ['qwen3moe', { type: 'qwen3_moe' }],
  ['gemma2', { type: 'gemma2', tied: true }],
  ['gemma3', { type: 'gemma3_text', tied: true }],
  ['phi3', { type: 'phi3' }],
  ['olmo2', { type: 'olmo2' }],
]);

/** File types by the number in `general.file_type`; plain ones need no name. */
const FILE_TYPES: Readonly<Record<string, string>> = formats.ggufNumbers;

/** Fields of a config.json by the key of a GGUF header, without the architecture in front. */
const FIELDS = {
  num_hidden_layers: 'block_count',
  hidden_size: 'embedding_length',
  intermediate_size: 'feed_forward_length',
  num_attention_heads: 'attention.head_count',
  num_key_value_heads: 'attention.head_count_kv',
  head_dim: 'attention.key_length',
  max_position_embeddings: 'context_length',
  sliding_window: 'attention.sliding_window',
  moe_intermediate_size: 'expert_feed_forward_length',
} as const;

/** A config.json that says what a GGUF header does, with its file type, and notes. */
export type GgufConfig =
  | { ok: true; config: string; notes: string[] }
  | { ok: false; message: string };

/** Whether the output matrix is the table of tokens: told by the tensors, else by the architecture. */
function tying({ tensors }: GgufHeader, isAlways: boolean) {
  if (tensors) return { isTied: !tensors.has('output.weight'), notes: [] };
  if (isAlways) return { isTied: true, notes: [] };
  return {
    isTied: false,
    notes: ['The list of tensors is cut off, so this counts an output matrix of its own.'],
  };
}

/** Reads the first megabytes of a GGUF file as the config.json that it was made from. */
export function ggufAsConfig(bytes: Uint8Array): GgufConfig {
  const header = readGgufHeader(bytes);
  const { values } = header;
  const architecture = String(values.get('general.architecture') ?? '');
  const known = ARCHITECTURES.get(architecture);
  if (!known) {
    const said = architecture
      ? `the GGUF architecture "${architecture.slice(0, 40)}"`
      : 'this GGUF';
    return { ok: false, message: `I can't read ${said}. Attach the model's config.json instead.` };
  }
  const of = (key: string) => values.get(`${architecture}.${key}`);
  const experts = of('expert_count');
  const { isTied, notes } = tying(header, known.tied ?? false);
  const fields = Object.entries(FIELDS).map(([field, key]) => [field, of(key)]);
  const type = FILE_TYPES[String(values.get('general.file_type'))];
  const config = {
    model_type: typeof experts === 'number' && experts > 0 ? (known.moe ?? known.type) : known.type,
    _name_or_path: values.get('general.name'),
    ...Object.fromEntries(fields.filter(([, value]) => value !== undefined)),
    vocab_size: of('vocab_size') ?? values.get('tokenizer.ggml.tokens.length'),
    ...(experts ? { num_experts: experts, num_local_experts: experts } : {}),
    ...(experts ? { num_experts_per_tok: of('expert_used_count') } : {}),
    tie_word_embeddings: isTied,
    ...(type ? { quantization_config: { quant_method: 'gguf', file_type: type } } : {}),
  };
  return {
    ok: true,
    config: JSON.stringify(config),
    notes: ['Read from the header of a GGUF file.', ...notes],
  };
}
