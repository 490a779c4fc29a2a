import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TextFile } from '../../core/questions/read-yaml.ts';

/** The `data/` folder of this checkout or image. */
export const DATA_FOLDER = fileURLToPath(new URL('../../../data/', import.meta.url));

/** The files of the shipped bank, in the order of their names. */
export function bankFiles(folder = `${DATA_FOLDER}questions`): TextFile[] {
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => ({
      file: `data/questions/${name}`,
      text: readFileSync(`${folder}/${name}`, 'utf8'),
    }));
}

/** One of the fixed tables in `data/`. */
export function dataFile(name: string): TextFile {
  return { file: `data/${name}`, text: readFileSync(`${DATA_FOLDER}${name}`, 'utf8') };
}
