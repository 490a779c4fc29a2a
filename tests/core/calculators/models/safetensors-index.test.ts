import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explainInferenceMemory } from '../../../../src/core/calculators/memory/inference-explain.ts';
import { readConfigJson } from '../../../../src/core/calculators/models/config-json.ts';
import { weightFormat } from '../../../../src/core/calculators/quantization/formats.ts';
import { weightLoads } from '../../../../src/core/calculators/quantization/weight-loads.ts';
import { weightBytes } from '../../../../src/core/calculators/quantization/weights.ts';
import { shape } from './known.ts';

function indexOf(names: readonly string[], total: unknown = 16_060_522_496) {
  const file = {
    metadata: { total_size: total },
    weight_map: Object.fromEntries(names.map((name) => [name, 'a'])),
  };
  const read = readConfigJson(JSON.stringify(file));
  return read.ok ? undefined : read;
}

test.each([
  [['model.layers.31.mlp.up_proj.weight', 'lm_head.weight'], 32, undefined],
  [['model.layers.9.mlp.up_proj.qweight', 'model.layers.9.mlp.up_proj.scales'], 10, 'int4'],
  [['model.layers.60.mlp.gate_proj.weight_scale_inv'], 61, 'fp8-block'],
  [
    ['model.layers.1.mlp.down_proj.weight_scale', 'model.layers.1.mlp.down_proj.weight_scale_2'],
    2,
    'nvfp4',
  ],
  [['model.layers.35.mlp.experts.down_proj_blocks'], 36, 'mxfp4'],
  [['model.layers.3.self_attn.q_proj.weight.absmax'], 4, 'nf4'],
  [['transformer.h.11.attn.c_attn.weight'], 12, undefined],
  // Layers of the tower are no layers of the language model.
  [['visual.blocks.40.attn.qkv.weight', 'model.layers.27.mlp.up_proj.weight'], 28, undefined],
  [['weird'], 0, undefined],
])('the names %j tell %i layers and the format %s', (names, layers, format) => {
  const index = indexOf(names)?.index;

  expect(index?.layers).toBe(layers);
  expect(index?.format).toBe(format);
  expect(index?.totalBytes).toBe(16_060_522_496);
});

test('what is kept of an index says the same', () => {
  const index = indexOf(['model.layers.0.a.qweight', 'model.layers.79.a.qweight'])?.index;

  const again = readConfigJson(index?.asIndex ?? '');

  const { asIndex: _, ...said } = index ?? {};
  expect(!again.ok && again.index).toMatchObject(said);
});

test.each([['a lot'], [-1], [null], [Number.NaN]])('a total of %s is none', (total) => {
  const read = indexOf(['model.layers.31.mlp.up_proj.weight'], total);

  expect(read?.index?.totalBytes).toBe(0);
  expect(read?.message).toContain('lists weights in 32 layers.');
});

test("the weights of an index are exact, and what is beside them is the model's", () => {
  const request = { shape: shape('llama-3.1-8b'), format: weightFormat('int4'), tokens: 8192 };
  const exact = { format: 'int4', bytes: 5_730_000_000 };

  const computed = explainInferenceMemory(request);
  const told = explainInferenceMemory({ ...request, weights: { exact } });

  expect(told.perGpu.weights).toBeCloseTo(5_730_000_000, 0);
  expect(told.perGpu.kv).toBe(computed.perGpu.kv);
  expect(told.steps[0]?.formula).toBe('metadata.total_size of the index');
});

test('shares of GPUs sum to the bytes that a file says, in its format alone', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1e9, max: 1e12 }), (bytes) => {
      const [llama, int4, bf16] = [
        shape('mixtral-8x7b'),
        weightFormat('int4'),
        weightFormat('bf16'),
      ];
      const options = { exact: { format: 'int4', bytes } };

      const { outer, layers } = weightLoads(llama, int4, options);
      const sum = [...outer, ...layers.flat()].reduce((all, load) => all + load.bytes, 0);

      expect(sum / bytes).toBeCloseTo(1, 9);
      expect(weightBytes(llama, bf16, options)).toBe(weightBytes(llama, bf16));
    }),
    { numRuns: 20 },
  );
});
