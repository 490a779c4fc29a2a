import { expect, test } from 'vitest';
import { isLocal, nameOf, parseEndpoint } from '../../src/examiner/endpoint.ts';

test.each([
  ['ollama/qwen3:8b', 'ollama', 'http://localhost:11434/v1', 'qwen3:8b'],
  ['openai/gpt-5-mini', 'openai', 'https://api.openai.com/v1', 'gpt-5-mini'],
  ['vllm@http://gpu-box:8000', 'vllm', 'http://gpu-box:8000/v1', undefined],
  ['vllm/Qwen/Qwen3-8B@http://gpu-box:8000/v1/', 'vllm', 'http://gpu-box:8000/v1', 'Qwen/Qwen3-8B'],
  ['ollama/llama3.3@http://10.0.0.2:11434', 'ollama', 'http://10.0.0.2:11434/v1', 'llama3.3'],
  [
    'llama-3.3-70b@https://api.groq.com/openai/v1',
    'url',
    'https://api.groq.com/openai/v1',
    'llama-3.3-70b',
  ],
  ['Qwen/Qwen3-8B@http://host:1/v1', 'url', 'http://host:1/v1', 'Qwen/Qwen3-8B'],
  ['http://localhost:1234/v1/chat/completions', 'url', 'http://localhost:1234/v1', undefined],
])('%s is read', (text, kind, url, model) => {
  expect(parseEndpoint(text)).toEqual({ kind, url, ...(model ? { model } : {}) });
});

test.each([
  ['qwen3:8b', /doesn't say where "qwen3:8b" runs/],
  ['ollama', /needs the name of a model, like ollama\/MODEL/],
  ['vllm', /needs the name of a model/],
  ['lmstudio/qwen3', /names "lmstudio", which I don't know/],
  ['x@http://me:secret@host/v1', /must not hold a password/],
  ['x@http://', /address that isn't a URL/],
])('%s is refused with what to write', (text, problem) => {
  expect(parseEndpoint(text)).toEqual({ problem: expect.stringMatching(problem) });
});

test.each([
  ['http://localhost:11434/v1', true],
  ['http://127.0.0.1:1/v1', true],
  ['http://[::1]:1/v1', true],
  ['https://localhost.example.com/v1', false],
  ['http://10.0.0.2:11434/v1', false],
])('%s is on this machine: %s', (url, isHere) => {
  expect(isLocal({ url })).toBe(isHere);
});

test('its name is the model and the host, without what stands in the path', () => {
  expect(nameOf({ kind: 'url', url: 'https://host:1/secret/v1', model: 'm' })).toBe('m at host');
});
