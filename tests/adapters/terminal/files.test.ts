import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { attachmentAt, takeFile } from '../../../src/adapters/terminal/files.ts';
import { COMMANDS } from '../../../src/commands.ts';
import { createTerminalSession } from '../../support/terminal/session.ts';
import { createWorld } from '../../support/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'warmup-files-'));
const path = join(folder, 'config.json');
writeFileSync(
  path,
  JSON.stringify({
    model_type: 'llama',
    hidden_size: 2048,
    intermediate_size: 5632,
    num_attention_heads: 32,
    num_key_value_heads: 4,
    num_hidden_layers: 22,
    vocab_size: 32_000,
    max_position_embeddings: 2048,
  }),
);
const large = join(folder, 'large.json');
writeFileSync(large, '');
truncateSync(large, 11 * 1024 ** 2);

afterAll(() => rmSync(folder, { recursive: true }));

const createSession = () => createTerminalSession(createWorld());

test.each([
  [`vram file:${path} 4090`, 'vram  4090'],
  [`vram --file ${path} 4090`, 'vram  4090'],
  [`vram 4090 ${path}`, 'vram 4090  '],
])('the path is taken out of %s', (line, text) => {
  const taken = takeFile(line, COMMANDS);

  expect(taken.text).toBe(text);
  expect(taken.file?.name).toBe('config.json');
});

test('a command without a file keeps its words, and so does a path that is none', () => {
  expect(takeFile(`search ${path}`, COMMANDS)).toEqual({ text: `search ${path}` });
  expect(takeFile('vram nowhere.json 4090', COMMANDS)).toEqual({ text: 'vram nowhere.json 4090' });
});

test('a file that is missing or too large is told in words', async () => {
  const { terminal, lines } = createSession();

  await terminal.line('vram file:/nowhere/config.json 4090');
  await terminal.line(`vram file:${large} 4090`);

  expect(lines).toEqual([
    'I can\'t find the file "/nowhere/config.json".',
    '"large.json" is larger than 10 MB. Attach a smaller file.',
  ]);
});

test('a form asks again for a file that is not there', async () => {
  const { terminal, lines } = createSession();

  await terminal.line('question import');
  await terminal.line('/nowhere/questions.yaml');

  expect(lines.slice(-2)).toEqual(['I can\'t find the file "/nowhere/questions.yaml".', lines[1]]);
});

test('a file is read when it is asked for, as text or as bytes', async () => {
  const file = attachmentAt(path);

  expect(JSON.parse(await file.text())).toMatchObject({ model_type: 'llama' });
  expect((await file.content?.())?.byteLength).toBe(file.bytes);
});

test('a config.json is estimated by its path', async () => {
  const { terminal, lines } = createSession();

  await terminal.line(`vram ${path} 3060`);

  expect(lines.join('\n')).toContain('Needs 3.19 GiB. Fits on one RTX 3060 12GB');
});

test('an answer is printed as one JSON object, and an error too', async () => {
  const { terminal, lines } = createSession();

  expect(await terminal.json('vram llama 8b 4090')).toBe(true);
  expect(await terminal.json('vram lama')).toBe(false);
  expect(await terminal.json('vram')).toBe(false);
  expect(await terminal.json('vram file:/nowhere')).toBe(false);
  expect(await terminal.json('help vram')).toBe(true);

  const [estimate, unknown, nothing, missing, help] = lines.map((line) => JSON.parse(line));
  expect(estimate).toMatchObject({ model: 'llama-3.1-8b', fits: true });
  expect(unknown.error).toContain(`I don't know the model "lama"`);
  expect(nothing.error).toContain('Still needed: Model');
  expect(missing.error).toContain("I can't find the file");
  expect(help.text).toContain('Estimate the GPU memory of a model');
});

test.each([
  'vram',
  'kv',
  'fit',
  'compare',
  'latency',
  'cost',
  'plan',
  'lora',
  'train',
  'speculate',
  'models',
  'gpus',
])('the example of %s has data that survive JSON', async (name) => {
  const { terminal, lines } = createSession();
  const example = COMMANDS.find((command) => command.name === name)?.example ?? '';

  expect(await terminal.json(example)).toBe(true);

  const [line = ''] = lines;
  expect(Object.keys(JSON.parse(line)).length).toBeGreaterThan(1);
  expect(line).not.toContain(':null,"why"');
});
