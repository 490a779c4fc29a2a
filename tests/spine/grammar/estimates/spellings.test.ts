import { expect, test } from 'vitest';
import { respelled } from '../../../../src/spine/grammar/estimates/spellings.ts';

test.each([
  // Machines that are rented or bought whole.
  ['llama 70b on dgx h100', 'llama 70b on 8x h100'],
  ['2x hgx h200 nodes', '16x h200'],
  ['p4d.24xlarge', '8x a100 40gb'],
  ['2 p5.48xlarge', '16x h100'],
  ['g6e.xlarge', '1x l40s'],
  ['trn2 48xlarge', '16x trn2'],
  ['gb200 nvl72', '72x gb200'],
  ['a2-highgpu-4g', '4x a100 40gb'],
  ['Standard_NC48ads_A100_v4', '2x a100 80gb'],
  ['tpu v5e-8', '8x tpu v5e'],
  ['2x8xH100', '16x H100'],
  ['four L40S machines with 8 gpus each', '32x L40S '],
  // Sizes and numbers.
  ['16384 MB', '16gb'],
  ['24564MiB', '24gb'],
  ['24.576 tokens', '24576 tokens'],
  ['four thousand tokens', '4k tokens'],
  ['half a million', 'half 1m'],
  ['16 * A10', '16x A10'],
  ['a pair of 3090s', '2x 3090s'],
  // What stays as it is.
  ['mixtral 8x7b on 2x 37 l40s', 'mixtral 8x7b on 2x 37 l40s'],
  ['unsloth/Llama-3.1-8B-Instruct-bnb-4bit', 'unsloth/Llama-3.1-8B-Instruct-bnb-4bit'],
  ['vram t5-v1_1-xxl in q4_0', 'vram t5-v1_1-xxl in q4_0'],
  ['k and v cache', 'k and v cache'],
])('%s is %s', (line, spelled) => {
  expect(respelled(line)).toBe(spelled);
});
