type Value = number | string | string[];

/** Writes a header as llama.cpp does: 32-bit numbers, texts, lists of texts, and tensors by name. */
export function header(values: Record<string, Value>, tensors: readonly string[]): Uint8Array {
  const int = (value: number) => Buffer.from(Uint32Array.of(value).buffer);
  const long = (value: number) => Buffer.from(BigUint64Array.of(BigInt(value)).buffer);
  const text = (value: string) =>
    Buffer.concat([long(Buffer.byteLength(value)), Buffer.from(value)]);
  const valueBytes = (value: Value) => {
    if (typeof value === 'number') return [int(4), int(value)];
    if (typeof value === 'string') return [int(8), text(value)];
    return [int(9), int(8), long(value.length), ...value.map(text)];
  };
  return Buffer.concat([
    Buffer.from('GGUF'),
    int(3),
    long(tensors.length),
    long(Object.keys(values).length),
    ...Object.entries(values).flatMap(([key, value]) => [text(key), ...valueBytes(value)]),
    ...tensors.flatMap((name) => [text(name), int(1), long(32), int(0), long(0)]),
  ]);
}

/** The header of Llama 3.1 8B in Q4_K_M, with a few tokens. */
export const LLAMA: Record<string, Value> = {
  'general.architecture': 'llama',
  'general.name': 'Llama 3.1 8B Instruct',
  'general.file_type': 15,
  'llama.block_count': 32,
  'llama.context_length': 131_072,
  'llama.embedding_length': 4096,
  'llama.feed_forward_length': 14_336,
  'llama.attention.head_count': 32,
  'llama.attention.head_count_kv': 8,
  'llama.vocab_size': 128_256,
  'tokenizer.ggml.tokens': Array.from({ length: 500 }, (_, id) => `token ${id}`),
};
