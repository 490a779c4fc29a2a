import { readCatalog } from '../../catalog.ts';
import { beginDemo } from './begin.ts';
import { draw } from './draw.ts';
import { loadSqlite } from './sqlite.ts';

/** Begins the demo once everything that it needs is fetched. */
export async function startMachine(sqlite: Promise<ArrayBuffer>) {
  await loadSqlite(await sqlite);
  return beginDemo(readCatalog().catalog, {
    draw,
    fileAt: (_, { content, mime }) =>
      URL.createObjectURL(new Blob([new Uint8Array(content)], { type: mime })),
  });
}
