import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { zipSync } from 'fflate';
import { afterAll, expect, test } from 'vitest';
import { createFiles } from '../../src/files/files.ts';
import { UserError } from '../../src/spine/errors.ts';
import type { Content } from '../../src/spine/files.ts';
import { hasSmallSchema } from '../../src/store/small-schema.ts';
import { singleItem } from '../support/items.ts';
import { startProgram } from '../support/process.ts';

const folder = mkdtempSync(join(tmpdir(), 'warmup-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

const workOnFile = createFiles();
const questions = (name: string, content: Content) => ({
  kind: 'questions' as const,
  name,
  content,
  isDeck: name.endsWith('.apkg'),
  most: 2_000,
});
const honest = questions('honest.json', JSON.stringify([singleItem('own-a')]));

/** Each line one level deeper than the line before. */
const staircase = Array.from({ length: 3_000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n');

const NESTED: [name: string, text: string][] = [
  ['20,000 brackets', `- ${'['.repeat(20_000)}`],
  ['200,000 brackets', `- ${'['.repeat(200_000)}`],
  ['braces in brackets', '[{a: '.repeat(5_000)],
  ['closed brackets', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
  ['lists in one line', '- '.repeat(10_000)],
  ['questions in one line', '? '.repeat(10_000)],
  ['a staircase', staircase],
  ['brackets that text seems to close', '[ "]", '.repeat(10_000)],
];

test('files that are nested too deeply are refused, many in one process, and it goes on', async () => {
  const program = startProgram({});
  for (const [index, [, text]] of NESTED.entries()) {
    const path = join(folder, `${index}.yaml`);
    writeFileSync(path, text);
    program.child.stdin?.write(`question import file:${path}\n`);
  }
  program.child.stdin?.end('gpus\n');

  expect(await program.ended).toBe(0);
  expect(program.output().match(/is nested too deeply to read/g)).toHaveLength(NESTED.length);
  expect(program.output()).toContain('`h200`');
});

/** Every page of the list of tables points forty times to the next one. */
function endlessDatabase(): Uint8Array {
  const [pageBytes, pages, cells] = [512, 15, 40];
  const file = new Uint8Array(pageBytes * pages);
  const view = new DataView(file.buffer);
  file.set(new TextEncoder().encode('SQLite format 3\0'));
  view.setUint16(16, pageBytes);
  file.set([1, 1, 0, 64, 32, 32], 18);
  view.setUint32(28, pages);
  for (let page = 1; page < pages; page += 1) {
    const start = (page - 1) * pageBytes;
    const head = page === 1 ? 100 : start;
    view.setUint8(head, 5);
    view.setUint16(head + 3, cells);
    view.setUint32(head + 8, page + 1);
    for (let cell = 0; cell < cells; cell += 1) {
      view.setUint16(head + 12 + 2 * cell, 500);
      view.setUint32(start + 500, page + 1);
    }
  }
  return file;
}

const BROKEN: [name: string, work: ReturnType<typeof questions>][] = [
  ['10 MB of rows', questions('a.csv', `id,format,prompt\n${'a,b,c\n'.repeat(1_700_000)}`)],
  ['5 million empty lines', questions('a.csv', `id,format,prompt\n${'\n'.repeat(4_900_000)}a,b,c`)],
  ['a million rows', questions('a.csv', `id,format,prompt\n${'a,b,c\n'.repeat(800_000)}`)],
  ['a row of a million cells', questions('a.csv', `id,format,prompt\n${','.repeat(1_000_000)}`)],
  ['one cell of 4 MB', questions('a.csv', `id,format,prompt\na,b,${'x|'.repeat(2_000_000)}`)],
  ['backslashes', questions('a.csv', `id,format,options\na,single,${'\\'.repeat(400_000)}`)],
  ['quotes never closed', questions('a.csv', `id,format,prompt\na,b,"${'""'.repeat(2_000_000)}`)],
  ['a flat list', questions('a.yaml', `[${'a,'.repeat(2_000_000)}]`)],
  ['errors', questions('a.yaml', '- "a" b\n'.repeat(50_000))],
  [
    'laughs',
    questions(
      'a.yaml',
      Array.from({ length: 30 }, (_, at) => `- &a${at} [*a${at - 1}, *a${at - 1}]`).join('\n'),
    ),
  ],
  ['an Anki field', questions('a.txt', `#separator:tab\nx\ty\t${'{"a":'.repeat(400_000)}`)],
  ['bytes that are no text', questions('a.yaml', new Uint8Array(1_000_000).fill(255))],
  [
    'a zip bomb',
    questions('a.apkg', zipSync({ 'collection.anki2': [new Uint8Array(2 ** 26), { level: 1 }] })),
  ],
  [
    'a database without an end',
    questions('a.apkg', zipSync({ 'collection.anki2': endlessDatabase() })),
  ],
];

/** Bytes of the heap that are held: what is only not collected yet is no fault of a file. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect: NodeJS.GCFunction = runInNewContext('gc');
  collect();
  return process.memoryUsage().heapUsed;
}

test.each(BROKEN)('%s: refused in words, and nobody waits 250 ms meanwhile', async (_, work) => {
  await workOnFile(honest, 'ana');
  const before = heldBytes();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();

  const problem = await workOnFile(work, 'ana').then(
    ({ problems }) => problems[0]?.message,
    (error: unknown) => error instanceof UserError && error.message,
  );

  expect(problem).toBeTypeOf('string');
  expect(delay.max / 1e6).toBeLessThan(250);
  expect(heldBytes() - before).toBeLessThan(32 * 1024 * 1024);
});

test('a database without an end is not even opened', () => {
  expect(hasSmallSchema(endlessDatabase())).toBe(false);
});

test('a config.json that is nested too deeply is refused', async () => {
  const content = `{"a":`.repeat(100_000);

  const read = await workOnFile({ kind: 'config', content }, 'ana');

  expect(read.ok ? '' : read.message).toContain('nested more than 50 levels');
});

test('a file that takes too long is given up in words, and the next one is read', async () => {
  const impatient = createFiles({ deadlineMs: 1 });
  const slow = questions('slow.yaml', '- {a: b}\n'.repeat(50_000));

  await expect(impatient(slow, 'ana')).rejects.toThrow(/takes too long to read/);
  await expect(impatient(slow, 'ana')).rejects.toThrow(/takes too long to read/);
});

test('a file that takes too much memory is given up in words, and the next one is read', async () => {
  const small = createFiles({ heapMb: 48 });
  const large = questions('large.yaml', '- {a: b}\n'.repeat(60_000));

  await expect(small(large, 'ana')).rejects.toThrow(/takes too much memory/);
  expect((await small(honest, 'ana')).questions).toHaveLength(1);
});

test('one person has few files waiting, and all together not many', async () => {
  const files = createFiles();
  const sent = Array.from({ length: 3 }, () => files(honest, 'ana'));
  const others = Array.from({ length: 19 }, (_, at) => files(honest, `person ${at}`));

  const outcomes = await Promise.allSettled([...sent, ...others]);

  const said = outcomes.flatMap((each) =>
    each.status === 'rejected' ? [String(each.reason)] : [],
  );
  expect(said).toEqual([
    expect.stringContaining("I'm still working on your last files"),
    expect.stringContaining("I'm busy with other people's files"),
  ]);
});
