import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type Behavior, fakeEndpoint, says } from '../support/endpoint.ts';

const folder = mkdtempSync(join(tmpdir(), 'warmup-examiner-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a tool as an operator types it. */
const run = (tool: string, url: string, ...args: string[]) =>
  new Promise<{ code: number; said: string }>((resolve) => {
    const env = {
      PATH: process.env['PATH'],
      DATABASE_URL: `file:${join(folder, 'warmup.db')}`,
      EXAMINER: `judge@${url}`,
    };
    execFile(process.execPath, [`dist/tools/${tool}.js`, ...args], { env }, (error, out) =>
      resolve({ code: Number(error?.code ?? 0), said: out }),
    );
  });

/** Has heard nothing, ever. */
const harsh: Behavior = ({ messages }) => {
  const prompt = messages[1]?.content ?? '';
  const [points = ''] = /(?<=Key points:\n)[\s\S]*?(?=\n\n)/.exec(prompt) ?? [];
  const ids = [...points.matchAll(/^- ([\w-]+):/gm)].map(([, id]) => id);
  return says({
    points: ids.map((id) => ({ id, verdict: 'not', quote: '' })),
    wrong: [],
    followUp: { about: '', ask: '' },
  });
};

test('the doctor asks the examiner one question, and the card says that a harsh one is below the floor', async () => {
  const { url } = await fakeEndpoint(harsh);

  const before = await run('doctor', url);
  const card = await run('examiner-card', url, '--price', '1,2');
  const after = await run('doctor', url);

  expect(before.said).toMatch(
    /✗ judge at 127\.0\.0\.1 read an answer in [\d.]+ s, with 900 tokens in and 100 out, and gave it 0% \(labeled 100%\)\. Answers stay on this machine\./,
  );
  expect(before.said).toContain('Not measured yet. Run npm run examiner:card');
  expect(card.code).toBe(1);
  expect(card.said).toMatch(/^Judge card of judge at 127\.0\.0\.1, prompt version \d+$/m);
  expect(card.said).toContain('$1.10 for 1,000 answers');
  expect(card.said).toContain('Below the floor: agreement with the labels is κ 0.00, not 0.6.');
  expect(after.said).toContain('✗ Below the floor');
});

test('an endpoint that is not there is named, without a stack trace', async () => {
  const { code, said } = await run('doctor', 'http://127.0.0.1:9/v1');

  expect(code).toBe(1);
  expect(said).toMatch(
    /✗ judge at 127\.0\.0\.1 gave no verdict in [\d.]+ s: the examiner could not be reached\.$/m,
  );
  expect(said).not.toMatch(/\n\s+at /);
});
