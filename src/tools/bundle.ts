import { build } from 'esbuild';

/**
 * Bundles programs and what they import into a folder beside `src/`: a few files load several times sooner than
 * the eight hundred that they are made of.
 *
 * @param outdir The folder, directly in the project: paths.ts looks for data from there.
 * @param programs The source of each program by its name in the folder, without an ending.
 */
export async function bundle(outdir: string, programs: Record<string, string>): Promise<void> {
  const worker = new URL('../files/worker.js', import.meta.url).pathname;
  await build({
    entryPoints: { ...programs, 'files/worker': worker },
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: true,
    sourcesContent: false,
    // Compiled code is loaded from its package; the rest is tried by discord.js, ws and the worker alone.
    external: [
      'better-sqlite3',
      '@resvg/resvg-js',
      'zlib-sync',
      'bufferutil',
      'utf-8-validate',
      'tsx',
    ],
    banner: {
      // Packages in the older format ask for Node's modules by this name.
      js: "import { createRequire as requireFor } from 'node:module';const require = requireFor(import.meta.url);",
    },
    logLevel: 'warning',
  });
}
