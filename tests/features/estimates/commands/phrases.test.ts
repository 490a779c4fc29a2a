import { describe } from 'vitest';
import { typed } from './typed.ts';

describe('questions in plain words', () => {
  typed([
    ['how much vram for qwen 32b awq 128k ctx', 'Qwen3 32B in INT4', '131,072 tokens'],
    ['can i run mixtral on 2x3090', 'Mixtral 8x7B in BF16', "Doesn't fit on 2 × RTX 3090"],
    ['will llama 70b fit on a 4090', 'Llama 3.3 70B', "Doesn't fit on one RTX 4090"],
    ['what models can i run on 12gb vram', 'What fits on one 12 GB GPU'],
    ['which gpu for llama 70b q4', 'GPUs for Llama 3.3 70B in Q4_K_M', 'The smallest set is'],
    ['how many users can llama 8b serve on a h100', 'concurrent requests of 8,192 tokens'],
    ['how fast is llama 8b on a 4090', 'Llama 3.1 8B in BF16 on one RTX 4090', 'tokens/s'],
    ['tokens per second llama 70b q4 2x3090', 'on 2 × RTX 3090', 'tokens/s'],
    ['how much does it cost to run llama 70b on 2x h100', 'per million output tokens'],
    ['how long to train 7b on 1t tokens with 64 h100', 'Training a 7.0B model', '19.2 days'],
    ['finetune llama 8b on 4090', 'Full fine-tuning of Llama 3.1 8B'],
    ['qlora llama 70b 48gb', 'QLoRA of Llama 3.3 70B'],
    ['llama 8b 4090', 'Llama 3.1 8B in BF16', 'Fits on one RTX 4090'],
    ['which qwen can i run on a 3060', 'at 8,192 tokens: qwen', 'Read as: Model qwen'],
    ['full finetune llama 3.1 8b fp32', 'Weights | 29.9'],
    ['mlx-community/Qwen3-32B-8bit m3 max 64gb', 'Qwen3 32B in MLX 8-bit'],
    ['throughput llama 8b h100 batch 128', ' for each request, ', ' in total'],
    ['bandwidth of h100', '3,350 GB/s'],
    ['cost of llama 8b on g6e.12xlarge $10.49/h', 'Price 2.623', 'at $10.49/hour'],
    ['1000 gb/s for llama 8b', '8,192 tokens', 'Not used: 1000 gb/s (not counted)'],
    ['2 gpus, 3090 and 3060 12gb, qwen3 32b q4', 'GPU RTX 3090 + RTX 3060 12GB'],
    ['deepseek r1 1.58bit on 24gb', 'Use IQ1_S'],
    ['vram llama 3.1 8b 16384 MB', '16 GB GPU'],
    ['how long to lora finetune llama 8b on 10M tokens on an a100', 'on 10.0M tokens'],
    ['what is attention', 'Nothing found for "what is attention"'],
  ]);
});

describe('lines as people type them', () => {
  typed([
    ['vram qwen2.5 72b gptq int4 2x a6000', 'INT4, groups of 128', '16-bit keys and values'],
    ['vram llama 8b q5 gguf 16gb', 'Llama 3.1 8B in Q5_K_M'],
    ['vram deepseek r1 671b fp8 8x h200', 'DeepSeek-R1 in FP8', 'Fits on 8 × H200'],
    ['vram glm 4.5 air awq', 'GLM-4.5 Air in INT4'],
    ['vram mixtral8x22b q4 mac m2 ultra 192gb', 'Fits on one M2 Ultra with 192 GB'],
    ['vram macbook pro m3 max 64gb llama 8b', 'M3 Max with 64 GB'],
    ['vram -m llama3 8b -c 4096 -ngl 20 rtx 3060', '4,096 tokens', 'Fits on one RTX 3060'],
    ['vram llama 70b q4 24gb offload', 'With CPU offload'],
    ['vram llama 8b full finetune 8xa100 zero3', 'Full fine-tuning of Llama 3.1 8B'],
    ['vram llama 8b lora r 64 seq 4096 bs 4 a100', 'rank 64', '4 × 4,096 tokens'],
    ['vram gemma 9b lora 4k grad checkpointing adamw8bit', 'LoRA of Gemma 2 9B'],
    ['vram 7b q4', 'Mistral 7B v0.3 in Q4_K_M'],
    ['train 8b llama for:qlora', 'QLoRA of Llama 3.1 8B'],
    ['train llama 8b 15t tokens 1024 h100', 'on 1,024 × H100'],
    ['train 70b chinchilla 512 h100', 'on 1.4T tokens'],
    ['cost deepseek v3 8xh200 1m tokens', 'Cost of DeepSeek-V3', '8 × H200'],
    ['cost llama 8b l4 0.7/h', 'Llama 3.1 8B in BF16 on one L4', 'at $0.7/hour'],
    ['cost llama 70b 8xh100 $2/hr busy 80%', 'at $16/hour and 80% utilization'],
    ['latency 8b l4 fp8 128 tokens out', 'one L4', '128 tokens in'],
    ['kv cache llama 70b 128k batch 32', '32 × 131,072 tokens', '1,280 GiB'],
    ['kv 70b 8k x 64', '64 × 8,192 tokens', '160 GiB'],
    ['fit llama 70b longest context 4090 x2', '2 × RTX 4090', /up to [\d,]+ tokens/],
    ['fit qwen 32b 4090 max context', 'one RTX 4090', /up to [\d,]+ tokens/],
    ['vram llama3.1:70b-instruct-q4_K_M', 'Llama 3.1 70B in Q4_K_M'],
    ['vram hf.co/bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M', 'Llama 3.2 3B in Q4_K_M'],
    ['vram https://huggingface.co/Qwen/Qwen2.5-14B-Instruct/tree/main 4090', 'Qwen2.5 14B', '4090'],
    ['vram llama 8b rank 16', 'LoRA of Llama 3.1 8B at rank 16'],
    ['vram llama3 8b 16k', "16,384 tokens exceed the model's context limit of 8,192"],
  ]);
});

describe('what is not known is named', () => {
  typed([
    ['vram lama 70b', 'Llama 3.3 70B in BF16', 'Read as: Model Llama 3.3 70B'],
    ['vram lama', `I don't know the model "lama"`, '[Use '],
    ['vram falcon 500b', `I don't know the model "falcon 500b"`, 'falcon-'],
    ['vram mistral tango 12b', `I don't know the model "mistral tango 12b"`],
    ['vram llama 9.9 4090', `I don't know the model "llama 9.9"`],
    ['vram llama 70b on my macbook', 'Which Mac? Add its chip and memory'],
    ['models 💥', `I don't know the model "💥". Run models`],
    ['vram llama 8b bananas', 'Read as: Model Llama 3.1 8B. Not used: bananas.'],
    ['kv llama 8b 4.6', "I don't know"],
    ['vram llama 8b 4090 5090', 'Which one: 4090 or 5090?', '[Compare both]'],
    ['vram llama 8b -5 4090', 'Context: must be a whole number from 1'],
    ['vram llama 8b 0x 4090', 'Enter at least one GPU'],
    ['vram {"model_type":"llama"', 'This config.json looks cut off'],
    ['vram llama 8b lora rank 1e9', `Rank: "1e9" isn't a whole number from 1 to 4,096`],
    ['speculate llama 70b llama 1b acceptance 2', 'Acceptance: must be a number from 0 to 1'],
    ['compare llama 8b llama 8b', 'Both sides are the same'],
  ]);
});
