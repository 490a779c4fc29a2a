import { readCatalog } from '../../catalog.ts';
import { BUILT_BANK, BUILT_DATABASE, DATA } from '../../paths.ts';
import { beginDemo } from './begin.ts';
import { draw } from './draw.ts';
import { addFile } from './node.ts';
import { loadSqlite } from './sqlite.ts';

/** What the machine reads, by its name in the folder of the demo. */
const FILES: Record<string, string> = {
  'bank.json': BUILT_BANK,
  'empty.db': BUILT_DATABASE,
  'lexicon.json': BUILT_BANK.replace('bank', 'lexicon'),
  'thesaurus.json': `${DATA}thesaurus.json`,
  'field-words.json': `${DATA}grading/field-words.json`,
  'heard.json': `${DATA}grading/heard.json`,
  'weights.json': `${DATA}grading/weights.json`,
};

const fetched = async (name: string) => (await fetch(name)).arrayBuffer();

/** Fetches all that it needs, and begins the demo. */
export async function startMachine() {
  await Promise.all([
    fetched('sqlite.wasm').then(loadSqlite),
    ...Object.entries(FILES).map(async ([name, path]) =>
      addFile(path, new Uint8Array(await fetched(name))),
    ),
  ]);
  const fileAt = (_: string, { content, mime }: { content: Uint8Array; mime: string }) =>
    URL.createObjectURL(new Blob([new Uint8Array(content)], { type: mime }));
  return beginDemo(readCatalog().catalog, { draw, fileAt });
}
