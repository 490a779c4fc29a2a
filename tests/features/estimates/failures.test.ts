import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { withFlag } from '../../../src/core/calculators/serving/edit-command.ts';
import { failureIn, startIn } from '../../../src/core/calculators/serving/failure-log.ts';
import { engineIn, readPasted } from '../../../src/core/calculators/serving/pasted-command.ts';
import {
  dataWithoutSecrets,
  withoutSecrets,
} from '../../../src/core/calculators/serving/secrets.ts';
import { isDeployment } from '../../../src/spine/grammar/estimates/pasted.ts';
import { ESTIMATE_CATALOG as catalog } from '../../support/estimate-catalog.ts';

type Row = {
  id: string;
  source: string;
  engine: string;
  outcome: string;
  cause?: string;
  config: string;
  says: string[];
  isBuilt: boolean;
};

const ROWS = JSON.parse(
  readFileSync(new URL('failures.json', import.meta.url), 'utf8'),
) as readonly Row[];

const textOf = ({ config, says }: Row) => [config, ...says].join('\n');

const isRight = (row: Row) => {
  const failure = failureIn(textOf(row), catalog.failures);
  return row.outcome === 'starts'
    ? !failure && startIn(textOf(row)) !== undefined
    : failure !== undefined;
};

const hasCause = (row: Row) =>
  failureIn(textOf(row), catalog.failures)
    ?.causes.slice(0, 2)
    .some((cause) => cause === row.cause) === true;

test('each known failure has its source', () => {
  expect(ROWS.filter(({ source }) => !/^(?:[\w.-]+\/[\w.-]+|public log \d+)/.test(source))).toEqual(
    [],
  );
});

test.each(ROWS.filter(({ isBuilt }) => isBuilt))('$id $engine: $outcome', (row) => {
  expect(isRight(row)).toBe(true);
  if (row.cause !== undefined) expect(hasCause(row)).toBe(true);
});

test('of the rows that it was not built with, most outcomes and causes are right', () => {
  const others = ROWS.filter(({ isBuilt }) => !isBuilt);
  const withCause = others.filter(({ cause }) => cause !== undefined);

  // At the first reading 20 of 24 outcomes and 13 of 20 causes; what was missing is in the table since.
  expect(others.filter(isRight).length / others.length).toBeGreaterThanOrEqual(0.9);
  expect(withCause.filter(hasCause).length / withCause.length).toBeGreaterThanOrEqual(0.8);
});

type Message = { row: string; about: 'memory' | 'host' | 'not' | 'unknown'; text: string };

const MESSAGES = JSON.parse(
  readFileSync(new URL('failure-messages.json', import.meta.url), 'utf8'),
) as readonly Message[];

test.each(MESSAGES)('$row: $text', ({ row, about, text }) => {
  const failure = failureIn(text, catalog.failures);

  expect(failure?.row.id).toBe(row);
  expect(failure?.isMemory).toBe(about === 'unknown' ? undefined : about !== 'not');
  expect(failure?.causes[0] === 'host-memory').toBe(about === 'host');
});

const CAUSES_OF_DEATH: readonly [cause: string, line: string][] = [
  [
    'activation-peak',
    'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 1.16 GiB. GPU 0 has a total capacity of 23.64 GiB of which 400.81 MiB is free. Including non-PyTorch memory, this process has 23.20 GiB memory in use.',
  ],
  [
    'kv-too-long',
    "ValueError: To serve at least one request with the models's max seq len (40960), (10.00 GiB KV cache is needed, which is larger than the available KV cache memory (1.71 GiB).",
  ],
  ['shm', 'include/shm.h:28 NCCL WARN Call to posix_fallocate failed: No space left on device'],
  [
    'parallel-divisibility',
    'ValueError: Total number of attention heads (64) must be divisible by tensor parallel size (3).',
  ],
  ['not-memory', 'OSError: You are trying to access a gated repo. 401 Client Error'],
];

/** What other processes say when one has died. */
const AFTER_IT = [
  'RuntimeError: Engine core initialization failed. See root cause above.',
  'vllm.v1.engine.exceptions.EngineDeadError: EngineCore encountered an issue. See stack trace (above) for the root cause.',
  '(APIServer pid=1) ERROR EngineCore died unexpectedly.',
  'torch.distributed.DistBackendError: NCCL error: unhandled system error',
  'Watchdog caught collective operation timeout: WorkNCCL(SeqNum=3)',
  'torch.distributed.elastic.multiprocessing.errors.ChildFailedError: exitcode : -9',
  'command terminated with exit code 137',
  'KeyboardInterrupt: terminated',
  'Segmentation fault (core dumped)',
];

test.each(CAUSES_OF_DEATH)('%s is the cause, whatever dies of it afterward', (cause, line) => {
  for (const after of AFTER_IT) {
    const log = `${line}\nTraceback (most recent call last):\n${after}`;
    expect(failureIn(log, catalog.failures)?.causes[0], after).toBe(cause);
  }
});

test.each(['(base) x@y:~$ vllm serve Qwen/Qwen3-8B', 'INFO 09-04 vLLM API server version 0.11.0'])(
  'of two runs the last one counts: %s',
  (start) => {
    for (const [, first] of CAUSES_OF_DEATH) {
      for (const [cause, last] of CAUSES_OF_DEATH.filter(([, each]) => each !== first)) {
        const log = `${start}\n${first}\n${AFTER_IT[0]}\n\n${start}\n${last}\n${AFTER_IT[0]}`;
        expect(failureIn(log, catalog.failures)?.causes[0], log).toBe(cause);
      }
      const fixed = `${start}\n${first}\n\n${start}\nGPU KV cache size: 93,872 tokens`;
      expect(failureIn(fixed, catalog.failures)?.row.id, fixed).toBeUndefined();
    }
  },
);

test('flags in front of the first line of a run belong to it', () => {
  const log = `$ vllm serve x --gpu-memory-utilization 0.97\nINFO vLLM API server version 0.11.0\n${CAUSES_OF_DEATH[0]?.[1]}`;

  expect(failureIn(log, catalog.failures)?.causes[0]).toBe('utilization');
});

test('no command is a failure, whatever its flags and variables are called', () => {
  const flags = catalog.engines.flatMap(({ engine, flags: all }) =>
    all.flatMap(({ names }) => names.map((name) => `${engine} serve x --${name} error --log fail`)),
  );
  const environment =
    'NCCL_NVLS_ENABLE=0 NCCL_P2P_DISABLE=1 VLLM_HOST_IP=10.0.0.2 SGLANG_DEEPEP_NUM_MAX_DISPATCH_TOKENS_PER_RANK=256 RAY_memory_usage_threshold=0.99 sglang serve x --watchdog-timeout 3600 --moe-a2a-backend deepep --log-level error --lora-paths /a/adapter_config.json';
  const commands = JSON.parse(
    readFileSync(new URL('known-deployments.json', import.meta.url), 'utf8'),
  ) as { text: string }[];

  for (const text of [...flags, environment, ...commands.map((each) => each.text)])
    expect(failureIn(text, catalog.failures)?.row.id, text).toBeUndefined();
});

test('nothing that is not about memory is called memory', () => {
  const others = ROWS.filter(({ cause }) =>
    ['not-memory', 'network', 'shm', 'disk', 'parallel-divisibility', 'unsupported-dtype'].includes(
      cause ?? '',
    ),
  );

  for (const row of others)
    expect(failureIn(textOf(row), catalog.failures)?.isMemory, row.id).not.toBe(true);
});

test.each([
  [
    "(APIServer pid=1671) INFO 09-04 01:02:21 [utils.py:326] non-default args: {'model': 'Qwen2-7B-Instruct', 'max_model_len': 16384}\n(EngineCore_0 pid=1812) INFO 09-04 01:02:54 [core.py:74] Initializing a V1 LLM engine (v0.10.1.1) with config: model='Qwen2-7B-Instruct', trust_remote_code=True, quantization=None\nUserWarning: TORCH_CUDA_ARCH_LIST is not set, all archs for visible cards are included for compilation.\nUserWarning: 1Torch was not compiled with flash attention.\n(EngineCore_0 pid=1812) INFO 09-04 01:04:29 [gpu_worker.py:276] Available KV cache memory: 5.01 GiB\n(EngineCore_0 pid=1812) INFO 09-04 01:04:29 [kv_cache_utils.py:849] GPU KV cache size: 93,872 tokens",
  ],
  [
    'WARNING 09-04 [custom_all_reduce.py:136] Custom allreduce is disabled because your platform lacks GPU P2P capability or P2P test failed.\nWarning: User-specified context_length (8192) is greater than the derived context_length (2048).\nserver_args=ServerArgs(watchdog_timeout=300)\nThe server is fired up and ready to roll!',
  ],
  [
    'warning: failed to mlock 827228160-byte buffer: Cannot allocate memory\nserver is listening on http://127.0.0.1:8080',
  ],
])('a log of a start is no failure: %j', (log) => {
  expect(failureIn(log, catalog.failures)?.row.id).toBeUndefined();
  expect(startIn(log)).toBeDefined();
});

test('a manifest that mounts /dev/shm is no failure', () => {
  const text =
    'image: vllm/vllm-openai:v0.11.0\nargs: ["--model", "Qwen/Qwen3-8B"]\nvolumeMounts:\n- mountPath: /dev/shm\n  name: shm\nvolumes:\n- name: shm\n  emptyDir: {medium: Memory, sizeLimit: 2Gi}';

  expect(failureIn(text, catalog.failures)).toBeUndefined();
});

test.each([
  [
    'ggml_backend_cuda_buffer_type_alloc_buffer: allocating 4507.00 MiB on device 0: cudaMalloc failed: out of memory\nllama_new_context_with_model: failed to allocate compute buffers',
    'activation-peak',
  ],
  ['error loading model: unable to allocate backend buffer', 'weights'],
  [
    'RuntimeError: alloc_req_slots runs out of memory. Please set a smaller number for `--max-running-requests`.',
    'kv-full',
  ],
  ["ValueError: Model architectures ['Foo'] are not supported for now.", 'not-memory'],
  ['OSError: You are trying to access a gated repo. 401 Client Error', 'not-memory'],
  ['ncclSystemError: System call failed. NET/Socket error', 'network'],
  [
    'RuntimeError: NCCL error: unhandled system error (run with NCCL_DEBUG=INFO for details)',
    'network',
  ],
  [
    'ValueError: World size (8) is larger than the number of available GPUs (4) in this node.',
    'parallel-divisibility',
  ],
  ['0/3 nodes are available: 3 Insufficient nvidia.com/gpu.', 'not-memory'],
  [
    'safetensors_rust.SafetensorError: Error while deserializing header: MetadataIncompleteBuffer',
    'not-memory',
  ],
  [
    'ValueError: Chunked MM input disabled but max_tokens_per_mm_item (16384) is larger than max_num_batched_tokens (8192).',
    'not-memory',
  ],
  [
    "ValueError: This model's maximum context length is 8192 tokens. However, you requested 9000 tokens",
    'max-len',
  ],
  ['NVRM: Xid (PCI:0000:3b:00): 79, GPU has fallen off the bus.', 'not-memory'],
  [
    '[TensorRT-LLM][ERROR] CUDA runtime error in ::cudaMallocAsync(ptr, n, mCudaStream->get()): out of memory',
    'activation-peak',
  ],
  ['Error: model requires more system memory (9.3 GiB) than is available (7.7 GiB)', 'host-memory'],
  ['Segmentation fault (core dumped)', 'not-memory'],
])('%j is for want of %s', (log, cause) => {
  expect(failureIn(log, catalog.failures)?.causes[0]).toBe(cause);
});

test('PyTorch: what others hold is the capacity without what is free and what this process holds', () => {
  const text =
    'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 79.15 GiB of which 1.15 GiB is free. Including non-PyTorch memory, this process has 50.00 GiB memory in use.';

  // 79.15 - 1.15 - 50 = 28.
  const failure = failureIn(text, catalog.failures);
  expect(failure?.causes[0]).toBe('other-process');
  expect(failure?.says).toContain('28.0 GiB');
});

test.each([
  ['vllm serve x --api-key sk-proj-abcdefghijklmnop1234', 'sk-proj'],
  ['HF_TOKEN=hf_abcdefghijklmnopqrst vllm serve x', 'hf_abc'],
  ['docker run -e HUGGING_FACE_HUB_TOKEN=abc123def456 vllm/vllm-openai', 'abc123'],
  ['--dist-init-addr 10.1.2.3:5000', '10.1.2.3'],
  ['-v /home/maria/.cache:/root/.cache', 'maria'],
  ['curl -H "Authorization: Bearer abcdef123456789"', 'abcdef12'],
  ['vllm serve x --api-key letmein', 'letmein'],
  ['args: ["--api-key", "letmein"]', 'letmein'],
  ['- name: DB_PASSWORD\n  value: hunter-two', 'hunter-two'],
  ['(base) maria@gpu-box:~$ vllm serve x', 'maria@gpu-box'],
  ['ssh maria@gpu-box vllm serve x', 'maria@gpu-box'],
  ['--otlp-traces-endpoint http://otel.acme.net:4317', 'acme'],
  ['--dist-init-addr node0:5000', 'node0'],
  ['MASTER_ADDR=node0 vllm serve x', 'node0'],
  ['nodeName: gpu-17', 'gpu-17'],
  ['init_method=tcp://[2001:db8::17]:29500', '2001:db8'],
  ['git clone https://bob:s3cret99@example.com/x', 's3cret99'],
])('%s loses its secret', (text, secret) => {
  expect(withoutSecrets(text)).not.toContain(secret);
});

test('of what is kept of a delivery, pasted commands lose their secrets and other words stay', () => {
  const kept = dataWithoutSecrets({
    id: 'T1/U1',
    text: 'vllm serve x --api-key sk-abcdefghijklmnopqr --host 10.1.2.3',
    blocks: [{ text: 'each token self-attends, by maria@example.org' }],
  });

  expect(kept).toEqual({
    id: 'T1/U1',
    text: 'vllm serve x --api-key [secret] --host [host]',
    blocks: [{ text: 'each token self-attends, by maria@example.org' }],
  });
});

test('models, versions, flags and sizes are no secrets', () => {
  const text =
    'vllm serve deepseek-ai/DeepSeek-R1 --max-num-batched-tokens 8192 --tokenizer-mode auto --host 0.0.0.0 --port 8000 --hf-overrides x # v0.11.0, num_speculative_tokens=3, https://huggingface.co/x, c10::Error, 01:02:21, localhost:8000';

  expect(withoutSecrets(text)).toBe(text);
});

test('known commands and logs are read alike without their secrets', () => {
  const commands = (
    JSON.parse(readFileSync(new URL('known-deployments.json', import.meta.url), 'utf8')) as {
      text: string;
    }[]
  ).map(({ text }) => text);
  const texts = [...commands, ...ROWS.map(textOf), ...MESSAGES.map(({ text }) => text)];
  const readAs = (text: string) => {
    const table = catalog.engines.find(({ engine }) => engine === engineIn(text));
    const read = table && readPasted(text, table);
    return {
      row: failureIn(text, catalog.failures)?.row.id,
      model: read?.model?.split('/').at(-1),
      settings: read && [...read.settings].filter(([name]) => name !== 'model'),
    };
  };

  for (const text of texts) expect(readAs(withoutSecrets(text)), text).toEqual(readAs(text));
});

test.each([
  [
    'vllm serve x --max-model-len 4096 --port 8000',
    'vllm serve x --max-model-len 8192 --port 8000',
  ],
  ['vllm serve x --max_model_len=4096', 'vllm serve x --max_model_len=8192'],
  ['vllm serve x --port 8000 &', 'vllm serve x --port 8000 --max-model-len 8192 &'],
  ['vllm serve x \\\n  --port 8000', 'vllm serve x \\\n  --port 8000 --max-model-len 8192'],
  ['args: ["--model", "x"]', 'args: ["--model", "x", "--max-model-len", "8192"]'],
  ['args: ["--max-model-len", "4096"]', 'args: ["--max-model-len", "8192"]'],
  ['args:\n  - --model=x\nports:', 'args:\n  - --model=x\n  - --max-model-len=8192\nports:'],
  ['LLM(model="x")', 'LLM(model="x", max_model_len=8192)'],
  ['LLM(model="x", max_model_len=4096)', 'LLM(model="x", max_model_len=8192)'],
])('%j becomes %j', (text, edited) => {
  expect(withFlag(text, ['max-model-len'], '8192')).toBe(edited);
});

test.each([
  ['vllm serve Qwen/Qwen3-8B --port 8000', true],
  ['how fast is this? llama-server -m qwen3-8b.gguf -c 8192', false],
  ['llama 3.1 8b on a 4090', false],
  ['what does CUDA out of memory mean?', false],
  ['torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB.', true],
  ['services:\n  vllm:\n    image: vllm/vllm-openai\n    command: --model Qwen/Qwen3-8B', true],
  ['explain vllm', false],
])('%j is a deployment: %s', (text, expected) => {
  expect(isDeployment(text, catalog)).toBe(expected);
});
