import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

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
