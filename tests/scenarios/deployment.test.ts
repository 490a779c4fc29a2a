import { expect, test } from 'vitest';
import { machineOn, STAGES } from '../support/stages.ts';
import { message } from './daily.ts';

const PASTED = `vllm serve RedHatAI/Qwen3-32B-quantized.w4a16 --api-key sk-abcdefghijklmnopqrstu --port 8000
ValueError: To serve at least one request with the models's max seq len (40960), (10.00 GiB KV cache is needed, which is larger than the available KV cache memory (1.71 GiB). Based on the available memory, the estimated maximum model length is 7008.`;

const DIED = `vllm serve meta-llama/Llama-3.1-8B-Instruct --api-key sk-abcdefghijklmnopqrstu --port 8000
torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 1.16 GiB. GPU 0 has a total capacity of 23.64 GiB of which 400.81 MiB is free. Including non-PyTorch memory, this process has 23.20 GiB memory in use.
RuntimeError: Engine core initialization failed. See root cause above.`;

test.each(STAGES)(
  'from a pasted error to the corrected line in one message and one tap: %s',
  async (name) => {
    const { machine, stop } = await machineOn(name);
    const { stage } = machine;
    const mira = stage.actor('Mira');

    const answer = message(await mira.say(PASTED));
    expect(answer.text).toContain("Doesn't start.");
    expect(answer.text).toContain('40,960 tokens need 10.0 GiB, and 1.71 GiB are left.');
    expect(answer.text.length).toBeLessThanOrEqual(600);

    const edited = message(await mira.press(answer, 'Show edited command'));
    expect(edited.text).toContain('--max-model-len 6144');
    expect(edited.text).not.toContain('ValueError');
    expect(edited.text).not.toContain('sk-abc');

    const died = message(await mira.say(DIED));
    expect(died.text).toContain('Nothing is left for activations beside weights and cache.');
    expect(died.text.length).toBeLessThanOrEqual(600);
    const lowered = message(await mira.press(died, 'Show edited command'));
    expect(lowered.text).toContain('--port 8000 --gpu-memory-utilization 0.85');
    expect(lowered.text).not.toContain('OutOfMemory');
    expect(lowered.text.length).toBeLessThanOrEqual(600);
    expect(stage.complaints()).toEqual([]);

    await stop();
  },
  30_000,
);
