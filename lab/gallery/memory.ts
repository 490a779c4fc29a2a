import { type Entry, view } from './entry.ts';

const INDEX =
  '{"metadata":{"total_size":5730000000},"weight_map":{"model.layers.31.mlp.up_proj.qweight":"model-00002-of-00002.safetensors"}}';

/** Memory of a model, and of its KV cache. */
export const MEMORY: readonly Entry[] = [
  view('vram', 'form', 'The form that asks for a model', '/vram'),
  view('vram', 'estimate', 'The memory of a model on a GPU', '/vram llama-3.1-8b 4090'),
  view('vram', 'steps', 'Every step behind it', [
    '/vram llama-3.1-8b 4090',
    'press Steps and assumptions',
  ]),
  view('vram', 'sweep', 'Against the context', '/vram llama-3.1-8b 4090 show:sweep'),
  view(
    'vram',
    'channels',
    'A server without a GPU',
    '/vram deepseek-r1 q4_k_m gpu:cpu-12ch-ddr5-4800-768gb',
  ),
  view('vram', 'images', 'Images in each request', '/vram qwen3-vl-8b 4090 images:3'),
  view('vram', 'which-memory', 'RAM or the memory of a GPU', '/vram llama-3.1-8b gpu:64gb-ram'),
  view('vram', 'qlora', 'QLoRA', '/vram llama-3.3-70b for:qlora gpu:a100'),
  view('vram', 'index', 'An index of safetensors files', [
    `attach model.safetensors.index.json ${INDEX}`,
    '/vram gpu:3060',
  ]),
  view('latency', 'index', 'An index where layers are needed', [
    `attach model.safetensors.index.json ${INDEX}`,
    '/latency gpu:3060',
  ]),
  view('vram', 'config-cut', 'A config.json that is cut off', '/vram model:"{model_type"'),
  view('vram', 'config-gone', 'A config.json that is no longer kept', '/vram config:@none'),
  view('vram', 'asks', 'A question that another command answers', '/vram llama 70b l40s how many'),
  view('vram', 'no-words', 'Words without a model', '/cost of the cache'),
  view('vram', 'dollars', 'A price in another currency', '/cost llama 8b h100 2.5 €/h'),
  view('vram', 'no-model', 'A GPU without a model', '/vram gpu:4090'),
  view('vram', 'unknown', 'No such model', '/vram lama-9000'),
  view(
    'vram',
    'absent-matrices',
    'Matrices the model doesn’t have',
    '/vram deepseek-v3 for:lora targets:qv',
  ),
  view(
    'vram',
    'expert-matrices',
    'Matrices that only its experts have',
    '/vram mixtral-8x7b for:lora targets:mlp',
  ),
  view(
    'kv',
    'formats',
    'Two formats',
    '/kv llama-3.1-8b context:128k format:fp16 other-format:q8_0',
  ),
  view('kv', 'encoder', 'A model without a cache', '/kv bert-base-uncased'),
  view('kv', 'no-model', 'Without a model', '/kv context:32k'),
];
