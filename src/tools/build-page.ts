import { copyFileSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const SOURCE = fileURLToPath(new URL('../adapters/web/page/', import.meta.url));

/** Bundles the playground's page into a folder: two scripts, a style and two documents. */
export async function buildPage(target: string): Promise<void> {
  mkdirSync(target, { recursive: true });
  await build({
    entryPoints: {
      page: `${SOURCE}main.ts`,
      gallery: `${SOURCE}gallery.ts`,
      style: `${SOURCE}page.css`,
    },
    outdir: target,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'warning',
  });
  for (const name of ['index.html', 'gallery.html', 'icon.svg']) {
    copyFileSync(`${SOURCE}${name}`, `${target}/${name}`);
  }
}
