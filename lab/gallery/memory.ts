import { type Entry, view } from './entry.ts';

const CONFIG =
  '{"architectures":["LlamaForCausalLM"],"model_type":"llama","hidden_size":4096,"intermediate_size":14336,"num_hidden_layers":32,"num_attention_heads":32,"num_key_value_heads":8,"vocab_size":128256,"max_position_embeddings":8192}';

const INDEX =
  '{"metadata":{"total_size":5730000000},"weight_map":{"model.layers.31.mlp.up_proj.qweight":"model-00002-of-00002.safetensors"}}';

/** Memory of a model, and of its KV cache. */
export const MEMORY: readonly Entry[] = [
  view('vram', 'form', 'The form that asks for a model', '/vram'),
  view('vram', 'estimate', 'The memory of a model on a GPU', '/vram llama-3.1-8b 4090'),
  view('vram', 'steps', 'Every step behind it', [
    '/vram llama-3.1-8b 4090',
    'press Show the steps',
  ]),
  view('vram', 'sweep', 'Against the context', '/vram llama-3.1-8b 4090 show:sweep'),
  view('vram', 'too-large', 'More than the GPU holds', '/vram llama-3.3-70b 4090'),
  view('vram', 'ram', 'Layers in RAM', '/vram llama-3.3-70b q4_k_m 4090+64gb-ram'),
  view('vram', 'mixed', 'GPUs of two kinds', '/vram llama-3.3-70b iq4_xs 3090+3060+64gb-ram'),
  view('vram', 'mixed-short', 'One of two GPUs too small', '/vram llama-3.3-70b q4_k_m 3090+3060'),
  view('vram', 'cpu', 'A computer without a GPU', '/vram llama-3.1-8b cpu-32gb'),
  view(
    'vram',
    'channels',
    'A server without a GPU',
    '/vram deepseek-r1 q4_k_m gpu:cpu-12ch-ddr5-4800-768gb',
  ),
  view('vram', 'even', 'GPUs of two kinds in vLLM', '/vram llama-3.1-8b fp8 3090+3060+64gb-ram'),
  view('vram', 'images', 'Images in each request', '/vram qwen3-vl-8b 4090 images:3'),
  view(
    'vram',
    'no-images',
    'Images for a model without a vision tower',
    '/vram llama-3.1-8b 4090 images:2',
  ),
  view('vram', 'adapters', 'Several LoRA adapters', '/vram llama-3.1-8b a100 adapters:8 rank:16'),
  view('vram', 'which-memory', 'RAM or the memory of a GPU', '/vram llama-3.1-8b gpu:64gb-ram'),
  view('vram', 'no-place', 'A number without a place', '/vram llama-3.1-8b 4090 31.5'),
  view('vram', 'train', 'Full training', '/vram llama-3.1-8b for:train gpu:8xh100'),
  view(
    'vram',
    'train-steps',
    'The steps of full training',
    '/vram llama-3.1-8b for:train gpu:8xh100 show:steps',
  ),
  view('vram', 'lora', 'LoRA', '/vram llama-3.1-8b for:lora gpu:a100'),
  view('vram', 'qlora', 'QLoRA', '/vram llama-3.3-70b for:qlora gpu:a100'),
  view('vram', 'config', 'Your own config.json', [
    `attach config.json ${CONFIG}`,
    '/vram gpu:4090',
  ]),
  view('vram', 'config-and-model', 'A model and a config.json', [
    `attach config.json ${CONFIG}`,
    '/vram llama-3.1-8b',
  ]),
  view('vram', 'config-unknown', 'A config.json it doesn’t understand', [
    'attach config.json {"model_type":"abacus"}',
    '/vram gpu:4090',
  ]),
  view('vram', 'index', 'An index of safetensors files', [
    `attach model.safetensors.index.json ${INDEX}`,
    '/vram gpu:3060',
  ]),
  view('vram', 'index-and-model', 'An index of a known model', [
    `attach model.safetensors.index.json ${INDEX}`,
    '/vram llama-3.1-8b gpu:3060',
  ]),
  view('vram', 'index-of-other', 'An index of another model', [
    `attach model.safetensors.index.json ${INDEX}`,
    '/vram llama-3.3-70b gpu:3060',
  ]),
  view('latency', 'index', 'An index where layers are needed', [
    `attach model.safetensors.index.json ${INDEX}`,
    '/latency gpu:3060',
  ]),
  view('vram', 'config-cut', 'A config.json that is cut off', '/vram model:"{model_type"'),
  view('vram', 'config-gone', 'A config.json that is no longer kept', '/vram config:@none'),
  view(
    'vram',
    'config-large',
    'A config.json that is too large',
    'says The file is larger than 10 MB. A config.json is only a few kilobytes.',
  ),
  view(
    'vram',
    'large-gguf',
    'A whole GGUF file',
    'says The file is larger than 10 MB. Attach only its beginning: the first 9 MB are enough.',
  ),
  view(
    'vram',
    'two-values',
    'A command line that says two things',
    'says Enter one context, not 8192 and 65536.',
  ),
  view('vram', 'asks', 'A question that another command answers', '/vram llama 70b l40s how many'),
  view('vram', 'unused', 'Words that change nothing', '/vram llama 8b on a 4090 or so, total 8k'),
  view('vram', 'no-words', 'Words without a model', '/cost of the cache'),
  view('vram', 'dollars', 'A price in another currency', '/cost llama 8b h100 2.5 €/h'),
  view('vram', 'no-model', 'A GPU without a model', '/vram gpu:4090'),
  view('vram', 'unknown', 'No such model', '/vram lama-9000'),
  view('vram', 'gpu-unknown', 'No such GPU', '/vram llama-3.1-8b gpu:abacus'),
  view('vram', 'gpu-near', 'A GPU close to known ones', '/vram llama-3.1-8b gpu:9090'),
  view('vram', 'mac', 'A Mac without its chip', '/vram llama-3.1-8b on my macbook'),
  view(
    'vram',
    'split',
    'A split that doesn’t work',
    '/vram llama-3.1-8b gpu:4xh100 tensor:3 pipeline:1 data:1',
  ),
  view(
    'vram',
    'train-split',
    'A split of training that doesn’t work',
    '/vram llama-3.1-8b for:train gpu:8xh100 tensor:3',
  ),
  view(
    'vram',
    'matrices',
    'Matrices it doesn’t know',
    '/vram llama-3.1-8b for:lora gpu:a100 targets:everything',
  ),
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
    'vram',
    'adapter-format',
    'A format adapters aren’t trained on',
    '/vram llama-3.1-8b for:lora gpu:a100 format:q4_k_m',
  ),
  view('vram', 'no-file', 'A file for a command that takes none', [
    `attach config.json ${CONFIG}`,
    '/help',
  ]),
  view('kv', 'estimate', 'The KV cache of a model', '/kv llama-3.1-8b context:32k'),
  view('kv', 'steps', 'Every step behind it', [
    '/kv llama-3.1-8b context:32k',
    'press Show the steps',
  ]),
  view('kv', 'sweep', 'Against the context', '/kv llama-3.1-8b show:sweep'),
  view(
    'kv',
    'formats',
    'Two formats',
    '/kv llama-3.1-8b context:128k format:fp16 other-format:q8_0',
  ),
  view('kv', 'encoder', 'A model without a cache', '/kv bert-base-uncased'),
  view('kv', 'no-model', 'Without a model', '/kv context:32k'),
];
