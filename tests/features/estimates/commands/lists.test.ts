import { describe, expect, test } from 'vitest';
import { GPUS, MODELS } from '../../../core/calculators/models/known.ts';
import { createWorld, words } from '../../../support/world.ts';
import { typed } from './typed.ts';

describe('models', () => {
  typed([
    ['models', `${MODELS.length} models`, 'Qwen | 38', 'Llama | 17', 'Ministral | 3'],
    ['models qwen', 'Models matching "qwen"', 'qwen3-8b'],
    ['models qwen3', 'qwen3-235b-a22b'],
    ['models llama 3.1', 'llama-3.1-405b'],
    [
      'models llama 8b',
      '8,030,261,248 parameters',
      'Context limit: 131,072 tokens',
      '128 KiB per token',
    ],
    ['models qwen3 32b', 'Layers: 64', 'Attention: 64 heads, 8 KV heads of 128'],
    ['models deepseek v3', 'Attention: 128 heads, which share one latent of 576 values'],
    ['models mixtral 8x7b', 'Attention: 32 heads, 8 KV heads of 128'],
    ['models qwen3.5 27b', 'linear attention (48 of 64 layers)'],
    ['models llama-3.1-8b', 'Published: 8,030,261,248'],
    ['models mixtral 8x7b', '12.9B of them active per token'],
    ['models deepseek v3', '37.6B of them active per token', 'Experts'],
    ['models bert large', 'KV cache: none'],
    ['models gpt oss 20b', 'gpt-oss-20b'],
    ['models r1', 'DeepSeek-R1'],
    ['models glm', 'glm-5'],
    ['models foobar', `I don't know the model "foobar"`],
    ['models gemma 3 27b', 'Not confirmed by any source'],
  ]);
});

describe('gpus', () => {
  typed([
    ['gpus', 'GPUs', 'rtx-4090 | 24 | 1,008'],
    ['gpus 4090', 'NVIDIA RTX 4090', 'Memory: 24 GiB', 'Bandwidth: 1,008 GB/s', 'checked 2026'],
    ['gpus amd', 'AMD GPUs', 'mi300x'],
    ['gpus NVIDIA', 'NVIDIA GPUs'],
    ['gpus h100', 'H100 SXM5', 'Price: $3/hour'],
    ['gpus m3 max', 'For the GPU: 96.0 GiB by default'],
    ['gpus m3 max 36gb', 'Memory: 36 GiB', 'For the GPU: 27.0 GiB'],
    ['gpus 24gb', 'Any GPU with 24 GiB'],
    ['gpus 2x h100', '2 × H100 SXM5 80GB'],
    ['gpus 9090', `I don't know the GPU "9090"`],
    ['gpus a100 pcie', 'A100 PCIe'],
    ['gpus none', `I don't know the GPU "none"`],
    ['gpus default:me', 'Which GPU?'],
    ['gpus 4090 default:team', 'Only workspace admins'],
  ]);

  test('a default is assumed where no GPU is named, the own before the team', async () => {
    const world = createWorld();

    await world.ask('gpus 2x h100 default:team', { admin: true });
    const byTeam = words(await world.ask('vram llama 8b'));
    await world.press(await world.ask('gpus 4090'), 'Set my default');
    const own = words(await world.ask('vram llama 8b'));
    const named = words(await world.ask('vram llama 8b h200'));
    const none = words(await world.ask('vram llama 8b gpu:none'));
    const others = words(await world.ask('vram llama 8b', { as: 'bo' }));

    expect(byTeam).toContain('Fits on 2 × H100 SXM5 80GB');
    expect(byTeam).toContain("On the team's default GPU");
    expect(own).toContain('Fits on one RTX 4090');
    expect(own).toContain('On your default GPU (gpu:none turns that off).');
    expect(named).toContain('Fits on one H200');
    expect(none).toContain('Fits on one 24 GB GPU');
    expect(others).toContain('Fits on 2 × H100');
    expect(words(await world.ask('me'))).toContain('Default GPU: rtx-4090');
    expect(JSON.stringify(await world.store.exportPerson(await world.personId()))).toContain(
      'rtx-4090',
    );
  });

  test('a default is taken back, and a line names the card it was made for', async () => {
    const world = createWorld();
    await world.ask('gpus 4090 default:me');
    const asked = await world.ask('vram llama 8b');
    const steps = words(await world.press(asked, 'Steps and assumptions'));
    const line = /Run again: (.+)$/m.exec(steps)?.[1];

    await world.ask('gpus none default:me');

    expect(line).toBe('vram model:llama-3.1-8b gpu:rtx-4090');
    expect(words(await world.ask('vram llama 8b'))).toContain('Fits on one 24 GB GPU');
  });
});

describe('long lists', () => {
  test.each([
    ['gpus', 20],
    ['gpus nvidia', 20],
    ['models', 20],
    ['models qwen', 20],
  ])('%s is a page of at most %i rows', async (line, most) => {
    const { blocks } = await createWorld().ask(line);

    const rows = blocks.flatMap((block) => (block.kind === 'table' ? block.rows : []));
    expect(rows.length).toBeLessThanOrEqual(most);
  });

  test('the buttons lead to every other page, and to the GPUs of a vendor', async () => {
    const world = createWorld();
    const nvidia = await world.press(
      await world.ask('gpus'),
      `NVIDIA (${GPUS.filter(({ vendor }) => vendor === 'NVIDIA').length})`,
    );
    const last = await world.press(await world.press(nvidia, 'Next page'), 'Next page');
    const more = await world.press(await world.ask('models qwen'), 'Next page');

    expect(JSON.stringify(last)).toContain('page 3 of 4');
    expect(JSON.stringify(await world.press(last, 'Previous page'))).toContain('page 2 of 4');
    expect(JSON.stringify(more)).toContain('page 2 of 2');
  });
});
