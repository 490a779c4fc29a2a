import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (name: string) => readFileSync(name, 'utf8');

/** The files that a path of a document names; `*` stands for any folder. */
function filesOf(path: string): string[] {
  const [before = '', after] = path.split('*');
  if (after === undefined) return existsSync(path) ? [path] : [];
  return readdirSync(before)
    .map((name) => `${before}${name}${after}`)
    .filter((name) => existsSync(name));
}

const pathsIn = (text: string) =>
  [...text.matchAll(/`(tests\/[^`]+)`/g)].map(([, path = '']) => path);

test.each(['docs/reliability.md', 'docs/security.md'])(
  'every test that %s names is there',
  (page) => {
    const paths = pathsIn(read(page));

    expect(paths.length).toBeGreaterThan(5);
    expect(paths.filter((path) => filesOf(path).length === 0)).toEqual([]);
  },
);

test('every variable that makes a test longer is read by a test of its row', () => {
  const rows = read('docs/reliability.md')
    .split('\n')
    .filter((line) => /^\| [A-Z]\d \|/.test(line));
  const unread = rows.flatMap((row) => {
    const tests = pathsIn(row)
      .flatMap(filesOf)
      .filter((path) => path.endsWith('.ts'))
      .map(read)
      .join('\n');
    return [...row.matchAll(/\b([A-Z]+)=\d+/g)].flatMap(([, name = '']) =>
      tests.includes(`process.env['${name}']`) || name === 'SECONDS' ? [] : [`${name} in ${row}`],
    );
  });

  expect(rows.length).toBeGreaterThan(30);
  expect(unread).toEqual([]);
});
