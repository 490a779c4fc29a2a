import type { Engine } from '../memory/inference-memory.ts';
import type { EngineFamily } from '../speed/latency-constants.ts';

/** An engine under the names of the programs that work like it. */
export type NamedEngine = {
  id: string;
  label: string;
  aliases: readonly string[];
  /** How it lays out memory. */
  memory: Engine;
  /** What it spends between layers. */
  family: EngineFamily;
};

/** What serves a model that comes as a GGUF file, or on Apple's chips. */
export const LLAMA_CPP: NamedEngine = {
  id: 'llama.cpp',
  label: 'llama.cpp',
  aliases: ['llamacpp', 'llama-cpp', 'ollama', 'lm studio', 'koboldcpp', 'jan', 'ik_llama.cpp'],
  memory: 'llama.cpp',
  family: 'llama.cpp',
};

/** What serves any other model. */
export const VLLM: NamedEngine = {
  id: 'vllm',
  label: 'vLLM',
  aliases: ['lmdeploy', 'aphrodite'],
  memory: 'vllm',
  family: 'server',
};

/** Programs that run models. */
export const ENGINES: readonly NamedEngine[] = [
  VLLM,
  LLAMA_CPP,
  { ...VLLM, id: 'sglang', label: 'SGLang', aliases: [] },
  { ...VLLM, id: 'tensorrt-llm', label: 'TensorRT-LLM', aliases: ['trt-llm', 'trtllm'] },
  { ...VLLM, id: 'tgi', label: 'TGI', aliases: ['text-generation-inference'] },
  {
    id: 'exllama',
    label: 'ExLlama',
    aliases: ['exllamav2', 'exllamav3', 'tabbyapi', 'mlc-llm', 'gpt-fast'],
    memory: 'vllm',
    family: 'compiled',
  },
];
