import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { createLog } from '../../../src/log.ts';
import { message } from '../../scenarios/daily.ts';
import { machineOn } from '../../support/stages.ts';

/** What nobody else may see, in all the places of a terminal, a manifest, and a log. */
const SECRETS = [
  'hf_QxCanaryHuggingFaceTokenAbc123',
  'sk-proj-CanaryOpenAiKey0123456789abcd',
  ['xoxb', '123456789012', 'CanarySlackToken0123'].join('-'),
  'canary-api-key-0042',
  'CanaryBearer0123456789',
  's3cretCanary',
  'gpu-canary-17',
  'canary.acme.internal',
  'rpc-canary',
  'node-canary',
  'mariacanary',
  '10.42.7.19',
  '2001:db8:42::17',
];

const [hugging, openAi, slackToken, apiKey, bearer, password, box, host, rpc, node, user, ip, ip6] =
  SECRETS;

const COMMAND = `(base) ${user}@${box}:~$ export HF_TOKEN=${hugging} SLACK_TOKEN=${slackToken} MASTER_ADDR=${node}
docker run -e OPENAI_API_KEY=${openAi} -v /home/${user}/.cache:/root/.cache -e VLLM_HOST_IP=${ip} vllm/vllm-openai:v0.11.0 \\
  --model /home/${user}/models/Qwen3-8B --host ${box} --api-key ${apiKey} --otlp-traces-endpoint http://${host}:4317 \\
  --master-addr ${ip6} --max-model-len 40960
ssh ${user}@${box} curl -H "Authorization: Bearer ${bearer}" https://${user}:${password}@${host}/v1
on a 4090`;

const MANIFEST = `kind: Pod
spec:
  nodeName: ${node}
  nodeSelector:
    kubernetes.io/hostname: ${box}
    nvidia.com/gpu.product: NVIDIA-A100-SXM4-80GB
  containers:
  - name: vllm
    image: vllm/vllm-openai:v0.11.0
    args: ["--model", "Qwen/Qwen3-32B", "--host", "${host}", "--api-key", "${apiKey}"]
    env:
    - name: HF_TOKEN
      value: ${hugging}
    - name: DB_PASSWORD
      value: ${password}`;

const LOG = `${user}@${box}:~$ HF_TOKEN=${hugging} vllm serve Qwen/Qwen3-32B --api-key=${apiKey} --data-parallel-address ${node}
(EngineCore pid=71, ip=${ip}) INFO init_method=tcp://${host}:29500 cache at /home/${user}/.cache hostname: ${box}
C:\\Users\\${user}\\models is empty; llama-server --rpc ${rpc}:50052,${ip}:50052
ValueError: To serve at least one request with the models's max seq len (40960), (10.00 GiB KV cache is needed, which is larger than the available KV cache memory (1.71 GiB).`;

/** With a question around it, another estimate than \`deployment\` reads it. */
const QUESTION = `how fast is vllm serve Qwen/Qwen3-8B --api-key ${openAi} --hf-token ${hugging} --host ${host} on h100`;

const found = (text: string) => SECRETS.filter((secret) => text.includes(secret));

/** Whatever the files of a database hold, also what is no longer part of a row. */
const bytesIn = (folder: string) =>
  readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join('\n');

function rowsIn(folder: string): string {
  const database = new Database(join(folder, 'warmup.db'), { readonly: true });
  const tables = database
    .prepare<[], string>("select name from sqlite_master where type = 'table'")
    .pluck()
    .all();
  const rows = tables.map((table) =>
    JSON.stringify(database.prepare(`select * from "${table}"`).all()),
  );
  database.close();
  return rows.join('\n');
}

test.each(['discord', 'slack socket', 'slack http'] as const)(
  'no secret of a pasted text is kept, logged, or shown: %s',
  async (name) => {
    const { machine, stop } = await machineOn(name, { isUnlimited: true });
    const mira = machine.stage.actor('Mira');
    const shown: string[] = [];

    for (const text of [COMMAND, MANIFEST, LOG, QUESTION]) {
      const ways = [
        () => mira.say(text),
        ...(text === QUESTION ? [] : [() => mira.act('Check deployment', text)]),
      ];
      for (const way of ways) {
        const answer = message(await way());
        shown.push(JSON.stringify(answer));
        for (const label of answer.buttons.filter((each) => each.startsWith('Show')))
          shown.push(JSON.stringify(await mira.press(answer, label)));
      }
    }
    const lines: string[] = [];
    const log = createLog('debug', (line) => void lines.push(line));
    for (const event of machine.events) log(event);
    const rows = rowsIn(machine.folder);
    const bytes = bytesIn(machine.folder);

    expect(shown.length).toBeGreaterThanOrEqual(12);
    expect(shown.join('\n')).toContain('Qwen3 8B');
    expect(rows).toContain('Qwen/Qwen3-32B');
    expect(lines.join('\n')).toContain('"command":"deployment"');
    expect(found(shown.join('\n'))).toEqual([]);
    expect(found(rows)).toEqual([]);
    expect(found(bytes)).toEqual([]);
    expect(found(lines.join('\n'))).toEqual([]);
    expect(machine.stage.complaints()).toEqual([]);
    await stop();
  },
);
