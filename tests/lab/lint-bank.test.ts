import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { z } from 'zod';

const report = z.object({
  findings: z.array(z.object({ level: z.string(), rule: z.string(), id: z.string().optional() })),
});

test('the lint of a chapter grades with its key points and finds only neighbors that share some', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['lab/lint-bank.ts', '--chapter', '5', '--json'],
    { encoding: 'utf8' },
  );

  const { findings } = report.parse(JSON.parse(stdout));
  const shared = findings.filter(({ rule }) => rule === 'other-answer');

  expect(stderr).toBe('');
  expect(findings.filter(({ level }) => level === 'error')).toEqual([]);
  expect(status).toBe(0);
  // Both questions on prefix caching say that only an exact beginning is found again.
  expect(shared).not.toEqual([]);
  expect(shared.filter(({ level, id }) => level !== 'warning' || !id?.startsWith('c5-'))).toEqual(
    [],
  );
});
