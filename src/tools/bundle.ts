import { readFile, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { build, type Plugin } from 'esbuild';

/**
 * Bundles programs and what they import into a folder beside `src/`: a few files load several times sooner than
 * the eight hundred that they are made of. Each begins with `runtime.ts`, which says what an older Node lacks before
 * anything native is loaded.
 *
 * @param outdir The folder, directly in the project: paths.ts looks for data from there.
 * @param programs The source of each program by its name in the folder, without an ending.
 */
export async function bundle(outdir: string, programs: Record<string, string>): Promise<void> {
  const source = (name: string) => new URL(`../${name}`, import.meta.url).pathname;
  const entries = Object.entries(programs).map(([name, path]) => [`${name}.program`, path]);
  await build({
    entryPoints: {
      ...Object.fromEntries(entries),
      runtime: source('runtime.ts'),
      'files/worker': source('files/worker.js'),
    },
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    sourcemap: true,
    sourcesContent: false,
    // A program keeps its text in memory, comments too, and two bytes a letter once one is not plain ASCII.
    minifyWhitespace: true,
    minifySyntax: true,
    // The licenses of packages stand in node_modules, which is shipped beside.
    legalComments: 'none',
    plugins: [ownSourcesOnly, lazyBuiltins, englishOnly],
    // Compiled code is loaded from its package; the rest is tried by discord.js and ws alone.
    external: ['better-sqlite3', '@resvg/resvg-js', 'zlib-sync', 'bufferutil', 'utf-8-validate'],
    banner: {
      // Packages in the older format ask for Node's modules by this name.
      js: "import { createRequire as requireFor } from 'node:module';const require = requireFor(import.meta.url);",
    },
    logLevel: 'warning',
  });
  for (const name of Object.keys(programs)) {
    const runtime = relative(dirname(name), 'runtime.js').replace(/^(?!\.)/, './');
    const program = `#!/usr/bin/env node\nimport '${runtime}';\nawait import('./${basename(name)}.program.js');\n`;
    await writeFile(join(outdir, `${name}.js`), program);
  }
}

/** Where the code of packages comes from is told by the file alone: their lines would make the maps ten times as large. */
const ownSourcesOnly: Plugin = {
  name: 'own-sources-only',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules.*\.[cm]?js$/ }, async ({ path }) => {
      const map = JSON.stringify({ version: 3, sources: [basename(path)], mappings: 'AAAA' });
      const link = `data:application/json;base64,${Buffer.from(map).toString('base64')}`;
      return { contents: `${await readFile(path, 'utf8')}\n//# sourceMappingURL=${link}` };
    });
  },
};

/**
 * Node reads every part of a module of its own that is imported, those too that it would load at their first use: with
 * `node:http` a whole fetch comes along, about 35 ms of a start. What is required stays lazy.
 */
const lazyBuiltins: Plugin = {
  name: 'lazy-builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?[a-z_]+(\/[a-z]+)?$/ }, ({ path, kind }) =>
      kind === 'import-statement' && isBuiltin(path) ? { path, namespace: 'builtin' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = require('${path}');`,
    }));
  },
};

/** Zod exports its messages in fifty languages, more than half of its code, and uses those in English. */
const englishOnly: Plugin = {
  name: 'english-only',
  setup({ onLoad }) {
    onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    }));
  },
};
