import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';

const entry = z.object({
  version: z.string().optional(),
  license: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  dev: z.boolean().optional(),
  devOptional: z.boolean().optional(),
  gypfile: z.boolean().optional(),
});
const { packages, lockfileVersion } = z
  .object({ lockfileVersion: z.number(), packages: z.record(z.string(), entry) })
  .parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
const ours = z
  .object({
    dependencies: z.record(z.string(), z.string()),
    optionalDependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));

const all = Object.entries(packages).filter(([path]) => path !== '');
const installed = all.filter(([, { dev }]) => !dev);

/** Licenses under which we may ship a package as it is, with its notice. */
const SHIPPED = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  // Files of the package stay under it; ours do not come under it.
  'MPL-2.0',
]);

/** What is only used to build and test, and never shipped, may also be under these. */
const USED = new Set([...SHIPPED, 'CC0-1.0', 'CC BY-SA 4.0', 'WTFPL']);

/** True when one of the licenses that somebody may choose from is among the allowed ones. */
function isAllowed(license: string | undefined, allowed: ReadonlySet<string>): boolean {
  const choices = (license ?? '').replace(/[()]/g, '').split(' OR ');
  return choices.some((choice) => choice.split(' AND ').every((each) => allowed.has(each)));
}

test('every package has a license under which we may ship or use it', () => {
  const refused = (list: typeof all, allowed: ReadonlySet<string>) =>
    list.flatMap(([path, { license }]) =>
      isAllowed(license, allowed) ? [] : [`${path}: ${license}`],
    );

  expect(refused(installed, SHIPPED)).toEqual([]);
  expect(refused(all, USED)).toEqual([]);
  expect(isAllowed('GPL-3.0', USED)).toBe(false);
  expect(isAllowed('(MIT OR GPL-3.0)', SHIPPED)).toBe(true);
  expect(isAllowed('MIT AND GPL-3.0', SHIPPED)).toBe(false);
  expect(isAllowed(undefined, USED)).toBe(false);
});

test('every package is installed as it was when it was chosen, from a registry', () => {
  // Without an address, a package comes from the registry of whoever installs it.
  const isOfRegistry = (address?: string) =>
    address === undefined || /^https:\/\/registry\.npmjs\.org\/.+\.tgz$/.test(address);
  const strange = all.flatMap(([path, { resolved, integrity = '' }]) =>
    isOfRegistry(resolved) && /^sha512-[\w+/]{86}==$/.test(integrity) ? [] : [path],
  );

  expect(lockfileVersion).toBe(3);
  expect(strange).toEqual([]);
});

test('every dependency is one exact version, the one that is locked', () => {
  const wanted = Object.entries({
    ...ours.dependencies,
    ...ours.optionalDependencies,
    ...ours.devDependencies,
  });

  expect(wanted.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  for (const [name, version] of wanted)
    expect(packages[`node_modules/${name}`]?.version, name).toBe(version);
});

test('npm compiles no SQLite: the package brings it', () => {
  // `npm install` drops the line from the lock, and npm before 11 then asks for Python.
  expect(packages['node_modules/better-sqlite3']?.gypfile).toBe(false);
});
