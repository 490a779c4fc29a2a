import { typed } from './typed.ts';

// Each of these was read as something else, without a word.
typed([
  ['train 13b params 300B tokens 64x a100', 'Training a 13.0B model on 300B tokens'],
  ['13b params 300B tokens', 'Training a 13.0B model on 300B tokens'],
  ['train 8b params 15T tokens', 'Training an 8.0B model on 15.0T tokens'],
  ['llama-3.1-8b 15T tokens 1024x h100', 'Training Llama 3.1 8B on 15.0T tokens'],
  ['latency llama-3.1-8b h100 in 2000 out 500', 'after a 2,000-token prompt', '500 tokens in'],
  ['llama 3.1 8b h100 in 2000 out 500', 'after a 2,000-token prompt', '500 tokens in'],
  ['vram llama-3.1-8b h100 input 2000 output 500', 'Context 2,500'],
  ['plan llama-3.3-70b h100 in 2000 out 500', 'Context 2,500'],
  ['vram llama-3.1-8b train adam 8bit', 'Optimizer adamw-8bit'],
  ['llama 8b full finetune 8bit adamw h100', 'Optimizer adamw-8bit'],
  ['vram llama-3.1-8b 4bit lora', 'QLoRA of Llama 3.1 8B'],
  ['vram llama-3.1-8b lora in 4-bit', 'QLoRA of Llama 3.1 8B'],
  ['vram qwen3-8b 4090 laptop', 'of a laptop has 16 GB'],
  [
    'vram qwen3-8b 4060 laptop',
    'The RTX 4060 of a laptop holds as much as the desktop card, and is slower',
  ],
  ['gpus 4060 laptop', 'The RTX 4060 of a laptop holds as much'],
  [
    'vllm serve Qwen/Qwen3-8B-AWQ --max-model-len 1024 --enforce-eager on a 4060 laptop',
    'The RTX 4060 of a laptop holds as much',
  ],
  ['vram llama-3.3-70b 4 a100 40g', 'GPU 4 × A100 SXM4 40GB'],
  ['llama 3.3 70b on 4 a100s 40gb', 'GPU 4 × A100 SXM4 40GB'],
  ['llama 3.3 70b on 5 h100', 'GPU 5 × H100'],
  ['llama 3.3 70b on 2 nodes 8 gpus each h100', 'GPU 16 × H100'],
  ['vram gpt-4 h100', "The size of gpt-4 isn't published"],
  ['vram unsloth/gpt-oss-20b-GGUF:F16 4090', 'gpt-oss-20b in MXFP4'],
  ['gpt-oss-20b f16 gguf 4090', 'gpt-oss-20b in MXFP4'],
  ['vram qwen3-8b 131k 4090', 'Context 131,072'],
  ['kv llama-3.1-8b context:262k', '262,144 tokens'],
  [
    'vram Qwen/Qwen3-Next-80B-A3B-Instruct 2x h100',
    'Qwen3-Coder-Next stands in for Qwen3-Next-80B-A3B-Instruct',
  ],
  ['vram MiniMax-M2 4x h100', 'MiniMax-M2.5 stands in for MiniMax-M2'],
  ['models minimax-m2', 'MiniMax-M2.5 stands in for minimax-m2'],
  ['models qwen3-next', 'Qwen3-Coder-Next stands in for qwen3-next'],
  // 72B of attention in 16 bit, the rest in FP8: 452 GiB of weights in all.
  ['vram meta-llama/Llama-3.1-405B-Instruct-FP8 8x h100', /Weights \| 5[5-7]\.\d/],
  ['vram qwen3-8b 4090 utilization 0.8', 'Utilization 0.8'],
  // A model on a disk is called by its folder.
  [
    'llama-server -m /home/maria/models/Qwen3-8B-Q4_K_M.gguf -ngl 99 -c 8192 on a 4090',
    'Qwen3 8B on one RTX 4090',
  ],
  [
    'vllm serve /root/.cache/huggingface/hub/models--Qwen--Qwen3-8B/snapshots/b968826d --max-model-len 8192 on a 4090',
    'Qwen3 8B on one RTX 4090',
  ],
  // Limits of a server are no requests.
  [
    'vram vllm serve meta-llama/Llama-3.1-8B --max-model-len 8192 --max-num-seqs 256 4090',
    'Llama 3.1 8B in BF16, 8,192 tokens',
    '--max-num-seqs 256 (only a limit)',
  ],
  [
    'vram vllm serve deepseek-ai/DeepSeek-R1 --data-parallel-size 8 --enable-expert-parallel 8x h200',
    /Needs (?:9\d|10\d)(?:\.\d)? GiB on each of 8 GPUs\. Fits/,
  ],
]);
