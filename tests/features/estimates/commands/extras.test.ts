import { typed } from './typed.ts';

/** Images in each request, and LoRA adapters beside the model. */
typed([
  // 1,024 / 32 pixels a side: 32 × 32 tokens each.
  ['vram qwen3-vl-8b 4090 images:3', '11,264 tokens with 3 images', '3 images add 3,072 tokens'],
  ['vram qwen3-vl 32b, 3 images each, 8k, l40s x2', '11,264 tokens with 3 images', 'images:3'],
  // 256 tokens an image whatever its size, and 423,060,336 parameters of the tower in 16 bit: 0.79 GiB.
  ['vram gemma 3 27b q4_k_m 3090 2 images', '8,704 tokens with 2 images', 'Weights | 16.2'],
  ['vram gemma 3 27b q4_k_m 3090', 'Weights | 15.4', "separate file and isn't counted"],
  // ceil(1,024 / 28) = 37 rows of 37 tokens and one at the end.
  ['vram mistral-small-3.2-24b h100 images:1', 'The image adds 1,406 tokens'],
  ['vram llama 8b 4090 images:2', "Images aren't counted: Llama 3.1 8B has no vision tower"],
  ['vram llama-4-scout h200 fp8 images:2', "I don't know how many tokens one takes"],
  ['latency qwen3-vl-8b 4090 images:2', '3,072-token prompt', 'vision tower isn'],
  ['fit qwen3-vl-8b 4090 images:4', '12,288 tokens'],
  // 41,943,040 parameters of rank 16 on all matrices × 8 × 2 bytes = 0.625 GiB.
  [
    'vram llama-3.1-8b 4090 adapters:8 rank:16',
    'LoRA adapters | 0.63',
    '8 LoRA adapters of rank 16',
  ],
  // Two GPUs: one matrix halved, the other copied, 0.75 of it each.
  ['vram llama-3.1-8b 2x4090 adapters:8 rank:16', 'LoRA adapters | 0.47'],
  ['vram llama-3.1-8b 4090 adapters:8', 'rank 16'],
  ['vram llama-3.1-8b 4090 rank:16', 'LoRA'],
  ['vram llama 8b 4090 adapters:8 rank:16 show:steps', 'adapters × parameters × 2'],
  ['vram llama 8b q4_k_m 3090+3060 adapters:4 rank:64', 'Fits on RTX 3090 + RTX 3060 12GB'],
]);
