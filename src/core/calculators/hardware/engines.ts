import type { Engine } from '../memory/inference-memory.ts';

/** An engine under the names of the programs that work like it. */
export type NamedEngine = { id: Engine; label: string; aliases: readonly string[] };

/** Programs that serve models, by how they lay out memory. */
export const ENGINES: readonly NamedEngine[] = [
  {
    id: 'vllm',
    label: 'vLLM',
    aliases: ['sglang', 'tensorrt-llm', 'trt-llm', 'tgi', 'lmdeploy', 'aphrodite'],
  },
  {
    id: 'llama.cpp',
    label: 'llama.cpp',
    aliases: ['llamacpp', 'llama-cpp', 'ollama', 'lm studio', 'koboldcpp', 'jan', 'ik_llama.cpp'],
  },
];
