import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../src');

type Import = { file: string; from: string; isTypeOnly: boolean; isLazy: boolean };

const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replaceAll('\\', '/'));

const text = new Map(files.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]));

/** The code of a file without its comments. */
const codeOf = (file: string) => (text.get(file) ?? '').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

function importsOf(file: string): Import[] {
  const source = text.get(file) ?? '';
  const pattern =
    /^(?:import|export)\s+(type\s+)?(?:[\w*{][^;]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)/gms;
  return [...source.matchAll(pattern)].map((match) => ({
    file,
    from: match[2] ?? match[3] ?? '',
    isTypeOnly: match[1] !== undefined,
    isLazy: match[3] !== undefined,
  }));
}

const imports = files.flatMap(importsOf);

/** The part of the tree that a path belongs to: its first folder, or its own name at the top. */
function areaOf(path: string): string {
  return path.includes('/') ? (path.split('/')[0] ?? '') : path;
}

/** The path of an imported file of ours; a package has none and keeps its name. */
function target({ file, from }: Import): string {
  if (!from.startsWith('.')) return from;
  return relative(ROOT, resolve(ROOT, dirname(file), from)).replaceAll('\\', '/');
}

/** All that is loaded at run time with the files of a folder: files of ours, and packages. */
function loadedWith(folder: string, isWanted: (each: Import) => boolean = () => true): string[] {
  const loaded = new Set(files.filter((file) => file.startsWith(folder)));
  for (const file of loaded)
    for (const each of importsOf(file))
      if (!each.isTypeOnly && isWanted(each)) loaded.add(target(each));
  return [...loaded];
}

test('arguments are looked at before any package is loaded', () => {
  const loaded = loadedWith('main.ts', ({ isLazy }) => !isLazy);

  expect(loaded.filter((each) => !files.includes(each) && !each.startsWith('node:'))).toEqual([]);
});

/** What each part may import, folders and single files; `type:` allows types alone. */
const ALLOWED: Record<string, string[]> = {
  core: [],
  // The stored form of a message is the spine's plain data, so the schema names its types.
  store: ['core', 'type:spine', 'spine/health.ts', 'paths.ts', 'type:queries.ts'],
  examiner: ['core'],
  // A deck of Anki holds a SQLite database, which the store alone reads and writes.
  files: ['core', 'spine/errors.ts', 'type:spine', 'store/database-file.ts', 'paths.ts'],
  spine: ['core', 'type:store', 'type:queries.ts'],
  session: ['core', 'spine', 'type:store', 'type:queries.ts'],
  features: ['core', 'spine', 'session', 'type:store', 'type:queries.ts'],
  pictures: ['type:spine', 'core', 'paths.ts'],
  // The terminal writes times itself, where other platforms are sent an instant.
  adapters: ['spine', 'pictures', 'type:core', 'core/time.ts'],
  // What comes due and what follows a sending knows every feature, as app.ts does.
  jobs: ['core', 'spine', 'features', 'type:store', 'type:queries.ts'],
};

/** What still runs upwards, each with the files that do; nothing may be added. */
const UPWARDS: Record<string, string[]> = {
  // The store opens with all queries on it.
  'queries.ts': ['store/sqlite.ts', 'store/postgres.ts'],
  // The lists of models, cards and formats that options complete from.
  'features/estimates/suggestions.ts': ['spine/suggest.ts'],
  // The terminal shows one question after another, and hints at what may be typed there.
  'session/question-card.ts': ['adapters/terminal/asking.ts'],
  'features/interview/labels.ts': ['adapters/terminal/typed.ts'],
  // A new post is sent in the step that made it.
  'jobs/sending/outbox.ts': ['features/daily/jobs/post.ts'],
  'jobs/sending/sending.ts': ['features/daily/jobs/post.ts'],
};

/** Queries of a feature are part of the store: they alone run what it is made of. */
const isQuery = (file: string) => /^features\/\w+\/queries\//.test(file);

/** Facts and words of `data/` that code is made of, as JSON; whatever else is there is read by `catalog.ts`. */
const isFacts = (each: Import) =>
  /^(core|spine|features)$/.test(areaOf(each.file)) &&
  /^\.\.\/data\/[a-z-]+\.json$/.test(target(each));

function mayImport(each: Import): boolean {
  if (isFacts(each)) return true;
  const area = areaOf(each.file);
  const allowed = ALLOWED[area];
  const path = target(each);
  const to = areaOf(path);
  if (!allowed || to === area || allowed.includes(path)) return true;
  if (UPWARDS[path]?.includes(each.file)) return true;
  if (isQuery(each.file) && to === 'store') return true;
  return allowed.includes(to) || (each.isTypeOnly && allowed.includes(`type:${to}`));
}

test('folders import only what they may', () => {
  const wrong = imports
    .filter((each) => each.from.startsWith('.') && !mayImport(each))
    .map(({ file, from }) => `${file} imports ${from}`);

  expect(wrong).toEqual([]);
});

test('what runs upwards is still there', () => {
  const named = Object.entries(UPWARDS).flatMap(([path, froms]) =>
    froms.map((file) => `${file} ${path}`),
  );
  const there = new Set(imports.map((each) => `${each.file} ${target(each)}`));

  expect(named.filter((each) => !there.has(each))).toEqual([]);
});

/** What features may know of each other. */
const FEATURES: Record<string, string[]> = {
  bank: [],
  estimates: [],
  daily: ['bank', 'interview'],
  interview: ['daily', 'peers'],
  live: ['daily', 'practice'],
  peers: [],
  practice: ['interview'],
  team: ['daily', 'interview', 'live', 'peers', 'practice'],
};

/** The feature that a file belongs to, if any. */
const featureOf = (path: string) => /^features\/([^/]+)\//.exec(path)?.[1];

test('features know each other only where that is named', () => {
  const wrong = imports
    .filter(({ file, from }) => featureOf(file) && from.startsWith('.'))
    .filter((each) => {
      const feature = featureOf(each.file) ?? '';
      const other = featureOf(target(each));
      return other && other !== feature && !FEATURES[feature]?.includes(other);
    })
    .map(({ file, from }) => `${file} imports ${from}`);

  expect(wrong).toEqual([]);
});

/** Folders whose files would be too many to look through. */
const MAX_FILES = 27;

test('a folder can be looked through', () => {
  const counts = new Map<string, number>();
  for (const file of files) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);

  expect([...counts].filter(([, count]) => count > MAX_FILES)).toEqual([]);
});

test('no more than two files import each other in a circle', () => {
  const targets = new Map(
    files.map((file) => [
      file,
      importsOf(file)
        .map(target)
        .filter((each) => text.has(each)),
    ]),
  );
  const reached = (from: string) => {
    const seen = new Set<string>();
    const go = (file: string) => {
      for (const each of targets.get(file) ?? []) {
        if (seen.has(each)) continue;
        seen.add(each);
        go(each);
      }
    };
    go(from);
    return seen;
  };
  const reach = new Map(files.map((file) => [file, reached(file)]));
  const circles = files
    .map((file) => files.filter((each) => reach.get(file)?.has(each) && reach.get(each)?.has(file)))
    .filter((circle) => circle.length > 2);

  expect(circles).toEqual([]);
});

test('tests lie in folders of the source, but for what plays the whole', () => {
  const whole = /^(browser|faults|scenarios|support)(\/|$)/;
  const folderOf = (file: string) => dirname(file.replaceAll('\\', '/'));
  const lab = readdirSync(resolve(ROOT, '../lab'), { recursive: true, encoding: 'utf8' });
  const sources = new Set([...files.map(folderOf), ...lab.map((file) => folderOf(`lab/${file}`))]);
  const folders = readdirSync(resolve(ROOT, '.'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map(folderOf);

  expect(
    [...new Set(folders)].filter(
      (folder) =>
        folder !== '.' &&
        !whole.test(folder) &&
        ![...sources].some((each) => `${each}/`.startsWith(`${folder}/`)),
    ),
  ).toEqual([]);
});

test('adapters know no other adapter, but the web shows what Discord and Slack would', () => {
  const wrong = imports
    .filter(({ file, from }) => file.startsWith('adapters/') && from.startsWith('.'))
    .filter((each) => {
      const [, mine] = each.file.split('/');
      const path = target(each);
      const [area, theirs] = path.split('/');
      if (area !== 'adapters' || theirs === mine) return false;
      return mine !== 'web' || !['discord', 'slack'].includes(theirs ?? '');
    })
    .map(({ file, from }) => `${file} imports ${from}`);

  expect(wrong).toEqual([]);
});

test('the web shows Discord and Slack without their SDKs', () => {
  const packages = loadedWith('adapters/web/').filter((each) => !files.includes(each));

  expect(packages.filter((name) => /^(discord|@slack)/.test(name))).toEqual([]);
  expect(packages).toContain('hono');
});

test('the page in the browser is drawn by the web alone, and loads no package', () => {
  const page = 'adapters/web/page/';
  const own = /^adapters\/web\/(page|render)\/|^adapters\/web\/protocol\.ts$/;
  const wrong = imports
    .filter((each) => each.file.startsWith(page) && !own.test(target(each)))
    .map(({ file, from }) => `${file} imports ${from}`);

  expect(wrong).toEqual([]);
  expect(loadedWith(page).filter((each) => !files.includes(each))).toEqual([]);
});

test.each([
  ['discord.js', /^adapters\/discord\//],
  ['@slack/', /^adapters\/slack\//],
  ['hono', /^adapters\/web\//],
  ['@modelcontextprotocol/', /^adapters\/mcp\//],
  ['zod', /^config\.ts$|^(core|spine|session|features|examiner)\//],
  ['drizzle-orm', /^store\/|^features\/\w+\/queries\//],
  ['better-sqlite3', /^store\//],
  ['@noble/', /^core\//],
  ['fflate', /^files\//],
  ['pino', /^log\.ts$/],
  ['prom-client', /^metrics\.ts$/],
  ['node-cron', /^serve\.ts$/],
])('%s stays in its place', (name, place) => {
  const wrong = imports
    .filter(({ from }) => from === name || from.startsWith(name.endsWith('/') ? name : `${name}/`))
    // Types of a library cost nothing at run time, and the tools may describe what it is given.
    .filter(({ file, isTypeOnly }) => !place.test(file) && !isTypeOnly)
    .map(({ file }) => file);

  expect(wrong).toEqual([]);
});

test('only serve.ts, config.ts and tools read the clock, chance and the environment', () => {
  const wrong = files
    .filter((file) => !/^(serve|config)\.ts$|^tools\/|^adapters\/web\/page\//.test(file))
    .flatMap((file) => {
      const found = codeOf(file).matchAll(
        /new Date\(\)|Date\.now\(\)|Math\.random\(\)|process\.env/g,
      );
      return [...found].map(([each]) => `${file}: ${each}`);
    });

  expect(wrong).toEqual([]);
});

test.each([
  // What differs between platforms is a fact that an adapter tells; `PlatformName` itself is a type.
  [
    'a platform by its name',
    /'(?:discord|slack|terminal|web)'|^\s*(?:discord|slack|terminal|web):/gm,
    /^adapters\/|^demo\/|^tools\/|^serve\.ts$|^spine\/request\.ts$/,
  ],
  ['a code of SQLite', /SQLITE_\w*/g, /^store\//],
])('only its own place knows %s', (_, pattern, place) => {
  const wrong = files
    .filter((file) => !place.test(file))
    .flatMap((file) => [...codeOf(file).matchAll(pattern)].map(([found]) => `${file}: ${found}`));

  expect(wrong).toEqual([]);
});

test('config, catalog, log and metrics are read by what wires them alone', () => {
  const wrong = imports
    .filter(
      (each) =>
        each.from.startsWith('.') && /^(config|catalog|log|metrics)\.ts$/.test(target(each)),
    )
    .filter(
      ({ file, isTypeOnly }) =>
        !/^(main|serve|assemble)\.ts$|^(demo|tools)\//.test(file) &&
        !(isTypeOnly && file === 'log.ts'),
    )
    .map(({ file, from }) => `${file} imports ${from}`);

  expect(wrong).toEqual([]);
});

test('what runs knows no tool and nothing of lab', () => {
  const wrong = imports
    .filter((each) => !each.file.startsWith('tools/') && /^tools\/|^\.\.\//.test(target(each)))
    .filter((each) => !isFacts(each))
    .map(({ file, from }) => `${file} imports ${from}`);

  expect(wrong).toEqual([]);
});

test('core is pure: no files, no network, no process', () => {
  const wrong = imports
    .filter(({ file, from }) => file.startsWith('core/') && from.startsWith('node:'))
    .map(({ file, from }) => `${file} imports ${from}`);

  expect(wrong).toEqual([]);
});
