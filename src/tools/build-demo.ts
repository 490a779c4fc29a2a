import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { Change } from '../adapters/web/protocol.ts';
import { readCatalog } from '../catalog.ts';
import { type Begun, beginDemo } from '../demo/static/begin.ts';
import { FILES } from '../demo/static/file-names.ts';
import { BUILT_BANK } from '../paths.ts';
import { englishOnly } from './bundle.ts';

/** Builds the static demo: a folder of files that any file server serves, with the machine in the page. */

const source = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const PAGE = source('adapters/web/page/');
const STATIC = source('demo/static/');

/** All that the page has of its own; every other module is the server's. */
export const REPLACED: Record<string, string> = {
  'better-sqlite3': 'sqlite.ts',
  'node:*': 'node.ts',
  'files/files.ts': 'files.ts',
  'adapters/web/page/talk.ts': 'talk.ts',
};

const replacing: Plugin = {
  name: 'replacing',
  setup({ onResolve, resolve }) {
    const mine = (name: string) => ({ path: `${STATIC}${REPLACED[name]}` });
    onResolve({ filter: /^better-sqlite3$/ }, () => mine('better-sqlite3'));
    onResolve({ filter: /^node:/ }, () => mine('node:*'));
    onResolve({ filter: /(^|\/)(files\/files|talk)\.ts$/ }, async ({ path, ...from }) => {
      if (from.pluginData === 'found' || from.importer.startsWith(STATIC)) return undefined;
      const found = await resolve(path, { ...from, pluginData: 'found' });
      const name = found.path.replace(source(''), '');
      return name in REPLACED ? mine(name) : found;
    });
  },
};

/** Writes the demo into a folder. */
export async function buildDemo(target: string): Promise<void> {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  await build({
    entryPoints: { page: `${PAGE}main.ts`, style: `${PAGE}page.css` },
    outdir: target,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['browser'],
    inject: [`${STATIC}globals.ts`],
    plugins: [replacing, englishOnly],
    legalComments: 'none',
    logLevel: 'warning',
  });
  const { resolve } = createRequire(import.meta.url);
  const from = (name: string) => resolve(`sql.js/dist/${name}`);
  copyFileSync(from('sql-wasm-browser.wasm'), `${target}/sqlite.wasm`);
  copyFileSync(`${PAGE}icon.svg`, `${target}/icon.svg`);
  for (const [name, path] of Object.entries(FILES)) copyFileSync(path, `${target}/${name}`);
  writeFileSync(`${target}/bank.json`, withoutReviews(readFileSync(BUILT_BANK, 'utf8')));
  const html = readFileSync(`${PAGE}index.html`, 'utf8').replaceAll('/assets/', '');
  writeFileSync(`${target}/index.html`, html.replace('<title>', `${POLICY}\n    <title>`));
  writeFileSync(`${target}/begin.json`, JSON.stringify(await playBegin()));
  writeWorker(target);
}

/** Plays the session of every page up to its first question, and on to what each option leads to. */
export async function playBegin(): Promise<Begun> {
  const { catalog } = readCatalog();
  const begin = () => beginDemo(catalog, { draw: async () => undefined });
  const session = await begin();
  const all = session.snapshot();
  await session.stop();
  const taps: Begun['taps'] = {};
  const asked = all.messages.at(-1);
  for (const [, id = ''] of JSON.stringify(asked).matchAll(/"custom_id":"([^"]* choice:[^"]*)"/g)) {
    const tapped = await begin();
    const changes: Change[] = [];
    const stopListening = tapped.listen((change) => changes.push(change));
    const gesture = { kind: 'press', look: 'discord', id } as const;
    const said = { delivery: 'tap', account: 'web:you', place: 'daily', gesture };
    const outcome = await tapped.say({ ...said, ...(asked ? { message: asked.id } : {}) });
    stopListening();
    await tapped.settle();
    taps[id] = { changes, outcome: outcome ?? { kind: 'nothing' } };
    await tapped.stop();
  }
  return { first: { kind: 'all', all }, taps };
}

/** What a host can't say for the page: it speaks to nobody but its own folder. */
const POLICY = `<meta http-equiv="content-security-policy" content="default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'" />`;

/** Who reviewed a question is for authors, and a hundredth of the whole. */
const withoutReviews = (bank: string) =>
  JSON.stringify(JSON.parse(bank), (key, value) => (key === 'reviewed' ? undefined : value));

/** The service worker knows every file, and by their hash whether any has changed. */
function writeWorker(target: string): void {
  const names = readdirSync(target).sort();
  const hash = createHash('sha256');
  for (const name of names) hash.update(readFileSync(`${target}/${name}`));
  const list = ['./', ...names.filter((name) => name !== 'index.html')];
  const known = JSON.stringify([hash.digest('hex').slice(0, 16), list]);
  const worker = readFileSync(`${STATIC}offline.js`, 'utf8').replace('__FILES__', known);
  writeFileSync(`${target}/offline.js`, worker);
}

if (import.meta.main) await buildDemo(fileURLToPath(new URL('../../dist/demo', import.meta.url)));
