import { expect, test } from 'vitest';
import { createWorld, words } from '../../../support/world.ts';

/** An index of 32 layers in INT4 with so many bytes. */
const INDEX = JSON.stringify({
  metadata: { total_size: 5_730_000_000 },
  weight_map: {
    'model.layers.0.mlp.up_proj.qweight': 'model-00001-of-00002.safetensors',
    'model.layers.31.mlp.up_proj.qweight': 'model-00002-of-00002.safetensors',
  },
});

async function withIndex(values: Record<string, string>, command = 'vram') {
  const world = createWorld();
  const file = {
    name: 'model.safetensors.index.json',
    bytes: INDEX.length,
    text: async () => INDEX,
  };
  const step = await world.prepare({ kind: 'command', command, values: { file, ...values } });
  return { world, reply: step.kind === 'run' ? await step.run() : { blocks: [] } };
}

test('an index by itself says the weights, what they leave, and what it lacks', async () => {
  const { reply } = await withIndex({ gpu: '3060' });

  // 12 GiB × 0.92 less 5.34 GiB.
  expect(words(reply)).toContain(
    'The weights take 5.34 GiB (5.73 GB). On one RTX 3060 12GB that leaves 5.7 GiB for everything else.',
  );
  expect(words(reply)).toContain('Its names say 32 layers and the format int4.');
  expect(words(reply)).toContain('attach the config.json beside it, or name the model too');
  expect(reply.data).toMatchObject({ weightBytes: 5_730_000_000, layers: 32, fits: true });
});

test('with the name of the model it is estimated whole, and buttons bring the index along', async () => {
  const { world, reply } = await withIndex({ model: 'llama-3.1-8b', gpu: '3060' });
  const steps = await world.press(reply, 'Steps and assumptions');

  expect(words(reply)).toContain('Weights | 5.34 | 5.73');
  expect(words(reply)).toContain('KV cache | 1.0 | 1.07');
  expect(words(steps)).toContain('to the byte');
  expect(words(steps)).toContain('metadata.total_size of the index');
});

test('an index of another model is refused, and so is one where layers are needed', async () => {
  const other = await withIndex({ model: 'llama-3.3-70b', gpu: '4090' });
  const speed = await withIndex({ gpu: '4090' }, 'latency');

  expect(words(other.reply)).toContain('This index has 32 layers, and Llama 3.3 70B has 80');
  expect(words(speed.reply)).toContain('lists 5.73 GB of weights in 32 layers');
});
