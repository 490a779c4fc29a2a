import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createWorld, words } from '../../../support/world.ts';
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
  // Numbers of flags are no numbers of GPUs, and a model inside a flag's JSON is the draft's.
  [
    'llama-server -hf unsloth/Qwen3-30B-A3B-GGUF:Q4_K_M -c 8192 -ngl 99 4090',
    'Qwen3 30B A3B on one RTX 4090',
  ],
  [
    'vllm serve meta-llama/Llama-3.1-8B-Instruct --speculative-config \'{"model": "meta-llama/Llama-3.2-1B-Instruct", "num_speculative_tokens": 5}\' --max-model-len 8192 on a 4090',
    'Llama 3.1 8B on one RTX 4090',
    'KV cache: 3.15 GiB',
  ],
  [
    'vllm serve Qwen/Qwen3-8B --enable-lora --max-loras 8 --max-lora-rank 64 l4',
    'Qwen3 8B on one L4',
  ],
  [
    'vllm serve Qwen/Qwen2.5-72B-Instruct --quantization fp8 --tensor-parallel-size 2 2x h100',
    'Starts',
  ],
  [
    'vllm serve Qwen/Qwen3-8B --max-model-len 65536 4090',
    'Qwen3 8B goes up to 40,960 tokens, and 65,536 are asked for.',
    '--max-model-len 32768: starts with 1.1 full-length requests',
  ],
  [
    'vllm serve deepseek-ai/DeepSeek-V3 --tensor-parallel-size 8 --pipeline-parallel-size 2 --max-model-len 32768 on 2 nodes of 8x h100',
    'DeepSeek-V3 on 16 × H100',
  ],
  [
    'python3 -m sglang.launch_server --model-path deepseek-ai/DeepSeek-V3 --tp 16 --nnodes 2 --node-rank 0 on 8xh100',
    'DeepSeek-V3 on 16 × H100',
  ],
  [
    'vllm serve deepseek-ai/DeepSeek-V3 --tensor-parallel-size 8 --pipeline-parallel-size 2 on 8x h200',
    'The flags ask for 16 GPUs, and there are 8.',
    '--tensor-parallel-size 4: starts',
  ],
  [
    'my vllm died with torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 1.16 GiB. GPU 0 has a total capacity of 23.64 GiB of which 400.81 MiB is free. Including non-PyTorch memory, this process has 23.20 GiB memory in use.',
    "Doesn't start. Nothing is left for activations beside weights and cache.",
    'Lower --gpu-memory-utilization',
  ],
  ['KeyboardInterrupt: terminated', "This isn't about GPU memory.", 'failureThreshold'],
  [
    'RuntimeError: Engine core initialization failed. See root cause above.',
    'The reason is above it.',
  ],
  [
    'FROM vllm/vllm-openai:v0.11.0\nENV HF_TOKEN=hf_abcdefghijk123\nCMD ["--model", "Qwen/Qwen3-14B", "--max-model-len", "32768"]',
    'Qwen3 14B: which GPU?',
  ],
  [
    'services:\n  vllm:\n    image: vllm/vllm-openai:latest\n    command: >\n      --model Qwen/Qwen3-14B\n      --max-model-len 32768\n    # 2x 3090',
    'Qwen3 14B on 2 × RTX 3090',
    'The flags use 1 of 2 GPUs.',
  ],
  [
    'llama-server -hf ggml-org/gpt-oss-20b-GGUF -c 0 -ngl 99 on 16gb',
    'gpt-oss-20b on one 16 GB GPU',
  ],
  [
    'llama-server -m Qwen3-235B-A22B-Q4_K_M.gguf -ngl 99 --cpu-moe -c 32768 on 4090',
    /On the GPU: [\d.]+ GiB of weights and [\d.]+ GiB of KV cache \(32,768 tokens\)\.\s/,
  ],
  [
    '```vllm serve Qwen/Qwen3-8B --max-model-len 8192```\non a 4090',
    'Qwen3 8B on one RTX 4090',
    'Starts',
  ],
  [
    'deployment ```bash\nvllm serve Qwen/Qwen3-8B --max-model-len 8192\n``` 4090',
    'Qwen3 8B on one RTX 4090',
    'Starts',
  ],
  [
    'vllm serve Qwen/Qwen3-8B --max-model-len auto 4090',
    /Starts, but the context is cut to 3\d,\d{3} tokens, the longest that fits\./,
  ],
  [
    'vllm serve Qwen/Qwen3-8B --max-model-len abc 4090',
    '--max-model-len takes a whole number, not "abc".',
  ],
  [
    'vllm serve Qwen/Qwen3-8B --tensor-parallel-size 0 4090',
    '--tensor-parallel-size takes a whole number, not "0".',
  ],
  [
    'vllm serve Qwen/Qwen3-8B --gpu-memory-utilization 95 4090',
    '--gpu-memory-utilization takes a share up to 1',
  ],
  [
    'vllm serve Qwen/Qwen3-8B --tensor-parallel-size $TP 4090',
    'Fill in --tensor-parallel-size first',
  ],
  [
    'vllm serve Qwen/Qwen3-8B --max-model-len --port 8000 on a 4090',
    "Doesn't start. --max-model-len needs a value.",
  ],
  [
    'vllm serve Qwen/Qwen3-8B --enable-lora --max-lora-rank 16x on a 4090',
    '--max-lora-rank takes a whole number, not "16x".',
  ],
  ['vllm serve BAAI/bge-m3 --port 8000 t4', 'Starts.'],
  ['deployment hello there', "I don't see a serving command"],
]);

const lines = <T>(name: string, read: (text: string) => T): T =>
  read(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));

type Row = { text?: string; gpu?: string; config?: string; says?: string[] };

/** All that the material knows: commands with their GPU, logs, and single messages, and long lists of flags. */
const PASTED = [
  ...['known-deployments.json', 'failures.json', 'failure-messages.json']
    .flatMap((name) => lines(name, (text) => JSON.parse(text) as Row[]))
    .map(({ text, gpu, config, says = [] }) =>
      [text, config, ...says, ...(gpu ? [`on ${gpu}`] : [])].filter(Boolean).join('\n'),
    ),
  'vllm serve Qwen/Qwen3-235B-A22B-Thinking-2507-FP8 --tensor-parallel-size 8 --some-unknown-flag 3 --another-one --and-a-third-with-a-name-as-long-as-this on 8x h100',
  `vllm serve Qwen/Qwen3-Next-80B-A3B-Instruct --tensor-parallel-size 4 --${'a-b'.repeat(100)} 1 --${'c-d'.repeat(100)} 2 --${'e-f'.repeat(100)} on 4x h200`,
  `vllm serve ${'long'.repeat(60)}/${'name'.repeat(60)} on 4x h200`,
];

test('every answer to what is pasted fits on one screen of a phone', async () => {
  const long: string[] = [];
  for (const text of PASTED) {
    // A world of its own each time: one person's questions are limited.
    const answer = await createWorld().ask(`deployment ${text}`).then(words, String);
    const length = answer.replaceAll(/(?:^| )\[[^\]\n]+\]/gm, '').length;
    if (length > 600) long.push(`${length}: ${text.slice(0, 80)}\n${answer}`);
  }

  expect(PASTED.length).toBeGreaterThan(180);
  expect(long).toEqual([]);
}, 60_000);

test('the memory is shown with the version, the limits, and how each flag was read', async () => {
  const world = createWorld();
  const reply = await world.ask(
    'docker run vllm/vllm-openai:v0.11.0 --model Qwen/Qwen3-8B --max-num-seqs 64 --served-model-name q --foo 1 on an l40s',
  );
  const buttons = reply.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
  const shown = words(
    await world.ask(buttons.find(({ label }) => label === 'Show memory')?.run ?? ''),
  );

  // vLLM's share was 0.9 before 0.21.
  expect(shown).toContain(
    '90% of the GPU may be used. Limits: 64 sequences and 2,048 batched tokens.',
  );
  expect(shown).toContain('vLLM 0.11.0. Counted: --max-num-seqs.');
  expect(shown).toContain("Doesn't change memory: --served-model-name.");
  expect(shown).toContain('Unknown: --foo.');
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

const OOM =
  'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 1.16 GiB. GPU 0 has a total capacity of 23.64 GiB of which 400.81 MiB is free. Including non-PyTorch memory, this process has 23.20 GiB memory in use.';

// 1.16 GiB - 0.39 GiB are missing of 23.64: 0.04 of the share with a quarter of a GiB beside it, and at least 0.05.
test.each([
  [`vllm serve Qwen/Qwen3-8B --port 8000\n${OOM}`, '--gpu-memory-utilization 0.85'],
  [
    `vllm serve Qwen/Qwen3-8B --gpu-memory-utilization 0.92\n${OOM}`,
    '--gpu-memory-utilization 0.87',
  ],
  [
    `vllm serve Qwen/Qwen3-8B --gpu-memory-utilization 0.98\n${OOM}`,
    '--gpu-memory-utilization 0.9',
  ],
  [`${OOM}\n\nvllm serve Qwen/Qwen3-8B --port 8000`, '--gpu-memory-utilization 0.85'],
  [
    `vllm serve Qwen/Qwen3-32B --max-model-len 8192\nLoading safetensors checkpoint shards\n${OOM}`,
    '--tensor-parallel-size 2',
  ],
  [
    'vllm serve Qwen/Qwen3-8B --max-model-len 8192\nRuntimeError: CUDA out of memory occurred when warming up sampler with 1024 dummy requests.',
    '--max-num-seqs 256',
  ],
  [
    'vllm serve Qwen/Qwen3-8B --max-num-seqs 512\nValueError: max_num_seqs (512) exceeds available Mamba cache blocks (300).',
    '--max-num-seqs 256',
  ],
  [
    'vllm serve Qwen/Qwen3-8B --gpu-memory-utilization 0.5\nValueError: No available memory for the cache blocks.',
    '--gpu-memory-utilization 0.55',
  ],
  [
    'python3 -m sglang.launch_server --model-path Qwen/Qwen3-32B --tp 2 --mem-fraction-static 0.9\nException: Capture cuda graph failed: CUDA out of memory. Tried to allocate 512.00 MiB.',
    '--mem-fraction-static 0.85',
  ],
  [
    'python3 -m sglang.launch_server --model-path Qwen/Qwen3-32B --tp 2 --mem-fraction-static 0.7\nRuntimeError: Not enough memory. Please try to increase --mem-fraction-static.',
    '--mem-fraction-static 0.75',
  ],
  [
    'llama-server -m Qwen3-32B-Q4_K_M.gguf -ngl 99 -c 32768\nllama_kv_cache: failed to allocate buffer for kv cache',
    '-c 16384',
  ],
  [
    'llama-server -m Qwen3-32B-Q4_K_M.gguf -ngl 99 -c 32768\nggml_backend_cuda_buffer_type_alloc_buffer: cudaMalloc failed: out of memory',
    '-ngl auto',
  ],
])('the corrected line is one tap from a pasted error: %s', async (pasted, edit) => {
  const world = createWorld();
  const reply = await world.ask(pasted);
  const buttons = reply.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
  const run = buttons.find(({ label }) => label === 'Show edited command')?.run ?? '';
  const edited = await world.ask(run);
  const [code] = edited.blocks.flatMap((block) => (block.kind === 'code' ? [block.code] : []));

  expect(words(reply)).toContain(`${edit}:`);
  expect(words(reply).length).toBeLessThanOrEqual(600);
  expect(code).toContain(edit);
  expect(code).toMatch(/^(?:vllm|python3|llama-server) /);
  expect(code).not.toMatch(/Error|memory occurred|failed/);
});
