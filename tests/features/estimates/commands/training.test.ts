import { describe, expect, test } from 'vitest';
import { createWorld } from '../../../support/world.ts';
import { typed } from './typed.ts';

describe('lora', () => {
  // Rank 16 in each of 32 layers: q and o 16 × 8,192, k and v 16 × 5,120, three of 16 × 18,432.
  typed([
    ['lora llama 8b', '41,943,040 trainable parameters, 0.52% of the model: 80.0 MiB (83.9 MB)'],
    // PEFT prints 4,194,304 for rank 8 on query and value of Llama 2 7B.
    ['lora llama 2 7b rank 8 targets:q,v', '4,194,304 trainable parameters'],
    ['lora llama 2 7b r8 qv', '4,194,304 trainable parameters'],
    ['lora llama 8b r16 attention', '13,631,488 trainable parameters'],
    ['lora llama 8b 4090', 'fits, with', 'free'],
    ['lora llama 70b h100', 'short by', 'NF4 (QLoRA)'],
    ['lora mixtral', "Experts don't get an adapter unless you add experts:yes"],
    ['lora mixtral experts:yes', 'trainable parameters'],
    ['lora llama 8b dora', 'DoRA: one magnitude per output'],
    ['lora deepseek v3 targets:attention', 'trainable parameters'],
    // Latent attention has no matrices called q, k and v.
    [
      'lora deepseek-v3 targets:qv',
      'has none of the matrices "qv"',
      'targets:o,q_a,q_b,kv_a,kv_b,gate,up,down',
    ],
    ['lora deepseek-v3 targets:o,q_a,q_b,kv_a,kv_b,gate,up,down', 'trainable parameters'],
    ['lora mixtral targets:mlp', "Only this model's experts", 'experts:yes', 'targets:q,k,v,o'],
    ['lora mixtral targets:mlp experts:yes', 'trainable parameters'],
    ['lora llama 8b targets:kv_a', 'has none of the matrices "kv_a"', 'q,k,v,o,gate,up,down'],
    ['lora llama 8b', 'Rank 16 on q, k, v, o, gate, up, down.'],
    ['lora gemma 27b 4k batch 4', 'Memory for 4 × 4,096 tokens'],
    ['lora llama 8b rank:0', 'Rank: must be a whole number from 1 to 4,096'],
    ['lora llama 8b rank:-4', 'Rank: must be a whole number'],
    ['lora llama 8b targets:banana', `I don't know the matrices "banana"`],
    ['lora lama', "I don't know the model"],
  ]);
});

describe('vram for training', () => {
  test('compiling and a loss in chunks keep fewer activations, and 12 bytes lie between 8 and 16', async () => {
    const world = createWorld();
    const bytes = async (more: string) =>
      (
        (await world.ask(`vram llama 8b for:train checkpointing:none ${more}`)).data as {
          bytes: number;
        }
      ).bytes;

    const plain = await bytes('');
    const compiled = await bytes('savings:compiled');
    const both = await bytes('savings:both');

    expect(compiled).toBeLessThan(plain);
    expect(both).toBeLessThan(compiled);
    // 8.03e9 parameters: 16, 12, and 8 bytes for each.
    expect((plain - (await bytes('precision:bf16-fp32-states'))) / 8_030_261_248).toBeCloseTo(4, 6);
    expect((plain - (await bytes('precision:bf16'))) / 8_030_261_248).toBeCloseTo(8, 6);
  });
});

describe('train', () => {
  // 6 × 8.03e9 × 15e12 = 7.23e23, and 12 × 32 × 32 × 128 × 4,096 × 15e12 = 0.97e23 for the scores;
  // / (1,024 × 989e12 × 0.4) = 23.4 days.
  typed([
    [
      'train llama 8b 15t tokens 1024x h100',
      '23.4 days on 1,024 × H100',
      'GPU-hours | 575,',
      '8.19 × 10^23 FLOPs',
      // 12 × 32 layers × 4,096 × 4,096 / (6 × 8.03e9)
      'attention scores at 4,096 tokens | 11.8%',
    ],
    ['train 70b 15t 2048x h100', 'a 70.0B model on 15.0T tokens'],
    ['train llama 8b 15t 1024x h100 sequence:8k', 'attention scores at 8,192 tokens'],
    // 6 × 8.03e9 × 15e12 / (1.46e6 × 3,600 × 989.5e12) = 0.139.
    [
      'train llama-3.1-8b 15t 1024x h100',
      'Meta reports 1,460,000 GPU-hours on H100 SXM5 80GB for about 15.0T tokens: 14% utilization.',
      'all GPU time of the model, not only the math of pretraining',
    ],
    // 6 × 405.9e9 × 15e12 / (30.84e6 × 3,600 × 989.5e12) = 0.333.
    ['train llama-3.1-405b 15t 16384x h100', '30,840,000 GPU-hours', '33% utilization'],
    ['train 7b', '140B tokens', 'For days and cost, add GPUs'],
    // GPT-3: 6 × 175e9 × 300e9 = 3.15e23.
    ['train 175b 300b tokens', '3.15 × 10^23 FLOPs'],
    ['train mixtral 1t 64x h100', 'active parameters count'],
    ['train 1.5b 30b tokens a100', 'on one A100'],
    ['train llama 8b on 300b tokens with 64 h100s price 2', '64 × H100'],
    ['train 7b 1t tokens mfu 50% 8x a100', '50% of the dense peak'],
    ['train 7b 10b tokens 8x a100', "below Chinchilla's 20"],
    ['train llama 8b 7b', /not both|tokens/],
    ['train 7b tokens:lots', `"lots" isn't a number of tokens`],
    ['train parameters:0b', `"0b" isn't a number of parameters`],
    ['train 7b 24gb', "I need the GPU's name"],
    ['train 7b mfu:0', 'Utilization: must be a number from 0.01 to 1'],
    ['train lama 15t', "I don't know the model"],
  ]);
});
