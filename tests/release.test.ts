import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { createHttp } from '../src/http.ts';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

test('the changelog has a dated section for the version, which becomes the release notes', () => {
  const changelog = readFileSync('CHANGELOG.md', 'utf8');

  expect(changelog).toContain('\n## Unreleased\n');
  expect(changelog).toMatch(new RegExp(`\n## \\[${version}\\] - \\d{4}-\\d\\d-\\d\\d\n\n###`));
});

test('the lock file and the package agree on the version', () => {
  expect(JSON.parse(readFileSync('package-lock.json', 'utf8')).version).toBe(version);
});

test('the files of the repository host can be read', () => {
  const files = readdirSync('.github', { recursive: true, encoding: 'utf8' });
  const settings = files.filter((file) => file.endsWith('.yml'));

  for (const file of settings)
    expect(parse(readFileSync(`.github/${file}`, 'utf8')), file).toBeInstanceOf(Object);
  expect(settings.length).toBeGreaterThan(3);
});

test('AGENTS.md stays short, and what it names is there', () => {
  const text = readFileSync('AGENTS.md', 'utf8');
  const named = [...text.matchAll(/`((?:src|tests|lab|data)\/[\w./-]*)`/g)].map(
    ([, path = '']) => path,
  );
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));

  expect(text.split('\n').length).toBeLessThanOrEqual(60);
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
  for (const [, script = ''] of text.matchAll(/^npm run ([\w:-]+)/gm))
    expect(scripts).toHaveProperty([script]);
});

test('workflows run actions by their commit, and say which version that is', () => {
  const files = readdirSync('.github/workflows');
  const uses = files.flatMap((file) =>
    readFileSync(`.github/workflows/${file}`, 'utf8')
      .split('\n')
      .filter((line) => line.includes('uses:')),
  );

  expect(uses.length).toBeGreaterThan(8);
  for (const line of uses)
    expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test('no container of the compose file takes the memory of all others', () => {
  const { services } = parse(readFileSync('compose.yaml', 'utf8'), { merge: true });

  for (const [name, service] of Object.entries<{ mem_limit?: string }>(services))
    expect(service.mem_limit, name).toMatch(/^\d+(m|g)$/);
});

/** The command by which the image tells whether it is healthy, run against a port. */
function healthCheck(port: number): Promise<number | null> {
  const [, list = ''] = /HEALTHCHECK[^[]*(\[.*\])/.exec(readFileSync('Dockerfile', 'utf8')) ?? [];
  const [command = '', ...args]: string[] = JSON.parse(list);
  const child = spawn(command, args, { env: { ...process.env, PORT: String(port) } });
  return new Promise((resolve) => child.on('close', resolve));
}

test('the image is healthy while the process answers', async () => {
  const http = createHttp(async () => ({ isReady: false, parts: [] }));
  const server = await http.listen(0, '127.0.0.1');
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo;

  expect(await healthCheck(port)).toBe(0);
  await http.close();
  expect(await healthCheck(port)).toBe(1);
});
