import { expect, test } from 'vitest';
import { createWorld, words } from '../../support/world.ts';
import { typed } from './typed.ts';

typed([
  [
    'vllm serve deepseek-ai/DeepSeek-R1 --data-parallel-size 8 --enable-expert-parallel  # 8x H200',
    'DeepSeek-R1 on 8 × H200',
    'Starts.',
    /KV cache: [\d.]+ GiB on each data-parallel rank/,
    "it's the model's own 163,840 tokens",
  ],
  [
    'deployment vllm serve MiniMaxAI/MiniMax-M2.7 --tensor-parallel-size 8 on 8x h100',
    "Doesn't start.",
    "pieces of 192, which aren't multiples of the 128-wide scale blocks",
    '--enable-expert-parallel: starts with',
  ],
  [
    'vllm serve meta-llama/Llama-3.1-8B-Instruct --max-num-seqs 256 --foo bar on a 4090',
    "Doesn't start. The KV cache is smaller than one request of full length.",
    '--max-model-len 32768: starts with 1.4 full-length requests',
    'Unknown flags: --foo.',
  ],
  [
    'vllm serve Qwen/Qwen3-32B --tensor-parallel-size 2',
    'Starts on 2 × L40S or larger.',
    'Choose the GPU',
  ],
  [
    'vllm serve openai/gpt-oss-120b --max-model-len 16384 on 2x h100',
    '--tensor-parallel-size 2: starts with',
    'The flags use 1 of 2 GPUs.',
  ],
  [
    'llama-server -m llama-3.3-70b-q4_k_m.gguf -ngl 99 -c 32768 4090',
    "Doesn't start.",
    /-ngl auto: \d+ of 80 layers/,
  ],
  [
    "vllm serve RedHatAI/Qwen3-32B-quantized.w4a16\nValueError: To serve at least one request with the models's max seq len (40960), (10.00 GiB KV cache is needed, which is larger than the available KV cache memory (1.71 GiB).",
    "Doesn't start. The KV cache can't hold one request of full length.",
    '40,960 tokens need 10.0 GiB, and 1.71 GiB are left',
    '--max-model-len 6144',
  ],
  [
    'include/shm.h:28 NCCL WARN Call to posix_fallocate failed: No space left on device',
    "This isn't about GPU memory.",
    '--shm-size=16g',
  ],
  [
    'apiVersion: apps/v1\nkind: Deployment\nspec:\n  containers:\n  - name: vllm\n    image: vllm/vllm-openai:v0.11.0\n    args: ["--model", "meta-llama/Llama-3.3-70B-Instruct", "--tensor-parallel-size=4"]\n    env:\n    - name: HF_TOKEN\n      value: hf_abcdefghijklmnop\n    resources:\n      limits:\n        nvidia.com/gpu: "4"\n  nodeSelector:\n    nvidia.com/gpu.product: NVIDIA-A100-SXM4-80GB',
    'Llama 3.3 70B on 4 × A100',
    'Starts.',
  ],
  ['deployment hello there', "I don't see a serving command"],
]);

test.each([
  'vllm serve deepseek-ai/DeepSeek-R1 --data-parallel-size 8 --enable-expert-parallel  # 8x H200',
  'vllm serve Qwen/Qwen3-235B-A22B-Thinking-2507-FP8 --tensor-parallel-size 8 --some-unknown-flag 3 --another-one on 8x h100',
])('the answer to %s fits on one screen of a phone', async (line) => {
  const reply = await createWorld().ask(line);

  expect(words(reply).length).toBeLessThanOrEqual(600);
});

test('one tap shows the whole command with the edited flag, without its secrets', async () => {
  const world = createWorld();
  const reply = await world.ask(
    'vllm serve meta-llama/Llama-3.1-8B-Instruct \\\n  --api-key sk-abcdefghijklmnopqrstuv \\\n  --port 8000\non a 4090',
  );
  const buttons = reply.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
  const run = buttons.find(({ label }) => label === 'Show edited command')?.run ?? '';

  expect(run).not.toContain('sk-abc');
  expect(words(await world.ask(run))).toContain('--max-model-len 32768');
});
