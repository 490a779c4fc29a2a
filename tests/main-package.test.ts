import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'warmup-package-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the packed program runs outside of the repository, without its source and the files of authors', () => {
  const packed = execFileSync(
    'npm',
    ['pack', '--ignore-scripts', '--json', '--pack-destination', folder],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const [{ filename, files, size }] = JSON.parse(packed);
  execFileSync('tar', ['-xzf', join(folder, filename), '-C', folder]);
  const installed = join(folder, 'package');
  symlinkSync(resolve('node_modules'), join(installed, 'node_modules'));
  const { bin } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  const run = (...words: string[]) =>
    execFileSync(process.execPath, [join(installed, bin.warmup), ...words], {
      encoding: 'utf8',
      cwd: folder,
    });

  expect(run('vram', 'llama-3.1-8b', '4090')).toContain('Fits on one RTX 4090');
  expect(run('daily')).toContain('Your answer');
  const paths: string[] = files.map(({ path }: { path: string }) => path);
  expect(paths.filter((path) => /^(src|tests|lab|data\/questions)\/|\.map$/.test(path))).toEqual(
    [],
  );
  // 4.8 MB on December 3, 2026: the bank is two thirds of it.
  expect(size).toBeLessThan(6_000_000);
}, 120_000);
